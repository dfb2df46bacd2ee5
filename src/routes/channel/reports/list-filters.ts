import { CATEGORIES } from '#lib/domain/parties.ts';
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { cohortFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { reportStateMark } from '#lib/words/standing-words.ts';
import { categoryWord } from '#lib/words/words.ts';

interface Known {
	readonly years: readonly number[];
	readonly year: { readonly year: number } | null;
	readonly cohorts: readonly number[];
}

/** The filters of the list, as its page offers them and its sheet names them. */
export function listFilters({ years, year, cohorts }: Known): Filter[] {
	return [
		{ kind: 'text', name: 'q', label: m.channel_filter_q() },
		yearFilter(m.channel_filter_year(), years, year?.year),
		{
			kind: 'choices',
			name: 'state',
			label: m.channel_column_state(),
			options: REPORT_STATES.map((state) => ({ value: state, label: reportStateMark[state].word() }))
		},
		{ kind: 'choice', name: 'category', label: m.channel_column_category(), options: CATEGORIES.map((value) => ({ value, label: categoryWord[value]() })) },
		cohortFilter(m.channel_column_cohort(), cohorts)
	];
}
