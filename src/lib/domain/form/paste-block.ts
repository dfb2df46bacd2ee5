/** Cells as text, row by row; rows may differ in length. */
export type Grid = readonly (readonly string[])[];

export type PasteRefusal = 'nul' | 'paste_too_large' | 'quote_not_closed' | 'paste_empty';
export type PasteReading = { readonly ok: true; readonly grid: Grid } | { readonly ok: false; readonly code: PasteRefusal };

/** The form's table is a few dozen boxes; anything near this size was copied by mistake. */
export const PASTE_MAX_CELLS = 2000;
export const PASTE_MAX_LENGTH = 200_000;

/**
 * Reads what Excel and WPS put on the clipboard: cells by tab, rows by line end, a cell in double quotes when it holds a tab, a line end or a
 * quote (doubled inside). A quote in the middle of a cell is text. The line end after the last row is not another row.
 */
export function readPastedBlock(text: string): PasteReading {
	if (text.includes('\u0000')) return { ok: false, code: 'nul' };
	if (text.length > PASTE_MAX_LENGTH) return { ok: false, code: 'paste_too_large' };
	const source = text
		.replace(/^\ufeff/, '')
		.replace(/\r\n?/g, '\n')
		.replace(/\n$/, '');
	if (source === '') return { ok: false, code: 'paste_empty' };
	const rows: string[][] = [[]];
	let cells = 0;
	let at = 0;
	for (;;) {
		const cell = source[at] === '"' ? readQuoted(source, at) : readBare(source, at);
		if (cell === null) return { ok: false, code: 'quote_not_closed' };
		rows.at(-1)?.push(cell.text);
		cells += 1;
		if (cells > PASTE_MAX_CELLS) return { ok: false, code: 'paste_too_large' };
		if (cell.end >= source.length) return { ok: true, grid: rows };
		if (source[cell.end] === '\n') rows.push([]);
		at = cell.end + 1;
	}
}

interface Cell {
	readonly text: string;
	/** Index of the separator after it, or the end. */
	readonly end: number;
}

function readBare(source: string, from: number): Cell {
	let end = from;
	while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end += 1;
	return { text: source.slice(from, end), end };
}

function readQuoted(source: string, from: number): Cell | null {
	let text = '';
	let at = from + 1;
	for (;;) {
		const quote = source.indexOf('"', at);
		if (quote < 0) return null;
		text += source.slice(at, quote);
		if (source[quote + 1] !== '"') {
			const rest = readBare(source, quote + 1);
			return { text: text + rest.text, end: rest.end };
		}
		text += '"';
		at = quote + 2;
	}
}

/** A box to fill from a paste, and how many pasted cells found no box. */
export interface PlacedBlock {
	readonly placed: readonly { readonly key: string; readonly typed: string }[];
	readonly outside: number;
}

/** Lays a grid over a table of boxes from the focused one to the right and down; null marks a box that cannot be typed into. Empty cells change nothing. */
export function placeBlock(grid: Grid, boxes: readonly (readonly (string | null)[])[], start: { readonly row: number; readonly column: number }): PlacedBlock {
	const placed: { key: string; typed: string }[] = [];
	let outside = 0;
	grid.forEach((cells, row) =>
		cells.forEach((cell, column) => {
			const typed = cell.trim();
			if (typed === '') return;
			const key = boxes[start.row + row]?.[start.column + column] ?? null;
			if (key === null) outside += 1;
			else placed.push({ key, typed });
		})
	);
	return { placed, outside };
}
