/**
 * Pictures that leave the house as files: colours and fonts written in, since var() turns black in a file; sentence, filters, basis, n and day inside. Plain
 * elements and attributes only: no script, no style, nothing that loads. Every text is escaped, whoever it comes from.
 */
import { coordinate } from '#lib/ui/kit/show/coordinate.ts';
import type { DotPictureData } from '#lib/ui/trend/dot-picture.ts';
import type { MultipleDrawing } from './small-multiple.ts';
import { TEXT_SIZE, textWidth, type PlacedText } from './text-width.ts';
import type { TileDrawing } from './tile-grid.ts';

/** What stands round the drawing: the sentence over it, and under it filters, basis, as of when. */
export interface PictureWords {
	readonly title: string;
	readonly lines: readonly string[];
}

/** The light palette of the tokens. */
const COLOUR = {
	paper: '#ffffff',
	text: '#1b2430',
	text3: '#5f6b7a',
	line: '#d5dbe3',
	control: '#7e8a9a',
	main: '#1d4f91',
	other: '#c2620e',
	context: '#8792a2',
	late: '#a8231b',
	band: '#dbe4ef',
	grey: '#f6f8fa'
} as const;
const RAMP = ['#ffffff', '#eaf1fa', '#c6daf1', '#93b9e4', '#5b8fcb', '#2f6aae', '#1d4f91'] as const;

const FILE_WIDTH = 720;
const MARGIN = 16;
const LINE = TEXT_SIZE + 6;
const TITLE = 15;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as XML holds it, without what XML cannot hold. */
const escaped = (text: string): string =>
	text
		.toWellFormed()
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** In lines that fit: broken between letters of Chinese, between words of English. */
export function inLines(text: string, width: number, size = TEXT_SIZE): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const piece of text.match(/[\u2e80-\uffef]|[^\u2e80-\uffef\s]+\s?|\s/g) ?? []) {
		if (line !== '' && (textWidth(line + piece) * size) / TEXT_SIZE > width) {
			lines.push(line.trimEnd());
			line = '';
		}
		line += piece;
	}
	return [...lines, line.trimEnd()].filter((one) => one !== '');
}

function textAt(x: number, y: number, said: string, attributes: Readonly<Record<string, string | number>> = {}): string {
	const more = Object.entries(attributes).map(([name, value]) => ` ${name}="${String(value)}"`);
	return `<text x="${coordinate(x)}" y="${coordinate(y)}"${more.join('')}>${escaped(said)}</text>`;
}

/** A drawing of so many units within its file: the sentence over it, what else has to be known under it. */
function pictureFile({ title, lines }: PictureWords, drawing: { readonly width: number; readonly height: number }, inner: readonly string[]): string {
	const titles = inLines(title, FILE_WIDTH - 2 * MARGIN, TITLE);
	const under = lines.flatMap((line) => inLines(line, FILE_WIDTH - 2 * MARGIN));
	const top = MARGIN + titles.length * (TITLE + 6);
	const below = top + drawing.height + LINE;
	const height = below + under.length * LINE + MARGIN;
	const width = Math.max(FILE_WIDTH, drawing.width + 2 * MARGIN);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${coordinate(height)}" width="${width}" height="${coordinate(height)}" ` +
			`font-family="sans-serif" font-size="${TEXT_SIZE}" fill="${COLOUR.text}" role="img" aria-label="${escaped(title)}">`,
		`<rect x="0" y="0" width="${width}" height="${coordinate(height)}" fill="${COLOUR.paper}"/>`,
		...titles.map((line, index) => textAt(MARGIN, MARGIN + index * (TITLE + 6) + TITLE, line, { 'font-size': TITLE, 'font-weight': 'bold' })),
		`<g transform="translate(${MARGIN} ${coordinate(top + 6)})">`,
		...inner,
		'</g>',
		...under.map((line, index) => textAt(MARGIN, below + (index + 1) * LINE, line, { fill: COLOUR.text3 })),
		'</svg>'
	].join('\n');
}

const path = (d: string, attributes: string): string => (d === '' ? '' : `<path d="${d}" ${attributes}/>`);
const stroked = (colour: string, width: number, more = ''): string => `fill="none" stroke="${colour}" stroke-width="${width}"${more}`;

const TEXT_COLOUR: Readonly<Partial<Record<PlacedText['kind'], string>>> = { end: COLOUR.main, limit: COLOUR.late, break: COLOUR.late };

function placedText({ kind, text, x, y, anchor }: Pick<PlacedText, 'text' | 'x' | 'y' | 'anchor'> & { readonly kind: string }): string {
	const colour = TEXT_COLOUR[kind as PlacedText['kind']] ?? COLOUR.text3;
	return textAt(x, y, text, { 'text-anchor': anchor, fill: colour, ...(kind === 'end' && { 'font-weight': 'bold' }) });
}

