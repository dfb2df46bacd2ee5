/** Counts for the public as one table: no cell can be had by taking the others from the total (非方案规定). */
import { PUBLIC_STEP, publicCount } from './disclosure.ts';

export interface PublicTable {
	/** In the order given; null is 不列示. */
	readonly cells: readonly { readonly key: string; readonly n: number | null }[];
	/** Null where it would give a cell away. */
	readonly total: number | null;
}

/** Values a cell that is left out must still be able to have, in the eyes of whoever sees the rest. */
const ROOM = PUBLIC_STEP;

/**
 * Rounds every count to five and leaves out what is under ten (非方案规定); then leaves out further cells, smallest first, and at last the total, until each
 * cell that is out could still be one of several numbers.
 */
export function publicTable(counts: readonly { readonly key: string; readonly n: number }[]): PublicTable {
	const total = publicCount(counts.reduce((sum, { n }) => sum + n, 0));
	const out = new Set(counts.filter(({ n }) => publicCount(n) === null).map(({ key }) => key));
	const small = new Set(out);
	const rest = counts.filter(({ key }) => !out.has(key)).sort((a, b) => a.n - b.n);
	const shown = (key: string, n: number): number | null => (out.has(key) ? null : publicCount(n));
	const table = (told: number | null): PublicTable => ({ cells: counts.map(({ key, n }) => ({ key, n: shown(key, n) })), total: told });
	for (;;) {
		const pinned = total !== null && counts.some(({ key }) => out.has(key) && roomOf(key, counts, out, small, total) < ROOM);
		if (!pinned) return table(total);
		const next = rest.shift();
		if (next === undefined) return table(null);
		out.add(next.key);
	}
}

/** How many numbers a cell can be, for whoever knows the rounding and which cells are out because they are small. */
function roomOf(
	key: string,
	counts: readonly { readonly key: string; readonly n: number }[],
	out: ReadonlySet<string>,
	small: ReadonlySet<string>,
	total: number
): number {
	const rangeOf = (cell: string, n: number): readonly [low: number, high: number] => {
		if (small.has(cell)) return [0, 2 * PUBLIC_STEP - 1];
		return out.has(cell) ? [2 * PUBLIC_STEP, total + PUBLIC_STEP] : roundedFrom(publicCount(n) ?? 0);
	};
	const others = counts.filter((cell) => cell.key !== key).map((cell) => rangeOf(cell.key, cell.n));
	const [least, most] = others.reduce(([low, high], range) => [low + range[0], high + range[1]], [0, 0]);
	const [low, high] = rangeOf(key, 0);
	const [totalLow, totalHigh] = roundedFrom(total);
	return Math.min(high, totalHigh - least) - Math.max(low, totalLow - most) + 1;
}

/** The counts that are published as a number: 15 stands for 13 to 17, 10 for 10 to 12. */
function roundedFrom(published: number): readonly [low: number, high: number] {
	const half = Math.floor(PUBLIC_STEP / 2);
	return [Math.max(2 * PUBLIC_STEP, published - half), published + half];
}
