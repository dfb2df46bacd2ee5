/** An enterprise's own figures beside the benchmarks of its category (非方案规定): for itself and its channel, who see the enterprise whole and the rest not. */
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Disclosed } from './disclosure.ts';
import { quarterOf, type Quarter } from './quantile.ts';
import { isMeasured, limitOf, metricsOf, readingOf, type TrendMetric } from './trend-metric.ts';

type Shown = Exclude<Disclosed, { shown: 'whole' }>;

export interface BesideBenchmark {
	readonly metric: TrendMetric['id'];
	/** Null where it was not answered. */
	readonly own: string | null;
	/** The threshold it stands beside, where one does. */
	readonly limit: string | null;
	readonly shown: Shown;
	/** By the quartiles as they are shown; null without one of the two. */
	readonly quarter: Quarter | null;
}

export interface BenchmarkYear {
	readonly year: number;
	readonly basis: FigureBasis;
	readonly rows: readonly BesideBenchmark[];
}

/** Newest year first; a forecast only of a year whose audited benchmarks are not made yet (方案第六条). Metrics with a limit of 方案第五条 first. */
export function besideBenchmarks(
	category: Category,
	history: HistoryFigures,
	benchmarks: readonly { readonly category: Category; readonly metric: string; readonly year: number; readonly basis: FigureBasis; readonly shown: Shown }[],
	policy: Policy
): readonly BenchmarkYear[] {
	const own = benchmarks.filter((one) => one.category === category);
	const audited = new Set(own.filter(({ basis }) => basis === 'final').map(({ year }) => year));
	const told = own.filter(({ basis, year }) => basis === 'final' || !audited.has(year));
	const limited = (metric: TrendMetric): number => (limitOf(metric, category, policy) === null ? 1 : 0);
	const metrics = [...metricsOf(category)].sort((a, b) => limited(a) - limited(b));
	return [...Map.groupBy(told, ({ year, basis }) => `${year} ${basis}`).values()]
		.flatMap((cells): BenchmarkYear[] => {
			const [first] = cells;
			if (!first) return [];
			const { year, basis } = first;
			return [
				{
					year,
					basis,
					rows: metrics.flatMap((metric) => {
						const shown = cells.find((cell) => cell.metric === metric.id)?.shown;
						if (shown === undefined) return [];
						const reading = readingOf(metric, history, year, basis);
						const value = isMeasured(reading) ? reading.value : null;
						const quarter = value === null || shown.shown === 'masked' ? null : quarterOf(value, shown);
						return [{ metric: metric.id, own: value, limit: limitOf(metric, category, policy)?.threshold ?? null, shown, quarter }];
					})
				}
			];
		})
		.sort((a, b) => b.year - a.year);
}
