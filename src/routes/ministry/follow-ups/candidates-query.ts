import { TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import type { CandidatesQuery } from '#lib/server/reads/ministry/outlier-candidates.ts';

/** The figures an address asks for: year, basis, class, metric, region; and those that were ticked, which the list itself leaves alone. */
export function candidatesQueryOf(params: URLSearchParams): { readonly query: CandidatesQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const category = of.classOf('class') ?? 'manufacturing';
	const metric = of.oneOf(
		'metric',
		TREND_METRICS.filter(({ categories }) => categories.includes(category)).map(({ id }) => id)
	);
	const query: CandidatesQuery = {
		year: of.year('year'),
		basis: of.oneOf('basis', ['final', 'forecast']) ?? 'final',
		category,
		metric,
		channelId: of.channel('region')
	};
	return { query, ignored: of.ignored([...TABLE_KEYS, 'figure', 'matching']) };
}
