/**
 * Drawings as elements of an svg file: colours written in, in the light palette of css/tokens.css, because var() turns black in a file. Plain elements and
 * attributes only: no script, no style, nothing that loads. Every text is escaped, whoever it comes from.
 */
import { coordinate } from '#lib/ui/kit/show/coordinate.ts';
import type { MultipleDrawing } from './small-multiple.ts';
import type { PlacedText } from './text-width.ts';
import type { TileDrawing } from './tile-grid.ts';

/** The light palette of the tokens, which a file cannot ask. */
export const INK = {
	paper: '#ffffff',
	text: '#1b2430',
	faint: '#5f6b7a',
	line: '#d5dbe3',
	control: '#7e8a9a',
	late: '#a8231b',
	main: '#1d4f91',
	compared: '#c2620e',
	context: '#8792a2',
	band: '#dbe4ef',
	subtle: '#f6f8fa',
	ramp: ['#eaf1fa', '#c6daf1', '#93b9e4', '#5b8fcb', '#2f6aae', '#1d4f91']
} as const;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as XML holds it, without what XML cannot hold. */
export const escaped = (text: string): string =>
	text
		.toWellFormed()
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

export function textAt(x: number, y: number, said: string, attributes: Readonly<Record<string, string | number>> = {}): string {
	const more = Object.entries(attributes).map(([name, value]) => ` ${name}="${String(value)}"`);
	return `<text x="${coordinate(x)}" y="${coordinate(y)}"${more.join('')}>${escaped(said)}</text>`;
}

const path = (d: string, attributes: string): string => (d === '' ? '' : `<path d="${d}" ${attributes}/>`);
const stroked = (colour: string, width: number, more = ''): string => `fill="none" stroke="${colour}" stroke-width="${width}"${more}`;
const upright = (x: number, top: number, bottom: number): string => `M${coordinate(x)} ${coordinate(top)}V${coordinate(bottom)}`;
const level = (y: number, left: number, right: number): string => `M${coordinate(left)} ${coordinate(y)}H${coordinate(right)}`;

const TEXT_INK: Readonly<Partial<Record<string, string>>> = { end: INK.main, limit: INK.late, break: INK.late };

function placedText({ kind, text, x, y, anchor }: Pick<PlacedText, 'text' | 'x' | 'y' | 'anchor'> & { readonly kind: string }): string {
	return textAt(x, y, text, { 'text-anchor': anchor, fill: TEXT_INK[kind] ?? INK.faint, ...(kind === 'end' && { 'font-weight': 'bold' }) });
}

/** One metric over the years, as {@link MultipleDrawing} places it. */
export function multipleMarks(drawing: MultipleDrawing): readonly string[] {
	const { plot, points } = drawing;
	const dots = points.flatMap((point) => point.dots.map((y) => `M${coordinate(point.x)} ${coordinate(y)}h0`)).join('');
	return [
		...drawing.grid.map((y) => path(level(y, plot.left, plot.right), stroked(INK.line, 1))),
		path(drawing.band, `fill="${INK.band}"`),
		path(drawing.aheadBand, `fill="${INK.band}"`),
		path(drawing.tenths, stroked(INK.context, 0.75)),
		...drawing.breaks.map((x) => path(upright(x, plot.top, plot.bottom), stroked(INK.late, 1, ' stroke-dasharray="1 3"'))),
		path(drawing.limit, stroked(INK.late, 1, ' stroke-dasharray="4 3"')),
		path(drawing.joint, stroked(INK.main, 1.5, ' stroke-dasharray="5 3"')),
		path(drawing.ahead, stroked(INK.main, 1.5, ' stroke-dasharray="5 3"')),
		path(drawing.median, stroked(INK.main, 2.5)),
		path(dots, stroked(INK.main, 6, ' stroke-linecap="round"')),
		...points.map(({ x, y, settled }) =>
			y === null
				? ''
				: `<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="3.5" ` +
					(settled ? `fill="${INK.main}"/>` : `fill="${INK.paper}" stroke="${INK.main}" stroke-width="1.5"/>`)
		),
		...drawing.texts.map(placedText)
	].filter((mark) => mark !== '');
}

/** Enterprises as dots along one axis, on each side of the threshold; nobody's name is in it. */
export interface DotMarks {
	readonly radius: number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly ticks: readonly number[];
	readonly limitX: number | null;
	readonly texts: readonly (Pick<PlacedText, 'text' | 'x' | 'y' | 'anchor'> & { readonly kind: string })[];
	readonly sides: readonly { readonly side: 'below' | 'reach' | 'all'; readonly path: string }[];
	readonly single: readonly { readonly x: number; readonly y: number; readonly below: boolean }[];
}

/** Where dots may be told apart, those short of the threshold are hollow: the side says it beside the colour. */
export function dotMarks({ radius, left, right, top, bottom, ticks, limitX, texts, sides, single }: DotMarks): readonly string[] {
	return [
		...ticks.map((x) => path(upright(x, top, bottom), stroked(INK.line, 1))),
		path(level(bottom, left, right), stroked(INK.control, 1)),
		limitX === null ? '' : path(upright(limitX, top, bottom), stroked(INK.late, 1, ' stroke-dasharray="4 3"')),
		...sides.map(({ side, path: d }) => path(d, stroked(side === 'below' ? INK.compared : INK.main, 6.5, ' stroke-linecap="round"'))),
		...single.map(
			({ x, y, below }) =>
				`<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="${radius}" ` +
				(below ? `fill="${INK.paper}" stroke="${INK.compared}" stroke-width="2"/>` : `fill="${INK.main}"/>`)
		),
		...texts.map(placedText)
	].filter((mark) => mark !== '');
}

/** The channels as squares; ▼ in the corner of those behind the nation. */
export function tileMarks({ tiles }: TileDrawing): readonly string[] {
	return tiles
		.flatMap(({ x, y, width, height, step, lightText, mark, texts }) => {
			const fill = step === null ? INK.subtle : (INK.ramp[step - 1] ?? INK.paper);
			const ink = step === null ? INK.faint : lightText ? INK.paper : INK.text;
			return [
				`<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" rx="2" fill="${fill}" ` +
					`stroke="${INK.line}"/>`,
				path(mark, `fill="${ink}"`),
				...texts.map(({ kind, text, x: at, y: base, anchor }) =>
					textAt(at, base, text, { 'text-anchor': anchor, fill: ink, ...(kind === 'value' && { 'font-weight': 'bold' }) })
				)
			];
		})
		.filter((mark) => mark !== '');
}
