import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import { day, endOf, startOf, type Day } from '#lib/domain/day.ts';
import type { PlannedBefore, ReportInChoice } from '#lib/domain/chase/reminder-choice.ts';
import type { NamedReport } from '#lib/domain/chase/reminder-item.ts';
import { handStep, type Audience, type RemindedReport, type Step } from '#lib/domain/chase/reminder-ladder.ts';
import { contactsStandIn, LEFT_LATELY_DAYS, type KnownContact, type KnownPerson } from '#lib/domain/chase/reminder-recipients.ts';
import { standingReturn } from '#lib/domain/report/report-case.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';
import { viewReports, type LockedReport } from '#lib/server/store/report/annual-report.ts';

/** A report as reminding sees it: what the plan asks of it, and what a letter calls it by. */
export interface ReportToRemind extends ReportInChoice, NamedReport {
	readonly enterpriseId: string;
	readonly channelId: string;
	readonly year: ReportingYear;
}

/** The reports with everybody who may be written to about them, in id order. Five statements at most. */
export async function loadToRemind(db: Db, reportIds: readonly string[], terms: { readonly production: boolean }): Promise<readonly ReportToRemind[]> {
	if (reportIds.length === 0) return [];
	const { sql, within } = db;
	const beside = await sql<{ id: string; channel_own_on: string | null; owed: number | null }[]>`
		select r.id, (select c.due_on from channel_year c where c.channel_id = r.channel_id and c.year = r.year) as channel_own_on,
			(select count(*)::int from annual_report x where x.enterprise_id = r.enterprise_id and x.year = r.year) as owed
		from annual_report r where r.id = any(${reportIds as string[]}::bigint[]) and ${within.report}`;
	const known = new Map(beside.map((row) => [row.id, row]));
	const reports = await viewReports(db, reportIds);
	const reachable = await loadReachable(db, reports, terms);
	return reports.map((report) => {
		const row = known.get(report.id);
		return {
			id: report.id,
			enterpriseId: report.enterpriseId,
			enterpriseName: report.enterpriseName,
			channelId: report.channelId,
			category: report.category,
			alone: row?.owed === 1,
			year: report.case.year,
			reminded: remindedOf(report, row?.channel_own_on ? day(row.channel_own_on) : null),
			people: (audience) => reachable.people(report, audience),
			contacts: reachable.contacts(report)
		};
	});
}

function remindedOf({ case: of }: LockedReport, channelOwnOn: Day | null): RemindedReport {
	return {
		state: of.state,
		court: courtOf(of),
		channelKind: of.channelKind,
		extensionOn: of.extensionOn,
		owedOn: of.owedOn,
		voluntary: of.voluntary,
		channelOwnOn,
		correctByOn: of.state === 'returned' ? (standingReturn(of)?.correctByOn ?? null) : null,
		excusePending: of.excusePending,
		courtSince: courtSince(of)
	};
}

/** Whose matter something is. */
export type Place = Pick<LockedReport, 'enterpriseId' | 'channelId'>;

/** Everybody who may be written to about some reports, or about what else lies with their enterprises and channels. */
export interface Reachable {
	readonly people: (place: Place, audience: Audience) => readonly KnownPerson[];
	readonly contacts: (place: Place) => readonly KnownContact[];
}

