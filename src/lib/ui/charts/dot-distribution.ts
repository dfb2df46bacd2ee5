/**
 * A group as one dot for each enterprise along one axis, with the threshold: what a median hides. Dots of like value are piled up and never shaken about, so
 * that the same figures are the same picture. For a width of 340 and one of 720.
 */
import { compare, decimal, ZERO } from '#lib/domain/decimal.ts';
import type { DrawnWidth } from './small-multiple.ts';
import { fitting, TEXT_SIZE, textWidth, type PlacedText } from './text-width.ts';
import { tickText, valueScale } from './value-scale.ts';

export interface DotWords {
	readonly value: (value: string) => string;
	/** From long to short. */
	readonly limit: readonly string[];
}

export interface PlacedDot {
	readonly id: string;
	readonly x: number;
	readonly y: number;
	/** Judged on the exact figure; null without a threshold. */
	readonly reaches: boolean | null;
}

export interface DotDrawing {
	readonly width: number;
	readonly height: number;
	readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
	readonly radius: number;
	/** In order of value, the order of the arrow keys. */
	readonly dots: readonly PlacedDot[];
	readonly ticks: readonly number[];
	readonly limitX: number | null;
	readonly texts: readonly PlacedText[];
	/** Where factors count more than differences: the axis goes by tens, and says so. */
	readonly scale: 'linear' | 'log';
}

export interface DotInput {
	/** Decimal text; `reaches` as the rule judged it. */
	readonly values: readonly { readonly id: string; readonly value: string; readonly reaches: boolean | null }[];
	readonly threshold: string | null;
	/** Asked for; figures of zero and below have no place on a scale of tens, which then is not taken. */
	readonly scale: 'linear' | 'log';
}

const RADIUS = 3.5;
const LINE = TEXT_SIZE + 4;

export function drawDots({ values, threshold, scale: asked }: DotInput, width: DrawnWidth, words: DotWords): DotDrawing {
	const height = width === 340 ? 150 : 170;
	const all = [...values.map(({ value }) => value), ...(threshold === null ? [] : [threshold])];
	const scale = asked === 'log' && all.length > 0 && all.every((value) => compare(decimal(value), ZERO) > 0) ? 'log' : 'linear';
	const placeOf = (value: string): number => (scale === 'log' ? Math.log10(Number(value)) : Number(value));
	const axis = scale === 'log' ? tens(all.map(placeOf)) : valueScale(all.map(placeOf));
	const tickTexts = axis.ticks.map((tick) => words.value(scale === 'log' ? tenTo(tick) : tickText(tick)));
	const half = Math.ceil(Math.max(RADIUS + 1, ...[tickTexts[0] ?? '', tickTexts.at(-1) ?? ''].map((text) => textWidth(text) / 2)));
	const plot = { left: half, right: width - half, top: LINE + 2, bottom: height - LINE - 4 };
	const x = (place: number): number => plot.left + ((place - axis.from) / (axis.to - axis.from)) * (plot.right - plot.left);
	const sorted = [...values].sort((a, b) => compare(decimal(a.value), decimal(b.value)) || (a.id < b.id ? -1 : 1));
	const limitX = threshold === null ? null : x(placeOf(threshold));
	const limitText = limitX === null ? null : fitting(words.limit, width - 8);
	return {
		width,
		height,
		plot,
		radius: RADIUS,
		dots: piled(
			sorted.map(({ id, value, reaches }) => ({ id, x: x(placeOf(value)), reaches })),
			plot
		),
		ticks: axis.ticks.map(x),
		limitX,
		texts: [
			...labelled(axis.ticks.map((tick, index) => ({ x: x(tick), text: tickTexts[index] ?? '' }))).map((tick): PlacedText => ({
				kind: 'tick',
				text: tick.text,
				x: tick.x,
				y: height - 4,
				anchor: 'middle'
			})),
			...(limitX === null || limitText === null ? [] : [limitLabel(limitText, limitX, width)])
		],
		scale
	};
}

/** Dots whose columns are the same stand on each other; a pile that is too high is pressed together, and none leaves the plot. */
function piled(dots: readonly Omit<PlacedDot, 'y'>[], plot: DotDrawing['plot']): readonly PlacedDot[] {
	const columnOf = (dot: Omit<PlacedDot, 'y'>): number => Math.round((dot.x - plot.left) / (2 * RADIUS));
	const heights = new Map<number, number>();
	for (const dot of dots) heights.set(columnOf(dot), (heights.get(columnOf(dot)) ?? 0) + 1);
	const room = plot.bottom - plot.top - 2 * RADIUS;
	const step = Math.min(2 * RADIUS, room / Math.max(1, Math.max(0, ...heights.values()) - 1));
	const filled = new Map<number, number>();
	return dots.map((dot) => {
		const column = columnOf(dot);
		const below = filled.get(column) ?? 0;
		filled.set(column, below + 1);
		return { ...dot, y: plot.bottom - RADIUS - below * step };
	});
}

/** Tens from the one below the least to the one above the greatest. */
function tens(places: readonly number[]): { readonly from: number; readonly to: number; readonly ticks: readonly number[] } {
	const from = Math.floor(Math.min(...places));
	const to = Math.max(from + 1, Math.ceil(Math.max(...places)));
	return { from, to, ticks: Array.from({ length: to - from + 1 }, (_, index) => from + index) };
}

function tenTo(power: number): string {
	return power >= 0 ? `1${'0'.repeat(power)}` : `0.${'0'.repeat(-power - 1)}1`;
}

/** Labels that would touch the one before are left out. */
function labelled<T extends { readonly x: number; readonly text: string }>(ticks: readonly T[]): readonly T[] {
	const kept: T[] = [];
	for (const tick of ticks) {
		const before = kept.at(-1);
		if (!before || before.x + textWidth(before.text) / 2 + 6 <= tick.x - textWidth(tick.text) / 2) kept.push(tick);
	}
	return kept;
}

function limitLabel(text: string, at: number, width: number): PlacedText {
	const half = textWidth(text) / 2;
	return { kind: 'limit', text, x: Math.min(Math.max(at, half + 2), width - half - 2), y: TEXT_SIZE + 2, anchor: 'middle' };
}
