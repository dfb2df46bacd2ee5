import { readSheet } from 'read-excel-file/node';
import { findHeader, type Table } from '#lib/domain/register/cohort-columns.ts';
import type { CellMark, IgnoredSheet } from '#lib/domain/register/sheet-facts.ts';
import { packArchive } from '#lib/server/files/pack-archive.ts';
import { unpack, type Parts } from './archive.ts';
import { scanSheet } from './sheet-scan.ts';
import type { SheetLimits, TableReading } from './table-reading.ts';
import { attributesOf, tagsOf } from './xml-tags.ts';

/** A workbook of more lists than these is none of ours; each costs a reading. */
const MAX_TRIED = 12;
const HOUSE_PARTS = ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/sharedStrings.xml'];

interface SheetOnFile extends IgnoredSheet {
	/** From 1, as the reader of tables counts them. */
	readonly number: number;
	readonly part: string;
}

/**
 * Reads the first visible sheet that has the columns of a list; where none has, the first that holds anything, so that what is missing can be
 * said of it. Only what was looked over is handed to the reader, packed anew.
 */
export async function readWorkbook(bytes: Buffer, limits: SheetLimits): Promise<TableReading> {
	const unpacked = await unpack(bytes);
	if (!unpacked.ok) return unpacked;
	const { parts } = unpacked;
	const sheets = sheetsOf(parts);
	let instead: TableReading = { ok: false, problem: 'not_a_table' };
	let settled = false;
	for (const sheet of sheets.filter(({ hidden }) => !hidden).slice(0, MAX_TRIED)) {
		const read = await readOne(parts, sheet, limits);
		const reading: TableReading = read.ok
			? { ...read, sheet: { ...read.sheet, ignored: sheets.filter((other) => other !== sheet).map(({ name, hidden }) => ({ name, hidden })) } }
			: read;
		if (reading.ok && findHeader(reading.table).ok) return reading;
		const holdsAnything = !reading.ok || reading.table.length > 0;
		if (!settled) instead = reading;
		settled ||= holdsAnything;
	}
	return instead;
}

async function readOne(parts: Parts, sheet: SheetOnFile, limits: SheetLimits): Promise<TableReading> {
	const scan = scanSheet(parts.get(sheet.part)?.toString('utf8') ?? '', limits);
	if (!scan.ok) return scan;
	const kept = HOUSE_PARTS.flatMap((name) => {
		const content = parts.get(name);
		return content ? [{ name, content }] : [];
	});
	const packed = packArchive([...kept, { name: sheet.part, content: Buffer.from(scan.xml) }]);
	const rows = await readSheet(packed, sheet.number, { parseNumber: (text: string) => text });
	const table = rows.map((row) => row.map(cellText));
	if (table.some((row) => row.some((cell) => cell.length > limits.cell))) return { ok: false, problem: 'cell_too_long' };
	return { ok: true, table, sheet: { name: sheet.name, ignored: [], hiddenRows: scan.hiddenRows, marks: filled(scan.marks, table) } };
}

/** Days come as dates without a zone; numbers as they stand in the file, so that no figure is rounded on the way. */
function cellText(value: unknown): string {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A merged cell takes the text of the first of its range, if it has none and the first has. */
function filled(marks: readonly CellMark[], table: Table): CellMark[] {
	return marks.flatMap((mark) => {
		if (mark.kind !== 'merged') return [mark];
		const text = table[Number(mark.text) - 1]?.[mark.column] ?? '';
		const own = table[mark.row - 1]?.[mark.column] ?? '';
		return text.trim() === '' || own.trim() !== '' ? [] : [{ ...mark, text }];
	});
}

/** The worksheets in the order of the workbook; charts and the like have no rows and are none. */
function sheetsOf(parts: Parts): SheetOnFile[] {
	const links = parts.get('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? '';
	const targets = new Map<string, string>();
	for (const tag of tagsOf(links)) {
		if (tag.name !== 'Relationship') continue;
		const at = attributesOf(links, tag);
		const target = at.get('Target') ?? '';
		if (at.get('Type')?.endsWith('/worksheet')) targets.set(at.get('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
	}
	const workbook = parts.get('xl/workbook.xml')?.toString('utf8') ?? '';
	const sheets: SheetOnFile[] = [];
	let number = 0;
	for (const tag of tagsOf(workbook)) {
		if (tag.name !== 'sheet' || tag.kind === 'close') continue;
		const at = attributesOf(workbook, tag);
		const name = at.get('name') ?? '';
		if (name === '') continue;
		number += 1;
		const part = targets.get(at.get('id') ?? '');
		if (part !== undefined && parts.has(part)) sheets.push({ name: name.slice(0, 100), hidden: (at.get('state') ?? 'visible') !== 'visible', number, part });
	}
	return sheets;
}
