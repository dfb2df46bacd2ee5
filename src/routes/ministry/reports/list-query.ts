import { COURTS, REPORT_STATES } from '#lib/domain/report-state.ts';
import { PROGRESS_FIGURES } from '#lib/domain/report/progress.ts';
import { TIERS } from '#lib/domain/trend/trend-filter.ts';
import { parseCriterion } from '#lib/forms/criterion-asked.ts';
import { parseReason } from '#lib/domain/report/reason-kinds.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import {
	FLAG_FILTERS,
	LATE_FILTERS,
	MINISTRY_REPORT_KEYS,
	MINISTRY_REPORT_SORTS,
	type MinistryReportsQuery
} from '#lib/server/reads/ministry/ministry-report-filters.ts';
import { turnAsked } from '#lib/server/reads/page.ts';

/** The list an address asks for: year, cohort, class, region, status, late, flags, figure, asof, reason, held, q, sort, after, before. */
export function listQueryOf(params: URLSearchParams): { readonly query: MinistryReportsQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const sort = of.text('sort') ?? 'name';
	const known = MINISTRY_REPORT_SORTS.find((value) => value === sort.replace(/^-/, ''));
	if (!known) of.drop('sort');
	const reasonText = of.text('reason');
	const reason = reasonText === null ? null : parseReason(reasonText);
	if (reasonText !== null && reason === null) of.drop('reason');
	const criterionText = of.text('criterion');
	const criterion = criterionText === null ? null : parseCriterion(criterionText);
	if (criterionText !== null && criterion === null) of.drop('criterion');
	const several = cohortsIn(params);
	const query: MinistryReportsQuery = {
		year: of.year('year'),
		court: of.oneOf('court', [...COURTS, 'mine']),
		states: of.listOf('status', REPORT_STATES),
		category: of.classOf('class'),
		cohort: several === null ? of.year('cohort') : null,
		cohorts: several ?? [],
		tier: of.oneOf('tier', TIERS),
		criterion,
		channelId: of.channel('region'),
		late: of.oneOf('late', LATE_FILTERS),
		flags: of.oneOf('flags', FLAG_FILTERS),
		figure: of.oneOf('figure', PROGRESS_FIGURES),
		asOf: of.day('asof'),
		reason,
		heldSince: of.day('held'),
		q: of.search('q'),
		sort: known ?? 'name',
		descending: known !== undefined && sort.startsWith('-'),
		...turnAsked(of, MINISTRY_REPORT_KEYS[known ?? 'name'])
	};
	return { query, ignored: of.ignored([...TABLE_KEYS, ...(several === null ? [] : ['cohort'])]) };
}

/** Several cohorts, as a link of the trends names them; null for one, for none and for what is no year. */
function cohortsIn(params: URLSearchParams): number[] | null {
	const texts = [...new Set(params.getAll('cohort').flatMap((text) => text.split(',')))].filter((text) => text !== '');
	return texts.length > 1 && texts.every((text) => /^2\d{3}$/.test(text)) ? texts.map(Number) : null;
}
