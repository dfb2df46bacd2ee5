import { parse } from 'csv-parse/sync';
import { PLAIN_SHEET } from '#lib/domain/register/sheet-facts.ts';
import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import type { SheetLimits, TableReading } from './table-reading.ts';

/** Text separated by commas, semicolons or tabs, as Excel, WPS and data bases write it: UTF-8, UTF-16 with its mark, or GB18030. */
export function readCsv(bytes: Buffer, limits: SheetLimits): TableReading {
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	if (!wide && bytes.includes(0)) return { ok: false, problem: 'not_a_table' };
	const text = decoded(bytes);
	if (text === null) return { ok: false, problem: 'encoding_unknown' };
	// A program or a picture has control characters, a table has not.
	if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text.slice(0, 65_536)) || text.includes('\u0000')) return { ok: false, problem: 'not_a_table' };
	return split(text, limits);
}

/** GB18030 has a byte order mark of its own, which the decoder leaves in place. */
function decoded(bytes: Buffer): string | null {
	const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : bytes[0] === 0xfe && bytes[1] === 0xff ? ['utf-16be'] : ['utf-8', 'gb18030'];
	for (const encoding of encodings) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\ufeff/, '');
		} catch {
			// The next encoding is tried: bytes that are no UTF-8 are what older programs write.
		}
	}
	return null;
}

class Refused extends Error {
	readonly problem: ImportProblem;
	constructor(problem: ImportProblem) {
		super(problem);
		this.problem = problem;
	}
}

function split(text: string, limits: SheetLimits): TableReading {
	const table: string[][] = [];
	const take = (row: string[]): null => {
		// Empty cells to the right are what a spreadsheet leaves behind, not content.
		while (row.length > limits.columns && row.at(-1)?.trim() === '') row.pop();
		if (row.length > limits.columns) throw new Refused('too_many_columns');
		if (table.length === limits.rows) throw new Refused('too_many_rows');
		if (row.some((cell) => cell.length > limits.cell)) throw new Refused('cell_too_long');
		table.push(row.map(meantBy));
		return null;
	};
	try {
		parse(text, {
			delimiter: separatorOf(text),
			record_delimiter: ['\r\n', '\n', '\r'],
			relax_column_count: true,
			relax_quotes: true,
			on_record: take
		});
		return { ok: true, table, sheet: PLAIN_SHEET };
	} catch (error) {
		if (error instanceof Refused) return { ok: false, problem: error.problem };
		const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
		return { ok: false, problem: code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote_open' : 'unreadable' };
	}
}

/**
 * `="00123"` is how a text of figures is kept from Excel: 00123 is meant. A sloppy writer's blank between the closing quote and the separator
 * makes the parser keep the quotes.
 */
function meantBy(cell: string): string {
	if (cell.startsWith('="')) return cell.replace(/^="([^"]*)"\s*$/, '$1');
	return cell.startsWith('"') ? cell.replace(/^"([^"]*)"\s+$/, '$1') : cell;
}

/** What the first line declares, as Excel understands it; else whatever stands most often in the first lines, outside quotes. */
function separatorOf(text: string): string {
	const declared = /^"?sep=([,;\t|])"?\s*[\r\n]/i.exec(text.slice(0, 20))?.[1];
	if (declared !== undefined) return declared;
	const head = text.slice(0, 10_000).replace(/"[^"]*"/g, '');
	const count = (separator: string) => head.split(separator).length;
	return [',', '\t', ';'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
