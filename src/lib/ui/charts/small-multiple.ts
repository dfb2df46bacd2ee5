/**
 * One metric over the years as geometry: pure points in, places out. Median line, quartile band, outer tenths, threshold with its article, n under each
 * year; forecasts apart and joined. For a width of 340 and one of 720, of which CSS shows one: one drawing for page, print and file.
 */
import type { Point, TrendSeries } from '#lib/domain/trend/trend-point.ts';
import { breakTexts, limitTexts } from './labels-inside.ts';
import { fitting, TEXT_SIZE, textWidth, type PlacedText } from './text-width.ts';
import { tickText, valueScale } from './value-scale.ts';

export const DRAWN_WIDTHS = [340, 720] as const;
export type DrawnWidth = (typeof DRAWN_WIDTHS)[number];

/** What the drawing says; wordings from long to short, of which the first that fits is taken. Figures are worded by the one formatter. */
export interface MultipleWords {
	readonly value: (value: string) => string;
	readonly count: (n: number) => string;
	readonly finalRow: readonly string[];
	readonly forecastRow: readonly string[];
	readonly limit: (point: Point) => readonly string[];
	readonly break: readonly string[];
	readonly end: (point: Point) => readonly string[];
}

export interface PlacedPoint {
	readonly year: number;
	readonly basis: Point['basis'];
	readonly x: number;
	/** Null for a group of dots, and for one of which nothing is known. */
	readonly y: number | null;
	/** The enterprises one by one, where there are too few for a median. */
	readonly dots: readonly number[];
	/** Drawn full; while its year is open it is drawn hollow. */
	readonly settled: boolean;
}

export interface MultipleDrawing {
	readonly width: number;
	readonly height: number;
	readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
	readonly points: readonly PlacedPoint[];
	/** Paths; an empty one is not drawn. */
	readonly median: string;
	readonly band: string;
	readonly tenths: string;
	readonly ahead: string;
	readonly aheadBand: string;
	readonly joint: string;
	readonly limit: string;
	readonly grid: readonly number[];
	readonly breaks: readonly number[];
	readonly texts: readonly PlacedText[];
	/** Where a year is pointed at: as wide as its place, as high as the drawing. */
	readonly hits: readonly { readonly year: number; readonly x: number; readonly width: number }[];
	readonly fromZero: boolean;
}

const LINE = TEXT_SIZE + 4;
/** The figures at the ends are bold; in a file whatever font there is draws them, and the broadest makes them a seventh wider. */
const BOLD = 1.15;
const HEIGHT: Readonly<Record<DrawnWidth, number>> = { 340: 200, 720: 240 };

export function drawMultiple(series: TrendSeries, width: DrawnWidth, words: MultipleWords): MultipleDrawing {
	const { final, ahead, joint } = series;
	const drawn = [...final, ...ahead];
	const years = yearsOf(drawn);
	const scale = valueScale([...drawn.flatMap(valuesOf), ...drawn.flatMap(({ limit }) => (limit === null ? [] : [Number(limit.threshold)]))]);
	const height = HEIGHT[width];
	const rows = 1 + (final.length > 0 ? 1 : 0) + (ahead.length > 0 ? 1 : 0);
	const tickTexts = scale.ticks.map((tick) => words.value(tickText(tick)));
	const rowRoom = width * 0.22;
	const [finalRow, forecastRow] = [fitting(words.finalRow, rowRoom) ?? '', fitting(words.forecastRow, rowRoom) ?? ''];
	const rowTexts = [...(final.length > 0 ? [finalRow] : []), ...(ahead.length > 0 ? [forecastRow] : [])];
	const ends = [final.at(-1), ahead.at(-1)].flatMap((point) => {
		const text = point === undefined || medianIn(point) === null ? null : fitting(words.end(point), width * 0.2);
		return point === undefined || text === null ? [] : [{ point, text }];
	});
	const plot = {
		left: Math.ceil(Math.max(0, ...[...tickTexts, ...rowTexts].map(textWidth))) + 8,
		right: width - Math.ceil(Math.max(4, ...ends.map(({ text }) => textWidth(text) * BOLD + 8))),
		top: LINE + 4,
		bottom: height - rows * LINE - 6
	};
	const slot = (plot.right - plot.left) / Math.max(1, years.length);
	const x = (year: number): number => plot.left + slot * (year - (years[0] ?? year) + 0.5);
	const y = (value: string | number): number => plot.bottom - ((Number(value) - scale.from) / (scale.to - scale.from)) * (plot.bottom - plot.top);
	const at: Places = { x, y };
	const runs = runsOf(final, series);
	const aheadRuns = runsOf(ahead, series);
	return {
		width,
		height,
		plot,
		points: drawn.map((point) => placed(point, at)),
		median: runs.map((run) => line(run, at, medianIn)).join(''),
		band: runs.map((run) => area(run, at)).join(''),
		tenths: runs.map((run) => line(run, at, (point) => tenthsIn(point)?.low ?? null) + line(run, at, (point) => tenthsIn(point)?.high ?? null)).join(''),
		ahead: aheadRuns.map((run) => line(run, at, medianIn)).join(''),
		aheadBand: aheadRuns.map((run) => area(run, at)).join(''),
		joint: joint === null ? '' : jointOf(final, ahead, joint, series, at),
		limit: limitPath(drawn, at, slot),
		grid: scale.ticks.map(y),
		breaks: series.breaks.map(({ year }) => x(year) - slot / 2),
		texts: [
			...ticksApart(scale.ticks.map((tick, index) => ({ y: y(tick), text: tickTexts[index] ?? '' }))).map((tick): PlacedText => ({
				kind: 'tick',
				text: tick.text,
				x: plot.left - 6,
				y: tick.y + 4,
				anchor: 'end'
			})),
			...underYears(series, years, { x, top: plot.bottom + LINE }, { width, left: plot.left, finalRow, forecastRow }, words),
			...endTexts(ends, plot, y),
			...limitTexts(drawn, plot, { ...at, slot }, words.limit),
			...breakTexts(series.breaks, plot, { ...at, slot }, words.break)
		],
		hits: years.map((year) => ({ year, x: x(year) - slot / 2, width: slot })),
		fromZero: scale.fromZero
	};
}

