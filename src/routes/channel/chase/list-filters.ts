import { stagesOf } from '#lib/domain/chase/chase-risk.ts';
import { CATEGORIES, type ChannelKind } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { cohortFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { stageWord } from '#lib/words/chase-words.ts';
import { categoryWord } from '#lib/words/words.ts';

interface Known {
	readonly years: readonly number[];
	readonly year: { readonly year: number } | null;
	readonly cohorts: readonly number[];
}

/** The filters of the board, as its page offers them and its sheet names them. */
export function listFilters({ years, year, cohorts }: Known, kind: ChannelKind): Filter[] {
	return [
		{ kind: 'text', name: 'q', label: m.channel_filter_q() },
		yearFilter(m.channel_filter_year(), years, year?.year),
		{ kind: 'choice', name: 'stage', label: m.chase_filter_stage(), options: stagesOf(kind).map((stage) => ({ value: stage, label: stageWord[stage]() })) },
		{ kind: 'choice', name: 'category', label: m.channel_column_category(), options: CATEGORIES.map((value) => ({ value, label: categoryWord[value]() })) },
		cohortFilter(m.channel_column_cohort(), cohorts)
	];
}
