import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Category, Department } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { listedReportOf, type ListedColumns, type ListedReport } from '#lib/server/reads/office/listed-report.ts';
import { PAGE_SIZE, pageOf, seekOf, type Page, type Turn } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';
import { channelYears, yearAsked, type ChannelYear } from './channel-year.ts';

export const CHANNEL_REPORT_SORTS = ['name', 'category', 'cohort', 'state', 'submitted', 'forwarded', 'flags'] as const;
export type ChannelReportSort = (typeof CHANNEL_REPORT_SORTS)[number];

export interface ChannelReportsQuery extends Turn {
	readonly year: number | null;
	readonly court: Court | null;
	readonly states: readonly ReportState[];
	readonly category: Category | null;
	readonly cohort: number | null;
	/** Part of the name or of the credit code. */
	readonly q: string;
	readonly sort: ChannelReportSort;
	readonly descending: boolean;
}

/** One department's look at a report. */
export interface OpinionState {
	readonly department: Department;
	readonly openedAt: Date | null;
	/** The version it approved last; counts only if it is the current one. */
	readonly version: number | null;
	readonly approvedAt: Date | null;
}

export interface ChannelReportRow extends ListedReport {
	readonly opinions: Readonly<Record<Department, OpinionState>>;
	readonly firstSubmittedAt: Date | null;
	readonly submittedAt: Date | null;
	readonly firstForwardedAt: Date | null;
	/** Said to be unable to file; no ministry has confirmed it. */
	readonly excusePending: boolean;
	readonly closedAt: Date | null;
	readonly forwardedAt: Date | null;
	readonly receivedAt: Date | null;
	/** Of a draft: boxes filled of those asked for; null without a draft. */
	readonly filled: number | null;
	readonly asked: number | null;
	readonly correctByOn: Day | null;
}

export interface ChannelReports extends Page<ChannelReportRow> {
	readonly years: readonly number[];
	readonly year: ChannelYear | null;
	readonly cohorts: readonly number[];
	readonly total: number;
	/** By court under the other filters: the links above the list. */
	readonly courts: Partial<Record<Court, number>>;
}

/** A channel has some hundred enterprises at most; an export never goes further than this. */
export const EXPORT_LIMIT = 5_000;

/** Powers /channel/reports. Three queries, whatever the number of rows; pages are found by key, so the last costs what the first costs. */
export function channelReports(actor: Actor, given: ChannelReportsQuery): Promise<ChannelReports> {
	return asActor(
		actor,
		async (db) => {
			const years = await channelYears(db, actor.channelId ?? '');
			const year = yearAsked(years, given.year) ?? null;
			const known = { years: years.map((one) => one.year), year };
			if (year === null) return { ...known, cohorts: [], rows: [], total: 0, courts: {}, next: null, previous: null };
			const { courts, cohorts, query } = await courtsOf(db, year.year, given);
			const total = query.court === null ? Object.values(courts).reduce((sum, count) => sum + count, 0) : (courts[query.court] ?? 0);
			const page = pageOf(await rowsOf(db, year.year, query, PAGE_SIZE + 1), query, ({ key, id }) => ({ key, id }));
			return { ...known, cohorts, courts, total, ...page, rows: page.rows.map(reportOf) };
		},
		{ readOnly: true }
	);
}

/** Powers /channel/reports/export: the same filters and order, every page. @param most rows; whether there were more is said */
export function channelReportsForExport(
	actor: Actor,
	given: ChannelReportsQuery,
	most = EXPORT_LIMIT
): Promise<Pick<ChannelReports, 'year' | 'cohorts' | 'rows'> & { readonly more: boolean }> {
	return asActor(
		actor,
		async (db) => {
			const year = yearAsked(await channelYears(db, actor.channelId ?? ''), given.year) ?? null;
			if (year === null) return { year, cohorts: [], rows: [], more: false };
			const { query, cohorts } = await courtsOf(db, year.year, given);
			const rows = await rowsOf(db, year.year, { ...query, after: null, before: null }, most + 1);
			return { year, cohorts, rows: rows.slice(0, most).map(reportOf), more: rows.length > most };
		},
		{ readOnly: true }
	);
}

/** Counts by court under the other filters, the cohorts there are, and the query without a cohort there is not: the page says that it was left out. */
async function courtsOf(
	db: ActorDb,
	year: number,
	given: ChannelReportsQuery
): Promise<{ courts: Partial<Record<Court, number>>; cohorts: number[]; query: ChannelReportsQuery }> {
	const { sql, within } = db;
	const rows = await sql<{ court: string; cohort_year: number; count: number; matching: number }[]>`
		select r.court, r.cohort_year, count(*)::int as count,
			count(*) filter (where
				(${given.states.length === 0} or r.state = any(${given.states as string[]}::text[]))
				and (${given.category}::text is null or r.category = ${given.category})
				and ${findsEnterprise(db, given.q, 'report')})::int as matching
		from annual_report r
		where r.year = ${year} and ${within.report}
		group by r.court, r.cohort_year`;
	const cohorts = [...new Set(rows.map((row) => row.cohort_year))].sort((a, b) => a - b);
	const query = given.cohort !== null && cohorts.includes(given.cohort) ? given : { ...given, cohort: null };
	const courts: Partial<Record<Court, number>> = {};
	for (const row of rows)
		if (query.cohort === null || row.cohort_year === query.cohort) courts[row.court as Court] = (courts[row.court as Court] ?? 0) + row.matching;
	return { courts, cohorts, query };
}

