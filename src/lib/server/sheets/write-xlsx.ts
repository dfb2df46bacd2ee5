import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeXlsxFile, { type CellObject, type Feature } from 'write-excel-file/node';
import { getCellAddress, sanitizeTextContent } from 'write-excel-file/utility';
import { m } from '#lib/paraglide/messages.js';
import type { SheetCell, SheetColumn } from './sheet-column.ts';

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

/** XML 1.0 cannot hold them: a sheet with one does not open. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** In characters; Chinese ones count twice. */
const NARROWEST = 9;
const WIDEST = 48;
/** Enough rows to know how wide a column is. */
const ROWS_MEASURED = 200;

const FONT = { fontFamily: '宋体', fontSize: 11 };
const GRID = { borderStyle: 'thin' as const, borderColor: '#8792a2', alignVertical: 'top' as const };
const HEAD = { ...GRID, fontWeight: 'bold' as const, backgroundColor: '#eaf1fa', align: 'center' as const, alignVertical: 'center' as const, wrap: true };

/**
 * A table as .xlsx. Text leaves in Excel's text format, so that what begins like a formula (=, +, -, @) is neither calculated now nor when somebody
 * edits the cell; dates and numbers leave as such. On paper: A4 across, one page wide, the heads and the first column on every page.
 */
export function tableToXlsx<Row>({ name, head, columns, rows, totals = [], blankRows = 0 }: SheetTable<Row>): Promise<Buffer> {
	const [title = '', ...lines] = head;
	const cellsOf = (row: Row) => columns.map((column) => column.cell(row));
	const body = rows.map(cellsOf);
	const sums = totals.map(cellsOf);
	const data = [
		[{ ...textOf(title), fontWeight: 'bold' as const, fontSize: 14 }],
		...lines.map((line) => [textOf(line)]),
		columns.map(({ header }) => ({ ...textOf(header), ...HEAD })),
		...body.map((cells) => cells.map(written)),
		...sums.map((cells) => cells.map((cell) => ({ ...written(cell), fontWeight: 'bold' as const }))),
		...Array.from({ length: blankRows }, () => columns.map(() => ({ value: '', type: String, format: '@', ...GRID })))
	];
	const sheet = sheetName(name);
	const headRow = head.length + 1;
	const last = headRow + body.length;
	const features = [asOfficePrintsIt({ sheet, title, headRow, last, columns: columns.length })];
	return writeXlsxFile(
		data,
		{
			sheet,
			columns: columns.map(({ header }, index) => ({ width: widthOf(header, [...body.slice(0, ROWS_MEASURED), ...sums], index) })),
			stickyRowsCount: headRow,
			stickyColumnsCount: 1,
			orientation: 'landscape'
		},
		{ ...FONT, features }
	).toBuffer();
}

const textOf = (text: string) => ({ value: text.replace(UNWRITABLE, '').slice(0, LONGEST_TEXT), type: String, format: '@' });

function written(cell: SheetCell): CellObject {
	if (cell === null) return { ...GRID };
	switch (cell.kind) {
		case 'text':
			return { ...textOf(cell.text), ...GRID, wrap: true };
		case 'number':
			return { value: cell.value, type: Number, format: cell.format, ...GRID };
		case 'date':
			return { value: cell.at, type: Date, format: cell.format, ...GRID };
	}
}

/** A name Excel takes: no sign it parts addresses by, no apostrophe at its ends, not empty. */
function sheetName(name: string): string {
	return (
		name
			.replace(/[\\/?*[\]:']/g, ' ')
			.replace(UNWRITABLE, '')
			.slice(0, LONGEST_SHEET_NAME)
			.trim() || '1'
	);
}

function widthOf(header: string, rows: readonly (readonly SheetCell[])[], index: number): number {
	const shown = (cell: SheetCell | undefined): number =>
		!cell ? 0 : cell.kind === 'text' ? longestLine(cell.text) : cell.kind === 'date' ? cell.format.length : String(Math.round(cell.value)).length * 1.4 + 3;
	// The arrow of the filter takes three.
	const widest = rows.reduce((most, cells) => Math.max(most, shown(cells[index])), Math.min(longestLine(header) + 3, 24));
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

/**
 * What the library does not write: the filter over the table, printing on one page in width with the heads repeated and pages counted, and the named
 * default style without which other programs put their own font.
 */
function asOfficePrintsIt(at: { readonly sheet: string; readonly title: string; readonly headRow: number; readonly last: number; readonly columns: number }) {
	const column = (index: number) => getCellAddress(0, index).replace(/\d+$/, '');
	const lastColumn = column(Math.max(0, at.columns - 1));
	const named = `'${at.sheet}'!`;
	// In a page's foot & begins a code.
	const foot = `&L${at.title.replaceAll('&', '&&').slice(0, 120)}&R${m.sheet_page({ page: '&P', pages: '&N' })}`;
	const feature: Feature<Stream | Buffer | Blob> = {
		files: {
			transform: {
				'xl/worksheets/sheet{id}.xml': {
					transform: (xml) =>
						placed(
							placed(
								placed(xml, '<sheetViews', (found) => `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${found}`),
								'</sheetData>',
								(found) => `${found}<autoFilter ref="A${at.headRow}:${lastColumn}${at.last}"/>`
							),
							/<pageSetup [^>]*\/>/,
							() =>
								`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
								`<headerFooter><oddFooter>${sanitizeTextContent(foot)}</oddFooter></headerFooter>`
						)
				},
				'xl/workbook.xml': {
					transform: (xml) =>
						placed(
							xml,
							'<definedNames/>',
							() =>
								`<definedNames>` +
								`<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${sanitizeTextContent(
									`${named}$A$${at.headRow}:$${lastColumn}$${at.last}`
								)}</definedName>` +
								`<definedName name="_xlnm.Print_Titles" localSheetId="0">${sanitizeTextContent(
									`${named}$A:$A,${named}$${at.headRow}:$${at.headRow}`
								)}</definedName></definedNames>`
						)
				},
				'xl/styles.xml': {
					transform: (xml) =>
						placed(
							placed(xml, '<cellXfs', (found) => `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${found}`),
							'</cellXfs>',
							(found) => `${found}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`
						)
				}
			}
		}
	};
	return feature;
}

/** Something found once in a part and replaced. Not to find it is a change of the library that must be seen. */
function placed(xml: string, place: string | RegExp, by: (found: string) => string): string {
	let found = 0;
	const done = xml.replace(place, (match) => {
		found += 1;
		return by(match);
	});
	if (found !== 1) throw new Error(`no ${String(place)} in a part of the sheet`);
	return done;
}
