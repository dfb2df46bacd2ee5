import { createRequire } from 'node:module';
import type { SheetLimits } from './archive.ts';
import workerText from './csv-worker.cjs?raw';
import { readInThread } from './reading-thread.ts';
import type { TableReading } from './table-reading.ts';

/** Text separated by commas, semicolons or tabs, as Excel, WPS and data bases write it: UTF-8, UTF-16 with its mark, or GB18030. */
export async function readCsv(bytes: Buffer, limits: SheetLimits): Promise<TableReading> {
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	if (!wide && bytes.includes(0)) return { ok: false, problem: 'not_a_table' };
	const text = decoded(bytes);
	if (text === null) return { ok: false, problem: 'encoding_unknown' };
	// A program or a picture has control characters, a table has not.
	if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text.slice(0, 65_536)) || text.includes('\u0000')) return { ok: false, problem: 'not_a_table' };
	const parser = createRequire(import.meta.url).resolve('csv-parse/sync');
	return readInThread(workerText, { parser, text, separator: separatorOf(text), limits });
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
