import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { TIERS } from '#lib/domain/trend/trend-filter.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MinistryTrial } from '#lib/server/reads/ministry/ministry-trial.ts';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { regionFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { reportStateMark } from '#lib/words/standing-words.ts';
import { tierWord, metWord } from '#lib/words/trend-words.ts';

/** The filters of a trial, as its page offers them and its sheet names them; the threshold itself stands in a form of its own. */
export function listFilters({ years, cohorts, channels }: Pick<MinistryTrial, 'years' | 'cohorts' | 'channels'>): Filter[] {
	return [
		yearFilter(m.trial_column_year(), years),
		{
			kind: 'choice',
			name: 'becomes',
			label: m.trial_becomes(),
			options: (['met', 'unmet', 'unknown'] as const).map((verdict) => ({ value: verdict, label: metWord[verdict]() }))
		},
		{
			kind: 'choices',
			name: 'cohort',
			label: m.progress_column_cohort(),
			options: cohorts.map((cohort) => ({ value: String(cohort), label: String(cohort) }))
		},
		regionFilter(m.ministry_column_channel(), channels),
		{ kind: 'choice', name: 'tier', label: m.trend_filter_tier(), options: TIERS.map((tier) => ({ value: tier, label: tierWord[tier]() })) },
		{
			kind: 'choices',
			name: 'status',
			label: m.ministry_column_state(),
			options: REPORT_STATES.map((state) => ({ value: state, label: reportStateMark[state].word() }))
		},
		{ kind: 'day', name: 'asof', label: m.progress_filter_asof() }
	];
}
