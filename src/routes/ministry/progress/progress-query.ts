import { PROGRESS_BY } from '#lib/domain/report/progress.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import type { ProgressQuery } from '#lib/server/reads/ministry/ministry-progress.ts';

/** The view an address asks for: year, by, asof, class, cohort, curve; tile, sort, cols and density are the page's own. */
export function progressQueryOf(params: URLSearchParams): { readonly query: ProgressQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const query: ProgressQuery = {
		year: of.year('year'),
		by: of.oneOf('by', PROGRESS_BY) ?? 'channel',
		asOf: of.day('asof'),
		category: of.classOf('class'),
		cohort: of.year('cohort'),
		curve: of.oneOf('curve', ['submitted', 'forwarded']) ?? 'submitted'
	};
	return { query, ignored: of.ignored([...TABLE_KEYS, 'sort', 'tile']) };
}
