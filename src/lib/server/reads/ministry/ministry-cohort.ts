import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { YearCurve } from '#lib/domain/report/progress.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { TileChart } from '#lib/domain/trend/channel-tiles.ts';
import type { CohortFigure } from '#lib/domain/trend/cohort-figures.ts';
import type { CriterionCount } from '#lib/domain/trend/criterion-counts.ts';
import { titleFacts, type TitleFacts } from '#lib/domain/trend/title-facts.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { limitOf, metricsOf, trendMetric, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { seriesFrom, type TrendSeries } from '#lib/domain/trend/trend-point.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadPolicies } from '#lib/server/store/report/policy.ts';
import { keptRule, loadKeptTallies } from '#lib/server/store/trend/kept-cells.ts';
import { loadTallies, tallyKey, type AskedMetrics, type Tallies, type TallyYears } from '#lib/server/store/trend/tallies.ts';
import { policyByYear } from '#lib/server/store/trend/policy-by-year.ts';
import { scopeOf, type TrendScope } from '#lib/server/store/trend/trend-scope.ts';
import { criteriaOf } from './ministry-cohort-criteria.ts';
import { headOf, trendChannels, type TrendChannel } from './ministry-cohort-head.ts';
import { frames, understood } from './ministry-cohort-frame.ts';
import { nearestOf, valuesOf, type CohortValues, type NearRow } from './ministry-cohort-values.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

/** A metric over the years with what its title says. */
export interface CohortSeries {
	readonly category: Category;
	readonly metric: TrendMetric;
	readonly series: TrendSeries;
	readonly facts: TitleFacts | null;
}

export interface CohortYear {
	readonly year: ReportingYear;
	/** The day all of it is told of: today, or the past day asked for. */
	readonly asOf: Day;
	readonly figures: readonly CohortFigure[];
	readonly tiles: TileChart;
	readonly curves: readonly YearCurve[];
	readonly series: readonly CohortSeries[];
	/** When the statistics of the series were kept; null where they were computed for this page. */
	readonly keptAt: Date | null;
	/** The one metric whose enterprises are shown one by one. */
	readonly chosen: { readonly category: Category; readonly metric: TrendMetric };
	readonly values: CohortValues | null;
	readonly nearest: readonly NearRow[];
	readonly criteria: Readonly<Record<Category, readonly CriterionCount[]>>;
}

export interface MinistryCohort {
	readonly years: readonly number[];
	readonly cohorts: readonly number[];
	readonly channels: readonly TrendChannel[];
	/** Filters that are no choice here: left out, and said. */
	readonly ignored: readonly string[];
	/** As it was answered. */
	readonly filter: TrendFilter;
	/** Null before the first year is opened. */
	readonly shown: CohortYear | null;
}

/** Years of figures a small drawing shows. */
const SHOWN_YEARS = 6;

