import { CRITERIA_OF, judgeCriteria } from '#lib/domain/check/criteria.ts';
import { EMPTY_FIGURE_ROW, metricOfField, type FigureBasis, type FigureRow, type Metric } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { nearestToThreshold, type NearThreshold } from '#lib/domain/trend/nearest-to-threshold.ts';
import { limitOf, metricsOf, trendMetric, type MetricLimit, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { pairsOf, type AskedMetrics } from '#lib/server/store/trend/tallies.ts';
import { endOfScope, isMember, type TrendScope } from '#lib/server/store/trend/trend-scope.ts';

/** One enterprise's figure, as a dot. */
export interface CohortValue {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly name: string;
	readonly value: string;
	/** Judged on what was stated; null without a threshold. */
	readonly reaches: boolean | null;
}

export interface CohortValues {
	readonly year: number;
	readonly basis: FigureBasis;
	readonly limit: MetricLimit | null;
	readonly n: number;
	/** Every so many-th by value: 1 where each enterprise has its dot. */
	readonly every: number;
	readonly rows: readonly CohortValue[];
}

/** More dots than this melt into each other: then every second, third … by value is shown, and it is said. */
export const DOTS_MOST = 600;

/** The enterprises one by one, ascending. */
export async function valuesOf(
	db: ActorDb,
	scope: TrendScope,
	{ category, metric }: { readonly category: Category; readonly metric: TrendMetric },
	{ year, basis }: { readonly year: number; readonly basis: FigureBasis },
	policy: Policy
): Promise<CohortValues> {
	const { sql, within } = db;
	const limit = limitOf(metric, category, policy);
	const rows = await sql<{ designation_id: string; enterprise_id: string; name: string; value: string; reaches: boolean | null; n: number; every: number }[]>`
		with known as (
			select r.designation_id, r.enterprise_id, r.value,
				case when r.numerator is null then r.value >= ${limit?.threshold ?? null}::numeric
					else r.numerator >= ${limit?.threshold ?? null}::numeric * r.denominator end as reaches,
				count(*) over () as n, row_number() over (order by r.value, r.designation_id) as place
			from trend_cells(${endOfScope(scope)}::timestamptz, array[${category}::text], array[${metric.id}::text], ${year}::int, ${year}::int) r
			where r.basis = ${basis} and r.kind = 'value' and ${within.report} and ${isMember(db, scope)}
		)
		select coalesce(k.designation_id, 0) as designation_id, e.id as enterprise_id, e.name, coalesce(trim_scale(k.value)::text, '0') as value, k.reaches,
			coalesce(k.n::int, 0) as n, coalesce(greatest(1, ceil(k.n::numeric / ${DOTS_MOST}))::int, 1) as every
		from known k join enterprise e on e.id = k.enterprise_id
		where (k.place - 1) % greatest(1, ceil(k.n::numeric / ${DOTS_MOST}))::int = 0 order by k.place`;
	return {
		year,
		basis,
		limit,
		n: rows[0]?.n ?? 0,
		every: rows[0]?.every ?? 1,
		rows: rows.map((row) => ({
			designationId: row.designation_id,
			enterpriseId: row.enterprise_id,
			name: row.name,
			value: row.value,
			reaches: row.reaches
		}))
	};
}

/** One line of the table: who stands near which limit. */
export interface NearRow extends NearThreshold {
	readonly enterpriseId: string;
	readonly name: string;
	readonly channelId: string;
	readonly category: Category;
}

const NEAREST = 20;
/** The database measures a ratio by twelve places, the rule by more where it must: a few more candidates than are shown. */
const CANDIDATES = 2 * NEAREST;

/** Who stands nearest to a limit on either side, over the audited years before the report year: candidates of one question, judged by the one rule. */
export async function nearestOf(
	db: ActorDb,
	scope: TrendScope,
	categories: readonly Category[],
	reportYear: number,
	policy: Policy
): Promise<readonly NearRow[]> {
	const { sql, within } = db;
	const asked: AskedMetrics = Object.fromEntries(
		categories.map((category) => [category, metricsOf(category).filter((metric) => limitOf(metric, category, policy) !== null)])
	);
	const pairs = pairsOf(asked);
	const limits = pairs.metrics.map((id, index) => {
		const metric = trendMetric(id);
		const limit = metric && limitOf(metric, pairs.categories[index] as Category, policy);
		if (!limit) throw new RangeError(`no limit on ${id}`);
		return { threshold: limit.threshold, tested: policy.criteria[limit.criterion].window === 'each_of_three_years' ? 'each' : 'latest' };
	});
	const rows = await sql<
		{
			designation_id: string;
			enterprise_id: string;
			category: string;
			metric: string;
			name: string;
			channel_id: string;
			years: number[] | null;
			values: string[] | null;
			wholes: string[] | null;
		}[]
	>`
		with near as (
			select r.designation_id, r.enterprise_id, r.category, r.metric, abs(min(r.value) - l.threshold) / l.threshold as room,
				(array_agg(r.channel_id order by r.figure_year desc))[1] as channel_id,
				array_agg(r.figure_year order by r.figure_year) as years,
				array_agg(trim_scale(coalesce(r.numerator, r.value))::text order by r.figure_year) as values,
				array_agg(trim_scale(r.denominator)::text order by r.figure_year) as wholes
			from trend_cells(${endOfScope(scope)}::timestamptz, ${pairs.categories}::text[], ${pairs.metrics}::text[], ${reportYear - 3}::int,
				${reportYear - 1}::int) r
			join unnest(${pairs.categories}::text[], ${pairs.metrics}::text[], ${limits.map(({ threshold }) => threshold)}::numeric[],
				${limits.map(({ tested }) => tested)}::text[]) l (category, metric, threshold, tested) on l.category = r.category and l.metric = r.metric
			where r.basis = 'final' and r.kind = 'value' and (l.tested = 'each' or r.figure_year = ${reportYear - 1}) and ${within.report} and ${isMember(db, scope)}
			group by r.designation_id, r.enterprise_id, r.category, r.metric, l.threshold
			order by room, r.designation_id limit ${CANDIDATES}
		)
		select coalesce(n.designation_id, 0) as designation_id, e.id as enterprise_id, coalesce(n.category, '') as category,
			coalesce(n.metric, '') as metric, e.name,
			coalesce(n.channel_id, '') as channel_id, n.years, n.values, n.wholes
		from near n join enterprise e on e.id = n.enterprise_id`;
	const byDesignation = Map.groupBy(rows, (row) => row.designation_id);
	const found = [...byDesignation].map(([designationId, told]) => {
		const category = told[0]?.category as Category;
		const known = told.flatMap((row) => statedIn(row));
		return { designationId, findings: judgeCriteria({ policy, category, runningYear: reportYear, known, answers: {} }) };
	});
	return nearestToThreshold(found, NEAREST, CRITERIA_OF.manufacturing.concat(CRITERIA_OF.it_outsourcing)).flatMap((near) => {
		const row = byDesignation.get(near.designationId)?.[0];
		return row ? [{ ...near, enterpriseId: row.enterprise_id, name: row.name, channelId: row.channel_id, category: row.category as Category }] : [];
	});
}

/** What a candidate stated, as the rule reads it: a ratio by its two parts. */
function statedIn(row: {
	readonly metric: string;
	readonly years: readonly number[] | null;
	readonly values: readonly string[] | null;
	readonly wholes: readonly (string | null)[] | null;
}): HistoryFigures {
	const [part, whole] = (trendMetric(row.metric)?.fields ?? []).map((field) => metricOfField(field));
	return (row.years ?? []).flatMap((year, index) => {
		if (!part) return [];
		const stated: Partial<Record<Metric, string | null>> = { [part]: row.values?.[index] ?? null };
		if (whole) stated[whole] = row.wholes?.[index] ?? null;
		const figures: FigureRow = { ...EMPTY_FIGURE_ROW, ...stated };
		return [{ forYear: year, basis: 'final' as const, reportYear: year + 1, row: figures }];
	});
}
