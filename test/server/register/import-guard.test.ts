import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/server/import/guard.ts';
import { run } from '#lib/server/import/reading-thread.ts';
import { archiveOf, workbookOf, workbookParts } from '../../support/archive.ts';

/** quality.md 1, Files: no reader survives hostile files alone. What a file is, is seen from its content. */
const problemOf = async (bytes: Buffer) => {
	const read = await readTable(bytes);
	return read.ok ? `taken: ${read.table.length} rows` : read.problem;
};
/** The rows alone; what is said of a sheet has tests of its own. */
const tableOf = async (bytes: Buffer) => {
	const read = await readTable(bytes);
	return read.ok ? { ok: true, table: read.table } : read;
};
const sheet = (xml: string) => archiveOf(workbookParts(xml));

describe('what can be read is read', () => {
	test('a workbook as a spreadsheet program writes it, with texts, numbers and days', async () => {
		const bytes = await writeXlsxFile([
			[{ value: '企业名称' }, { value: '批次' }, { value: '公布日期' }],
			[{ value: '示例企业' }, { value: 2022, type: Number }, { value: new Date(Date.UTC(2022, 0, 5)), type: Date, format: 'yyyy-mm-dd' }]
		]).toBuffer();
		expect(await tableOf(bytes)).toEqual({
			ok: true,
			table: [
				['企业名称', '批次', '公布日期'],
				['示例企业', '2022', '2022-01-05']
			]
		});
	});
	test('a number keeps the figures it has in the file, so that a rounded code is seen as rounded', async () => {
		const bytes = archiveOf(workbookParts('<sheetData><row r="1"><c r="A1"><v>9.1110000000000006E+17</v></c></row></sheetData>'));
		expect(await tableOf(bytes)).toEqual({ ok: true, table: [['9.1110000000000006E+17']] });
	});
	test('empty rows above and between stay, so that a row is named by its number in the spreadsheet', async () => {
		expect(await tableOf(sheet('<sheetData><row r="3"><c r="B3"><v>7</v></c></row><row r="5"><c r="A5"><v>8</v></c></row></sheetData>'))).toEqual({
			ok: true,
			table: [
				['', ''],
				['', ''],
				['', '7'],
				['', ''],
				['8', '']
			]
		});
	});
	test('merged cells: the text stands in the first, the others are empty', async () => {
		expect(
			await tableOf(
				workbookOf(
					[
						['联系人', null, 'x'],
						['姓名', '电话', 'y']
					],
					['A1:B1']
				)
			)
		).toEqual({
			ok: true,
			table: [
				['联系人', '', 'x'],
				['姓名', '电话', 'y']
			]
		});
	});
	test.each([
		['UTF-8', Buffer.from('企业名称,批次\r\n"甲,乙 ""丙""",2022\r\n')],
		['UTF-8 with its mark', Buffer.from('\ufeff企业名称,批次\n"甲,乙 ""丙""",2022')],
		['semicolons', Buffer.from('企业名称;批次\n"甲,乙 ""丙""";2022\n')],
		['tabs in UTF-16', Buffer.from('\ufeff企业名称\t批次\n"甲,乙 ""丙"""\t2022\n', 'utf16le')]
	])('separated text: %s', async (_name, bytes) => {
		expect(await tableOf(bytes)).toEqual({
			ok: true,
			table: [
				['企业名称', '批次'],
				['甲,乙 "丙"', '2022']
			]
		});
	});
	test('GB18030, as Excel in Chinese writes separated text', async () => {
		// 企业名称,批次 / 镕基,2022 with 镕, which GB2312 does not have
		const bytes = Buffer.from([
			0xc6, 0xf3, 0xd2, 0xb5, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xc5, 0xfa, 0xb4, 0xce, 0x0a, 0xe9, 0x46, 0xbb, 0xf9, 0x2c, 0x32, 0x30, 0x32, 0x32
		]);
		expect(await tableOf(bytes)).toEqual({
			ok: true,
			table: [
				['企业名称', '批次'],
				['镕基', '2022']
			]
		});
	});
	test('a blank after a closing quote is not content; what else stands there, and a quote inside a cell, is read as written', async () => {
		expect(await tableOf(Buffer.from('"甲,乙" ,丙\n"丁"戊,己"庚\n'))).toEqual({
			ok: true,
			table: [
				['甲,乙', '丙'],
				['"丁"戊', '己"庚']
			]
		});
	});
	test('empty lines and trailing separators make no enterprises and lose none', async () => {
		expect(await tableOf(Buffer.from('a,b,\n\nc,d,'))).toEqual({ ok: true, table: [['a', 'b', ''], [''], ['c', 'd', '']] });
	});
});

