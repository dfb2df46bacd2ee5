import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Category, DesignationStatus } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { LONG_PAGE_SIZE, pageOf, type Place } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

export interface ChannelEnterpriseRow {
	readonly enterpriseId: string;
	readonly designationId: string;
	readonly name: string;
	/** Names it had, the newest last. */
	readonly formerNames: readonly string[];
	readonly creditCode: string;
	readonly category: Category;
	readonly cohortYear: number;
	readonly status: DesignationStatus;
	/** People to reach; fewer than two is worth mending. */
	readonly contacts: number;
	/** The newest report owed. */
	readonly latest: { readonly id: string; readonly year: number; readonly state: ReportState; readonly court: Court } | null;
}

export interface ChannelEnterprisesQuery {
	readonly q: string;
	readonly category: Category | null;
	readonly status: DesignationStatus | null;
	/** Name and designation the page begins after. */
	readonly after: Place | null;
}

/** Powers /channel/enterprises: the designations of the channel by name. Two queries. */
export function channelEnterprises(
	actor: Actor,
	query: ChannelEnterprisesQuery
): Promise<{ readonly rows: readonly ChannelEnterpriseRow[]; readonly total: number; readonly next: Place | null }> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const [counted] = await sql<{ total: number }[]>`
				select count(*)::int as total
				from designation d join enterprise e on e.id = d.enterprise_id
				where ${within.enterprise} and (${query.category}::text is null or d.category = ${query.category}) and (${query.status}::text is null
					or d.status = ${query.status})
					and ${findsEnterprise(db, query.q, 'enterprise')}`;
			const rows = await sql<
				{
					enterprise_id: string;
					designation_id: string;
					name: string;
					former_names: string;
					credit_code: string;
					category: string;
					cohort_year: number;
					status: string;
					contacts: number;
					report_id: string | null;
					year: number | null;
					state: string | null;
					court: string | null;
				}[]
			>`
				select e.id as enterprise_id, d.id as designation_id, e.name, e.former_names, e.credit_code, d.category, d.cohort_year, d.status,
					coalesce((select count(*)::int from enterprise_contact c where c.enterprise_id = e.id), 0) as contacts,
					(select l.id) as report_id, (select l.year) as year, (select l.state) as state, (select l.court) as court
				from designation d
				join enterprise e on e.id = d.enterprise_id
				left join lateral (
					select r.id, r.year, r.state, r.court from annual_report r where r.designation_id = d.id and ${within.report} order by r.year desc limit 1
				) l on true
				where ${within.enterprise} and (${query.category}::text is null or d.category = ${query.category}) and (${query.status}::text is null
					or d.status = ${query.status})
					and ${findsEnterprise(db, query.q, 'enterprise')}
					and (${query.after === null} or (e.name, d.id) > (${query.after?.key ?? ''}, ${query.after?.id ?? '0'}::bigint))
				order by e.name, d.id
				limit ${LONG_PAGE_SIZE + 1}`;
			const page = pageOf(rows, { after: query.after, before: null }, (row) => ({ key: row.name, id: row.designation_id }), LONG_PAGE_SIZE);
			return {
				total: counted?.total ?? 0,
				next: page.next,
				rows: page.rows.map((row) => ({
					enterpriseId: row.enterprise_id,
					designationId: row.designation_id,
					name: row.name,
					formerNames: row.former_names === '' ? [] : row.former_names.split('\n'),
					creditCode: row.credit_code,
					category: row.category as Category,
					cohortYear: row.cohort_year,
					status: row.status as DesignationStatus,
					contacts: row.contacts,
					latest:
						row.report_id !== null && row.year !== null
							? { id: row.report_id, year: row.year, state: row.state as ReportState, court: row.court as Court }
							: null
				}))
			};
		},
		{ readOnly: true }
	);
}
