import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

/** What an archive may hold at most. A list of 5,000 enterprises takes some 5 MB unpacked. */
const MAX_ENTRIES = 2_000;
const MAX_PART_BYTES = 30 * 1024 * 1024;
const MAX_TOTAL_BYTES = 40 * 1024 * 1024;
/** Deflate cannot exceed 1032; real sheets of many equal cells reach some 60. */
const MAX_RATIO = 150;
const RATIO_FROM_BYTES = 1024 * 1024;

/** Programs, objects of other programs, and whatever runs by itself: refused wherever they lie and whatever they are called. Anything else is left lying. */
const HARMFUL = [
	/(^|\/)vba(Project|Data)[^/]*$/i,
	/\/(macrosheets|dialogsheets|embeddings|activeX)\//i,
	/oleObject[^/]*$/i,
	/\.(exe|dll|com|scr|msi|bat|cmd|ps1|js|jse|vbs|vbe|wsf|hta|jar|lnk)$/i
];
/** What the reader of the table needs; nothing else is unpacked. */
const NEEDED = /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w.-]+\.xml)$/;

/** The parts that are needed, by name. */
export type Parts = ReadonlyMap<string, Buffer>;

type Unpacked =
	| { readonly ok: true; readonly parts: Parts }
	| { readonly ok: false; readonly problem: ImportProblem; /** The part that is refused. */ readonly part?: string };

/**
 * Unpacks an .xlsx without trusting anything it says of itself: only what is needed, under a count of its real bytes. Pictures, charts and what
 * else office programs put beside a table is not looked at; macros and embedded objects refuse the file, and the part is named.
 */
export async function unpack(bytes: Buffer): Promise<Unpacked> {
	let archive: ZipFile;
	try {
		archive = await fromBufferPromise(bytes, { strictFileNames: true });
	} catch {
		return { ok: false, problem: 'archive_damaged' };
	}
	const parts = new Map<string, Buffer>();
	const names = new Set<string>();
	let declared = 0;
	try {
		if (archive.entryCount > MAX_ENTRIES) return { ok: false, problem: 'archive_bomb' };
		for await (const entry of entriesOf(archive)) {
			const name = entry.fileName;
			if (name.endsWith('/')) continue;
			if (names.has(name)) return { ok: false, problem: 'archive_damaged' };
			names.add(name);
			if (entry.isEncrypted()) return { ok: false, problem: 'encrypted' };
			if (HARMFUL.some((part) => part.test(name))) return { ok: false, problem: 'unexpected_part', part: name.slice(0, 120) };
			if (!NEEDED.test(name)) continue;
			declared += entry.uncompressedSize;
			const swells = entry.uncompressedSize > RATIO_FROM_BYTES && entry.uncompressedSize > entry.compressedSize * MAX_RATIO;
			if (entry.uncompressedSize > MAX_PART_BYTES || declared > MAX_TOTAL_BYTES || swells) return { ok: false, problem: 'archive_bomb' };
			const content = await contentOf(archive, entry);
			const problem = partProblem(content);
			if (problem) return { ok: false, problem };
			parts.set(name, content);
		}
	} catch {
		return { ok: false, problem: 'archive_damaged' };
	} finally {
		archive.close();
	}
	const sheets = [...parts.keys()].some((name) => name.startsWith('xl/worksheets/'));
	return parts.has('xl/workbook.xml') && sheets ? { ok: true, parts } : { ok: false, problem: 'not_a_table' };
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

/** Another encoding could hide what is looked for. Both patterns read the text once. */
function partProblem(content: Buffer): ImportProblem | null {
	const text = content.toString('latin1');
	if (!/^(\xef\xbb\xbf)?\s*</.test(text)) return 'archive_damaged';
	return /<!(DOCTYPE|ENTITY)/i.test(text) ? 'document_type' : null;
}
