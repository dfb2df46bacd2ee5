import writeXlsxFile from 'write-excel-file/node';

/** A value as it goes into a cell: text, a plain number for counts, nothing where a figure is missing. Money goes as decimal text with `money`. */
export type XlsxValue = string | number | null;

export interface XlsxColumn<Row> {
	/** With its unit, e.g. 营业收入(万元). */
	readonly header: string;
	/** In characters. */
	readonly width?: number;
	/** Decimal text is written as a number; what is no number stays text. */
	readonly number?: boolean;
	readonly value: (row: Row) => XlsxValue;
}

/** Excel's own limits; a longer text would make the whole file unreadable. */
const LONGEST_TEXT = 32_767;
const LONGEST_SHEET_NAME = 31;

/** XML 1.0 cannot hold them: a sheet with one does not open. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * A table as .xlsx. Everything that is not declared a number leaves as a text cell in Excel's text format, so that what begins like a formula
 * (=, +, -, @) is neither calculated now nor when somebody edits the cell.
 */
export async function tableToXlsx<Row>({
	sheet,
	columns,
	rows,
	notes = []
}: {
	readonly sheet: string;
	readonly columns: readonly XlsxColumn<Row>[];
	readonly rows: readonly Row[];
	/** Lines above the table: what it is, filters, as of when. */ readonly notes?: readonly string[];
}): Promise<Buffer> {
	const data = [
		...notes.map((note) => [textCell(note)]),
		columns.map((column) => ({ ...textCell(column.header), fontWeight: 'bold' as const })),
		...rows.map((row) => columns.map((column) => cellOf(column, column.value(row))))
	];
	return writeXlsxFile(data, {
		sheet: sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, LONGEST_SHEET_NAME),
		columns: columns.map((column) => ({ width: column.width ?? 16 })),
		stickyRowsCount: notes.length + 1,
		stickyColumnsCount: 1
	}).toBuffer();
}

function cellOf<Row>(column: XlsxColumn<Row>, value: XlsxValue) {
	if (value === null || value === '') return null;
	if (typeof value === 'number') return { value, type: Number };
	// A double holds fifteen digits; a longer figure stays exact as text.
	if (column.number && /^-?\d+(\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= 15) return { value: Number(value), type: Number };
	return textCell(value);
}

function textCell(text: string) {
	return { value: text.replace(UNWRITABLE, '').slice(0, LONGEST_TEXT), type: String, format: '@' };
}

/** Headers of a download of a table; the name may be in any script. */
export function xlsxHeaders(fileName: string): Record<string, string> {
	return {
		'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		'content-disposition':
			`attachment; filename="export.xlsx"; ` +
			`filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
		'cache-control': 'no-store'
	};
}
