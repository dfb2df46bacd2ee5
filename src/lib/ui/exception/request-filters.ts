/** The filters of a list of requests. */
import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { yearFilter } from '#lib/ui/register/list-filters.ts';

interface Known {
	readonly counts: Readonly<Record<'waiting' | 'mine' | 'over' | 'all', number>>;
	/** The list in force. */
	readonly list: string;
	readonly years: readonly number[];
	readonly year: { readonly year: number } | null;
}

/** @param mine what waits for whoever asks is called so */
export function requestFilters({ counts, list, years, year }: Known, mine: string): Filter[] {
	const words = { waiting: m.exception_list_waiting(), mine, over: m.exception_list_over(), all: m.exception_list_all() };
	return [
		{
			kind: 'choice',
			name: 'list',
			label: m.exception_list_tabs(),
			inForce: list,
			options: (['waiting', 'mine', 'over', 'all'] as const).map((one) => ({ value: one, label: words[one], count: counts[one] }))
		},
		yearFilter(m.exception_filter_year(), years, year?.year)
	];
}
