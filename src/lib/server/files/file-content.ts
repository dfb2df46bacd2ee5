import { open } from 'node:fs/promises';
import { openPromise, type Entry } from 'yauzl';
import type { ForeignKind } from '#lib/domain/form/attachment-slot.ts';
import type { FoundContent } from './file-type.ts';

/** Looks at strangers' bytes: for a reading thread, never for the one that answers requests. */

/** An honest office file of 30 MB stays far below these; an archive bomb does not. */
const MOST_ENTRIES = 5_000;
const MOST_UNPACKED = 500 * 1024 * 1024;

/** Readers of PDF look for its beginning in the first kilobyte and for its end in the last; mail programs and gateways put line ends around it. */
const PDF_BEGINS_WITHIN = 1024;
const PDF_ENDS_WITHIN = 65_536;

const NOTHING: FoundContent = { type: null, foreign: null };
const taken = (type: FoundContent['type']): FoundContent => ({ type, foreign: null });
const foreign = (kind: ForeignKind): FoundContent => ({ type: null, foreign: kind });

/** Kinds that are not taken and have a name, by their first bytes. */
const FOREIGN: readonly (readonly [RegExp, ForeignKind])[] = [
	[/^GIF8[79]a/, 'gif'],
	[/^BM[^]{12}\x28\x00\x00\x00/, 'bmp'],
	[/^(II\*\x00|MM\x00\*)/, 'tiff'],
	[/^RIFF[^]{4}WEBP/, 'webp'],
	[/^Rar!\x1a\x07/, 'rar'],
	[/^7z\xbc\xaf\x27\x1c/, '7z'],
	[/^\{\\rtf/, 'rtf'],
	[/^(\xef\xbb\xbf)?\s{0,200}<(!doctype html|html)[\s>]/i, 'html']
];

/** What the content is, whole from its beginning to its end, never its name. Bytes before or after that every reader passes over do no harm. */
export async function kindOfContent(path: string): Promise<FoundContent> {
	const bytes = await contentOf(path);
	const head = bytes.subarray(0, 4096).toString('latin1');
	const pdf = /%PDF-[12]\./.exec(head.slice(0, PDF_BEGINS_WITHIN + 8));
	if (head.startsWith('\x89PNG\r\n\x1a\n')) return isWholePng(bytes) ? taken('png') : NOTHING;
	if (head.startsWith('\xff\xd8\xff')) return isWholeJpeg(bytes) ? taken('jpg') : NOTHING;
	if (head.startsWith('PK\x03\x04')) return kindOfArchive(path);
	if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return kindOfCompound(bytes);
	if (pdf) return bytes.subarray(-PDF_ENDS_WITHIN).includes('%%EOF') ? taken('pdf') : NOTHING;
	if (/^[^]{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/.test(head)) return foreign('heic');
	const named = FOREIGN.find(([begins]) => begins.test(head));
	return named ? foreign(named[1]) : NOTHING;
}

async function contentOf(path: string): Promise<Buffer> {
	const file = await open(path, 'r');
	try {
		return await file.readFile();
	} finally {
		await file.close();
	}
}

/** Piece by piece up to the last: what stands behind it belongs to whoever put it there. */
function isWholePng(bytes: Buffer): boolean {
	if (bytes.subarray(12, 16).toString('latin1') !== 'IHDR') return false;
	for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		if (bytes.subarray(at + 4, at + 8).toString('latin1') === 'IEND') return true;
	}
	return false;
}

/** An end mark at the end; or, where something stands behind it, one that ends the picture itself: a thumbnail has one of its own. */
function isWholeJpeg(bytes: Buffer): boolean {
	return bytes.subarray(-64).includes(Buffer.from([0xff, 0xd9])) || endsItself(bytes);
}

/** Segment by segment. */
function endsItself(bytes: Buffer): boolean {
	let at = 2;
	while (at + 1 < bytes.length) {
		if (bytes[at] !== 0xff) return false;
		const mark = bytes[at + 1] ?? 0;
		if (mark === 0xd9) return true;
		if (mark === 0xff) at += 1;
		else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd7)) at += 2;
		else {
			if (at + 4 > bytes.length) return false;
			const length = bytes.readUInt16BE(at + 2);
			if (length < 2) return false;
			at += 2 + length;
			if (mark === 0xda) at = endOfScan(bytes, at);
		}
	}
	return false;
}

/** The next mark that is part of no picture data: not a stuffed byte, not a restart. */
function endOfScan(bytes: Buffer, from: number): number {
	let at = bytes.indexOf(0xff, from);
	while (at >= 0 && at + 1 < bytes.length) {
		const next = bytes[at + 1] ?? 0;
		if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
		at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
	}
	return bytes.length;
}

/** The container of Word, Excel and PowerPoint before 2007, and of what has a password since. */
function kindOfCompound(bytes: Buffer): FoundContent {
	const names: readonly (readonly [string, ForeignKind])[] = [
		['EncryptedPackage', 'locked'],
		['WordDocument', 'doc'],
		['Workbook', 'xls'],
		['PowerPoint Document', 'ppt']
	];
	const named = names.find(([name]) => bytes.includes(Buffer.from(name, 'utf16le')));
	return named ? foreign(named[1]) : NOTHING;
}

/** An office file is an archive with its own list of contents; the names in it decide, and programs in it refuse it. */
async function kindOfArchive(path: string): Promise<FoundContent> {
	const names = await namesIn(path).catch(() => null);
	if (names === null) return NOTHING;
	if (names.has('ofd.xml')) return foreign('ofd');
	if (!names.has('[content_types].xml') || !names.has('_rels/.rels')) return foreign('zip');
	const programs = [...names].some(
		(name) =>
			name.endsWith('vbaproject.bin') || name.endsWith('vbadata.xml') || name.includes('/macrosheets/') || name.includes('/activex/') || name.endsWith('.exe')
	);
	if (programs) return { type: 'macros', foreign: null };
	if (names.has('word/document.xml')) return taken('docx');
	if (names.has('xl/workbook.xml')) return taken('xlsx');
	return names.has('ppt/presentation.xml') ? foreign('ppt') : NOTHING;
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