interface Places {
	readonly x: (year: number) => number;
	readonly y: (value: string | number) => number;
}

const number = (value: number): string => String(Math.round(value * 10) / 10);
const medianIn = ({ distribution }: Point): string | null => (distribution.kind === 'quartiles' ? distribution.median : null);
const tenthsIn = ({ distribution }: Point) => (distribution.kind === 'quartiles' ? distribution.tenths : null);

/** All years from the first to the last: a year without a point keeps its place. */
function yearsOf(points: readonly Point[]): readonly number[] {
	const years = points.map(({ year }) => year);
	if (years.length === 0) return [];
	const first = Math.min(...years);
	return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => first + index);
}

function valuesOf({ distribution }: Point): readonly number[] {
	switch (distribution.kind) {
		case 'none':
			return [];
		case 'dots':
			return distribution.values.map(Number);
		case 'quartiles': {
			const { lower, median, upper, tenths } = distribution;
			return [lower, median, upper, ...(tenths === null ? [] : [tenths.low, tenths.high])].map(Number);
		}
	}
}

/** Points that a line may join: year after year, each with a median, and no break between them. */
function runsOf(points: readonly Point[], { breaks }: TrendSeries): readonly (readonly Point[])[] {
	const runs: Point[][] = [];
	for (const point of points) {
		if (medianIn(point) === null) continue;
		const run = runs.at(-1);
		const before = run?.at(-1);
		const joins = before?.year === point.year - 1 && !breaks.some(({ year }) => year === point.year);
		if (run && joins) run.push(point);
		else runs.push([point]);
	}
	return runs;
}

function line(run: readonly Point[], { x, y }: Places, of: (point: Point) => string | null): string {
	const places = run.flatMap((point) => {
		const value = of(point);
		return value === null ? [] : [`${number(x(point.year))} ${number(y(value))}`];
	});
	return places.length < 2 ? '' : `M${places.join('L')}`;
}

/** From lower to upper quartile; a year by itself is an upright bar. */
function area(run: readonly Point[], { x, y }: Places): string {
	const sides = run.flatMap(({ year, distribution }) =>
		distribution.kind === 'quartiles' ? [{ at: x(year), low: y(distribution.lower), high: y(distribution.upper) }] : []
	);
	const [only, ...more] = sides;
	if (only === undefined) return '';
	if (more.length === 0) return `M${number(only.at - 3)} ${number(only.low)}H${number(only.at + 3)}V${number(only.high)}H${number(only.at - 3)}Z`;
	const upper = sides.map(({ at, high }) => `${number(at)} ${number(high)}`);
	const lower = sides.map(({ at, low }) => `${number(at)} ${number(low)}`).reverse();
	return `M${[...upper, ...lower].join('L')}Z`;
}

