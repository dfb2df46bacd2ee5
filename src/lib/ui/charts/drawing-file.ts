/** Drawings as whole svg files: colours and fonts are written in, in the light palette, because var() turns black in a file. Texts and titles are escaped. */
import type { MultipleDrawing } from './small-multiple.ts';
import { TEXT_SIZE } from './text-width.ts';
import type { TileDrawing } from './tile-grid.ts';

/** The light palette of css/tokens.css, which a file cannot ask. */
const INK = {
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

const HOLLOW = `fill="${INK.paper}" stroke="${INK.main}" stroke-width="1.5"`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const tenth = (value: number): number => Math.round(value * 10) / 10;

interface Placed {
	readonly text: string;
	readonly x: number;
	readonly y: number;
	readonly anchor: 'start' | 'middle' | 'end';
}

const textAt = ({ text, x, y, anchor }: Placed, more = ''): string =>
	`<text x="${tenth(x)}" y="${tenth(y)}" text-anchor="${anchor}"${more}>${escaped(text)}</text>`;

const pathOf = (d: string, more: string): string => (d === '' ? '' : `<path d="${d}" ${more}/>`);

/** The head of every file says what it shows, to whoever does not see it. */
function fileOf({ width, height }: { readonly width: number; readonly height: number }, said: string, parts: readonly string[]): string {
	const [wide, high] = [Math.ceil(width), Math.ceil(height)];
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" font-family="sans-serif" ` +
			`font-size="${TEXT_SIZE}" fill="${INK.faint}" role="img" aria-label="${escaped(said)}">`,
		`<title>${escaped(said)}</title>`,
		`<rect x="0" y="0" width="${wide}" height="${high}" fill="${INK.paper}"/>`,
		...parts.filter((part) => part !== ''),
		'</svg>'
	].join('\n');
}

/** One metric over the years, as {@link MultipleDrawing} places it. */
export function multipleFile(drawing: MultipleDrawing, said: string): string {
	const { plot, points } = drawing;
	const line = (colour: string, width: number, more = ''): string => `fill="none" stroke="${colour}" stroke-width="${width}"${more}`;
	const dots = points.flatMap(({ x, dots: ys }) => ys.map((y) => `M${tenth(x)} ${tenth(y)}h0`)).join('');
	return fileOf(drawing, said, [
		...drawing.grid.map((y) => pathOf(`M${plot.left} ${tenth(y)}H${plot.right}`, line(INK.line, 1))),
		pathOf(drawing.band, `fill="${INK.band}"`),
		pathOf(drawing.aheadBand, `fill="${INK.band}"`),
		pathOf(drawing.tenths, line(INK.context, 0.75)),
		...drawing.breaks.map((x) => pathOf(`M${tenth(x)} ${plot.top}V${plot.bottom}`, line(INK.late, 1, ' stroke-dasharray="1 3"'))),
		pathOf(drawing.limit, line(INK.late, 1, ' stroke-dasharray="4 3"')),
		pathOf(drawing.joint, line(INK.main, 1.5, ' stroke-dasharray="5 3"')),
		pathOf(drawing.ahead, line(INK.main, 1.5, ' stroke-dasharray="5 3"')),
		pathOf(drawing.median, line(INK.main, 2.5)),
		pathOf(dots, line(INK.main, 6, ' stroke-linecap="round"')),
		...points.map(({ x, y, settled }) => (y === null ? '' : `<circle cx="${tenth(x)}" cy="${tenth(y)}" r="3.5" ${settled ? `fill="${INK.main}"` : HOLLOW}/>`)),
		...drawing.texts.map((text) =>
			textAt(text, text.kind === 'end' ? ` fill="${INK.main}" font-weight="bold"` : text.kind === 'limit' || text.kind === 'break' ? ` fill="${INK.late}"` : '')
		)
	]);
}

/** Enterprises as dots along one axis, on each side of the threshold. */
export interface DotFile {
	readonly width: number;
	readonly height: number;
	readonly radius: number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly ticks: readonly number[];
	readonly limitX: number | null;
	readonly texts: readonly (Placed & { readonly kind: string })[];
	readonly sides: readonly { readonly side: 'below' | 'reach' | 'all'; readonly path: string }[];
	readonly single: readonly { readonly x: number; readonly y: number; readonly below: boolean }[];
}

/** Where dots may be told apart, those short of the threshold are hollow: the side says it beside the colour. */
export function dotsFile(data: DotFile, said: string): string {
	const { left, right, top, bottom } = data;
	return fileOf(data, said, [
		...data.ticks.map((x) => pathOf(`M${tenth(x)} ${top}V${bottom}`, `stroke="${INK.line}"`)),
		pathOf(`M${left} ${bottom}H${right}`, `stroke="${INK.control}"`),
		data.limitX === null ? '' : pathOf(`M${tenth(data.limitX)} ${top}V${bottom}`, `stroke="${INK.late}" stroke-dasharray="4 3"`),
		...data.sides.map(({ side, path }) =>
			pathOf(path, `fill="none" stroke="${side === 'below' ? INK.compared : INK.main}" stroke-width="6.5" stroke-linecap="round"`)
		),
		...data.single.map(
			({ x, y, below }) =>
				`<circle cx="${x}" cy="${y}" r="${data.radius}" ${below ? `fill="${INK.paper}" stroke="${INK.compared}" stroke-width="2"` : `fill="${INK.main}"`}/>`
		),
		...data.texts.map((text) => textAt(text, text.kind === 'limit' ? ` fill="${INK.late}"` : ''))
	]);
}

/** The channels as squares; ▼ in the corner of those behind the nation. */
export function tilesFile(drawing: TileDrawing, said: string): string {
	return fileOf(
		drawing,
		said,
		drawing.tiles.map(({ x, y, width, height, step, lightText, mark, texts }) => {
			const fill = step === null ? INK.subtle : (INK.ramp[step - 1] ?? INK.paper);
			const ink = step === null ? INK.faint : lightText ? INK.paper : INK.text;
			return [
				`<rect x="${tenth(x)}" y="${tenth(y)}" width="${tenth(width)}" height="${tenth(height)}" rx="2" fill="${fill}" stroke="${INK.line}"/>`,
				pathOf(mark, `fill="${ink}"`),
				...texts.map((text) => textAt(text, ` fill="${ink}"${text.kind === 'value' ? ' font-weight="bold"' : ''}`))
			].join('');
		})
	);
}
