import type { SheetLimits } from './archive.ts';
import type { TableReading } from './table-reading.ts';

/** Text separated by commas, semicolons or tabs, as Excel, WPS and data bases write it: UTF-8, UTF-16 with its mark, or GB18030. */
export function readCsv(bytes: Buffer, limits: SheetLimits): TableReading {
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	if (!wide && bytes.includes(0)) return { ok: false, problem: 'not_a_table' };
	const text = decoded(bytes);
	if (text === null) return { ok: false, problem: 'encoding_unknown' };
	// A program or a picture has control characters, a table has not.
	if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text.slice(0, 65_536)) || text.includes('\u0000')) return { ok: false, problem: 'not_a_table' };
	return parsed(text, separatorOf(text), limits);
}

function decoded(bytes: Buffer): string | null {
	const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : bytes[0] === 0xfe && bytes[1] === 0xff ? ['utf-16be'] : ['utf-8', 'gb18030'];
	for (const encoding of encodings) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes);
		} catch {
			// The next encoding is tried: bytes that are no UTF-8 are what older programs write.
		}
	}
	return null;
}

/** Whatever stands most often in the first lines, outside quotes. */
function separatorOf(text: string): string {
	const head = text.slice(0, 10_000).replace(/"[^"]*"/g, '');
	const count = (separator: string) => head.split(separator).length;
	return [',', '\t', ';'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function parsed(text: string, separator: string, limits: SheetLimits): TableReading {
	const table: string[][] = [];
	let row: string[] = [];
	let at = 0;
	const endCell = (cell: string) => void row.push(cell);
	while (at < text.length) {
		if (text[at] === '"') {
			let cell = '';
			for (at++; ;) {
				const close = text.indexOf('"', at);
				if (close < 0) return { ok: false, problem: 'quote_open' };
				cell += text.slice(at, close);
				at = close + 1;
				if (text[at] !== '"') break;
				cell += '"';
				at++;
			}
			// What a sloppy writer put between the closing quote and the separator still belongs to the cell.
			const rest = upTo(text, at, separator);
			endCell(cell + text.slice(at, rest));
			at = rest;
		} else {
			const end = upTo(text, at, separator);
			endCell(text.slice(at, end));
			at = end;
		}
		if (row.length > limits.columns) {
			// Empty cells to the right are what a spreadsheet leaves behind, not content.
			if (row.at(-1)?.trim() !== '') return { ok: false, problem: 'too_many_columns' };
			row.pop();
		}
		if (text[at] === separator) {
			at++;
			if (at < text.length && text[at] !== '\n' && text[at] !== '\r') continue;
			endCell('');
		}
		if (text[at] === '\r') at++;
		if (text[at] === '\n') at++;
		table.push(row);
		row = [];
		if (table.length > limits.rows) return { ok: false, problem: 'too_many_rows' };
	}
	return { ok: true, table };
}

function upTo(text: string, from: number, separator: string): number {
	let at = from;
	while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
	return at;
}
