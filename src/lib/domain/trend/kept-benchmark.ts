/**
 * A benchmark as the close of a year makes it (非方案规定): what `disclose` shows of the cell, and from whom it is withheld. So the figures of others are read
 * once, by the one function; what is kept is no more than may be shown.
 */
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { coarse, disclose, enoughOthers, type Disclosed, type MaskReason, type Viewer } from './disclosure.ts';
import type { TrendMetric } from './trend-metric.ts';

/** Category × metric × figure year × basis: all of a cell that is ever shown to others, always of the nation and as a year was closed. */
export interface BenchmarkCell {
	readonly category: Category;
	readonly metric: Pick<TrendMetric, 'unit' | 'categories'>;
	readonly basis: FigureBasis;
}

/** A figure with every channel that sees or has seen it whole: who moved is known to more than one. */
export interface SeenValue {
	readonly enterpriseId: string;
	readonly value: string;
	readonly seenBy: readonly string[];
}

export type KeptBenchmark =
	| {
			readonly n: number;
			readonly lower: string;
			readonly median: string;
			readonly upper: string;
			readonly hiddenChannels: readonly string[];
			readonly hiddenEnterprises: readonly string[];
	  }
	/** Nobody but the ministries sees it. */
	| { readonly n: null; readonly why: MaskReason };

/** An enterprise without a figure in the cell: what is withheld from it is withheld from all. */
const STRANGER: Viewer = { kind: 'enterprise', channelId: null, enterpriseId: '' };

/** What may be shown of a cell as its year was closed (非方案规定); the channels are those that see any of it. */
export function keptBenchmark(cell: BenchmarkCell, values: readonly SeenValue[]): KeptBenchmark {
	const found = disclose(
		STRANGER,
		{ ...cell, stated: 'as_closed', of: 'nation', narrowedBy: [], asOf: null },
		values.map(({ enterpriseId, value }) => ({ enterpriseId, value, channelId: '' }))
	);
	if (found.shown !== 'benchmark') return { n: null, why: found.shown === 'masked' ? found.why : 'not_yours' };
	const figures = values.map(({ enterpriseId, value, seenBy }) => ({ enterpriseId, seenBy, coarse: decimalText(coarse(decimal(value), cell.metric.unit)) }));
	const without = function* (isOwn: (one: (typeof figures)[number]) => boolean): Iterable<(typeof figures)[number]> {
		for (const one of figures) if (!isOwn(one)) yield one;
	};
	const { n, lower, median, upper } = found;
	return {
		n,
		lower,
		median,
		upper,
		hiddenChannels: [...new Set(values.flatMap(({ seenBy }) => seenBy))].filter((channel) => !enoughOthers(without(({ seenBy }) => seenBy.includes(channel)))),
		hiddenEnterprises: [...new Set(values.map(({ enterpriseId }) => enterpriseId))].filter(
			(enterprise) => !enoughOthers(without(({ enterpriseId }) => enterpriseId === enterprise))
		)
	};
}

/** What a viewer is shown of a kept benchmark: as `disclose` would answer of the figures themselves, which a test holds it to (非方案规定). */
export function shownBenchmark(viewer: Viewer, kept: KeptBenchmark): Exclude<Disclosed, { shown: 'whole' }> {
	if (kept.n === null) return { shown: 'masked', why: kept.why, mayOrderBy: false };
	const { n, lower, median, upper, hiddenChannels, hiddenEnterprises } = kept;
	const hidden = viewer.kind === 'enterprise' ? hiddenEnterprises.includes(viewer.enterpriseId ?? '') : hiddenChannels.includes(viewer.channelId ?? '');
	return hidden ? { shown: 'masked', why: 'few_others', mayOrderBy: false } : { shown: 'benchmark', n, lower, median, upper, mayOrderBy: false };
}
