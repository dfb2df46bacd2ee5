import { formatNumber } from './format.ts';

/** Those of several counts that are above zero, in words; a count of nothing tells nobody anything. Nothing where all are zero. */
export const counted = (parts: readonly (readonly [count: number, say: (inputs: { count: string }) => string])[]): string[] =>
	parts.filter(([count]) => count > 0).map(([count, say]) => say({ count: formatNumber(count) }));
