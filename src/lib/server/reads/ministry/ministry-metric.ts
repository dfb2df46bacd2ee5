import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { errorFrom, type ErrorTally, type ForecastError } from '#lib/domain/trend/forecast-error.ts';
import { sameFrom, type SameEnterprisesAnswer, type SameTally } from '#lib/domain/trend/same-enterprises.ts';
import { titleFacts, type SameBetween, type TitleFacts } from '#lib/domain/trend/title-facts.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { pointFrom, seriesFrom, type Point, type TrendFrame, type TrendSeries } from '#lib/domain/trend/trend-point.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { PAGE_SIZE, type Turn } from '#lib/server/reads/page.ts';
import { loadPolicies } from '#lib/server/store/report/policy.ts';
import { changeKey, loadErrors, loadSame } from '#lib/server/store/trend/changes.ts';
import { loadTalliesBy, tallyKey, type Tallies } from '#lib/server/store/trend/tallies.ts';
import { policyByYear } from '#lib/server/store/trend/policy-by-year.ts';
import { scopeOf } from '#lib/server/store/trend/trend-scope.ts';
import { frames, understood } from './ministry-cohort-frame.ts';
import { trendChannels, type TrendChannel } from './ministry-cohort-head.ts';
import { metricRows, type MetricRows, type Reach } from './ministry-metric-rows.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

export interface MetricQuery extends Turn {
	readonly metric: TrendMetric;
	readonly filter: TrendFilter;
	/** The figure year and basis whose enterprises are listed; null: what the title speaks of. */
	readonly of: number | null;
	readonly basis: FigureBasis | null;
	readonly reach: Reach | null;
	readonly by: 'channel' | 'cohort' | null;
	readonly descending: boolean;
}

/** A category's own picture of the metric: categories never share an axis. */
export interface MetricSeries {
	readonly category: Category;
	readonly series: TrendSeries;
	readonly facts: TitleFacts | null;
	/** Audited and forecast points of every year, oldest first. */
	readonly points: readonly Point[];
	/** From each audited year to the next, oldest first. */
	readonly changes: readonly { readonly year: number; readonly answer: SameEnterprisesAnswer }[];
	/** How far the forecasts of each year missed, oldest first. */
	readonly errors: readonly { readonly year: number; readonly error: ForecastError }[];
}

export interface MetricShown {
	readonly year: ReportingYear;
	readonly asOf: Day;
	readonly pictures: readonly MetricSeries[];
	/** Which year and basis are told of one by one, and by channel or cohort. */
	readonly told: { readonly category: Category; readonly of: number; readonly basis: FigureBasis };
	readonly parts: readonly { readonly key: string; readonly point: Point; readonly error: ForecastError | null }[];
	readonly rows: MetricRows;
}

export interface MinistryMetric {
	readonly years: readonly number[];
	readonly cohorts: readonly number[];
	readonly channels: readonly TrendChannel[];
	readonly ignored: readonly string[];
	readonly filter: TrendFilter;
	readonly shown: MetricShown | null;
}

