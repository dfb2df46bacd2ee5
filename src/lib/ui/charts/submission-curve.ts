/** The submission curve as geometry: pure rows in, places out. One drawing for the page, for the file to download and for the interactive chart. */
import type { YearCurve } from '#lib/domain/report/progress.ts';
import { coordinate } from '#lib/ui/kit/show/coordinate.ts';
import { formatExact, formatNumber } from '#lib/words/format.ts';

/** The drawing's own field; text in it is 12 high. */
export const CURVE_SIZE = { width: 640, height: 300, left: 56, right: 150, top: 16, bottom: 40 } as const;

export interface CurveLine {
	readonly year: number;
	/** On how many reports a share is: said with the year at the line's end. */
	readonly expected: number;
	/** This year's line stands out; the earlier ones are context. */
	readonly current: boolean;
	/** An SVG path of steps: nothing comes between two days. */
	readonly path: string;
	/** Where the year is written: at the line's end. */
	readonly end: { readonly x: number; readonly y: number };
}

export interface CurveDrawing {
	readonly lines: readonly CurveLine[];
	readonly across: readonly { readonly y: number; readonly percent: number }[];
	/** `minor` ones are left out where the drawing is small. */
	readonly along: readonly { readonly x: number; readonly offset: number; readonly minor: boolean }[];
	/** Where the date stands. */
	readonly dueX: number;
}

/** From eight weeks before the date, or earlier where something came earlier, to four weeks after it. */
export function curveRange(curves: readonly YearCurve[]): { readonly from: number; readonly to: number } {
	const offsets = curves.flatMap(({ points }) => points.map(({ offset }) => offset));
	return { from: Math.max(-112, Math.min(-56, ...offsets)), to: Math.min(56, Math.max(7, ...offsets)) };
}

export function drawCurves(curves: readonly YearCurve[], currentUntil: number): CurveDrawing {
	const { width, height, left, right, top, bottom } = CURVE_SIZE;
	const { from, to } = curveRange(curves);
	const x = (offset: number): number => left + ((Math.min(to, Math.max(from, offset)) - from) / (to - from)) * (width - left - right);
	const y = (share: number): number => height - bottom - Math.min(1, share) * (height - top - bottom);
	const lines = curves
		.filter(({ expected }) => expected > 0)
		.map(({ year, expected, points }, index): CurveLine => {
			const last = index === 0 ? Math.min(currentUntil, to) : to;
			let path = `M${coordinate(x(from))} ${coordinate(y(0))}`;
			for (const { offset, share } of points) path += `H${coordinate(x(offset))}V${coordinate(y(share))}`;
			path += `H${coordinate(x(Math.max(from, last)))}`;
			return { year, expected, current: index === 0, path, end: { x: x(Math.max(from, last)), y: y(points.at(-1)?.share ?? 0) } };
		});
	return {
		lines: apart(lines),
		across: [0, 25, 50, 75, 100].map((percent) => ({ percent, y: y(percent / 100) })),
		along: [-112, -84, -56, -42, -28, -14, 0, 14, 28, 42, 56]
			.filter((offset) => offset >= from && offset <= to)
			.map((offset) => ({ offset, x: x(offset), minor: offset % 56 !== 0 })),
		dueX: x(0)
	};
}

/** What stands at a line's end: its year and the number its shares are of. */
export function curveLabel({ year, expected }: Pick<CurveLine, 'year' | 'expected'>): string {
	return `${year} n=${formatNumber(expected)}`;
}

/** A line of labels as a phone writes them, where they are larger. */
const LABEL_STEP = 20;

/** Labels that would lie over each other are moved apart; the lines stay where they are. */
function apart(lines: readonly CurveLine[]): CurveLine[] {
	const placed: CurveLine[] = [];
	for (const line of [...lines].sort((a, b) => a.end.y - b.end.y)) {
		const above = placed.filter(({ end }) => Math.abs(end.x - line.end.x) < 40).at(-1);
		placed.push(above && line.end.y - above.end.y < LABEL_STEP ? { ...line, end: { ...line.end, y: above.end.y + LABEL_STEP } } : line);
	}
	// The year that stands out is drawn last, over the others.
	return placed.sort((a, b) => Number(a.current) - Number(b.current));
}

/** Words of a drawing that leaves the page: it carries no style sheet and no reader's colours. */
export interface CurveWords {
	readonly title: string;
	readonly caption: string;
	readonly due: string;
	readonly offset: (days: number) => string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The drawing as a file, in the light palette. */
export function curveSvgFile(drawing: CurveDrawing, words: CurveWords): string {
	const { width, height, left, right, top, bottom } = CURVE_SIZE;
	const text = (x: number, y: number, anchor: string, said: string, more = ''): string =>
		`<text x="${coordinate(x)}" y="${coordinate(y)}" text-anchor="${anchor}" ${more}>${escape(said)}</text>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -44 ${width} ${height + 68}" ` +
			`width="${width * 1.5}" height="${(height + 68) * 1.5}" font-family="sans-serif" font-size="12" fill="#1b2430" ` +
			`role="img" aria-label="${escape(words.title)}">`,
		`<rect x="0" y="-44" width="${width}" height="${height + 68}" fill="#ffffff"/>`,
		text(left, -22, 'start', words.title, 'font-size="14" font-weight="bold"'),
		...drawing.across.flatMap(({ y, percent }) => [
			`<line x1="${left}" x2="${width - right}" y1="${coordinate(y)}" y2="${coordinate(y)}" stroke="#d5dbe3"/>`,
			text(left - 6, y + 4, 'end', `${formatExact(percent / 100, 'rate')}%`)
		]),
		...drawing.along.map(({ x, offset }) => text(x, height - bottom + 18, 'middle', words.offset(offset))),
		`<line x1="${coordinate(drawing.dueX)}" x2="${coordinate(drawing.dueX)}" y1="${top}" y2="${height - bottom}" stroke="#a8231b" stroke-dasharray="4 3"/>`,
		...drawing.lines.flatMap(({ path, current, end, year, expected }) => [
			`<path d="${path}" fill="none" stroke="${current ? '#1d4f91' : '#8792a2'}" stroke-width="${current ? 3 : 1.25}"/>`,
			text(end.x + 6, end.y + 4, 'start', curveLabel({ year, expected }), current ? 'fill="#1d4f91" font-weight="bold"' : 'fill="#5f6b7a"')
		]),
		text(left, height + 16, 'start', words.caption, 'fill="#5f6b7a"'),
		'</svg>'
	].join('\n');
}

/** Every day of every year as rows: what the table shows and the file carries. */
export function curveRows(
	curves: readonly YearCurve[]
): readonly { readonly offset: number; readonly byYear: ReadonlyMap<number, { readonly count: number; readonly share: number }> }[] {
	const offsets = [...new Set(curves.flatMap(({ points }) => points.map(({ offset }) => offset)))].sort((a, b) => a - b);
	const reached = curves.map(({ year, points }) => ({ year, points, at: 0, count: 0, share: 0 }));
	return offsets.map((offset) => {
		for (const one of reached) {
			for (let point = one.points[one.at]; point !== undefined && point.offset <= offset; point = one.points[one.at]) {
				[one.count, one.share] = [point.count, point.share];
				one.at += 1;
			}
		}
		return { offset, byYear: new Map(reached.map(({ year, count, share }) => [year, { count, share }])) };
	});
}
