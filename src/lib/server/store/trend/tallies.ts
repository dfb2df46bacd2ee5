import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { QUARTILES_FROM, type ExactGroup } from '#lib/domain/trend/quantile.ts';
import { limitOf, trendMetric, type TrendMetric, type TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import type { PointTally } from '#lib/domain/trend/trend-point.ts';
import type { Db } from '#lib/server/db/door.ts';
import { endOfScope, isMember, type TrendScope } from './trend-scope.ts';

/** Tallies by category, metric, figure year and basis; there is none where nobody is told of. */
export type Tallies = ReadonlyMap<string, PointTally>;

/** The key of a tally in {@link Tallies}. */
export const tallyKey = (category: Category, metric: TrendMetricId, year: number, basis: FigureBasis): string => `${category}/${metric}/${year}/${basis}`;

/** The metrics of each category that are asked for. */
export type AskedMetrics = Readonly<Partial<Record<Category, readonly TrendMetric[]>>>;

export interface TallyYears {
	readonly from: number;
	readonly to: number;
}

/** What tallies are parted by beside metric, year and basis: the channel, cohort or tier of each enterprise; 'nation' parts nothing. */
export type TallyBy = 'nation' | 'channel' | 'cohort' | 'tier';

/**
 * What points are made from, counted and added up by the database in exact numeric: the same as `tallyOf` of the domain, which a test holds it to. One
 * question, whatever the number of enterprises.
 *
 * @param policyOf the policy of the year a figure is of
 */
export async function loadTallies(db: Db, scope: TrendScope, asked: AskedMetrics, years: TallyYears, policyOf: (year: number) => Policy): Promise<Tallies> {
	const groups = await loadTalliesBy(db, 'nation', scope, asked, years, policyOf);
	return groups.get('') ?? new Map();
}

/** The same for each channel, cohort or tier by itself, by its id; of a tier as the register keeps it, '' for a group. */
export async function loadTalliesBy(
	db: Db,
	by: TallyBy,
	scope: TrendScope,
	asked: AskedMetrics,
	years: TallyYears,
	policyOf: (year: number) => Policy
): Promise<ReadonlyMap<string, Tallies>> {
	const { sql, within } = db;
	const known = limitsFor(asked, years, policyOf);
	const limits = JSON.stringify(known);
	const pairs = pairsOf(asked);
	const rows = await sql<TallyRow[]>`
		with cell as materialized (
			select r.category, r.metric, r.figure_year, r.basis, r.kind, r.value, r.corrected, r.numerator, r.denominator,
				case ${by}::text when 'channel' then r.channel_id when 'cohort' then r.cohort_year::text
					when 'tier' then (select coalesce(c.gdp_tier, '') from channel c where c.id = r.channel_id) else '' end as part,
				case when r.kind <> 'value' then false when r.numerator is null
					then r.value >= (${limits}::text::jsonb ->> (r.category || '/' || r.metric || '/' || r.figure_year))::numeric
					else r.numerator >= (${limits}::text::jsonb ->> (r.category || '/' || r.metric || '/' || r.figure_year))::numeric * r.denominator end as met
			from trend_cells(${endOfScope(scope)}::timestamptz, ${pairs.categories}::text[], ${pairs.metrics}::text[], ${years.from}::int,
				${years.to}::int) r
			where ${within.report} and ${isMember(db, scope)}
		), tally as (
			select c.part, c.category, c.metric, c.figure_year, c.basis, count(*) as owed, count(c.value) as known,
				count(*) filter (where c.kind = 'not_filed') as not_filed,
				count(*) filter (where c.kind = 'not_answered') as not_answered, count(*) filter (where c.kind = 'not_applicable') as not_applicable,
				count(*) filter (where c.met) as met, bool_or(c.corrected and c.value is not null) as corrected, sum(c.value) as total,
				sum(c.numerator) as numerator, sum(c.denominator) as denominator, array_agg(c.value order by c.value) filter (where c.value is not null) as sorted
			from cell c group by c.part, c.category, c.metric, c.figure_year, c.basis
		)
		select coalesce(t.part, '') as part, coalesce(t.category, '') as category, coalesce(t.metric, '') as metric, coalesce(t.figure_year, 0) as figure_year,
			coalesce(t.basis, '') as basis, coalesce(t.owed::int, 0) as owed, coalesce(t.known::int, 0) as known, coalesce(t.not_filed::int, 0) as not_filed,
			coalesce(t.not_answered::int, 0) as not_answered, coalesce(t.not_applicable::int, 0) as not_applicable, coalesce(t.met::int, 0) as met,
			coalesce(t.corrected, false) as corrected, trim_scale(t.total)::text as total,
			trim_scale(t.numerator)::text as numerator, trim_scale(t.denominator)::text as denominator,
			case when t.known < ${QUARTILES_FROM} then (select array_agg(trim_scale(v)::text order by v) from unnest(t.sorted) v) end as dots,
			case when t.known >= ${QUARTILES_FROM} then (
				select array_agg(trim_scale(q.low + (q.high - q.low) * q.rest * 0.01)::text order by q.percent)
				from (
					select p.percent, t.sorted[((t.known - 1) * p.percent / 100 + 1)::int] as low, (t.known - 1) * p.percent % 100 as rest,
						coalesce(t.sorted[((t.known - 1) * p.percent / 100 + 2)::int], t.sorted[((t.known - 1) * p.percent / 100 + 1)::int]) as high
					from unnest(array[10, 25, 50, 75, 90]) p (percent)
				) q) end as at
		from tally t`;
	return new Map(
		[...Map.groupBy(rows, ({ part }) => part)].map(([part, ofPart]): [string, Tallies] => [
			part,
			new Map(
				ofPart.map((row) => [tallyKey(row.category as Category, row.metric as TrendMetricId, row.figure_year, row.basis as FigureBasis), tallyFrom(row, known)])
			)
		])
	);
}

interface TallyRow {
	part: string;
	category: string;
	metric: string;
	figure_year: number;
	basis: string;
	owed: number;
	known: number;
	not_filed: number;
	not_answered: number;
	not_applicable: number;
	met: number;
	corrected: boolean;
	total: string | null;
	numerator: string | null;
	denominator: string | null;
	dots: (string | null)[] | null;
	at: (string | null)[] | null;
}

function tallyFrom(row: TallyRow, limits: Readonly<Record<string, string>>): PointTally {
	const isRatio = trendMetric(row.metric)?.nature === 'ratio';
	return {
		nKnown: row.known,
		nOwed: row.owed,
		absent: { notFiled: row.not_filed, notAnswered: row.not_answered, notApplicable: row.not_applicable },
		group: groupFrom(row),
		total: isRatio ? null : (row.total ?? '0'),
		parts: isRatio ? { numerator: row.numerator ?? '0', denominator: row.denominator ?? '0' } : null,
		met: Object.hasOwn(limits, `${row.category}/${row.metric}/${row.figure_year}`) ? row.met : null,
		corrected: row.corrected
	};
}

function groupFrom({ known, dots, at }: TallyRow): ExactGroup {
	const [ten, lower, median, upper, ninety] = (at ?? []).flatMap((one) => one ?? []);
	if (ten === undefined || lower === undefined || median === undefined || upper === undefined || ninety === undefined)
		return { n: known, dots: (dots ?? []).flatMap((one) => one ?? []), at: null };
	return { n: known, dots: [], at: { 10: ten, 25: lower, 50: median, 75: upper, 90: ninety } };
}

/** Category and metric side by side, as the database takes them. */
export function pairsOf(asked: AskedMetrics): { readonly categories: string[]; readonly metrics: string[] } {
	const pairs = CATEGORIES.flatMap((category) => (asked[category] ?? []).map(({ id }) => ({ category, id })));
	return { categories: pairs.map(({ category }) => category), metrics: pairs.map(({ id }) => id) };
}

/** The thresholds by category, metric and year: looked up row by row, which no plan can turn into a walk over all pairs. */
function limitsFor(asked: AskedMetrics, { from, to }: TallyYears, policyOf: (year: number) => Policy): Readonly<Record<string, string>> {
	const years = Array.from({ length: to - from + 1 }, (_, index) => from + index);
	return Object.fromEntries(
		CATEGORIES.flatMap((category) =>
			(asked[category] ?? []).flatMap((metric) =>
				years.flatMap((year) => {
					const limit = limitOf(metric, category, policyOf(year));
					return limit === null ? [] : [[`${category}/${metric.id}/${year}`, limit.threshold] as const];
				})
			)
		)
	);
}
