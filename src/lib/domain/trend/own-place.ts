/** Where an enterprise's audited figures stand within its category (非方案规定): for the ministries, who see every figure. */
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { distributionFrom, quarterOf, type Distribution, type Quarter } from './quantile.ts';
import { isMeasured, limitOf, metricsOf, readingOf, type TrendMetric } from './trend-metric.ts';
import type { PointTally } from './trend-point.ts';

export interface OwnPlace {
	readonly metric: TrendMetric['id'];
	readonly year: number;
	readonly own: string;
	readonly distribution: Distribution;
	/** Null under five: then there are no quartiles. */
	readonly quarter: Quarter | null;
}

/** Of each metric the last year with an audited figure of its own, among all of the category in that year (非方案规定); categories never share an axis. */
export function ownPlaces(
	category: Category,
	history: HistoryFigures,
	years: readonly number[],
	tallyOf: (metric: TrendMetric, year: number) => PointTally | null,
	policyOf: (year: number) => Policy
): readonly OwnPlace[] {
	return metricsOf(category).flatMap((metric): OwnPlace[] => {
		for (const year of [...years].reverse()) {
			const reading = readingOf(metric, history, year, 'final');
			if (!isMeasured(reading)) continue;
			const tally = tallyOf(metric, year);
			if (tally === null) return [];
			const distribution = distributionFrom(tally.group, metric.unit, limitOf(metric, category, policyOf(year))?.threshold ?? null);
			const quarter = distribution.kind === 'quartiles' ? quarterOf(reading.value, distribution) : null;
			return [{ metric: metric.id, year, own: reading.value, distribution, quarter }];
		}
		return [];
	});
}
