import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeOfFile } from '#lib/server/files/file-type.ts';
import { readTable } from '#lib/server/import/guard.ts';
import { archiveOf, workbookParts } from '../../support/archive.ts';
import { archiveOf as storedArchiveOf } from '../../support/office-file.ts';
import { watched } from '../../support/watched-thread.ts';

/**
 * A workbook of two kilobytes held the server up for 48 seconds. Whatever reads a stranger's file does it in a thread of its own: the longest
 * wait of the one that answers is asserted, and that a thread was started.
 */
const HELD_UP_MS = 250;
const sheet = (xml: string) => archiveOf(workbookParts(xml));
const part = (name: string, content: string) =>
	archiveOf([...workbookParts('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>').filter((one) => one.name !== name), { name, content }]);
let warm = false;
const warmUp = async () => {
	// The first thread of a process compiles what it runs; no file is to blame for that.
	if (!warm) await readTable(Buffer.from('a,b'));
	warm = true;
};

describe('files that would take seconds', () => {
	test.each<[string, Buffer, RegExp]>([
		['a cell begun 340,000 times and never ended', sheet('<c '.repeat(340_000)), /archive_damaged/],
		['the same inside a row', sheet(`<sheetData><row>${'<c r="A1'.repeat(120_000)}`), /archive_damaged/],
		['comments that never end', sheet('<!--'.repeat(250_000)), /archive_damaged/],
		['instructions that never end', sheet('<?x '.repeat(250_000)), /archive_damaged/],
		['a tag of nothing but blanks', sheet(`<row${' '.repeat(1_000_000)}x`), /archive_damaged/],
		['a cell with as many attributes as fit', sheet(`<sheetData><row><c ${'a="" '.repeat(200_000)}/></row></sheetData>`), /archive_damaged/],
		[
			'fifty thousand merged columns of the whole sheet',
			sheet(`<sheetData/><mergeCells>${'<mergeCell ref="A1:A5000"/>'.repeat(35_000)}</mergeCells>`),
			/archive_bomb/
		],
		['a workbook that names a sheet 20,000 times', part('xl/workbook.xml', `<workbook>${'<sheet name="x" r:id="rId1"/>'.repeat(20_000)}</workbook>`), /./],
		['entities in every letter', part('xl/sharedStrings.xml', `<sst><si><t>${'&amp;'.repeat(200_000)}</t></si></sst>`), /cell_too_long|not_a_table|unreadable/],
		['five megabytes of separators', Buffer.alloc(5_000_000, ','), /./],
		['five megabytes of crooked quotes', Buffer.alloc(5_000_000, '"a"b,'), /too_many_columns|took_too_long/],
		['five megabytes of declared separators', Buffer.concat([Buffer.from('sep=;\n'), Buffer.alloc(4_900_000, '=";')]), /./],
		['five megabytes of blanks', Buffer.alloc(5_000_000, ' '), /./]
	])('%s: a thread reads it and is stopped in time', async (_what, bytes, problem) => {
		expect(bytes.length).toBeLessThanOrEqual(5 * 1024 * 1024);
		await warmUp();
		const began = performance.now();
		const { answer, heldUpMs, threads } = await watched(() => readTable(bytes));
		expect(answer.ok ? 'read' : answer.problem).toMatch(problem);
		expect(threads).toBe(1);
		expect(heldUpMs).toBeLessThan(HELD_UP_MS);
		expect(performance.now() - began).toBeLessThan(12_000);
	});

	test('ten at once wait for two threads at a time, and every one is answered', async () => {
		const { answer, heldUpMs, threads } = await watched(() => Promise.all(Array.from({ length: 10 }, () => readTable(sheet('<c '.repeat(340_000))))));
		expect(answer.map((one) => (one.ok ? 'read' : one.problem))).toEqual(Array.from({ length: 10 }, () => 'archive_damaged'));
		expect(threads).toBe(10);
		expect(heldUpMs).toBeLessThan(HELD_UP_MS);
	});
});

describe('attachments are looked at in a thread as well', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'hostile-'));
	});
	afterAll(() => rm(folder, { recursive: true }));
	const entries = Object.fromEntries(Array.from({ length: 4_900 }, (_, n) => [`${n}-${'x'.repeat(200)}`, '']));
	test.each<[string, () => Buffer, string | null]>([
		['a picture of thirty megabytes that is all marks', () => Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(30_000_000, 0xff)]), null],
		[
			'a picture whose data never ends',
			() => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2]), Buffer.alloc(30_000_000, Buffer.from([0xff, 0]))]),
			null
		],
		[
			'a picture of four million empty pieces',
			() =>
				Buffer.concat([
					Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\0IHDR\0\0\0\0', 'latin1'),
					Buffer.alloc(12 * 2_400_000, Buffer.from('\0\0\0\0tEXt\0\0\0\0', 'latin1'))
				]),
			null
		],
		[
			'an archive of 4,900 long names',
			() => storedArchiveOf({ ...entries, '[Content_Types].xml': '<x/>', '_rels/.rels': '<x/>', 'word/document.xml': '<x/>' }),
			'docx'
		],
		[
			'thirty megabytes that begin as an old document',
			() => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(30_000_000, 'W\0')]),
			null
		]
	])('%s', async (what, bytes, type) => {
		const path = join(folder, `${what.length}.part`);
		await writeFile(path, bytes());
		const { answer, heldUpMs, threads } = await watched(() => typeOfFile(path));
		expect(answer.type).toBe(type);
		expect(threads).toBe(1);
		expect(heldUpMs).toBeLessThan(HELD_UP_MS);
	});
});