/** Powers /ministry/metrics/[metric] and its files. Eight queries. @param most rows of the list: a page, or all for a file */
export function ministryMetric(actor: Actor, query: MetricQuery, now: Date, most = PAGE_SIZE): Promise<MinistryMetric> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels, cohorts] = await Promise.all([ministryYears(db), trendChannels(db), cohortsOf(db)]);
			const year = yearShown(years, query.filter.year, now);
			const { filter, ignored } = understood(query.filter, { year, channels, today: dayInBeijing(now) });
			const known = { years: years.map((one) => one.year), channels, cohorts, filter, ignored };
			if (year === null) return { ...known, shown: null };
			const policies = await loadPolicies(
				db,
				years.map(({ policyVersion }) => policyVersion)
			);
			const policyOf = policyByYear(years, policies);
			const { metric } = query;
			const asked = metric.categories.filter((category) => filter.category === null || filter.category === category);
			const categories = asked.length === 0 ? metric.categories : asked;
			const scope = scopeOf(filter, year.year, channels);
			const asOf = filter.asOf ?? dayInBeijing(now);
			const oldest = Math.min(...years.map((one) => one.year)) - 3;
			const span = { from: oldest, to: year.year };
			const frameOf = frames({ years, asOf, channels: scope.channels, policyOf });
			const metrics = Object.fromEntries(categories.map((category) => [category, [metric]]));
			const asking = { scope, metric, categories, years: span };
			const [groups, same, errors] = await Promise.all([
				loadTalliesBy(db, 'nation', scope, metrics, span, policyOf),
				loadSame(db, asking),
				loadErrors(db, query.by, asking)
			]);
			const tallies = groups.get('') ?? new Map();
			const every = Array.from({ length: span.to - span.from + 1 }, (_, index) => span.from + index);
			const pictures = categories.map((category): MetricSeries => {
				const series = seriesFrom((of, basis) => tallies.get(tallyKey(category, metric.id, of, basis)) ?? null, metric, every, frameOf(category));
				const points = [...series.final, ...series.forecast].sort((a, b) => a.year - b.year || (a.basis < b.basis ? 1 : -1));
				const moves = movesOf(category, series, every, same, errors.get(''));
				return { category, series, facts: titleFacts(series, sameIn(moves.changes)), points, ...moves };
			});
			const told = toldOf(query, pictures, year.year);
			const [rows, parts] = await Promise.all([
				metricRows(
					db,
					scope,
					metric,
					{ ...told, reach: query.reach, descending: query.descending, after: query.after, before: query.before },
					policyOf(told.of),
					most
				),
				query.by === null ? null : loadTalliesBy(db, query.by, scope, { [told.category]: [metric] }, { from: told.of, to: told.of }, policyOf)
			]);
			return {
				...known,
				shown: { year, asOf, pictures, told, rows, parts: parts === null ? [] : partsOf(parts, errors, metric, told, frameOf(told.category)) }
			};
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

/** Every cohort there is, so that a filter can be taken off again. */
export async function cohortsOf({ sql }: Pick<ActorDb, 'sql'>): Promise<readonly number[]> {
	const rows = await sql<{ cohort_year: number }[]>`select distinct cohort_year from designation order by cohort_year`;
	return rows.map(({ cohort_year }) => cohort_year);
}

/** What was asked for, else what the title speaks of. */
function toldOf({ of, basis }: MetricQuery, pictures: readonly MetricSeries[], year: number): MetricShown['told'] {
	const first = pictures.find(({ facts }) => facts !== null) ?? pictures[0];
	if (!first) throw new RangeError('a metric is of one category at least');
	const facts = first.facts;
	return { category: first.category, of: of ?? facts?.year ?? year - 1, basis: basis ?? (of === null ? (facts?.basis ?? 'final') : 'final') };
}

/** The same enterprises between two neighbouring audited years, of the rows the page shows anyway. */
function sameIn(changes: MetricSeries['changes']): SameBetween {
	return (before, said) => {
		const answer = said.year === before.year + 1 ? changes.find(({ year }) => year === said.year)?.answer : undefined;
		return answer?.known ? answer.parts : null;
	};
}

/** What moved between audited years, and how far forecasts missed; years of which one side is unknown have neither. */
function movesOf(
	category: Category,
	{ metric, breaks }: TrendSeries,
	years: readonly number[],
	same: ReadonlyMap<string, SameTally>,
	errors: ReadonlyMap<string, ErrorTally> | undefined
): Pick<MetricSeries, 'changes' | 'errors'> {
	return {
		changes: years.flatMap((year) => {
			const tally = same.get(changeKey(category, year));
			return tally === undefined || tally.n.from === 0 || tally.n.to === 0
				? []
				: [{ year, answer: sameFrom(tally, { from: year - 1, to: year, basis: 'final' }, metric, breaks) }];
		}),
		errors: years.flatMap((year) => {
			const tally = errors?.get(changeKey(category, year));
			return tally === undefined ? [] : [{ year, error: errorFrom(tally) }];
		})
	};
}

function partsOf(
	parts: ReadonlyMap<string, Tallies>,
	errors: ReadonlyMap<string, ReadonlyMap<string, ErrorTally>>,
	metric: TrendMetric,
	{ category, of, basis }: MetricShown['told'],
	frame: TrendFrame
): MetricShown['parts'] {
	return [...parts].flatMap(([key, tallies]) => {
		const tally = tallies.get(tallyKey(category, metric.id, of, basis));
		const missed = errors.get(key)?.get(changeKey(category, of));
		return tally ? [{ key, point: pointFrom(tally, metric, of, basis, frame), error: missed ? errorFrom(missed) : null }] : [];
	});
}
