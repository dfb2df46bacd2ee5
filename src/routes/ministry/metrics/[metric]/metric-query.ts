import { error } from '@sveltejs/kit';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import type { MetricQuery } from '#lib/server/reads/ministry/ministry-metric.ts';
import { REACHES, valueKey } from '#lib/server/reads/ministry/ministry-metric-rows.ts';
import { turnAsked } from '#lib/server/reads/page.ts';

/** `part` is a picture's own: which category. */
const OWN_KEYS = ['part', 'of', 'basis', 'reach', 'by', 'sort', 'after', 'before'];

/** The view of a metric an address asks for: the filters of the dashboard, and of, basis, reach, by, sort, after, before. */
export function metricQueryOf(id: string, params: URLSearchParams): { readonly query: MetricQuery; readonly ignored: readonly string[] } {
	const metric = trendMetric(id);
	if (metric === null) error(404);
	const { filter, ignored } = readTrendAddress(params, [...TABLE_KEYS, ...OWN_KEYS]);
	const of = asked(params);
	const query: MetricQuery = {
		metric,
		filter: { ...filter, metric: null },
		of: of.year('of'),
		basis: of.oneOf('basis', ['final', 'forecast']),
		reach: of.oneOf('reach', REACHES),
		by: of.oneOf('by', ['channel', 'cohort']),
		descending: of.oneOf('sort', ['value', '-value']) === '-value',
		...turnAsked(of, valueKey)
	};
	return { query, ignored: [...ignored, ...of.dropped(), ...(filter.category !== null && !metric.categories.includes(filter.category) ? ['class'] : [])] };
}
