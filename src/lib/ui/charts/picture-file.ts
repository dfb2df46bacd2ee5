/** Pictures that leave the house as files: the drawing with its sentence, filters, basis, n and day inside. */
import { coordinate } from '#lib/ui/kit/show/coordinate.ts';
import type { DotPictureData } from '#lib/ui/trend/dot-picture.ts';
import { dotMarks, escaped, INK, multipleMarks, textAt, tileMarks } from './drawing-marks.ts';
import type { MultipleDrawing } from './small-multiple.ts';
import { TEXT_SIZE, textWidth } from './text-width.ts';
import type { TileDrawing } from './tile-grid.ts';

/** What stands round the drawing: the sentence over it, and under it filters, basis, as of when. */
export interface PictureWords {
	readonly title: string;
	readonly lines: readonly string[];
}

const FILE_WIDTH = 720;
const MARGIN = 16;
const LINE = TEXT_SIZE + 6;
const TITLE = 15;

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
			`font-family="sans-serif" font-size="${TEXT_SIZE}" fill="${INK.text}" role="img" aria-label="${escaped(title)}">`,
		`<rect x="0" y="0" width="${width}" height="${coordinate(height)}" fill="${INK.paper}"/>`,
		...titles.map((line, index) => textAt(MARGIN, MARGIN + index * (TITLE + 6) + TITLE, line, { 'font-size': TITLE, 'font-weight': 'bold' })),
		`<g transform="translate(${MARGIN} ${coordinate(top + 6)})">`,
		...inner,
		'</g>',
		...under.map((line, index) => textAt(MARGIN, below + (index + 1) * LINE, line, { fill: INK.faint })),
		'</svg>'
	].join('\n');
}

/** One metric over the years. */
export const multipleFile = (drawing: MultipleDrawing, words: PictureWords): string => pictureFile(words, drawing, multipleMarks(drawing));

/** The enterprises as dots: nobody's name is in it. */
export const dotsFile = (data: DotPictureData, words: PictureWords): string => pictureFile(words, data, dotMarks(data));

/** The channels as squares: no map, and it says so. */
export const tilesFile = (drawing: TileDrawing, words: PictureWords): string => pictureFile(words, drawing, tileMarks(drawing));

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
/** A bar and its counts; a label of more lines takes more. */
const ROW = 40;
const LABEL_LINE = TEXT_SIZE + 2;

export function criteriaFile({ years, rows, legend }: CriteriaPicture, words: PictureWords): string {
	const width = FILE_WIDTH - 2 * MARGIN;
	const slot = (width - LABEL_WIDTH) / Math.max(1, years.length);
	const bar = Math.min(120, slot - 10);
	const fills = [INK.main, INK.compared, INK.line] as const;
	const labels = rows.map(({ label }) => inLines(label, LABEL_WIDTH - 8));
	const tops = labels.reduce<number[]>((at, lines) => [...at, (at.at(-1) ?? 0) + Math.max(ROW, lines.length * LABEL_LINE + 12)], [LINE + 10]);
	const height = (tops.at(-1) ?? 0) + LINE;
	const legendY = height - 2;
	let legendX = 0;
	return pictureFile(words, { width, height }, [
		...years.map((year, index) => textAt(LABEL_WIDTH + index * slot, LINE, String(year), { fill: INK.faint })),
		...rows.flatMap(({ cells }, row) => {
			const top = tops[row] ?? 0;
			return [
				...(labels[row] ?? []).map((line, index) => textAt(0, top + 10 + index * LABEL_LINE, line)),
				...years.flatMap((year, index) => {
					const cell = cells.find((one) => one.year === year);
					const left = LABEL_WIDTH + index * slot;
					if (!cell || cell.of === 0) return [textAt(left, top + 10, '—', { fill: INK.faint })];
					let at = left;
					const parts = [cell.met, cell.unmet, cell.unknown].map((part, which) => {
						const wide = (part / cell.of) * bar;
						const rect = `<rect x="${coordinate(at)}" y="${coordinate(top)}" width="${coordinate(wide)}" height="10" fill="${fills[which] ?? INK.line}"/>`;
						at += wide;
						return rect;
					});
					return [...parts, textAt(left, top + 10 + TEXT_SIZE + 2, `${cell.met} · ${cell.unmet} · ${cell.unknown}`, { fill: INK.faint })];
				})
			];
		}),
		...legend.flatMap((word, which) => {
			const x = legendX;
			legendX += textWidth(word) + 34;
			return [
				`<rect x="${coordinate(x)}" y="${coordinate(legendY - 10)}" width="10" height="10" fill="${fills[which] ?? INK.line}"/>`,
				textAt(x + 14, legendY, word)
			];
		})
	]);
}
