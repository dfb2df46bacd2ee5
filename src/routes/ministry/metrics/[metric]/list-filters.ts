import { m } from '#lib/paraglide/messages.js';
import type { MinistryMetric } from '#lib/server/reads/ministry/ministry-metric.ts';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { regionFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { TIERS } from '#lib/domain/trend/trend-filter.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { reportStateMark } from '#lib/words/standing-words.ts';
import { reachWord, tierWord } from '#lib/words/trend-words.ts';
import { basisWord, categoryWord } from '#lib/words/words.ts';
import { REACHES } from '#lib/server/reads/ministry/ministry-metric-rows.ts';

/** The filters of a metric's page, as it offers them and its sheets name them. */
export function listFilters({ years, cohorts, channels, shown }: MinistryMetric, metric: Pick<TrendMetric, 'categories'>): Filter[] {
	// The year in force is a choice, though nobody stated a figure of it.
	const stated = (shown?.pictures ?? []).flatMap(({ points }) => points.map(({ year }) => year));
	const figureYears = [...new Set([...stated, ...(shown === null ? [] : [shown.told.of])])].sort((a, b) => b - a);
	return [
		{
			kind: 'choice',
			name: 'of',
			label: m.trend_metric_of(),
			options: figureYears.map((year) => ({ value: String(year), label: String(year) })),
			inForce: shown === null ? undefined : String(shown.told.of)
		},
		{
			kind: 'choice',
			name: 'basis',
			label: m.trend_column_basis(),
			options: (['final', 'forecast'] as const).map((basis) => ({ value: basis, label: basisWord[basis]() })),
			inForce: shown?.told.basis
		},
		{ kind: 'choice', name: 'reach', label: m.trend_metric_reach(), options: REACHES.map((reach) => ({ value: reach, label: reachWord[reach]() })) },
		{
			kind: 'choices',
			name: 'cohort',
			label: m.progress_column_cohort(),
			options: cohorts.map((cohort) => ({ value: String(cohort), label: String(cohort) }))
		},
		{
			kind: 'choice',
			name: 'class',
			label: m.progress_column_category(),
			options: (
				[
					['mfg', 'manufacturing'],
					['ito', 'it_outsourcing']
				] as const
			)
				.filter(([, category]) => metric.categories.includes(category))
				.map(([value, category]) => ({ value, label: categoryWord[category]() }))
		},
		regionFilter(m.ministry_column_channel(), channels),
		{ kind: 'choice', name: 'tier', label: m.trend_filter_tier(), options: TIERS.map((tier) => ({ value: tier, label: tierWord[tier]() })) },
		yearFilter(m.ministry_column_year(), years, shown?.year.year),
		{
			kind: 'choices',
			name: 'status',
			label: m.ministry_column_state(),
			options: REPORT_STATES.map((state) => ({ value: state, label: reportStateMark[state].word() }))
		},
		{
			kind: 'choice',
			name: 'by',
			label: m.progress_by(),
			options: [
				{ value: 'channel', label: m.progress_by_channel() },
				{ value: 'cohort', label: m.progress_by_cohort() }
			]
		},
		{ kind: 'day', name: 'asof', label: m.progress_filter_asof() }
	];
}
