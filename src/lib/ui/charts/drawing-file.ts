/** Drawings as svg files by themselves, for a page that says everything else beside them. */
import { dotMarks, escaped, INK, multipleMarks, tileMarks, type DotMarks } from './drawing-marks.ts';
import type { MultipleDrawing } from './small-multiple.ts';
import { TEXT_SIZE } from './text-width.ts';
import type { TileDrawing } from './tile-grid.ts';

interface Size {
	readonly width: number;
	readonly height: number;
}

/** The head of every file says what it shows, to whoever does not see it. */
function fileOf({ width, height }: Size, said: string, marks: readonly string[]): string {
	const [wide, high] = [Math.ceil(width), Math.ceil(height)];
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" font-family="sans-serif" ` +
			`font-size="${TEXT_SIZE}" fill="${INK.faint}" role="img" aria-label="${escaped(said)}">`,
		`<title>${escaped(said)}</title>`,
		`<rect x="0" y="0" width="${wide}" height="${high}" fill="${INK.paper}"/>`,
		...marks,
		'</svg>'
	].join('\n');
}

/** One metric over the years. */
export const multipleFile = (drawing: MultipleDrawing, said: string): string => fileOf(drawing, said, multipleMarks(drawing));

/** Enterprises as dots along one axis. */
export const dotsFile = (data: DotMarks & Size, said: string): string => fileOf(data, said, dotMarks(data));

/** The channels as squares. */
export const tilesFile = (drawing: TileDrawing, said: string): string => fileOf(drawing, said, tileMarks(drawing));