interface Row extends ListedColumns {
	key: string;
	commerce_version: number | null;
	industry_version: number | null;
	group_version: number | null;
	commerce_approved_at: Date | null;
	industry_approved_at: Date | null;
	group_approved_at: Date | null;
	commerce_opened_at: Date | null;
	industry_opened_at: Date | null;
	group_opened_at: Date | null;
	first_submitted_at: Date | null;
	submitted_at: Date | null;
	first_forwarded_at: Date | null;
	excuse_pending: boolean;
	closed_at: Date | null;
	forwarded_at: Date | null;
	received_at: Date | null;
	answers_filled: number | null;
	answers_asked: number | null;
	correct_by_on: string | null;
}

/** One text key for every order, so that the statement stays the same text and a place in the list is one key and one id. */
async function rowsOf(db: ActorDb, year: number, query: ChannelReportsQuery, limit: number): Promise<Row[]> {
	const { sql, within } = db;
	const { from, down } = seekOf(query, query.descending);
	return sql<Row[]>`
		with listed as (
			select r.id, (case ${query.sort}
					when 'category' then r.category
					when 'cohort' then r.cohort_year::text
					when 'state' then r.state
					when 'submitted' then coalesce(to_char(r.submitted_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '')
					when 'forwarded' then coalesce(to_char(r.first_forwarded_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '')
					when 'flags' then to_char(coalesce(v.warnings, -1) + 1, 'FM0000')
					else r.enterprise_name
				end) collate zh as key,
				v.warnings
			from annual_report r
			left join annual_report_version v on v.report_id = r.id and v.no = r.current_version
			where r.year = ${year} and ${within.report}
				and (${query.court}::text is null or r.court = ${query.court})
				and (${query.states.length === 0} or r.state = any(${query.states as string[]}::text[]))
				and (${query.category}::text is null or r.category = ${query.category})
				and (${query.cohort}::int is null or r.cohort_year = ${query.cohort})
				and ${findsEnterprise(db, query.q, 'report')}
		), page as (
			select l.id, l.key, l.warnings from listed l
			where ${from === null} or (${down} and (l.key, l.id) < (${from?.key ?? ''}, ${from?.id ?? '0'}::bigint))
				or (not ${down} and (l.key, l.id) > (${from?.key ?? ''}, ${from?.id ?? '0'}::bigint))
			order by case when ${down} then l.key end desc, case when ${down} then l.id end desc, l.key, l.id
			limit ${limit}
		)
		select r.id, coalesce(p.key, '') as key, r.enterprise_id, r.enterprise_name, (select e.name) as name_now, (select e.former_names) as former_names,
			r.credit_code, r.category, r.cohort_year, r.state, r.court, r.current_version,
			r.commerce_version, r.industry_version, r.group_version, r.commerce_approved_at, r.industry_approved_at, r.group_approved_at,
			r.commerce_opened_at, r.industry_opened_at, r.group_opened_at,
			r.first_submitted_at, r.submitted_at, r.first_forwarded_at, r.forwarded_at, r.received_at, r.extension_on, r.owed_on, r.voluntary,
			r.excuse_pending, r.closed_at,
			(select p.warnings) as warnings, (select j.unmet) as unmet, (select j.unknown) as unknown,
			(select j.outlook_unmet) as outlook_unmet, (select d.answers_filled) as answers_filled, (select d.answers_asked)
				as answers_asked,
			(select t.correct_by_on from report_return t where t.report_id = r.id and t.undone_at is null and t.answered_at is null limit 1) as correct_by_on
		from page p
		join annual_report r on r.id = p.id
		left join enterprise e on e.id = r.enterprise_id
		left join annual_report_draft d on d.report_id = r.id
		left join version_verdict j on j.report_id = r.id and j.version_no = r.current_version
		order by case when ${down} then p.key end desc, case when ${down} then p.id end desc, p.key, p.id`;
}

function reportOf(row: Row): ChannelReportRow {
	const opinion = (department: Department, openedAt: Date | null, version: number | null, approvedAt: Date | null): OpinionState => ({
		department,
		openedAt,
		version,
		approvedAt
	});
	return {
		...listedReportOf(row),
		opinions: {
			commerce: opinion('commerce', row.commerce_opened_at, row.commerce_version, row.commerce_approved_at),
			industry: opinion('industry', row.industry_opened_at, row.industry_version, row.industry_approved_at),
			group: opinion('group', row.group_opened_at, row.group_version, row.group_approved_at)
		},
		firstSubmittedAt: row.first_submitted_at,
		submittedAt: row.submitted_at,
		firstForwardedAt: row.first_forwarded_at,
		excusePending: row.excuse_pending,
		closedAt: row.closed_at,
		forwardedAt: row.forwarded_at,
		receivedAt: row.received_at,
		filled: row.answers_filled,
		asked: row.answers_asked,
		correctByOn: row.correct_by_on as Day | null
	};
}
