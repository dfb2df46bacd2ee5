/** Words inside a small drawing: the threshold's name beside its line, and the word of a break over its mark. */
import type { Break, Point } from '#lib/domain/trend/trend-point.ts';
import { boxOf, fitting, TEXT_SIZE, textWidth, type Box, type PlacedText } from './text-width.ts';

export interface Plot {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

export interface Places {
	readonly x: (year: number) => number;
	readonly y: (value: string | number) => number;
	/** How wide the place of a year is. */
	readonly slot: number;
}

/** The name of the threshold in force last, over or under its line, where it covers least of what is drawn. */
export function limitTexts(drawn: readonly Point[], plot: Plot, { x, y, slot }: Places, wordings: (point: Point) => readonly string[]): readonly PlacedText[] {
	const newest = drawn.findLast(({ limit }) => limit !== null);
	const text = newest === undefined ? null : fitting(wordings(newest), plot.right - plot.left - 8);
	const threshold = newest?.limit?.threshold;
	if (text === null || threshold === undefined) return [];
	const line = y(threshold);
	const furthest = plot.right - textWidth(text) - 4;
	const starts = drawn.filter(({ limit }) => limit?.threshold === threshold).map(({ year }) => x(year) - slot / 2 + 4);
	const lefts = starts.filter((start) => start <= furthest);
	const levels = [line - 5, line + TEXT_SIZE + 3].filter((base) => base - TEXT_SIZE >= plot.top && base <= plot.bottom - 4);
	const candidates = (lefts.length > 0 ? lefts : [furthest]).flatMap((left) =>
		(levels.length > 0 ? levels : [line - 5]).map((base): PlacedText => ({ kind: 'limit', text, x: left, y: base, anchor: 'start' }))
	);
	const marks = marksOf(drawn, { x, y });
	const covers = (label: PlacedText): number => marks.filter((mark) => isIn(boxOf(label), mark)).length;
	return candidates.length === 0 ? [] : [candidates.reduce((best, other) => (covers(other) < covers(best) ? other : best))];
}

/** The word of each break over its mark. Where two would touch the mark stays and its word stands in the table and the note under the drawing. */
export function breakTexts(breaks: readonly Break[], plot: Plot, { x, slot }: Places, wordings: readonly string[]): readonly PlacedText[] {
	const text = fitting(wordings, plot.right - plot.left - 8);
	if (text === null) return [];
	const half = textWidth(text) / 2;
	const placed: PlacedText[] = [];
	for (const { year } of breaks) {
		const middle = Math.min(Math.max(x(year) - slot / 2, plot.left + half), plot.right - half);
		if (placed.every((other) => Math.abs(other.x - middle) > 2 * half)) placed.push({ kind: 'break', text, x: middle, y: plot.top - 6, anchor: 'middle' });
	}
	return placed;
}

interface Mark {
	readonly x: number;
	readonly y: number;
}

/** Medians, dots, and places along the lines between medians. */
function marksOf(drawn: readonly Point[], { x, y }: Pick<Places, 'x' | 'y'>): readonly Mark[] {
	return drawn.flatMap((point, index): Mark[] => {
		const at = x(point.year);
		if (point.distribution.kind === 'dots') return point.distribution.values.map((value) => ({ x: at, y: y(value) }));
		if (point.distribution.kind === 'none') return [];
		const here = { x: at, y: y(point.distribution.median) };
		const before = drawn[index - 1];
		if (before?.distribution.kind !== 'quartiles') return [here];
		const there = { x: x(before.year), y: y(before.distribution.median) };
		const along = Array.from({ length: 12 }, (_, step) => (step + 1) / 12);
		return along.map((part) => ({ x: there.x + (here.x - there.x) * part, y: there.y + (here.y - there.y) * part }));
	});
}

function isIn(box: Box, { x, y }: Mark): boolean {
	return x >= box.left - 4 && x <= box.right + 4 && y >= box.top - 4 && y <= box.bottom + 4;
}