/** The people of the enterprises and offices, and the contacts of enterprises whose people cannot be written to. Three statements at most. */
export async function loadReachable({ sql }: Db, reports: readonly Place[], { production }: { readonly production: boolean }): Promise<Reachable> {
	if (reports.length === 0) return { people: () => [], contacts: () => [] };
	const enterpriseIds = [...new Set(reports.map(({ enterpriseId }) => enterpriseId))];
	const channelIds = [...new Set(reports.map(({ channelId }) => channelId))];
	const members = await sql<
		{
			kind: string;
			place: string;
			id: string;
			name: string;
			email: string;
			locale: string;
			synthetic: boolean;
			disabled: boolean;
			duty: string;
			left: boolean;
		}[]
	>`
		select o.kind, coalesce(o.enterprise_id::text, o.channel_id) as place, p.id, p.name, p.email, p.locale, p.synthetic, p.disabled_at is not null as disabled,
			b.duty, b.ended_at is not null as left
		from organisation o
		join membership b on b.org_id = o.id
		join person p on p.id = b.person_id
		where (o.enterprise_id = any(${enterpriseIds}::bigint[]) or o.kind in ('commerce', 'industry', 'group') and o.channel_id = any(${channelIds}::text[]))
			and (b.ended_at is null or b.ended_at > app_now() - ${LEFT_LATELY_DAYS} * interval '1 day')
		order by p.id`;
	const people = new Map<string, KnownPerson[]>();
	for (const row of members) {
		const key = `${row.kind} ${row.place}`;
		const list = people.get(key) ?? [];
		people.set(key, list);
		list.push({
			personId: row.id,
			name: row.name,
			address: row.email,
			locale: row.locale === 'en' ? 'en' : 'zh-CN',
			duty: row.duty as Duty,
			left: row.left,
			disabled: row.disabled,
			synthetic: row.synthetic
		});
	}
	const without = enterpriseIds.filter((id) => contactsStandIn(people.get(`enterprise ${id}`) ?? [], production));
	const contacts = await contactsOf({ sql }, without, production);
	return {
		people: ({ enterpriseId, channelId }, audience) => people.get(`${audience} ${audience === 'enterprise' ? enterpriseId : channelId}`) ?? [],
		contacts: ({ enterpriseId }) => contacts.get(enterpriseId) ?? []
	};
}

async function contactsOf(
	{ sql }: Pick<Db, 'sql'>,
	enterpriseIds: readonly string[],
	production: boolean
): Promise<ReadonlyMap<string, readonly KnownContact[]>> {
	const found = new Map<string, KnownContact[]>();
	if (enterpriseIds.length === 0) return found;
	// A contact says nothing of being made up; the database it stands in does.
	const synthetic = production && (await sql<{ only_row: boolean }[]>`select only_row from demonstration`).length > 0;
	const rows = await sql<{ enterprise_id: string; name: string; email: string | null }[]>`
		select c.enterprise_id, c.name, c.email from enterprise_contact c where c.enterprise_id = any(${enterpriseIds as string[]}::bigint[])
			order by c.enterprise_id, c.place`;
	for (const { enterprise_id, name, email } of rows) found.set(enterprise_id, [...(found.get(enterprise_id) ?? []), { name, address: email, synthetic }]);
	return found;
}

interface BeforeRow {
	report_id: string;
	step: string;
	party_due_on: string;
	recipient_key: string;
	planned_at: Date;
	dropped: boolean;
}

/** What has been planned about these reports, and what offices have written by hand on the day about whatever. What was taken back never was. */
export async function loadPlannedBefore({ sql }: Db, reportIds: readonly string[], on: Day): Promise<readonly PlannedBefore[]> {
	if (reportIds.length === 0) return [];
	const rows = await sql<BeforeRow[]>`
		select d.report_id, d.step, d.party_due_on, d.recipient_key, d.planned_at, d.delivery = 'dropped' as dropped from reminder d
		where d.problem is distinct from 'undone' and (d.report_id = any(${reportIds as string[]}::bigint[])
			or d.step = ${String(handStep(on))}
				and d.batch_id = any(array(select b.id from reminder_batch b where b.made_at >= ${startOf(on)} and b.made_at < ${endOf(on)})))`;
	return rows.map(beforeOf);
}

/** Whatever has been planned today, as far as this office can see. What was taken back never was. */
export async function loadPlannedToday({ sql, within }: Db, today: Day): Promise<readonly PlannedBefore[]> {
	const rows = await sql<BeforeRow[]>`
		select s.report_id, s.step, s.party_due_on, s.recipient_key, s.planned_at, s.delivery = 'dropped' as dropped
		from reminder s join annual_report r on r.id = s.report_id
		where s.planned_at >= ${startOf(today)} and s.planned_at < ${endOf(today)} and s.problem is distinct from 'undone' and ${within.report}`;
	return rows.map(beforeOf);
}

function beforeOf(row: BeforeRow): PlannedBefore {
	return {
		reportId: row.report_id,
		step: row.step as Step,
		partyDueOn: day(row.party_due_on),
		recipientKey: row.recipient_key,
		plannedAt: row.planned_at,
		dropped: row.dropped
	};
}
