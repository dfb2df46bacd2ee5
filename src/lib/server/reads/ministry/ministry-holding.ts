import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import {
	explainedOf,
	latenessOf,
	sumLateDays,
	type ExplainedLateness,
	type LateDays,
	type Lateness,
	type LateReasonOwner
} from '#lib/domain/report/lateness.ts';
import { departmentsOf, type ChannelKind, type Department } from '#lib/domain/parties.ts';
import { effectiveDueOn, enterpriseDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { dayBeforeWorkingDays } from '#lib/domain/working-calendar.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { transitionsOf } from '#lib/server/store/report/report-transitions.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import * as clauses from '#lib/server/store/report/clauses.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

/** What lies with a channel or one of its departments now. */
export interface Holding {
	readonly channelId: string;
	readonly channelName: string;
	readonly channelKind: ChannelKind;
	/** 'channel': approved by all and not forwarded. */
	readonly holder: Department | 'channel';
	readonly waiting: number;
	/** Those that have lain there for the policy's working days or longer; null when the calendar does not say. */
	readonly idle: number | null;
	readonly oldestOn: Day;
	/** Calendar days, on the average of what waits now. */
	readonly meanDays: number;
}

export interface MinistryHolding {
	readonly years: readonly number[];
	readonly year: ReportingYear | null;
	readonly idleWorkingDays: number;
	/** What has been held since this day or longer is idle; null when the calendar does not say. */
	readonly idleSinceOn: Day | null;
	/** Channels that sit on approved reports, longest first. */
	readonly approved: readonly Holding[];
	/** Departments, slowest first. */
	readonly departments: readonly Holding[];
	/** Whose the late days of the year were: all, and by channel, most days first. What was never filed is counted apart. */
	readonly late: LateDays;
	readonly neverFiled: Pick<LateDays, 'reports' | 'days'>;
	/** Of the late reports with days of theirs, how many each has explained. */
	readonly explained: ExplainedLateness;
	readonly lateByChannel: readonly (LateDays & { readonly channelId: string; readonly channelName: string })[];
}

/** Late reports looked at together: their histories are read in one statement. */
const CHUNK = 2_000;

/** Powers /ministry/progress/holding. What is held is read off the kept counts; the late days by the histories of the late reports alone. */
export function ministryHolding(actor: Actor, askedYear: number | null, now: Date): Promise<MinistryHolding> {
	return asActor(
		actor,
		async (db) => {
			const years = await ministryYears(db);
			const year = yearShown(years, askedYear, now);
			const today = dayInBeijing(now);
			const { idleWorkingDays } = await loadReminderPolicy(db, today);
			const idleSinceOn = dayBeforeWorkingDays(idleWorkingDays, today, await loadWorkingCalendar(db));
			const known = { years: years.map((one) => one.year), year, idleWorkingDays, idleSinceOn };
			if (year === null)
				return { ...known, approved: [], departments: [], late: sumLateDays([]), neverFiled: sumLateDays([]), explained: {}, lateByChannel: [] };
			const held = await heldNow(db, year, today, idleSinceOn);
			const all = await lateReports(db, year, now);
			const late = all.filter(({ neverFiled }) => !neverFiled);
			const ofChannel = Map.groupBy(late, ({ channelId }) => channelId);
			return {
				...known,
				approved: held
					.filter(({ holder }) => holder === 'channel')
					.sort((a, b) => (a.oldestOn < b.oldestOn ? -1 : a.oldestOn > b.oldestOn ? 1 : b.waiting - a.waiting)),
				departments: held.filter(({ holder }) => holder !== 'channel').sort((a, b) => (b.idle ?? 0) - (a.idle ?? 0) || b.meanDays - a.meanDays),
				late: sumLateDays(late.map(({ lateness }) => lateness)),
				neverFiled: sumLateDays(all.flatMap(({ neverFiled, lateness }) => (neverFiled ? lateness : []))),
				explained: explainedOf(late.map(({ lateness, reasonsOf }) => ({ daysByOwner: lateness.daysByOwner, reasonsOf }))),
				lateByChannel: [...ofChannel]
					.map(([channelId, reports]) => ({
						...sumLateDays(reports.map(({ lateness }) => lateness)),
						channelId,
						channelName: reports[0]?.channelName ?? channelId
					}))
					.sort((a, b) => b.days - a.days || (a.channelId < b.channelId ? -1 : 1))
			};
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 30_000 }
	);
}

/** A report that waits for both departments counts for each of them. */
async function heldNow({ sql, within }: ActorDb, year: ReportingYear, today: Day, idleSinceOn: Day | null): Promise<Holding[]> {
	const rows = await sql<{ channel_id: string; name: string; kind: string; court: string; n: number; idle: number; days: number; oldest_on: string | null }[]>`
		select t.channel_id, c.short_zh as name, c.kind, t.court, coalesce(sum(t.n), 0)::int as n, coalesce(sum(t.n)
			filter (where t.since_on <= ${idleSinceOn}::date), 0)::int as idle,
			coalesce(sum(t.n * (${today}::date - t.since_on)), 0)::int as days, min(t.since_on) as oldest_on
		from (
			select r.channel_id, r.court, r.since_on, sum(r.n) as n from report_tally r
			where r.year = ${year.year} and r.since_on is not null and ${within.report} group by r.channel_id, r.court, r.since_on having sum(r.n) <> 0
		) t
		join channel c on c.id = t.channel_id
		group by t.channel_id, c.short_zh, c.kind, t.court`;
	const channels = [...new Map(rows.map((row) => [row.channel_id, row])).values()];
	return channels.flatMap((channel) => {
		const kind = channel.kind as ChannelKind;
		return [...departmentsOf(kind), 'channel' as const].flatMap((holder): Holding[] => {
			const of = rows.filter(
				(row) =>
					row.channel_id === channel.channel_id && (row.court === holder || (row.court === 'departments' && (holder === 'commerce' || holder === 'industry')))
			);
			const waiting = of.reduce((sum, { n }) => sum + n, 0);
			const oldest = of.flatMap(({ oldest_on }) => oldest_on ?? []).sort()[0];
			if (waiting === 0 || oldest === undefined) return [];
			return [
				{
					channelId: channel.channel_id,
					channelName: channel.name,
					channelKind: kind,
					holder,
					waiting,
					idle: idleSinceOn === null ? null : of.reduce((sum, { idle }) => sum + idle, 0),
					oldestOn: oldest as Day,
					meanDays: of.reduce((sum, { days }) => sum + days, 0) / waiting
				}
			];
		});
	});
}

interface LateReport {
	readonly channelId: string;
	readonly channelName: string;
	readonly lateness: Lateness;
	/** The year was closed without it: its days are nobody's lateness. */
	readonly neverFiled: boolean;
	readonly reasonsOf: readonly LateReasonOwner[];
}

/** The reports of a year that are late now or came late, each with its days by owner as the domain splits them. */
async function lateReports(db: ActorDb, year: ReportingYear, now: Date): Promise<LateReport[]> {
	const { sql, within } = db;
	const rows = await sql<
		{
			id: string;
			channel_id: string;
			name: string;
			extension_on: string | null;
			owed_on: string | null;
			own_due_on: string | null;
			first_submitted_at: Date | null;
			first_forwarded_at: Date | null;
			received_at: Date | null;
			closed_at: Date | null;
			never_filed: boolean | null;
			reasons_of: string | null;
		}[]
	>`
		select r.id, r.channel_id, c.short_zh as name, r.extension_on, r.owed_on,
			(select k.due_on from channel_year k where k.channel_id = r.channel_id and k.year = r.year)
			as own_due_on,
			r.first_submitted_at, r.first_forwarded_at, r.received_at, r.closed_at,
			${clauses.isUndelivered(db, 'not_filed', 'closed')} as never_filed,
			(select string_agg(distinct l.owner, ',') from late_reasons_of(r.id) l)::text as reasons_of
		from annual_report r join channel c on c.id = r.channel_id
		where r.year = ${year.year} and ${within.report}
			and ${clauses.hasOutcome(db, year, now, ['late', 'not_filed', 'not_delivered'])}
		order by r.id`;
	const found: LateReport[] = [];
	for (let from = 0; from < rows.length; from += CHUNK) {
		const chunk = rows.slice(from, from + CHUNK);
		const events = await transitionsOf(
			db,
			chunk.map(({ id }) => id)
		);
		for (const row of chunk) {
			const extensionOn = row.extension_on as Day | null;
			const owedOn = row.owed_on as Day | null;
			found.push({
				channelId: row.channel_id,
				channelName: row.name,
				neverFiled: row.never_filed === true,
				reasonsOf: (row.reasons_of?.split(',') ?? []) as LateReasonOwner[],
				lateness: latenessOf(
					{
						dueOn: effectiveDueOn(year, extensionOn, owedOn),
						enterpriseDueOn: enterpriseDueOn(year, row.own_due_on as Day | null, extensionOn, owedOn),
						firstSubmittedAt: row.first_submitted_at,
						firstOpinionAt: {},
						firstForwardedAt: row.first_forwarded_at,
						receivedAt: row.received_at,
						transitions: events.get(row.id) ?? [],
						closedAt: row.closed_at,
						unableToFile: false
					},
					now
				)
			});
		}
	}
	return found;
}
