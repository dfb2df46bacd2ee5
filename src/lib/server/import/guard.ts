import { IMPORT_MAX_BYTES } from '#lib/domain/register/import-problem.ts';
import { inReadingThread } from './reading-thread.ts';
import type { TableReading } from './table-reading.ts';

/** Turns an uploaded file into a table of texts. What it is, is seen from its content; its name is never believed. */
export async function readTable(bytes: Buffer): Promise<TableReading> {
	if (bytes.length === 0) return { ok: false, problem: 'file_empty' };
	if (bytes.length > IMPORT_MAX_BYTES) return { ok: false, problem: 'file_too_large' };
	const said = await inReadingThread<TableReading>({ what: 'table', bytes });
	return said.ok ? said.answer : { ok: false, problem: said.why };
}
