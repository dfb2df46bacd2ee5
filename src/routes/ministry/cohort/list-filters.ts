import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { TIERS } from '#lib/domain/trend/trend-filter.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MinistryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { classFilter, regionFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { fieldLabel } from '#lib/words/form-words.ts';
import { reportStateMark } from '#lib/words/standing-words.ts';
import { tierWord } from '#lib/words/trend-words.ts';

/** The filters of the dashboard, as its page offers them and its sheets name them. */
export function listFilters({ years, cohorts, channels, shown }: MinistryCohort): Filter[] {
	const metrics = (shown?.series ?? []).map(({ metric }) => metric.id);
	return [
		yearFilter(m.ministry_column_year(), years, shown?.year.year),
		{
			kind: 'choices',
			name: 'cohort',
			label: m.progress_column_cohort(),
			options: cohorts.map((cohort) => ({ value: String(cohort), label: String(cohort) }))
		},
		classFilter(m.progress_column_category()),
		regionFilter(m.ministry_column_channel(), channels),
		{ kind: 'choice', name: 'tier', label: m.trend_filter_tier(), options: TIERS.map((tier) => ({ value: tier, label: tierWord[tier]() })) },
		{
			kind: 'choices',
			name: 'status',
			label: m.ministry_column_state(),
			options: REPORT_STATES.map((state) => ({ value: state, label: reportStateMark[state].word() }))
		},
		{
			kind: 'choice',
			name: 'metric',
			label: m.trend_filter_metric(),
			options: [...new Set(metrics)].map((id) => ({ value: id, label: fieldLabel(id) }))
		},
		{ kind: 'day', name: 'asof', label: m.progress_filter_asof() }
	];
}
