import { open } from 'node:fs/promises';
import { openPromise, type Entry } from 'yauzl';
import type { AttachmentType } from '#lib/domain/form/attachment-slot.ts';

/** What a file is found to be. `macros`: an office file that carries programs, which is refused whatever it is called. */
export type FoundType = AttachmentType | 'macros' | null;

export const CONTENT_TYPES: Readonly<Record<AttachmentType, string>> = {
	pdf: 'application/pdf',
	png: 'image/png',
	jpg: 'image/jpeg',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** An honest office file of 30 MB stays far below these; an archive bomb does not. */
const MOST_ENTRIES = 5_000;
const MOST_UNPACKED = 500 * 1024 * 1024;

/** Looks at the content, never at the name. Null for everything that is not one of the five kinds, whole from its first to its last bytes. */
export async function typeOfFile(path: string): Promise<FoundType> {
	const { head, tail } = await ends(path);
	const begins = (text: string) => head.subarray(0, text.length).toString('latin1') === text;
	if (begins('%PDF-1.') || begins('%PDF-2.')) return tail.toString('latin1').includes('%%EOF') ? 'pdf' : null;
	if (begins('\x89PNG\r\n\x1a\n'))
		return head.subarray(12, 16).toString('latin1') === 'IHDR' && tail.subarray(-8, -4).toString('latin1') === 'IEND' ? 'png' : null;
	if (begins('\xff\xd8\xff')) return tail.subarray(-64).includes(Buffer.from([0xff, 0xd9])) ? 'jpg' : null;
	if (begins('PK\x03\x04')) return typeOfArchive(path);
	return null;
}

async function ends(path: string): Promise<{ head: Buffer; tail: Buffer }> {
	const file = await open(path, 'r');
	try {
		const { size } = await file.stat();
		const part = async (from: number) => {
			const buffer = Buffer.alloc(Math.min(1024, size - from));
			await file.read(buffer, 0, buffer.length, from);
			return buffer;
		};
		return { head: await part(0), tail: await part(Math.max(0, size - 1024)) };
	} finally {
		await file.close();
	}
}

/** An office file is an archive with its own list of contents; the names in it decide, and programs in it refuse it. */
async function typeOfArchive(path: string): Promise<FoundType> {
	const names = await namesIn(path).catch(() => null);
	if (names === null || !names.has('[content_types].xml') || !names.has('_rels/.rels')) return null;
	const list = [...names];
	if (
		list.some(
			(name) =>
				name.endsWith('vbaproject.bin') || name.endsWith('vbadata.xml') || name.includes('/macrosheets/') || name.includes('/activex/') || name.endsWith('.exe')
		)
	)
		return 'macros';
	if (names.has('word/document.xml')) return 'docx';
	return names.has('xl/workbook.xml') ? 'xlsx' : null;
}

/** The entries of an archive in lower case, null where it is broken, encrypted or a bomb. yauzl itself refuses names that lead outside. */
async function namesIn(path: string): Promise<Set<string> | null> {
	const archive = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
	try {
		if (archive.entryCount > MOST_ENTRIES) return null;
		const names = new Set<string>();
		let unpacked = 0;
		for await (const entry of archive.eachEntry() as AsyncIterable<Entry>) {
			unpacked += entry.uncompressedSize;
			if (entry.isEncrypted() || unpacked > MOST_UNPACKED) return null;
			names.add(entry.fileName.toLowerCase());
		}
		return names;
	} finally {
		archive.close();
	}
}
