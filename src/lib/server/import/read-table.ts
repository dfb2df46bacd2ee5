import { IMPORT_MAX_CELL, IMPORT_MAX_COLUMNS, IMPORT_MAX_ROWS } from '#lib/domain/register/import-problem.ts';
import { readCsv } from './csv.ts';
import type { TableReading } from './table-reading.ts';
import { readWorkbook } from './workbook.ts';

const LIMITS = { rows: IMPORT_MAX_ROWS, columns: IMPORT_MAX_COLUMNS, cell: IMPORT_MAX_CELL };
const OLE_COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** The reading itself: for a thread of its own, never for the one that answers requests. */
export async function readTableHere(bytes: Buffer): Promise<TableReading> {
	if (bytes.subarray(0, 8).equals(OLE_COMPOUND)) {
		// Excel wraps a workbook with a password in the old container.
		return { ok: false, problem: bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old_excel' };
	}
	const read = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readWorkbook(bytes, LIMITS) : readCsv(bytes, LIMITS);
	if (!read.ok) return read;
	if (read.table.length > IMPORT_MAX_ROWS) return { ok: false, problem: 'too_many_rows' };
	return read.table.some((row) => row.length > IMPORT_MAX_COLUMNS) ? { ok: false, problem: 'too_many_columns' } : read;
}