/** One metric over the years. */
export function multipleFile(drawing: MultipleDrawing, words: PictureWords): string {
	const { plot, points } = drawing;
	const dots = points.flatMap((point) => point.dots.map((y) => `M${coordinate(point.x)} ${coordinate(y)}h0`)).join('');
	return pictureFile(words, drawing, [
		...drawing.grid.map((y) => path(`M${coordinate(plot.left)} ${coordinate(y)}H${coordinate(plot.right)}`, stroked(COLOUR.line, 1))),
		path(drawing.band, `fill="${COLOUR.band}"`),
		path(drawing.aheadBand, `fill="${COLOUR.band}"`),
		path(drawing.tenths, stroked(COLOUR.context, 0.75)),
		...drawing.breaks.map((x) =>
			path(`M${coordinate(x)} ${coordinate(plot.top)}V${coordinate(plot.bottom)}`, stroked(COLOUR.late, 1, ' stroke-dasharray="1 3"'))
		),
		path(drawing.limit, stroked(COLOUR.late, 1, ' stroke-dasharray="4 3"')),
		path(drawing.joint, stroked(COLOUR.main, 1.5, ' stroke-dasharray="5 3"')),
		path(drawing.ahead, stroked(COLOUR.main, 1.5, ' stroke-dasharray="5 3"')),
		path(drawing.median, stroked(COLOUR.main, 2.5)),
		path(dots, stroked(COLOUR.main, 6, ' stroke-linecap="round"')),
		...points.flatMap(({ x, y, settled }) =>
			y === null
				? []
				: [
						`<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="3.5" ` +
							(settled ? `fill="${COLOUR.main}"/>` : `fill="${COLOUR.paper}" stroke="${COLOUR.main}" stroke-width="1.5"/>`)
					]
		),
		...drawing.texts.map(placedText)
	]);
}

/** The enterprises as dots: nobody's name is in it. */
export function dotsFile(data: DotPictureData, words: PictureWords): string {
	return pictureFile(words, data, [
		...data.ticks.map((x) => path(`M${coordinate(x)} ${coordinate(data.top)}V${coordinate(data.bottom)}`, stroked(COLOUR.line, 1))),
		path(`M${coordinate(data.left)} ${coordinate(data.bottom)}H${coordinate(data.right)}`, stroked(COLOUR.control, 1)),
		data.limitX === null
			? ''
			: path(`M${coordinate(data.limitX)} ${coordinate(data.top)}V${coordinate(data.bottom)}`, stroked(COLOUR.late, 1, ' stroke-dasharray="4 3"')),
		...data.sides.map(({ side, path: d }) => path(d, stroked(side === 'below' ? COLOUR.other : COLOUR.main, 6.5, ' stroke-linecap="round"'))),
		...data.single.map(
			({ x, y, below }) =>
				`<circle cx="${coordinate(x)}" cy="${coordinate(y)}" r="${data.radius}" ` +
				(below ? `fill="${COLOUR.paper}" stroke="${COLOUR.other}" stroke-width="2"/>` : `fill="${COLOUR.main}"/>`)
		),
		...data.texts.map(placedText)
	]);
}

/** The channels as squares: no map, and it says so. */
export function tilesFile(drawing: TileDrawing, words: PictureWords): string {
	return pictureFile(
		words,
		drawing,
		drawing.tiles.flatMap(({ x, y, width, height, step, lightText, mark, texts }) => [
			`<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" ` +
				`fill="${step === null ? COLOUR.grey : (RAMP[step] ?? COLOUR.paper)}" stroke="${COLOUR.line}"/>`,
			path(mark, `fill="${lightText ? COLOUR.paper : COLOUR.text}"`),
			...texts.map(({ text, x: at, y: base, anchor }) =>
				textAt(at, base, text, { 'text-anchor': anchor, fill: step === null ? COLOUR.text3 : lightText ? COLOUR.paper : COLOUR.text })
			)
		])
	);
}

/** Met, not met and unknown of each criterion and year, as a bar with its counts. */
export interface CriteriaPicture {
	readonly years: readonly number[];
	readonly rows: readonly {
		readonly label: string;
		readonly cells: readonly { readonly year: number; readonly met: number; readonly unmet: number; readonly unknown: number; readonly of: number }[];
	}[];
	readonly legend: readonly [met: string, unmet: string, unknown: string];
}

const LABEL_WIDTH = 190;
const ROW = 40;

export function criteriaFile({ years, rows, legend }: CriteriaPicture, words: PictureWords): string {
	const width = FILE_WIDTH - 2 * MARGIN;
	const slot = (width - LABEL_WIDTH) / Math.max(1, years.length);
	const bar = Math.min(120, slot - 10);
	const fills = [COLOUR.main, COLOUR.other, COLOUR.line] as const;
	const height = (rows.length + 1) * ROW + LINE;
	const legendY = height - 2;
	let legendX = 0;
	return pictureFile(words, { width, height }, [
		...years.map((year, index) => textAt(LABEL_WIDTH + index * slot, LINE, String(year), { fill: COLOUR.text3 })),
		...rows.flatMap(({ label, cells }, row) => {
			const top = LINE + 10 + row * ROW;
			return [
				...inLines(label, LABEL_WIDTH - 8)
					.slice(0, 2)
					.map((line, index) => textAt(0, top + 10 + index * (TEXT_SIZE + 2), line)),
				...years.flatMap((year, index) => {
					const cell = cells.find((one) => one.year === year);
					const left = LABEL_WIDTH + index * slot;
					if (!cell || cell.of === 0) return [textAt(left, top + 10, '—', { fill: COLOUR.text3 })];
					let at = left;
					const parts = [cell.met, cell.unmet, cell.unknown].map((part, which) => {
						const wide = (part / cell.of) * bar;
						const rect = `<rect x="${coordinate(at)}" y="${coordinate(top)}" width="${coordinate(wide)}" height="10" fill="${fills[which] ?? COLOUR.line}"/>`;
						at += wide;
						return rect;
					});
					return [...parts, textAt(left, top + 10 + TEXT_SIZE + 2, `${cell.met} · ${cell.unmet} · ${cell.unknown}`, { fill: COLOUR.text3 })];
				})
			];
		}),
		...legend.flatMap((word, which) => {
			const x = legendX;
			legendX += textWidth(word) + 34;
			return [
				`<rect x="${coordinate(x)}" y="${coordinate(legendY - 10)}" width="10" height="10" fill="${fills[which] ?? COLOUR.line}"/>`,
				textAt(x + 14, legendY, word)
			];
		})
	]);
}
