/** Where the marks of the trends lead: the list behind each, with the filters in force. */
import type { Day } from '#lib/domain/day.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { ProgressFigure } from '#lib/domain/report/progress.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import { CLASSES } from './asked.ts';
import { trendAddress } from './trend-address.ts';

const address = (path: string, pairs: readonly (readonly [string, string | null | undefined])[]): string => {
	const query = pairs.flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`] : []));
	return query.length === 0 ? path : `${path}?${query.join('&')}`;
};

const classWord = (category: Category | null): string | null => Object.entries(CLASSES).find(([, value]) => value === category)?.[0] ?? null;

export interface ReportsBehind {
	readonly year: number;
	readonly figure?: ProgressFigure;
	readonly asOf?: Day;
	readonly region?: string;
	readonly category?: Category;
	/** `M4:unmet`. */
	readonly criterion?: string;
}

/** The reports behind a count. Null where no list has them: a state is of one year's report, and says nothing of another year's. */
export function reportsHref(filter: TrendFilter, shownYear: number, { year, figure, asOf, region, category, criterion }: ReportsBehind): string | null {
	if (filter.statuses.length > 0 && year !== shownYear) return null;
	return address('/ministry/reports', [
		['year', String(year)],
		['cohort', filter.cohorts.join()],
		['class', classWord(category ?? filter.category)],
		['region', region ?? filter.channelId],
		['tier', filter.tier],
		['status', filter.statuses.join()],
		['figure', figure],
		['criterion', criterion],
		['asof', figure === undefined ? filter.asOf : asOf]
	]);
}

/** A figure of a metric, one year and basis, and on which side of its limit. */
export interface ValuesBehind {
	readonly category: Category;
	readonly of?: number;
	readonly basis?: FigureBasis;
	readonly reach?: 'below' | 'reach';
}

/** The metric's own page, at the enterprises behind a mark. */
export function metricHref(filter: TrendFilter, metric: TrendMetricId, { category, of, basis, reach }: ValuesBehind): string {
	const query = trendAddress({ ...filter, category, metric: null });
	const more = address('', [
		['of', of?.toString()],
		['basis', basis],
		['reach', reach]
	]).replace('?', '&');
	return `/ministry/metrics/${metric}?${query}${more}`;
}