describe('what would harm is refused, each with its own reason', () => {
	test('0 bytes', async () => expect(await problemOf(Buffer.alloc(0))).toBe('file_empty'));
	test('more than 5 MB', async () => expect(await problemOf(Buffer.alloc(5 * 1024 * 1024 + 1, 'a'))).toBe('file_too_large'));
	test('one cell at XFD1048576 in a file of a kilobyte', async () => {
		const bytes = sheet('<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>');
		expect(bytes.length).toBeLessThan(2_500);
		expect(await problemOf(bytes)).toBe('too_many_rows');
		expect(await problemOf(sheet('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'))).toBe('too_many_columns');
		expect(await problemOf(sheet("<sheetData><row><c\nr = 'XFD1048576'><v>1</v></c></row></sheetData>"))).toBe('too_many_rows');
	});
	test('a million rows that name no place', async () =>
		expect(await problemOf(sheet(`<sheetData>${'<row/>'.repeat(400_000)}</sheetData>`))).toMatch(/too_many_rows|archive_bomb/));
	test('a part that unpacks to a thousand times its size', async () =>
		expect(await problemOf(sheet(`<sheetData>${' '.repeat(28 * 1024 * 1024)}</sheetData>`))).toBe('archive_bomb'));
	test('a part that lies about its size', async () => {
		const parts = workbookParts('<sheetData/>').map((part) =>
			part.name.endsWith('sheet1.xml') ? { ...part, content: Buffer.alloc(60 * 1024 * 1024, ' '), claims: 500 } : part
		);
		expect(await problemOf(archiveOf(parts))).toBe('archive_damaged');
	});
	test('many parts, two of one name; macros and embedded objects, and the part is named', async () => {
		const plain = workbookParts('<sheetData/>');
		expect(await problemOf(archiveOf([...plain, ...Array.from({ length: 2_000 }, (_, n) => ({ name: `xl/media/${n}.png`, content: 'x' }))]))).toBe(
			'archive_bomb'
		);
		expect(await problemOf(archiveOf([...plain, ...plain.slice(-1)]))).toBe('archive_damaged');
		for (const name of ['xl/vbaProject.bin', 'xl/embeddings/oleObject1.bin', 'xl/macrosheets/sheet1.xml', 'xl/activeX/activeX1.xml', 'evil.exe'])
			expect(await readTable(archiveOf([...plain, { name, content: 'x' }]))).toEqual({ ok: false, problem: 'unexpected_part', part: name });
		expect(await problemOf(archiveOf([...plain, { name: '../../etc/passwd', content: 'x' }]))).toBe('archive_damaged');
	});
	test('a document type with an entity that reads another file, also in another encoding', async () => {
		const parts = workbookParts('<sheetData/>');
		const evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>';
		const having = (content: Buffer | string) => archiveOf(parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, content } : part)));
		expect(await problemOf(having(evil))).toBe('document_type');
		expect(await problemOf(having(Buffer.from(`\ufeff${evil}`, 'utf16le')))).toBe('archive_damaged');
	});
	test('locked with a password: as Excel does it, and as an archive', async () => {
		const ole = Buffer.concat([
			Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
			Buffer.alloc(504),
			Buffer.from('EncryptedPackage', 'utf16le'),
			Buffer.alloc(480)
		]);
		expect(await problemOf(ole)).toBe('encrypted');
		expect(await problemOf(archiveOf(workbookParts('<sheetData/>').map((part) => ({ ...part, encrypted: true }))))).toBe('encrypted');
	});
	test('a workbook of before 2007, a program, a picture, an archive of something else, half a file', async () => {
		expect(await problemOf(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(1024)]))).toBe('old_excel');
		expect(await problemOf(Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00', 'latin1'), Buffer.alloc(500)]))).toBe('not_a_table');
		expect(await problemOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]))).toBe('not_a_table');
		expect(await problemOf(archiveOf([{ name: 'word/document.xml', content: '<x/>' }]))).toBe('not_a_table');
		expect(await problemOf(workbookOf([['a']]).subarray(0, 600))).toBe('archive_damaged');
	});
	test('too many rows, columns, characters in separated text; a quote that never ends; bytes of no encoding', async () => {
		expect(await problemOf(Buffer.from('a\n'.repeat(5_001)))).toBe('too_many_rows');
		expect(await problemOf(Buffer.from('a,'.repeat(70) + 'b'))).toBe('too_many_columns');
		expect(await problemOf(Buffer.from('x'.repeat(2_001)))).toBe('cell_too_long');
		expect(await problemOf(Buffer.from('a,"b\nc'))).toBe('quote_open');
		expect(await problemOf(Buffer.from([0x61, 0xff, 0xff, 0xff, 0x0a]))).toBe('encoding_unknown');
	});
	test('nothing but separators, crooked quotes, one open quote: answered, and the process answers meanwhile', async () => {
		for (const [bytes, answer] of [
			[Buffer.alloc(1_000_000, ','), 'taken: 1 rows'],
			[Buffer.alloc(1_000_000, '"a"b,'), 'too_many_columns'],
			[Buffer.concat([Buffer.from('"'), Buffer.alloc(5_000_000, 'a')]), 'quote_open']
		] as const) {
			let ticks = 0;
			const ticking = setInterval(() => (ticks += 1), 10);
			expect(await problemOf(bytes)).toBe(answer);
			clearInterval(ticking);
			expect(ticks).toBeGreaterThan(3);
		}
	});
	test('a reader that does not come to an end is stopped, and one that fails is unreadable', async () => {
		expect(await run(new URL('data:text/javascript,for (;;);'), {}, 200)).toEqual({ ok: false, why: 'took_too_long' });
		expect(await run(new URL('data:text/javascript,throw new Error("broken")'), {})).toEqual({ ok: false, why: 'unreadable' });
		const greedy = new URL(`data:text/javascript,${encodeURIComponent('const all = []; for (;;) all.push(new Array(100_000).fill(1.5));')}`);
		expect(await run(greedy, {})).toEqual({ ok: false, why: 'unreadable' });
	});
	test('the largest list that is allowed is read, and the process still answers', async () => {
		const rows = Array.from({ length: 5_000 }, (_, y) => Array.from({ length: 13 }, (_, x) => `第${y}行第${x}列的文字`));
		expect(await problemOf(workbookOf(rows))).toBe('taken: 5000 rows');
	});
});
