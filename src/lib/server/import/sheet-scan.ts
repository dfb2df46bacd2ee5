import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import type { CellMark, SheetFacts } from '#lib/domain/register/sheet-facts.ts';
import type { SheetLimits } from './table-reading.ts';
import { attributesOf, tagsOf, textOf, type Tag } from './xml-tags.ts';

/** A sheet looked over before anybody builds a table of it. `xml` is the same with every cell that has no value of its own made plain text or empty. */
export type SheetScan =
	({ readonly ok: true; readonly xml: string } & Pick<SheetFacts, 'hiddenRows' | 'marks'>) | { readonly ok: false; readonly problem: ImportProblem };

/** Filled cells of merged ranges: a list of 5,000 rows with four merged columns has 20,000. */
const MAX_MERGED = 100_000;
const MARK_TEXT_MAX = 200;

interface Cell {
	readonly row: number;
	readonly column: number;
	readonly tag: Tag;
	readonly type: string;
	formula: string | null;
	/** Null where the cell has no value element at all. */
	value: string | null;
	inline: boolean;
}

/** Range of a merged cell, rows from 1 and columns from 0. */
interface Range {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
}

/** Counts rows and cells, finds what is hidden, merged, or a formula that has no value. One pass over the text. */
export function scanSheet(xml: string, limits: SheetLimits): SheetScan {
	const hiddenRows: number[] = [];
	const marks: CellMark[] = [];
	const merges: Range[] = [];
	const pieces: string[] = [];
	let copied = 0;
	let row = 0;
	let rows = 0;
	let column = -1;
	let cells = 0;
	let cell: Cell | null = null;
	let opened = 0;
	let ended = false;
	const put = (from: number, to: number, text: string) => {
		pieces.push(xml.slice(copied, from), text);
		copied = to;
	};
	const finish = (one: Cell, to: number) => {
		const mark = markOf(one);
		if (mark) marks.push(mark);
		if (mark || isHollow(one)) put(one.tag.from, to, plainCell(one, mark));
	};
	for (const tag of tagsOf(xml)) {
		ended ||= tag.name === 'worksheet' && tag.kind !== 'open';
		if (tag.name === 'row' && tag.kind !== 'close') {
			const at = attributesOf(xml, tag);
			row = Number(at.get('r') ?? row + 1);
			column = -1;
			rows += 1;
			if (!(row >= 1 && row <= limits.rows) || rows > limits.rows) return { ok: false, problem: 'too_many_rows' };
			if (isYes(at.get('hidden')) || Number(at.get('ht') ?? 1) === 0) hiddenRows.push(row);
		} else if (tag.name === 'c' && tag.kind !== 'close') {
			const at = attributesOf(xml, tag);
			const place = placeOf(at.get('r') ?? '');
			column = place ? place.column : column + 1;
			cells += 1;
			if (place && place.row > limits.rows) return { ok: false, problem: 'too_many_rows' };
			if (column >= limits.columns || cells > limits.rows * limits.columns) return { ok: false, problem: 'too_many_columns' };
			cell = { row: place?.row ?? row, column, tag, type: at.get('t') ?? 'n', formula: null, value: null, inline: false };
			if (tag.kind === 'empty') {
				finish(cell, tag.to);
				cell = null;
			}
		} else if (tag.name === 'mergeCell' && tag.kind !== 'close') {
			const range = rangeOf(attributesOf(xml, tag).get('ref') ?? '', limits);
			if (range) merges.push(range);
		} else if (cell) {
			if (tag.kind !== 'close') {
				opened = tag.to;
				if (tag.name === 'f') cell.formula ??= '';
				else if (tag.name === 'v') cell.value ??= '';
				else if (tag.name === 'is') cell.inline = true;
			} else if (tag.name === 'f') cell.formula = xml.slice(opened, Math.min(tag.from, opened + MARK_TEXT_MAX));
			else if (tag.name === 'v') cell.value = xml.slice(opened, tag.from);
			else if (tag.name === 'c') {
				finish(cell, tag.to);
				cell = null;
			}
		}
	}
	if (!ended) return { ok: false, problem: 'archive_damaged' };
	const merged = merges.reduce((sum, { top, bottom }) => sum + bottom - top, 0);
	if (merged > MAX_MERGED) return { ok: false, problem: 'archive_bomb' };
	return { ok: true, xml: [...pieces, xml.slice(copied)].join(''), hiddenRows, marks: [...marks, ...merges.flatMap(marksOfRange)] };
}

const isYes = (given: string | undefined) => given === '1' || given === 'true';

/** A formula nobody has computed, or one that came to an error; a computed empty text is a value. */
function markOf({ row, column, type, formula, value, inline }: Cell): CellMark | null {
	if (type === 'e') return { row, column, kind: 'formula_error', text: textOf(value ?? '').slice(0, MARK_TEXT_MAX) || '#N/A' };
	if (formula === null || inline || (value !== null && (value !== '' || type === 'str'))) return null;
	return { row, column, kind: 'formula_without_result', text: `=${textOf(formula)}`.slice(0, MARK_TEXT_MAX) };
}

/** A cell that names a kind of value and has none: some programs write it, and the reader takes the whole file for broken. */
function isHollow({ type, value, inline }: Cell): boolean {
	return type === 'inlineStr' ? !inline : type !== 'n' && (value === null || value === '');
}

function plainCell({ tag, row, column, formula }: Cell, mark: CellMark | null): string {
	const at = `r="${letters(column)}${row}"`;
	if (mark === null || tag.kind === 'empty') return `<c ${at}/>`;
	const text = mark.kind === 'formula_error' || formula === null ? mark.text : mark.text.slice(0, MARK_TEXT_MAX);
	return `<c ${at} t="inlineStr"><is><t>${text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</t></is></c>`;
}

function placeOf(ref: string): { readonly row: number; readonly column: number } | null {
	const [, given = '', digits] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(ref) ?? [];
	return digits === undefined
		? null
		: { row: Number(digits), column: [...given.toUpperCase()].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1 };
}

function rangeOf(ref: string, limits: SheetLimits): Range | null {
	const [first = '', last = first] = ref.split(':');
	const [from, to] = [placeOf(first), placeOf(last)];
	if (!from || !to || from.column >= limits.columns) return null;
	return { top: from.row, left: from.column, bottom: Math.min(to.row, limits.rows) };
}

/** Below the first cell alone: what is merged to the right is one cell of a title. The text is filled in when the table is known. */
function marksOfRange({ top, left, bottom }: Range): CellMark[] {
	return Array.from({ length: Math.max(0, bottom - top) }, (_, index) => ({ row: top + index + 1, column: left, kind: 'merged', text: String(top) }));
}

const letters = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : `${letters(Math.floor(index / 26) - 1)}${letters(index % 26)}`);
