/** Benchmarks and places within a cohort, in words: a figure, or why there is none. */
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { MaskReason } from '#lib/domain/trend/disclosure.ts';
import type { Quarter } from '#lib/domain/trend/quantile.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldLabel, valueText } from './form-words.ts';
import { formatNumber } from './format.ts';
import { labelled, listWords } from './punctuation.ts';
import { basisWord, categoryWord, type Word } from './words.ts';

export const quarterWord = {
	lowest: m.firm_quarter_lowest,
	below_median: m.firm_quarter_below_median,
	above_median: m.firm_quarter_above_median,
	highest: m.firm_quarter_highest
} satisfies Record<Quarter, Word>;

export const maskWord = {
	not_yours: m.firm_mask_not_yours,
	both_categories: m.firm_mask_both_categories,
	narrowed: m.firm_mask_narrowed,
	as_of: m.firm_mask_as_of,
	open_year: m.firm_mask_open_year,
	corrected_since: m.firm_mask_corrected_since,
	few: m.firm_mask_few,
	few_others: m.firm_mask_few_others
} satisfies Record<MaskReason, Word>;

/** The head of a year of benchmarks. */
export const benchmarkYearText = ({ year, basis }: { readonly year: number; readonly basis: FigureBasis }, category: Category): string =>
	m.firm_benchmark_year({ year, basis: basisWord[basis](), category: categoryWord[category]() });

interface Quartiles {
	readonly n: number;
	readonly lower: string;
	readonly median: string;
	readonly upper: string;
}

/** What a strip shows: the figure and the quartiles it stands among, for whoever does not see it. */
export function stripText(metric: string, own: string | null, { n, lower, median, upper }: Quartiles): string {
	const text = (value: string): string => valueText(metric, value);
	const among = m.firm_strip_said({ lower: text(lower), median: text(median), upper: text(upper), n: formatNumber(n) });
	return labelled(fieldLabel(metric), own === null ? among : m.firm_strip_own({ own: text(own), among }));
}

/** The same where the others are so few that each stands by itself, for whoever sees them whole. */
export function dotsText(metric: string, own: string | null, others: readonly string[]): string {
	const among = listWords(others.map((value) => valueText(metric, value)));
	return labelled(fieldLabel(metric), own === null ? among : m.firm_strip_own({ own: valueText(metric, own), among }));
}
