import { endOf, type Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { TIER_KEPT, type Tier, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';

/** Whose figures are told of: what a filter comes to once its channels and tiers are known. */
export interface TrendScope {
	/** None: all. */
	readonly cohorts: readonly number[];
	/** In the year of the figure; null is the nation. */
	readonly channels: readonly string[] | null;
	/** Those whose report of a year stands so now; null: all. */
	readonly standing: { readonly year: number; readonly states: readonly ReportState[] } | null;
	/** A past day, told of at its end; null is now. */
	readonly asOf: Day | null;
}

/** A channel as the tiers of 方案第七条 part them. */
export interface TieredChannel {
	readonly id: string;
	readonly tier: string | null;
}

/** The channels a filter leaves: of one, of a tier, of both; null where it leaves all. */
export function channelsOf({ channelId, tier }: Pick<TrendFilter, 'channelId' | 'tier'>, channels: readonly TieredChannel[]): readonly string[] | null {
	if (channelId === null && tier === null) return null;
	return channels.filter(({ id, tier: kept }) => (channelId === null || id === channelId) && (tier === null || kept === TIER_KEPT[tier])).map(({ id }) => id);
}

/** The tier of a channel as an address calls it (方案第七条). */
export function tierCalled(kept: string | null): Tier {
	const found = Object.entries(TIER_KEPT).find(([, value]) => value === kept);
	if (!found) throw new RangeError(`no tier ${String(kept)}`);
	return found[0] as Tier;
}

/** The scope of a filter; categories are asked for one by one, for they never share an axis. */
export function scopeOf(filter: TrendFilter, year: number, channels: readonly TieredChannel[]): TrendScope {
	return {
		cohorts: filter.cohorts,
		channels: channelsOf(filter, channels),
		standing: filter.statuses.length === 0 ? null : { year, states: filter.statuses },
		asOf: filter.asOf
	};
}

/** The instant a past day ends; null is now. */
export const endOfScope = ({ asOf }: Pick<TrendScope, 'asOf'>): Date | null => (asOf === null ? null : endOf(asOf));

/** What narrows the members of a scope, of r: rows of trend_cells or of annual_report. Only what was asked for stands in the statement. */
export function isMember({ sql: clause }: Pick<Db, 'sql'>, { cohorts, channels, standing }: Pick<TrendScope, 'cohorts' | 'channels' | 'standing'>): Clause {
	const conditions: Clause[] = [];
	if (cohorts.length > 0) conditions.push(clause`r.cohort_year = any(${cohorts as number[]}::int[])`);
	if (channels !== null) conditions.push(clause`r.channel_id = any(${channels as string[]}::text[])`);
	if (standing !== null)
		conditions.push(
			clause`r.designation_id in (select q.designation_id from annual_report q
				where q.year = ${standing.year} and q.state = any(${standing.states as string[]}::text[]))`
		);
	return conditions.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}
