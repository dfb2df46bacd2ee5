import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { packArchive, type PackedPart } from '#lib/server/files/pack-archive.ts';
import type { SheetCell, SheetColumn } from './sheet-column.ts';
import {
	columnName,
	contentTypesXml,
	RELATIONSHIPS,
	sharedStringsXml,
	sheetEnd,
	sheetStart,
	sheetStyles,
	STYLE,
	type SheetStyles,
	workbookRelationshipsXml,
	workbookXml,
	type TablePlace
} from './sheet-parts.ts';

/** A table with what stands above it, ready to be written. */
export interface SheetTable<Row> {
	readonly name: string;
	readonly head: readonly string[];
	readonly columns: readonly SheetColumn<Row>[];
	readonly rows: readonly Row[];
	/** Sums below the table: no filter and no order of it moves them. */
	readonly totals?: readonly Row[];
	/** Rows to be filled in; their cells are text, so that 000045 stays what was typed. */
	readonly blankRows?: number;
}

/** Excel's own limits; a longer text would make the whole file unreadable. */
const LONGEST_TEXT = 32_767;
const LONGEST_SHEET_NAME = 31;

/** In characters; Chinese ones count twice. */
const NARROWEST = 9;
const WIDEST = 48;
/** Enough rows to know how wide a column is. */
const ROWS_MEASURED = 200;
/** Rows written before others have their turn: some milliseconds. */
const ROWS_AT_ONCE = 200;

/** Excel counts days from 30 December 1899. */
const DAYS_BEFORE_UNIX = 25_569;
const DAY_MS = 86_400_000;

/**
 * A table as .xlsx. Text leaves in Excel's text format, so that what begins like a formula (=, +, -, @) is neither calculated now nor when somebody
 * edits the cell. Written piece by piece, because a library of whole sheets kept everybody else waiting for 34 seconds at 50,000 rows.
 */
export function tableToXlsx<Row>(table: SheetTable<Row>): Promise<Buffer> {
	return tablesToXlsx([table]);
}

/** Several tables as the sheets of one workbook, in their order. */
export async function tablesToXlsx<Row>(tables: readonly SheetTable<Row>[]): Promise<Buffer> {
	const styles = sheetStyles();
	const strings = new Map<string, number>();
	const shared = (text: string): number => {
		const kept = text.slice(0, LONGEST_TEXT);
		const known = strings.get(kept) ?? strings.size;
		strings.set(kept, known);
		return known;
	};
	const names = sheetNames(tables.map(({ name }) => name));
	const sheets: PackedPart[] = [];
	const places: TablePlace[] = [];
	for (const [at, table] of tables.entries()) {
		const place = placeOf(table, names[at] ?? '');
		places.push(place);
		sheets.push(await deflated(`xl/worksheets/sheet${at + 1}.xml`, sheetPieces(table, place, at === 0, { styles, shared })));
	}
	return packArchive([
		{ name: '[Content_Types].xml', content: Buffer.from(contentTypesXml(tables.length)) },
		{ name: '_rels/.rels', content: Buffer.from(RELATIONSHIPS) },
		{ name: 'xl/workbook.xml', content: Buffer.from(workbookXml(places)) },
		{ name: 'xl/_rels/workbook.xml.rels', content: Buffer.from(workbookRelationshipsXml(tables.length)) },
		...sheets,
		await deflated('xl/styles.xml', [styles.xml()]),
		await deflated('xl/sharedStrings.xml', sharedStringsXml(strings))
	]);
}

function placeOf<Row>({ head, columns, rows }: SheetTable<Row>, sheet: string): TablePlace {
	return { sheet, headRow: head.length + 1, last: head.length + 1 + rows.length, lastColumn: columnName(Math.max(0, columns.length - 1)) };
}

/** What all sheets of a workbook have together: how cells are shown, and their texts. */
interface Together {
	readonly styles: SheetStyles;
	readonly shared: (text: string) => number;
}

