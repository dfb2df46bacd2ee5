/**
 * The cells whose statistics are kept, written down (非方案规定): medians do not add up, so each kept combination is one of its own. Whatever is not on this list
 * is computed live, and the page says so.
 */
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { TrendFilter } from './trend-filter.ts';

/** What a cell is narrowed to beside its category; one at a time, because two would be a table of products. */
export const KEPT_BY = ['nation', 'channel', 'cohort', 'tier'] as const;
export type KeptBy = (typeof KEPT_BY)[number];

/** What is kept, for which narrowings, and by which years it is counted. Every cell is one category's. */
export const KEPT_CELLS = [
	/** n known of n owed, median, quartiles, tenths, total or total ÷ total, met, unmet and unknown: per metric, figure year and basis. */
	{ what: 'point', by: ['nation', 'channel', 'cohort', 'tier'], per: ['metric', 'figure_year', 'basis'] },
	/** Stayers, entries and exits: per metric, year and the year before, and basis. */
	{ what: 'same_enterprises', by: ['nation', 'channel', 'cohort'], per: ['metric', 'figure_year', 'basis'] },
	/** Median signed and absolute error: per metric and figure year. */
	{ what: 'forecast_error', by: ['nation', 'channel'], per: ['metric', 'figure_year'] },
	/** Met, not met, unknown: per criterion and report year. */
	{ what: 'criterion', by: ['nation', 'channel', 'cohort', 'tier'], per: ['criterion', 'report_year'] },
	/** What may be shown to others, as the year was closed; made once by the close, never again: per metric, figure year and basis. */
	{ what: 'benchmark', by: ['nation'], per: ['metric', 'figure_year', 'basis'] }
] as const satisfies readonly { what: string; by: readonly KeptBy[]; per: readonly string[] }[];

export type KeptWhat = (typeof KEPT_CELLS)[number]['what'];

export interface KeptCell {
	readonly category: Category;
	readonly by: KeptBy;
	/** The channel, cohort year or tier; '' for the nation. */
	readonly key: string;
}

/** The kept cell that answers a filter, or null: then it is computed live (非方案规定). A past day is answered from history, never from what is kept now. */
export function keptCellOf(what: KeptWhat, filter: TrendFilter): KeptCell | null {
	if (filter.category === null || filter.asOf !== null || filter.statuses.length > 0) return null;
	const narrowed: readonly (readonly [by: KeptBy, keys: readonly string[]])[] = [
		['channel', filter.channelId === null ? [] : [filter.channelId]],
		['cohort', filter.cohorts.map(String)],
		['tier', filter.tier === null ? [] : [filter.tier]]
	];
	const inForce = narrowed.filter(([, keys]) => keys.length > 0);
	const [first = ['nation', ['']] as const, ...more] = inForce;
	const [by, keys] = first;
	const kept = KEPT_CELLS.find((cell) => cell.what === what);
	if (more.length > 0 || keys.length !== 1 || !kept?.by.some((one) => one === by)) return null;
	return { category: filter.category, by, key: keys[0] ?? '' };
}

/** Every kept cell of a kind for the channels, cohorts and tiers there are: what a rebuild makes (非方案规定). */
export function keptCellsFor(
	what: KeptWhat,
	known: { readonly channels: readonly string[]; readonly cohorts: readonly number[]; readonly tiers: readonly string[] }
): readonly KeptCell[] {
	const keys: Readonly<Record<KeptBy, readonly string[]>> = { nation: [''], channel: known.channels, cohort: known.cohorts.map(String), tier: known.tiers };
	const by: readonly KeptBy[] = KEPT_CELLS.find((cell) => cell.what === what)?.by ?? [];
	return CATEGORIES.flatMap((category) => by.flatMap((one) => keys[one].map((key) => ({ category, by: one, key }))));
}