/** Powers /ministry/cohort. Eight queries, whatever the number of enterprises: only counts, quantiles and a few rows leave the database. */
export function ministryCohort(actor: Actor, asked: TrendFilter, now: Date): Promise<MinistryCohort> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels] = await Promise.all([ministryYears(db), trendChannels(db)]);
			const year = yearShown(years, asked.year, now);
			const { filter, ignored } = understood(asked, { year, channels, today: dayInBeijing(now) });
			const known = { years: years.map((one) => one.year), channels };
			if (year === null) return { ...known, filter, ignored, cohorts: [], shown: null };
			const policies = await loadPolicies(
				db,
				years.map(({ policyVersion }) => policyVersion)
			);
			const policyOf = policyByYear(years, policies);
			const scope = scopeOf(filter, year.year, channels);
			const asOf = filter.asOf ?? dayInBeijing(now);
			const span = { from: year.year - SHOWN_YEARS + 1, to: year.year };
			const categories = filter.category === null ? CATEGORIES : [filter.category];
			const shownMetrics = metricsShown(categories, filter, policyOf(year.year));
			const chosen = chosenMetric(categories, filter, policyOf(year.year));
			const frameOf = frames({ years, asOf, channels: scope.channels, policyOf });
			const [head, { tallies, keptAt }, nearest, criteria] = await Promise.all([
				headOf(db, { years, year, asOf, scope, filter, channels }),
				keptOrLive(db, { filter, scope, asked: shownMetrics, span, years, policyOf }),
				nearestOf(db, scope, categories, year.year, policyOf(year.year)),
				criteriaOf(
					db,
					scope,
					categories,
					years.map((one) => one.year).filter((one) => one <= year.year && one > year.year - SHOWN_YEARS),
					policies
				)
			]);
			const series = categories.flatMap((category) =>
				(shownMetrics[category] ?? []).map((metric): CohortSeries => {
					const made = seriesFrom(
						(of, basis) => tallies.get(tallyKey(category, metric.id, of, basis)) ?? null,
						metric,
						Array.from({ length: SHOWN_YEARS }, (_, index) => span.from + index),
						frameOf(category)
					);
					return { category, metric, series: made, facts: titleFacts(made, () => null) };
				})
			);
			const said = series.find(({ category, metric }) => category === chosen.category && metric.id === chosen.metric.id)?.facts ?? null;
			return {
				...known,
				filter,
				cohorts: head.cohorts,
				ignored: [...ignored, ...filter.cohorts.filter((cohort) => !head.cohorts.includes(cohort)).map(() => 'cohort')].slice(0, 8),
				shown: {
					year,
					asOf,
					figures: head.figures,
					tiles: head.tiles,
					curves: head.curves,
					series,
					keptAt,
					chosen,
					values: said === null ? null : await valuesOf(db, scope, chosen, { year: said.year, basis: said.basis }, policyOf(said.year)),
					nearest,
					criteria
				}
			};
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

interface AskedTallies {
	readonly filter: TrendFilter;
	readonly scope: TrendScope;
	readonly asked: AskedMetrics;
	readonly span: TallyYears;
	readonly years: readonly ReportingYear[];
	readonly policyOf: (year: number) => Policy;
}

/** From what is kept where it answers the filter, else computed now: the same either way. */
async function keptOrLive(db: ActorDb, { filter, scope, asked, span, years, policyOf }: AskedTallies): Promise<{ tallies: Tallies; keptAt: Date | null }> {
	const kept = await loadKeptTallies(db, filter, asked, span, keptRule(years));
	return kept ?? { tallies: await loadTallies(db, scope, asked, span, policyOf), keptAt: null };
}

/** Metrics a criterion stands on, for each category; the one asked for comes with them. */
function metricsShown(categories: readonly Category[], { metric }: TrendFilter, policy: Policy): AskedMetrics {
	return Object.fromEntries(
		categories.map((category) => {
			const limited = metricsWithLimit(category, policy);
			const more = metric === null ? null : trendMetric(metric);
			return [category, more?.categories.includes(category) && !limited.some(({ id }) => id === more.id) ? [more, ...limited] : limited];
		})
	);
}

/** In the order of the criteria, shares first: what the notice asks for every year. */
export function metricsWithLimit(category: Category, policy: Policy): readonly TrendMetric[] {
	const limited = metricsOf(category).filter((metric) => limitOf(metric, category, policy) !== null);
	return [...limited.filter(({ nature }) => nature === 'ratio'), ...limited.filter(({ nature }) => nature !== 'ratio')];
}

function chosenMetric(categories: readonly Category[], filter: TrendFilter, policy: Policy): CohortYear['chosen'] {
	const asked = filter.metric === null ? null : trendMetric(filter.metric);
	const ofAsked = categories.find((category) => asked?.categories.includes(category));
	if (asked && ofAsked) return { category: ofAsked, metric: asked };
	const category = categories[0] ?? 'manufacturing';
	const [first] = metricsWithLimit(category, policy);
	if (!first) throw new RangeError(`no criterion stands on a metric of ${category}`);
	return { category, metric: first };
}
