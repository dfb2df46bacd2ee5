import { m } from '#lib/paraglide/messages.js';
import { sheetFilters, type ChosenFilter, type Filter } from '#lib/ui/kit/table/filter.ts';
import { classFilter, cohortFilter, yearFilter } from '#lib/ui/register/list-filters.ts';

interface Known {
	readonly years: readonly number[];
	readonly year: { readonly year: number } | null;
	readonly cohorts: readonly number[];
}

/** The filters of the overview, as its page offers them and its sheets name them. */
export function listFilters({ years, year, cohorts }: Known): Filter[] {
	return [
		yearFilter(m.ministry_column_year(), years, year?.year),
		{ kind: 'day', name: 'asof', label: m.progress_filter_asof() },
		classFilter(m.progress_column_category()),
		cohortFilter(m.progress_column_cohort(), cohorts)
	];
}

/** Those in force, for what leaves. */
export function filtersInForce(found: Known & { readonly asOfIgnored: boolean }, params: URLSearchParams, ignored: readonly string[]): ChosenFilter[] {
	return sheetFilters(listFilters(found), params, [...ignored, ...(found.asOfIgnored ? ['asof'] : [])]);
}
