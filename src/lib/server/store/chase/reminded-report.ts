import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import { day, dayInBeijing, type Day } from '#lib/domain/day.ts';
import { partyDueOn, type Audience, type RemindedReport, type Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { KnownContact, KnownPerson } from '#lib/domain/chase/reminder-recipients.ts';
import { standingReturn } from '#lib/domain/report/report-case.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';
import { viewReports, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import type { ReminderItem } from '#lib/server/letters/reminder-letter.ts';

/** A report as reminding sees it. */
export interface ReportToRemind {
	readonly report: LockedReport;
	readonly reminded: RemindedReport;
	/** The date of whoever holds it; null when nobody is chased. */
	readonly dueOn: Day | null;
	/** The enterprise's only report of that year. */
	readonly alone: boolean;
}

/** The reports with what the ladder asks of each, in id order. Two statements. */
export async function loadReminded(db: Db, reportIds: readonly string[]): Promise<readonly ReportToRemind[]> {
	if (reportIds.length === 0) return [];
	const { sql, within } = db;
	const beside = await sql<{ id: string; channel_own_on: string | null; owed: number | null }[]>`
		select r.id, (select c.due_on from channel_year c where c.channel_id = r.channel_id and c.year = r.year) as channel_own_on,
			(select count(*)::int from annual_report x where x.enterprise_id = r.enterprise_id and x.year = r.year) as owed
		from annual_report r where r.id = any(${reportIds as string[]}::bigint[]) and ${within.report}`;
	const known = new Map(beside.map((row) => [row.id, row]));
	return (await viewReports(db, reportIds)).map((report) => {
		const row = known.get(report.id);
		const reminded: RemindedReport = {
			state: report.case.state,
			court: courtOf(report.case),
			channelKind: report.case.channelKind,
			extensionOn: report.case.extensionOn,
			channelOwnOn: row?.channel_own_on ? day(row.channel_own_on) : null,
			correctByOn: report.case.state === 'returned' ? (standingReturn(report.case)?.correctByOn ?? null) : null,
			courtSince: courtSince(report.case)
		};
		return { report, reminded, dueOn: partyDueOn(reminded, report.case.year), alone: row?.owed === 1 };
	});
}

/** What a letter says of the report; the date is given by the caller, who knows that there is one. */
export function itemOf({ report, reminded, alone }: ReportToRemind, audience: Audience, step: Step, partyDue: Day): ReminderItem {
	return {
		reportId: report.id,
		enterpriseName: report.enterpriseName,
		category: report.category,
		year: report.case.year.year,
		alone,
		state: reminded.state,
		court: reminded.court,
		audience,
		step,
		partyDueOn: partyDue,
		reportDueOn: effectiveDueOn(report.case.year, reminded.extensionOn),
		heldSinceOn: reminded.court === 'enterprise' || reminded.courtSince === null ? null : dayInBeijing(reminded.courtSince)
	};
}

/** Everybody who may be written to about some reports. */
export interface Reachable {
	readonly people: (report: ReportToRemind, audience: Audience) => readonly KnownPerson[];
	readonly contacts: (report: ReportToRemind) => readonly KnownContact[];
}

/** Somebody who left a while ago is no news: nobody expects him among those who are written to. */
const LEFT_LATELY_DAYS = 60;

/** The people of the enterprises and offices, and the contacts of enterprises nobody can sign in for. Three statements at most. */
export async function loadReachable({ sql }: Db, reports: readonly ReportToRemind[], { production }: { readonly production: boolean }): Promise<Reachable> {
	if (reports.length === 0) return { people: () => [], contacts: () => [] };
	const enterpriseIds = [...new Set(reports.map(({ report }) => report.enterpriseId))];
	const channelIds = [...new Set(reports.map(({ report }) => report.channelId))];
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
	const without = enterpriseIds.filter((id) => !people.get(`enterprise ${id}`)?.some(({ left, disabled }) => !left && !disabled));
	const contacts = await contactsOf({ sql }, without, production);
	return {
		people: ({ report }, audience) => people.get(`${audience} ${audience === 'enterprise' ? report.enterpriseId : report.channelId}`) ?? [],
		contacts: ({ report }) => contacts.get(report.enterpriseId) ?? []
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
		select c.enterprise_id, c.name, c.email from enterprise_contact c where c.enterprise_id = any(${enterpriseIds as string[]}::bigint[]) order by c.enterprise_id, c.place`;
	for (const { enterprise_id, name, email } of rows) found.set(enterprise_id, [...(found.get(enterprise_id) ?? []), { name, address: email, synthetic }]);
	return found;
}

/** What has been planned about a report before; what was taken back never was. */
export interface PlannedBefore {
	readonly step: Step;
	readonly partyDueOn: Day;
	readonly recipientKey: string;
	readonly plannedAt: Date;
}

export async function loadPlannedBefore({ sql }: Db, reportIds: readonly string[]): Promise<ReadonlyMap<string, readonly PlannedBefore[]>> {
	const found = new Map<string, PlannedBefore[]>();
	if (reportIds.length === 0) return found;
	const rows = await sql<{ report_id: string; step: string; party_due_on: string; recipient_key: string; planned_at: Date }[]>`
		select report_id, step, party_due_on, recipient_key, planned_at from reminder
		where report_id = any(${reportIds as string[]}::bigint[]) and problem is distinct from 'undone'`;
	for (const row of rows) {
		const list = found.get(row.report_id) ?? [];
		found.set(row.report_id, list);
		list.push({ step: row.step as Step, partyDueOn: day(row.party_due_on), recipientKey: row.recipient_key, plannedAt: row.planned_at });
	}
	return found;
}
