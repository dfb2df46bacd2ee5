/** A view of the cohort as an address and back: cohort, year, class, region, tier, status, asof, metric (screens.md 3). */
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { TIERS, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { asked, CLASSES } from './asked.ts';

/**
 * Reads the filters of an address. What is unknown or makes no sense is dropped and named.
 *
 * @param elsewhere keys of the page that are no filters: sort, page, cols …
 */
export function readTrendAddress(
	params: URLSearchParams,
	elsewhere: readonly string[] = []
): { readonly filter: TrendFilter; readonly ignored: readonly string[] } {
	const of = asked(params);
	const cohortTexts = [...new Set(params.getAll('cohort').flatMap((text) => text.split(',')))].filter((text) => text !== '');
	const cohorts = cohortTexts.filter((text) => /^2\d{3}$/.test(text)).map(Number);
	of.text('cohort');
	if (cohorts.length < cohortTexts.length) of.drop('cohort');
	const filter: TrendFilter = {
		cohorts: cohorts.sort((a, b) => a - b),
		year: of.year('year'),
		category: of.classOf('class'),
		channelId: of.channel('region'),
		tier: of.oneOf('tier', TIERS),
		statuses: of.listOf('status', REPORT_STATES),
		asOf: of.day('asof'),
		metric: of.oneOf(
			'metric',
			TREND_METRICS.map(({ id }) => id)
		)
	};
	return { filter, ignored: of.ignored(elsewhere) };
}

/** The shortest address of a view, keys in one order and no empty one: two equal views have the same text. */
export function trendAddress(filter: TrendFilter): string {
	const word = filter.category === null ? null : Object.entries(CLASSES).find(([, category]) => category === filter.category)?.[0];
	const pairs: readonly (readonly [name: string, value: string | null | undefined])[] = [
		['cohort', filter.cohorts.join()],
		['year', filter.year?.toString()],
		['class', word],
		['region', filter.channelId],
		['tier', filter.tier],
		['status', REPORT_STATES.filter((state) => filter.statuses.includes(state)).join()],
		['asof', filter.asOf],
		['metric', filter.metric]
	];
	// A comma means the same encoded and bare; bare it can be read by people.
	return pairs.flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`] : [])).join('&');
}
