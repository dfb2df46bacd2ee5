import type { SheetCell } from './sheet-column.ts';
import type { SheetTable } from './write-xlsx.ts';

/** Begins like a formula: a program that opens the file would calculate it. */
const LIKE_FORMULA = /^[=+\-@\t\r]/;

/** A table as .csv in UTF-8 with its mark, which Excel needs: the lines of the head, an empty one, the table. */
export function tableToCsv<Row>({ head, columns, rows, totals = [] }: SheetTable<Row>): string {
	const lines = [
		...head.map((line) => field(line)),
		'',
		columns.map(({ header }) => field(header)).join(','),
		...[...rows, ...totals].map((row) => columns.map((column) => plain(column.cell(row))).join(','))
	];
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

function plain(cell: SheetCell): string {
	if (cell === null) return '';
	if (cell.kind === 'text') return field(cell.text);
	if (cell.kind === 'number') return String(cell.value);
	return cell.at.toISOString().slice(0, cell.format.length).replace('T', ' ');
}

function field(text: string): string {
	const safe = LIKE_FORMULA.test(text) ? `'${text}` : text;
	return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
