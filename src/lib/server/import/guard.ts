import { createRequire } from 'node:module';
import { IMPORT_MAX_BYTES, IMPORT_MAX_CELL, IMPORT_MAX_COLUMNS, IMPORT_MAX_ROWS } from '#lib/domain/register/import-problem.ts';
import { packAnew } from './archive.ts';
import { readCsv } from './csv.ts';
import { readInThread } from './reading-thread.ts';
import type { TableReading } from './table-reading.ts';
import workerText from './worker.cjs?raw';

const LIMITS = { rows: IMPORT_MAX_ROWS, columns: IMPORT_MAX_COLUMNS };
const OLE_COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** Turns an uploaded file into a table of texts. What it is, is seen from its content; its name is never believed. */
export async function readTable(bytes: Buffer): Promise<TableReading> {
	if (bytes.length === 0) return { ok: false, problem: 'file_empty' };
	if (bytes.length > IMPORT_MAX_BYTES) return { ok: false, problem: 'file_too_large' };
	if (bytes.subarray(0, 8).equals(OLE_COMPOUND)) {
		// Excel wraps a workbook with a password in the old container.
		return { ok: false, problem: bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old_excel' };
	}
	const read = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readXlsx(bytes) : await readCsv(bytes, LIMITS);
	if (!read.ok) return read;
	if (read.table.length > IMPORT_MAX_ROWS) return { ok: false, problem: 'too_many_rows' };
	for (const row of read.table) {
		if (row.length > IMPORT_MAX_COLUMNS) return { ok: false, problem: 'too_many_columns' };
		if (row.some((cell) => cell.length > IMPORT_MAX_CELL)) return { ok: false, problem: 'cell_too_long' };
	}
	return read;
}

async function readXlsx(bytes: Buffer): Promise<TableReading> {
	const packed = await packAnew(bytes, LIMITS);
	if (!packed.ok) return packed;
	const reader = createRequire(import.meta.url).resolve('read-excel-file/node');
	return readInThread(workerText, { reader, bytes: packed.bytes });
}
