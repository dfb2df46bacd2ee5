import type { DeliveryState } from '#lib/domain/chase/mail-delivery.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { compare, decimal } from '#lib/domain/decimal.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import type { FollowUpComparison, FollowUpEntry, FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category, OrganisationKind } from '#lib/domain/parties.ts';
import { followUpDaysLate, followUpMoves, followUpSide, type FollowUpMove } from '#lib/domain/trend/follow-up.ts';
import { isMeasured, readingOf, trendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { loadFigures } from '#lib/server/store/report/annual-figure.ts';

/** What was said in a case, oldest first. */
export interface ShownEntry {
	readonly id: string;
	readonly kind: FollowUpEntry;
	readonly round: number;
	readonly text: string;
	/** Of a question: the figure as it stood, and by when. */
	readonly value: string | null;
	readonly dueOn: Day | null;
	readonly by: OrganisationKind;
	readonly personName: string;
	readonly at: Date;
}

/** One case whole: as each of its three doors reads it. Neither score nor median: two scores of a channel's enterprises would give both away. */
export interface ShownFollowUp {
	readonly id: string;
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly channelName: string;
	readonly category: Category;
	readonly metric: string;
	/** The year the figure is of. */
	readonly year: number;
	readonly basis: FigureBasis;
	readonly reportYear: number;
	readonly versionNo: number;
	readonly value: string;
	readonly rule: string;
	readonly comparison: FollowUpComparison;
	readonly n: number;
	readonly state: FollowUpState;
	readonly round: number;
	readonly dueOn: Day;
	readonly daysLate: number | null;
	readonly entries: readonly ShownEntry[];
}

/** A reminder of the question that went out, or did not and why: both sides see it. */
export interface FollowUpReminderLine {
	readonly id: string;
	readonly plannedAt: Date;
	readonly audience: Audience;
	readonly step: string;
	readonly recipientName: string;
	/** By the ladder alone. */
	readonly byHand: null;
	readonly delivery: DeliveryState;
	readonly deliveredAt: Date;
	readonly problem: string | null;
}

/** So many reminders are shown, the latest. */
const REMINDERS_SHOWN = 30;

/** Powers the page of one case behind each of its three doors. Four queries; null: no such case, or not theirs. */
export function followUpOf(
	actor: Actor,
	followUpId: string,
	now: Date
): Promise<{
	readonly followUp: ShownFollowUp;
	readonly moves: readonly FollowUpMove[];
	readonly standing: 'same' | 'gone' | { readonly value: string };
	readonly reminders: readonly FollowUpReminderLine[];
	readonly moreReminders: boolean;
} | null> {
	return asActor(
		actor,
		async (db) => {
			const { sql: clause } = db;
			const today = dayInBeijing(now);
			const [found] = await shownFollowUps(db, clause`r.id = ${followUpId}::bigint`, today);
			const side = followUpSide(actor.orgKind);
			if (!found || side === null) return null;
			const { followUp, designationId } = found;
			const moves = followUpMoves(followUp, side, today).filter((move) => dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, move) === null);
			const reminders = await remindersOf(db, followUpId);
			return {
				followUp,
				moves,
				standing: await standingOf(db, followUp, designationId),
				reminders: reminders.slice(0, REMINDERS_SHOWN),
				moreReminders: reminders.length > REMINDERS_SHOWN
			};
		},
		{ readOnly: true }
	);
}

async function remindersOf({ sql, within, actor }: ActorDb, followUpId: string): Promise<readonly FollowUpReminderLine[]> {
	const rows = await sql<
		{ id: string; planned_at: Date; audience: string; step: string; recipient_name: string; delivery: string; delivery_at: Date; problem: string | null }[]
	>`
		select d.id, d.planned_at, d.audience, d.step, d.recipient_name, d.delivery, d.delivery_at, d.problem
		from follow_up_reminder d join follow_up r on r.id = d.follow_up_id
		where r.id = ${followUpId}::bigint and ${within.report} and (${actor.orgKind !== 'enterprise'}::boolean or d.audience = 'enterprise')
		order by d.id desc limit ${REMINDERS_SHOWN + 1}`;
	return rows.map((row) => ({
		id: row.id,
		plannedAt: row.planned_at,
		audience: row.audience as Audience,
		step: row.step,
		recipientName: row.recipient_name,
		byHand: null,
		delivery: row.delivery as DeliveryState,
		deliveredAt: row.delivery_at,
		problem: row.problem
	}));
}

