/** The channels as tiles: how far each is, on how many, and whether it is behind the nation (方案第十一条); counted by `progressOf`, the rate by `rateOf`. */
import type { Day } from '#lib/domain/day.ts';
import { rateOf, totalOf, type ProgressCounts, type ProgressRate } from '#lib/domain/report/progress.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';

/** Shades of the ramp, the darkest is the fullest. */
export const TILE_STEPS = 6;

export interface ChannelTile {
	readonly channelId: string;
	/** Nothing is expected of it: it has no rate, and no shade. */
	readonly empty: boolean;
	readonly part: number;
	readonly whole: number;
	/** 1 to {@link TILE_STEPS}; null for an empty one. */
	readonly step: number | null;
	/** 缺 3: expected and not forwarded. */
	readonly missing: number;
	/** ▼: a smaller share than the nation's, exactly; never for an empty one. */
	readonly behind: boolean;
}

export interface TileChart {
	readonly kind: ProgressRate['kind'];
	readonly nation: { readonly part: number; readonly whole: number; readonly missing: number };
	/** In the order the channels are given in. */
	readonly tiles: readonly ChannelTile[];
	readonly nBehind: number;
	readonly nEmpty: number;
}

/** One tile for each channel, also for one of which nothing is known (方案第七条, 第十一条). */
export function tileChart(
	channels: readonly string[],
	counts: ReadonlyMap<string, ProgressCounts>,
	year: Pick<ReportingYear, 'ministryDueOn'>,
	asOf: Day
): TileChart {
	const total = totalOf(channels.flatMap((channelId) => counts.get(channelId) ?? []));
	const nation = rateOf(total, year, asOf);
	const tiles = channels.map((channelId): ChannelTile => {
		const own = counts.get(channelId);
		const { part, whole } = own ? rateOf(own, year, asOf) : { part: 0, whole: 0 };
		const empty = whole === 0;
		return {
			channelId,
			empty,
			part,
			whole,
			step: empty ? null : Math.min(TILE_STEPS, Math.floor((part * TILE_STEPS) / whole) + 1),
			missing: own?.missing ?? 0,
			behind: part * nation.whole < nation.part * whole
		};
	});
	return {
		kind: nation.kind,
		nation: { part: nation.part, whole: nation.whole, missing: total.missing },
		tiles,
		nBehind: tiles.filter(({ behind }) => behind).length,
		nEmpty: tiles.filter(({ empty }) => empty).length
	};
}
