import type { Court } from '#lib/domain/report-state.ts';
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { valuesIn, type Filter, type FilterOption } from '#lib/ui/kit/table/filter.ts';
import { classFilter, cohortFilter, regionFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { formatDay, missing } from '#lib/words/format.ts';
import { courtWord, reportStateMark } from '#lib/words/standing-words.ts';

interface Known {
	readonly years: readonly number[];
	readonly year: { readonly year: number; readonly ministryDueOn: Day } | null;
	readonly channels: readonly { readonly id: string; readonly name: string }[];
	readonly cohorts: readonly number[];
	/** From `rareFilters`: their vocabularies stay on the server. */
	readonly rare: {
		readonly figures: readonly FilterOption[];
		readonly criterion: { readonly value: string; readonly text: string } | null;
		readonly tiers: readonly FilterOption[];
		readonly reason: { readonly label: string; readonly value: string; readonly text: string } | null;
	};
}

/** The filters of the list, as its page offers them and its sheet names them. */
export function listFilters({ years, year, channels, cohorts, rare: { figures, reason, criterion, tiers } }: Known, params: URLSearchParams): Filter[] {
	return [
		{ kind: 'text', name: 'q', label: m.ministry_filter_q() },
		yearFilter(m.ministry_column_year(), years, year?.year),
		{
			kind: 'choices',
			name: 'status',
			label: m.ministry_column_state(),
			options: REPORT_STATES.map((state) => ({ value: state, label: reportStateMark[state].word() }))
		},
		classFilter(m.ministry_column_category()),
		regionFilter(m.ministry_column_channel(), channels),
		cohortsFilter(cohorts, params),
		{
			kind: 'choice',
			name: 'late',
			label: m.ministry_column_timeliness(),
			options: [
				{ value: 'no', label: m.ministry_late_no() },
				{ value: 'ext', label: m.ministry_late_ext() },
				{ value: 'fwd', label: m.ministry_late_fwd({ date: year ? formatDay(year.ministryDueOn, false) : missing }) },
				{ value: 'ent', label: m.ministry_late_ent() }
			]
		},
		{
			kind: 'choice',
			name: 'flags',
			label: m.ministry_column_flags(),
			options: [
				{ value: 'warnings', label: m.ministry_flags_warnings() },
				{ value: 'unmet', label: m.ministry_flags_unmet() },
				{ value: 'outlook', label: m.ministry_flags_outlook() },
				{ value: 'none', label: m.ministry_flags_none() }
			]
		},
		{ kind: 'choice', name: 'figure', label: m.progress_filter_figure(), options: figures },
		...(tiers.length > 0 ? [{ kind: 'choice' as const, name: 'tier', label: m.trend_filter_tier(), options: tiers }] : []),
		...(criterion
			? [{ kind: 'choice' as const, name: 'criterion', label: m.trend_criterion_filter(), options: [{ value: criterion.value, label: criterion.text }] }]
			: []),
		...(params.has('asof') ? [{ kind: 'day' as const, name: 'asof', label: m.progress_filter_asof() }] : []),
		...(reason ? [{ kind: 'choice' as const, name: 'reason', label: reason.label, options: [{ value: reason.value, label: reason.text }] }] : []),
		...(params.has('held') ? [{ kind: 'day' as const, name: 'held', label: m.progress_filter_held() }] : [])
	];
}

/** One cohort is chosen in the list; several come with a link of the trends and are shown as they came. */
function cohortsFilter(cohorts: readonly number[], params: URLSearchParams): Filter {
	const one = cohortFilter(m.ministry_column_cohort(), cohorts);
	return valuesIn(params, 'cohort').length > 1 && 'options' in one ? { kind: 'choices', name: one.name, label: one.label, options: one.options } : one;
}

/** The tab in force, in words. */
export function tabText(court: Court | 'mine'): string {
	return court === 'mine' ? m.ministry_to_receive() : courtWord[court]();
}