/** The figure as the ministries have it now: a correction since the question is told beside it. */
async function standingOf(
	db: ActorDb,
	{ metric, year, basis, value }: ShownFollowUp,
	designationId: string
): Promise<'same' | 'gone' | { readonly value: string }> {
	const { sql: clause, within } = db;
	const histories = await loadFigures(db, clause`r.designation_id = ${designationId}::bigint and ${within.report}`, 'forwarded');
	const known = trendMetric(metric);
	const reading = known === null ? 'not_applicable' : readingOf(known, histories.get(designationId) ?? [], year, basis);
	if (!isMeasured(reading)) return 'gone';
	return compare(decimal(reading.value), decimal(value)) === 0 ? 'same' : { value: reading.value };
}

/** Cases about the figures a report shows: the answer stays with the figure, in whichever report it is read. Two queries. */
export function followUpsAtReport(actor: Actor, reportId: string, now: Date): Promise<readonly ShownFollowUp[]> {
	return asActor(
		actor,
		async (db) => {
			const { sql: clause } = db;
			const which = clause`exists (select from annual_report p where p.id = ${reportId}::bigint and p.designation_id = r.designation_id
				and (r.year = p.year - 1 or r.year = p.year and r.basis = 'forecast'))`;
			return (await shownFollowUps(db, which, dayInBeijing(now))).map(({ followUp }) => followUp);
		},
		{ readOnly: true }
	);
}

/** @param which condition on r (follow_up) */
async function shownFollowUps(
	db: ActorDb,
	which: Clause,
	today: Day
): Promise<readonly { readonly followUp: ShownFollowUp; readonly designationId: string }[]> {
	const { sql, within } = db;
	const rows = await sql<
		{
			id: string;
			designation_id: string;
			report_id: string;
			enterprise_id: string;
			enterprise_name: string;
			channel_name: string;
			category: string;
			metric: string;
			year: number;
			basis: string;
			report_year: number;
			version_no: number;
			value: string;
			rule: string;
			comparison: string;
			n: number;
			state: string;
			round: number;
			due_on: string;
			answered_at: Date | null;
		}[]
	>`
		select r.id, r.designation_id, r.report_id, r.enterprise_id, a.enterprise_name, c.short_zh as channel_name, r.category, r.metric, r.year, r.basis,
			r.report_year, r.version_no, r.value, r.rule, r.comparison, r.n, r.state, r.round, r.due_on, r.answered_at
		from follow_up r join annual_report a on a.id = r.report_id join channel c on c.id = r.channel_id
		where ${within.report} and ${which} order by r.year desc, r.id`;
	const entries = await sql<
		{
			id: string;
			follow_up_id: string;
			kind: string;
			round: number;
			text: string;
			value: string | null;
			due_on: string | null;
			by_kind: string;
			person_name: string;
			at: Date;
		}[]
	>`
		select x.id, x.follow_up_id, x.kind, x.round, x.text, x.value, x.due_on, x.by_kind, x.person_name, x.at
		from follow_up_entry x join follow_up r on r.id = x.follow_up_id where ${within.report} and ${which} order by x.id`;
	return rows.map((row) => ({
		designationId: row.designation_id,
		followUp: {
			id: row.id,
			reportId: row.report_id,
			enterpriseId: row.enterprise_id,
			enterpriseName: row.enterprise_name,
			channelName: row.channel_name,
			category: row.category as Category,
			metric: row.metric,
			year: row.year,
			basis: row.basis as FigureBasis,
			reportYear: row.report_year,
			versionNo: row.version_no,
			value: row.value,
			rule: row.rule,
			comparison: row.comparison as FollowUpComparison,
			n: row.n,
			state: row.state as FollowUpState,
			round: row.round,
			dueOn: row.due_on as Day,
			daysLate: followUpDaysLate({ state: row.state as FollowUpState, dueOn: row.due_on as Day }, row.answered_at, today),
			entries: entries
				.filter((one) => one.follow_up_id === row.id)
				.map((one) => ({
					id: one.id,
					kind: one.kind as FollowUpEntry,
					round: one.round,
					text: one.text,
					value: one.value,
					dueOn: one.due_on as Day | null,
					by: one.by_kind as OrganisationKind,
					personName: one.person_name,
					at: one.at
				}))
		}
	}));
}
