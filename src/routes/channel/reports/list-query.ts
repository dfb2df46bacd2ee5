import { COURTS, REPORT_STATES } from '#lib/domain/report-state.ts';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { CHANNEL_REPORT_SORTS, type ChannelReportsQuery } from '#lib/server/reads/channel/channel-reports.ts';
import { turnAsked } from '#lib/server/reads/page.ts';

/** The list an address asks for: year, court, state, category, cohort, q, sort, after, before. What is unknown is left out and named. */
export function listQueryOf(params: URLSearchParams): { readonly query: ChannelReportsQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const sort = of.text('sort') ?? '-flags';
	const known = CHANNEL_REPORT_SORTS.find((value) => value === sort.replace(/^-/, ''));
	if (!known) of.drop('sort');
	const query: ChannelReportsQuery = {
		year: of.year('year'),
		court: of.oneOf('court', COURTS),
		states: of.listOf('state', REPORT_STATES),
		category: of.oneOf('category', CATEGORIES),
		cohort: of.year('cohort'),
		q: of.search('q'),
		sort: known ?? 'flags',
		descending: known ? sort.startsWith('-') : true,
		...turnAsked(of)
	};
	return { query, ignored: of.ignored(TABLE_KEYS) };
}