/** One sheet, some hundred rows at a time. */
function* sheetPieces<Row>(
	{ head, columns, rows, totals = [], blankRows = 0 }: SheetTable<Row>,
	place: TablePlace,
	isFirst: boolean,
	{ styles, shared }: Together
): Generator<string> {
	const columnNames = columns.map((_, index) => columnName(index));
	const textAt = (at: string, text: string, style: number) => `<c r="${at}" s="${style}" t="s"><v>${shared(text)}</v></c>`;
	const cellAt = (at: string, cell: SheetCell, bold: boolean): string => {
		if (cell === null) return `<c r="${at}" s="${styles.of('@', { bold, wrap: false })}"/>`;
		if (cell.kind === 'text') return textAt(at, cell.text, styles.of('@', { bold, wrap: true }));
		const value = cell.kind === 'date' ? cell.at.getTime() / DAY_MS + DAYS_BEFORE_UNIX : cell.value;
		return `<c r="${at}" s="${styles.of(cell.format, { bold, wrap: false })}"><v>${value}</v></c>`;
	};
	let number = 0;
	const row = (cells: (at: number) => string): string => {
		number += 1;
		return `<row r="${number}">${cells(number)}</row>`;
	};
	const rowOf = (one: Row, bold: boolean): string =>
		row((at) => columns.map((column, index) => cellAt(`${columnNames[index] ?? ''}${at}`, column.cell(one), bold)).join(''));

	const measured = [...rows.slice(0, ROWS_MEASURED), ...totals];
	yield sheetStart(
		place,
		columns.map((column) => widthOf(column, measured)),
		isFirst
	);
	yield head.map((line, index) => row((at) => textAt(`A${at}`, line, index === 0 ? STYLE.title : STYLE.line))).join('');
	yield row((at) => columns.map(({ header }, index) => textAt(`${columnNames[index] ?? ''}${at}`, header, STYLE.head)).join(''));
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
		yield rows
			.slice(from, from + ROWS_AT_ONCE)
			.map((one) => rowOf(one, false))
			.join('');
	yield totals.map((one) => rowOf(one, true)).join('');
	for (let blank = 0; blank < blankRows; blank += 1) yield row((at) => columnNames.map((column) => cellAt(`${column}${at}`, null, false)).join(''));
	yield sheetEnd(place, head[0] ?? '');
}

/** A part, compressed beside this thread while the next piece is made; between two pieces others have their turn. */
async function deflated(name: string, pieces: Iterable<string>): Promise<PackedPart> {
	const stream = createDeflateRaw();
	const out: Buffer[] = [];
	stream.on('data', (chunk: Buffer) => out.push(chunk));
	const ended = once(stream, 'end');
	let [size, crc] = [0, 0];
	for (const piece of pieces) {
		const bytes = Buffer.from(piece);
		size += bytes.length;
		crc = crc32(bytes, crc);
		if (!stream.write(bytes)) await once(stream, 'drain');
		await setImmediate();
	}
	stream.end();
	await ended;
	return { name, deflated: out, size, crc };
}

/** Each name once: a workbook with two sheets of one name does not open. */
function sheetNames(names: readonly string[]): readonly string[] {
	const found: string[] = [];
	for (const name of names.map(sheetName)) {
		let unique = name;
		const isTaken = (): boolean => found.some((one) => one.toLowerCase() === unique.toLowerCase());
		for (let number = 2; isTaken(); number += 1) unique = `${name.slice(0, LONGEST_SHEET_NAME - 3)} ${number}`;
		found.push(unique);
	}
	return found;
}

/** A name Excel takes: no sign it parts addresses by, no apostrophe, not empty. */
function sheetName(name: string): string {
	return (
		name
			.replace(/[\\/?*[\]:'\p{Cc}]/gu, ' ')
			.slice(0, LONGEST_SHEET_NAME)
			.trim() || '1'
	);
}

function widthOf<Row>({ header, cell: cellOf }: SheetColumn<Row>, rows: readonly Row[]): number {
	const shown = (cell: SheetCell): number =>
		cell === null
			? 0
			: cell.kind === 'text'
				? longestLine(cell.text)
				: cell.kind === 'date'
					? cell.format.length
					: String(Math.round(cell.value)).length * 1.4 + 3;
	// The arrow of the filter takes three.
	const widest = rows.reduce((most, one) => Math.max(most, shown(cellOf(one))), Math.min(longestLine(header) + 3, 24));
	return Math.min(WIDEST, Math.max(NARROWEST, Math.ceil(widest) + 1));
}

function longestLine(text: string): number {
	return Math.max(
		...text
			.slice(0, 400)
			.split('\n')
			.map((line) => line.length + (line.match(/[\u2e80-\uffef]/g)?.length ?? 0))
	);
}