function jointOf(
	final: readonly Point[],
	ahead: readonly Point[],
	joint: NonNullable<TrendSeries['joint']>,
	{ breaks }: TrendSeries,
	{ x, y }: Places
): string {
	const [from, to] = [final.find(({ year }) => year === joint.from), ahead.find(({ year }) => year === joint.to)];
	const [first, second] = [from ? medianIn(from) : null, to ? medianIn(to) : null];
	if (first === null || second === null || breaks.some(({ year }) => year > joint.from && year <= joint.to)) return '';
	return `M${number(x(joint.from))} ${number(y(first))}L${number(x(joint.to))} ${number(y(second))}`;
}

/** The threshold of each year over its place: where it changed, a step. */
function limitPath(drawn: readonly Point[], { x, y }: Places, slot: number): string {
	const byYear = new Map(drawn.flatMap(({ year, limit }) => (limit === null ? [] : [[year, limit.threshold] as const])));
	return [...byYear].map(([year, threshold]) => `M${number(x(year) - slot / 2)} ${number(y(threshold))}H${number(x(year) + slot / 2)}`).join('');
}

function placed({ year, basis, distribution, settled }: Point, { x, y }: Places): PlacedPoint {
	return {
		year,
		basis,
		x: x(year),
		y: distribution.kind === 'quartiles' ? y(distribution.median) : null,
		dots: distribution.kind === 'dots' ? distribution.values.map(y) : [],
		settled: basis === 'final' && settled
	};
}

/** Labels of the axis that would touch are left out from the top down; the lowest stays. */
function ticksApart<T extends { readonly y: number }>(ticks: readonly T[]): readonly T[] {
	const kept: T[] = [];
	for (const tick of ticks) if (kept.every((other) => Math.abs(other.y - tick.y) >= LINE)) kept.push(tick);
	return kept;
}

/** Year, n of the audited figures and n of the forecasts, each in its row; where places are narrow not under every one, the last always. */
function underYears(
	{ final, ahead }: TrendSeries,
	years: readonly number[],
	{ x, top }: { readonly x: (year: number) => number; readonly top: number },
	head: { readonly width: number; readonly left: number; readonly finalRow: string; readonly forecastRow: string },
	words: MultipleWords
): readonly PlacedText[] {
	const rows = [
		...(final.length > 0 ? [{ head: head.finalRow, points: final }] : []),
		...(ahead.length > 0 ? [{ head: head.forecastRow, points: ahead }] : [])
	].map((row, index) => ({ ...row, y: top + (index + 1) * LINE }));
	const countOf = (points: readonly Point[], year: number): string | null => {
		const point = points.find((one) => one.year === year);
		return point === undefined ? null : words.count(point.nKnown);
	};
	const widest = Math.max(0, ...years.flatMap((year) => [String(year), ...rows.map(({ points }) => countOf(points, year) ?? '')]).map(textWidth));
	const middleOf = (year: number, width: number): number => Math.min(Math.max(x(year), head.left + width / 2), head.width - width / 2);
	// From the last year back: a year is labelled where its widest text keeps clear of the label after it.
	const labelled: number[] = [];
	for (const year of [...years].reverse()) {
		const after = labelled[0];
		if (after === undefined || middleOf(year, widest) + widest + 4 <= middleOf(after, widest)) labelled.unshift(year);
	}
	return labelled
		.flatMap((year): PlacedText[] => [
			{ kind: 'year', text: String(year), x: middleOf(year, widest), y: top, anchor: 'middle' },
			...rows.flatMap(({ points, y }): PlacedText[] => {
				const text = countOf(points, year);
				return text === null ? [] : [{ kind: 'n', text, x: middleOf(year, widest), y, anchor: 'middle' }];
			})
		])
		.concat(rows.map(({ head: text, y }): PlacedText => ({ kind: 'row', text, x: head.left - 6, y, anchor: 'end' })));
}

/** The last audited median and the last forecast one, in the margin beside the plot; moved apart where they would touch. */
function endTexts(ends: readonly { readonly point: Point; readonly text: string }[], plot: MultipleDrawing['plot'], y: Places['y']): readonly PlacedText[] {
	const sorted = ends.map(({ point, text }) => ({ text, y: y(medianIn(point) ?? '0') + 4 })).sort((a, b) => a.y - b.y);
	let above = plot.top + 8 - LINE;
	const down = sorted.map((end) => ({ ...end, y: (above = Math.max(end.y, above + LINE)) }));
	let below = plot.bottom + LINE;
	return down
		.reverse()
		.map((end): PlacedText => ({ kind: 'end', text: end.text, x: plot.right + 6, y: (below = Math.min(end.y, below - LINE)), anchor: 'start' }));
}
