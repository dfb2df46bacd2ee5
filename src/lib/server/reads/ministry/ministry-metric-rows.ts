import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { limitOf, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { endOfScope, isMember, type TrendScope } from '#lib/server/store/trend/trend-scope.ts';
import { PAGE_SIZE, pageOf, seekOf, type KeyOf, type Page, type Turn } from '#lib/server/reads/page.ts';

/** On which side of the threshold, or without a figure. */
export const REACHES = ['below', 'reach', 'unknown'] as const;
export type Reach = (typeof REACHES)[number];

export interface MetricRowsQuery extends Turn {
	readonly category: Category;
	readonly of: number;
	readonly basis: FigureBasis;
	readonly reach: Reach | null;
	readonly descending: boolean;
}

/** One enterprise behind a mark: its figure, or which sign stands there. */
export interface MetricRow {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly name: string;
	readonly channelId: string;
	readonly kind: string;
	/** Null without a figure. */
	readonly value: string | null;
	readonly reaches: boolean | null;
	readonly corrected: boolean;
	/** The report that stated it, and its year; null where none was ever begun. */
	readonly reportYear: number | null;
	readonly reportId: string | null;
}

export interface MetricRows extends Page<MetricRow> {
	readonly total: number;
}

/** Figures are ordered as numbers, and those without one stand first. */
export const valueKey: KeyOf<string> = (key) => (key === '' || /^-?\d{1,18}(\.\d{1,12})?$/.test(key) ? key : null);

/** A page of the enterprises behind a mark, by value; a list of all for a file. */
export async function metricRows(
	db: ActorDb,
	scope: TrendScope,
	metric: TrendMetric,
	query: MetricRowsQuery,
	policy: Policy,
	size = PAGE_SIZE
): Promise<MetricRows> {
	const { sql, within } = db;
	const threshold = limitOf(metric, query.category, policy)?.threshold ?? null;
	const { from, down } = seekOf(query, query.descending);
	const value = from === null || from.key === '' ? null : from.key;
	const rows = await sql<
		{
			designation_id: string;
			enterprise_id: string;
			name: string;
			channel_id: string;
			kind: string;
			value: string | null;
			reaches: boolean | null;
			corrected: boolean;
			report_year: number | null;
			report_id: string | null;
			total: number;
		}[]
	>`
		with known as (
			select r.designation_id, r.enterprise_id, r.channel_id, r.kind, r.value, r.report_year, r.corrected, coalesce(r.value, '-Infinity'::numeric) as place,
				case when r.value is null then null when r.numerator is null then r.value >= ${threshold}::numeric
					else r.numerator >= ${threshold}::numeric * r.denominator end as reaches
			from trend_cells(${endOfScope(scope)}::timestamptz, array[${query.category}::text], array[${metric.id}::text], ${query.of}::int, ${query.of}::int) r
			where r.basis = ${query.basis} and ${within.report} and ${isMember(db, scope)}
		), listed as (
			select k.*, count(*) over () as total from known k
			where case ${query.reach}::text when 'below' then k.reaches is false when 'reach' then k.reaches is true
				when 'unknown' then k.value is null else true end
		)
		select coalesce(k.designation_id, 0) as designation_id, e.id as enterprise_id, e.name, coalesce(k.channel_id, '') as channel_id,
			coalesce(k.kind, '') as kind,
			trim_scale(k.value)::text as value, k.reaches, coalesce(k.corrected, false) as corrected, k.report_year, a.id as report_id,
			coalesce(k.total::int, 0) as total
		from listed k
		join enterprise e on e.id = k.enterprise_id
		left join annual_report a on a.designation_id = k.designation_id and a.year = k.report_year
		where ${from === null}::boolean or case when ${down}::boolean
			then (k.place, k.designation_id) < (coalesce(${value}::numeric, '-Infinity'::numeric), ${from?.id ?? null}::bigint)
			else (k.place, k.designation_id) > (coalesce(${value}::numeric, '-Infinity'::numeric), ${from?.id ?? null}::bigint) end
		order by case when ${down}::boolean then -k.place else k.place end, case when ${down}::boolean then -k.designation_id else k.designation_id end
		limit ${size + 1}`;
	const page = pageOf(
		rows.map((row): MetricRow => ({
			designationId: row.designation_id,
			enterpriseId: row.enterprise_id,
			name: row.name,
			channelId: row.channel_id,
			kind: row.kind,
			value: row.value,
			reaches: row.reaches,
			corrected: row.corrected,
			reportYear: row.report_year,
			reportId: row.report_id
		})),
		query,
		({ value: key, designationId }) => ({ key: key ?? '', id: designationId }),
		size
	);
	return { ...page, total: rows[0]?.total ?? 0 };
}
