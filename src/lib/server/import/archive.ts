import { crc32 } from 'node:zlib';
import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

/** What an archive may hold at most. A list of 5,000 enterprises takes some 5 MB unpacked. */
const MAX_ENTRIES = 200;
const MAX_PART_BYTES = 30 * 1024 * 1024;
const MAX_TOTAL_BYTES = 40 * 1024 * 1024;
/** Deflate cannot exceed 1032; real sheets of many equal cells reach some 60. */
const MAX_RATIO = 150;
const RATIO_FROM_BYTES = 1024 * 1024;

/** Parts office programs write beside a table; macros, embedded objects and links to other files are none of them. */
const EXPECTED = [
	/^\[Content_Types\]\.xml$/,
	/^_rels\/\.rels$/,
	/^docProps\/[\w.-]+$/,
	/^docMetadata\/[\w.-]+$/,
	/^customXml\/[\w./-]+$/,
	/^xl\/(workbook|styles|sharedStrings|calcChain|metadata|WPSSheetProps|wpsCustomData)\.xml$/i,
	/^xl\/_rels\/workbook\.xml\.rels$/,
	/^xl\/worksheets\/(_rels\/)?[\w.-]+\.xml(\.rels)?$/,
	/^xl\/(theme|printerSettings|drawings|media|tables|persons|threadedComments|richData|featurePropertyBag|custom|customStorage)\/[\w./-]+$/,
	/^xl\/comments[\w.-]*\.xml$/,
	/^xpackage\/[\w./-]+$/
];
/** What the reader of the table needs; nothing else is handed on. */
const NEEDED = /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w.-]+\.xml)$/;

export interface SheetLimits {
	readonly rows: number;
	readonly columns: number;
}

/**
 * Looks an .xlsx over without trusting anything it says of itself: every part is unpacked under a count of its real bytes, its cells are
 * counted before anybody builds a table of them, and what is left is packed anew, so that the reader sees only what was looked at.
 */
export async function packAnew(
	bytes: Buffer,
	limits: SheetLimits
): Promise<{ readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly problem: ImportProblem }> {
	let archive: ZipFile;
	try {
		archive = await fromBufferPromise(bytes, { strictFileNames: true });
	} catch {
		return { ok: false, problem: 'archive_damaged' };
	}
	const kept: { name: string; content: Buffer }[] = [];
	const names = new Set<string>();
	let declared = 0;
	try {
		if (archive.entryCount > MAX_ENTRIES) return { ok: false, problem: 'archive_bomb' };
		for await (const entry of entriesOf(archive)) {
			if (entry.fileName.endsWith('/')) continue;
			if (names.has(entry.fileName)) return { ok: false, problem: 'archive_damaged' };
			names.add(entry.fileName);
			if (entry.isEncrypted()) return { ok: false, problem: 'encrypted' };
			if (!EXPECTED.some((part) => part.test(entry.fileName))) return { ok: false, problem: 'unexpected_part' };
			declared += entry.uncompressedSize;
			const swells = entry.uncompressedSize > RATIO_FROM_BYTES && entry.uncompressedSize > entry.compressedSize * MAX_RATIO;
			if (entry.uncompressedSize > MAX_PART_BYTES || declared > MAX_TOTAL_BYTES || swells) return { ok: false, problem: 'archive_bomb' };
			if (!NEEDED.test(entry.fileName)) continue;
			const content = await contentOf(archive, entry);
			const problem = partProblem(entry.fileName, content, limits);
			if (problem) return { ok: false, problem };
			kept.push({ name: entry.fileName, content });
		}
	} catch {
		return { ok: false, problem: 'archive_damaged' };
	} finally {
		archive.close();
	}
	if (!names.has('xl/workbook.xml') || ![...names].some((name) => name.startsWith('xl/worksheets/'))) return { ok: false, problem: 'not_a_table' };
	return { ok: true, bytes: pack(kept) };
}

async function* entriesOf(archive: ZipFile): AsyncGenerator<Entry> {
	for (;;) {
		const entry = await new Promise<Entry | null>((resolve, reject) => {
			const settle = (answer: Entry | null) => {
				archive.off('entry', settle).off('end', ended).off('error', reject);
				resolve(answer);
			};
			const ended = () => settle(null);
			archive.once('entry', settle).once('end', ended).once('error', reject);
			archive.readEntry();
		});
		if (entry === null) return;
		yield entry;
	}
}

/** The declared size is the cap: yauzl ends the stream with an error when a part turns out larger or smaller. */
async function contentOf(archive: ZipFile, entry: Entry): Promise<Buffer> {
	const stream = await archive.openReadStreamPromise(entry);
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function partProblem(name: string, content: Buffer, limits: SheetLimits): ImportProblem | null {
	const text = content.toString('latin1');
	// Another encoding could hide what is looked for below.
	if (!/^(\xef\xbb\xbf)?\s*</.test(text)) return 'archive_damaged';
	if (/<!(DOCTYPE|ENTITY)/i.test(text)) return 'document_type';
	if (!name.startsWith('xl/worksheets/')) return null;
	let rows = 0;
	for (const match of text.matchAll(/<(?:\w+:)?(row|c)\b([^>]*)>/g)) {
		if (match[1] === 'row' && ++rows > limits.rows) return 'too_many_rows';
		const at = /\sr\s*=\s*["']([A-Za-z]*)(\d+)["']/.exec(match[2] ?? '');
		if (!at) continue;
		if (Number(at[2]) > limits.rows) return 'too_many_rows';
		if (columnNumber(at[1] ?? '') > limits.columns) return 'too_many_columns';
	}
	const cells = text.split(/<(?:\w+:)?c[\s>/]/).length - 1;
	return cells > limits.rows * limits.columns ? 'too_many_columns' : null;
}

/** A → 1, Z → 26, AA → 27; 0 for none. */
function columnNumber(letters: string): number {
	return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** A plain archive, nothing compressed: local headers, directory and end say the same. */
function pack(parts: readonly { readonly name: string; readonly content: Buffer }[]): Buffer {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content } of parts) {
		const title = Buffer.from(name, 'utf8');
		const about = Buffer.alloc(26);
		about.writeUInt16LE(20, 0);
		about.writeUInt16LE(0x21, 8); // 1 January 1980: an archive needs a date, and none is of interest
		about.writeUInt32LE(crc32(content), 10);
		about.writeUInt32LE(content.length, 14);
		about.writeUInt32LE(content.length, 18);
		about.writeUInt16LE(title.length, 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.from([0x50, 0x4b, 0x01, 0x02, 20, 0]), about, tail, title);
		pieces.push(Buffer.from([0x50, 0x4b, 0x03, 0x04]), about, title, content);
		offset += 4 + about.length + title.length + content.length;
	}
	const size = directory.reduce((sum, piece) => sum + piece.length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...pieces, ...directory, end]);
}
