import { departmentsOf, isDepartment, type Category, type ChannelKind, type Department } from '#lib/domain/parties.ts';
import type { KeptVerdict } from '#lib/domain/report/report-version.ts';
import { keptVerdictIn } from '#lib/server/reads/office/listed-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { isExpected } from '#lib/server/store/report/clauses.ts';
import { channelFunnel, type ChasePace } from './channel-chase-pace.ts';
import { channelYears, yearAsked, type ChannelYear } from './channel-year.ts';

/** A submitted report that somebody of the channel has to move. */
export interface WaitingReport {
	readonly id: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly version: number;
	/** Since when it waits for whoever has it. */
	readonly since: Date;
	readonly openedAt: Date | null;
	readonly warnings: number;
	/** On audited years; null while it was not judged. */
	readonly verdict: KeptVerdict | null;
}

export interface ChannelHome {
	readonly years: readonly number[];
	readonly year: ChannelYear | null;
	readonly channelKind: ChannelKind;
	readonly counts: {
		readonly owed: number;
		readonly unfiled: number;
		readonly returned: number;
		readonly excused: number;
		readonly forwarded: number;
		readonly received: number;
		/** What enterprises ask for that was passed on to the channel and is not answered, of any year. */
		readonly needs: number;
		/** Questions of the ministries about figures, to be passed on or answered. */
		readonly followUps: number;
	};
	/** Of the year, as the chasing board has it. */
	readonly funnel: ChasePace['funnel'];
	/** Without my opinion on the current version, longest waiting first. */
	readonly mine: readonly WaitingReport[];
	/** What the other department still has to look at; empty for a group. */
	readonly other: { readonly department: Department; readonly reports: readonly WaitingReport[] } | null;
	/** Approved by everybody and not forwarded. */
	readonly ready: readonly WaitingReport[];
}

const NOTHING = { owed: 0, unfiled: 0, returned: 0, excused: 0, forwarded: 0, received: 0, needs: 0, followUps: 0 };

/** Powers /channel/home. Three queries and the years, whatever the number of enterprises. */
export function channelHome(actor: Actor, askedYear: number | null): Promise<ChannelHome> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const years = await channelYears(db, actor.channelId ?? '');
			const year = yearAsked(years, askedYear) ?? null;
			const channelKind: ChannelKind = actor.orgKind === 'group' ? 'central_group' : 'province';
			const empty = { years: years.map((one) => one.year), year, channelKind, counts: NOTHING, funnel: {}, mine: [], other: null, ready: [] };
			if (year === null || !isDepartment(actor.orgKind)) return empty;
			const [counts] = await sql<
				{
					owed: number;
					unfiled: number;
					returned: number;
					excused: number;
					forwarded: number;
					received: number;
					needs: number | null;
					follow_ups: number | null;
				}[]
			>`
				select count(*) filter (where ${isExpected(db)})::int as owed,
					count(*) filter (where r.state in ('not_started', 'draft', 'not_filed'))::int as unfiled,
					count(*) filter (where r.state = 'returned')::int as returned,
					count(*) filter (where r.state = 'excused')::int as excused,
					count(*) filter (where r.state in ('forwarded', 'received'))::int as forwarded,
					count(*) filter (where r.state = 'received')::int as received,
					(select count(*)::int from report_need r where r.office = 'channel' and r.state in ('taken_up', 'passed_on') and ${within.report}) as needs,
					(select count(*)::int from follow_up r where r.state = 'asked' and ${within.report}) as follow_ups
				from annual_report r where r.year = ${year.year} and ${within.report}`;
			const rows = await sql<WaitingRow[]>`
				select r.id, r.enterprise_name, r.category, r.current_version, r.submitted_at,
					r.commerce_version, r.industry_version, r.group_version, r.commerce_approved_at, r.industry_approved_at, r.group_approved_at,
					r.commerce_opened_at, r.industry_opened_at, r.group_opened_at, v.warnings,
					(select j.unmet) as unmet, (select j.unknown) as unknown, (select j.outlook_unmet) as outlook_unmet
				from annual_report r
				join annual_report_version v on v.report_id = r.id and v.no = r.current_version
				left join version_verdict j on j.report_id = r.id and j.version_no = r.current_version
				where r.year = ${year.year} and r.state = 'submitted' and ${within.report}
				order by r.submitted_at, r.id`;
			const { needs, follow_ups: followUps, ...reports } = counts ?? { ...NOTHING, follow_ups: 0 };
			const me = actor.orgKind;
			const otherDepartment = departmentsOf(channelKind).find((department) => department !== me) ?? null;
			const lacks = (row: WaitingRow, department: Department) => opinionOf(row, department).version !== row.current_version;
			const approved = (row: WaitingRow) => departmentsOf(channelKind).every((department) => !lacks(row, department));
			return {
				...empty,
				funnel: await channelFunnel(db, year.year),
				counts: { ...reports, needs: needs ?? 0, followUps: followUps ?? 0 },
				mine: rows.filter((row) => lacks(row, me)).map((row) => waitingOf(row, me, row.submitted_at)),
				other: otherDepartment && {
					department: otherDepartment,
					reports: rows.filter((row) => lacks(row, otherDepartment)).map((row) => waitingOf(row, otherDepartment, row.submitted_at))
				},
				ready: rows
					.filter(approved)
					.map((row) => waitingOf(row, me, latest(departmentsOf(channelKind).map((department) => opinionOf(row, department).approvedAt))))
					.toSorted((a, b) => a.since.getTime() - b.since.getTime())
			};
		},
		{ readOnly: true }
	);
}

interface WaitingRow {
	id: string;
	enterprise_name: string;
	category: string;
	current_version: number;
	submitted_at: Date | null;
	commerce_version: number | null;
	industry_version: number | null;
	group_version: number | null;
	commerce_approved_at: Date | null;
	industry_approved_at: Date | null;
	group_approved_at: Date | null;
	commerce_opened_at: Date | null;
	industry_opened_at: Date | null;
	group_opened_at: Date | null;
	warnings: number;
	unmet: string[] | null;
	unknown: string[] | null;
	outlook_unmet: string[] | null;
}

function opinionOf(row: WaitingRow, department: Department): { version: number | null; approvedAt: Date | null; openedAt: Date | null } {
	switch (department) {
		case 'commerce':
			return { version: row.commerce_version, approvedAt: row.commerce_approved_at, openedAt: row.commerce_opened_at };
		case 'industry':
			return { version: row.industry_version, approvedAt: row.industry_approved_at, openedAt: row.industry_opened_at };
		case 'group':
			return { version: row.group_version, approvedAt: row.group_approved_at, openedAt: row.group_opened_at };
	}
}

function waitingOf(row: WaitingRow, department: Department, since: Date | null): WaitingReport {
	return {
		id: row.id,
		enterpriseName: row.enterprise_name,
		category: row.category as Category,
		version: row.current_version,
		since: since ?? new Date(0),
		openedAt: opinionOf(row, department).openedAt,
		warnings: row.warnings,
		verdict: keptVerdictIn(row)
	};
}

function latest(instants: readonly (Date | null)[]): Date | null {
	return instants.reduce<Date | null>((found, instant) => (instant && (found === null || instant > found) ? instant : found), null);
}
