/** What a view of the cohort is narrowed to, as data; the address's own words for it stand in forms/trend-address.ts. */
import type { Day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import type { TrendMetricId } from './trend-metric.ts';

/** The tiers of 方案第七条 by the GDP of a province (in trillion yuan), and the groups, which have none. */
export const TIERS = ['over5', '3to5', '1to3', 'other', 'group'] as const;
export type Tier = (typeof TIERS)[number];

/** The tier as the register keeps it; null is a central group. */
export const TIER_KEPT: Readonly<Record<Tier, string | null>> = { over5: '>5', '3to5': '3-5', '1to3': '1-3', other: 'other', group: null };

export interface TrendFilter {
	/** None: all. Ascending, each once. */
	readonly cohorts: readonly number[];
	/** The report year; null: the latest opened. */
	readonly year: number | null;
	readonly category: Category | null;
	readonly channelId: string | null;
	readonly tier: Tier | null;
	/** None: all. */
	readonly statuses: readonly ReportState[];
	/** A past day; null: now. */
	readonly asOf: Day | null;
	readonly metric: TrendMetricId | null;
}

export const NO_FILTER: TrendFilter = {
	cohorts: [],
	year: null,
	category: null,
	channelId: null,
	tier: null,
	statuses: [],
	asOf: null,
	metric: null
};

/** What narrows the enterprises beyond category and year, by name: with any of them in force a view is no benchmark (`disclose`; 非方案规定). */
export function narrowedBy(filter: TrendFilter): readonly string[] {
	return [
		...(filter.cohorts.length > 0 ? ['cohort'] : []),
		...(filter.channelId === null ? [] : ['channel']),
		...(filter.tier === null ? [] : ['tier']),
		...(filter.statuses.length > 0 ? ['status'] : [])
	];
}
