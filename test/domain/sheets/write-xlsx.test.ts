import readXlsxFile from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { countColumn, dayColumn, figureCell, instantColumn, rateColumn, textColumn, yearColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { tableToCsv } from '#lib/server/sheets/write-csv.ts';
import { tableToXlsx } from '#lib/server/sheets/write-xlsx.ts';
import type { Day } from '#lib/domain/day.ts';
import { readSheet } from '../../support/read-sheet.ts';

/** What leaves as a sheet, as other programs read it: by another reader, and by the XML itself. */
interface Row {
	readonly name: string;
	readonly code: string;
	readonly dueOn: Day | null;
	readonly at: Date | null;
	readonly rate: string | number | null;
	readonly wan: string | null;
	readonly count: number | null;
	readonly year: number;
}

const columns: SheetColumn<Row>[] = [
	textColumn('企业', (row) => row.name),
	textColumn('邮编', (row) => row.code),
	dayColumn('应于', (row) => row.dueOn),
	instantColumn('提交', (row) => row.at),
	rateColumn('比率', (row) => row.rate),
	{ header: '营业收入（万元）', cell: (row) => figureCell(row.wan, '#,##0.00') },
	countColumn('人数', (row) => row.count),
	yearColumn('批次', (row) => row.year)
];
const ROW: Row = {
	name: '甲公司',
	code: '000045',
	dueOn: '2026-11-30' as Day,
	// 24:00 in Beijing is 16:00 of that day in UTC: in the sheet the next day begins.
	at: new Date('2026-11-30T16:00:00.000Z'),
	rate: '0.049822',
	wan: '1234.50',
	count: 1200,
	year: 2021
};
const EMPTY: Row = { ...ROW, name: '乙公司', dueOn: null, at: null, rate: null, wan: null, count: null };
const head = ['清单', '筛选条件：无（全部）', '截至 2026-11-29 09:00（北京时间）；共 2 条'];
const write = (rows: readonly Row[], more: Partial<Parameters<typeof tableToXlsx<Row>>[0]> = {}) => tableToXlsx({ name: '清单', head, columns, rows, ...more });

describe('cells', () => {
	test('are text, dates in Beijing time and numbers for another reader', async () => {
		const [sheet] = await readXlsxFile(await write([ROW, EMPTY]));
		const [found, empty] = sheet?.data.slice(-2) ?? [];
		expect(found).toEqual(['甲公司', '000045', new Date('2026-11-30T00:00:00Z'), new Date('2026-12-01T00:00:00Z'), 0.049822, 1234.5, 1200, 2021]);
		expect(empty).toEqual(['乙公司', '000045', null, null, null, null, null, 2021]);
	});

	test('bear the format of their kind: per cent, two places of 万元, a day, a minute, no thousands in a year', async () => {
		const { rows } = await readSheet(await write([ROW]));
		expect(rows[0]?.map(({ type, format }) => [type, format])).toEqual([
			['text', '@'],
			['text', '@'],
			['number', 'yyyy-mm-dd'],
			['number', 'yyyy-mm-dd hh:mm'],
			['number', '0.0###%'],
			['number', '#,##0.00'],
			['number', '#,##0'],
			['number', '0']
		]);
		// Serial 46357 is 1 December 2026.
		expect(rows[0]?.[3]?.value).toBe('46357');
	});

	test.each([
		['postcode', '000045'],
		['credit code of digits', '911101080000000123'],
		['telephone', '01012345678'],
		['telephone with plus', '+86 10 1234'],
		['like a formula', '=HYPERLINK("http://x")'],
		['like a minus', '-1+2'],
		['like a function', '@sum(1)']
	])('%s stays text', async (_, text) => {
		const file = await write([{ ...ROW, code: text }]);
		const { rows, sheetXml } = await readSheet(file);
		expect(rows[0]?.[1]).toMatchObject({ value: text, type: 'text', format: '@' });
		expect(sheetXml).not.toContain('<f>');
	});

	test('a figure longer than a double holds stays exact, as text', async () => {
		const { rows } = await readSheet(await write([{ ...ROW, wan: '12345678901234567.89' }]));
		expect(rows[0]?.[5]).toMatchObject({ value: '12345678901234567.89', type: 'text' });
	});

	test('an instant has whole seconds, however long ago', async () => {
		const { rows } = await readSheet(await write([{ ...ROW, at: new Date('2026-11-29T01:02:59.999Z') }]));
		expect(Math.round(Number(rows[0]?.[3]?.value) * 86_400) % 60).toBe(59);
		expect(Math.abs(Number(rows[0]?.[3]?.value) * 86_400 - Math.round(Number(rows[0]?.[3]?.value) * 86_400))).toBeLessThan(0.001);
	});

	test('what XML cannot hold is left out, and a text longer than Excel takes is cut', async () => {
		const { rows } = await readSheet(await write([{ ...ROW, name: `a\u0000\u0008b${'长'.repeat(40_000)}` }]));
		expect(rows[0]?.[0]?.value.startsWith('ab长')).toBe(true);
		expect(rows[0]?.[0]?.value.length).toBeGreaterThan(32_000);
		expect(rows[0]?.[0]?.value.length).toBeLessThanOrEqual(32_767);
	});
});

describe('the sheet', () => {
	test('has the lines above the table, a bold head with borders, frozen, under a filter that sums are no part of', async () => {
		const read = await readSheet(await write([ROW, EMPTY], { totals: [{ ...ROW, name: '合计' }] }));
		expect(read.head).toEqual(head);
		expect(read.headers.map(({ value }) => value)).toEqual(columns.map(({ header }) => header));
		expect(read.headers.every(({ bold, bordered }) => bold && bordered)).toBe(true);
		expect(read.filter).toEqual({ first: 4, last: 6 });
		expect(read.rows).toHaveLength(3);
		expect(read.rows.flat().every(({ bordered }) => bordered)).toBe(true);
		expect(read.rows[1]?.every(({ bold }) => !bold)).toBe(true);
		expect(read.rows[2]?.[0]).toMatchObject({ value: '合计', bold: true });
		expect(read.sheetXml).toMatch(/<pane [^>]*ySplit="4"/);
		expect(read.workbookXml).toContain(`<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'清单'!$A$4:$H$6</definedName>`);
	});

	test('prints across A4, one page wide, its head on every page, the pages counted', async () => {
		const read = await readSheet(await write([ROW]));
		expect(read.sheetXml).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
		expect(read.sheetXml).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
		expect(read.sheetXml).toContain('<oddFooter>&amp;L清单&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter>');
		expect(read.workbookXml).toContain(`<definedName name="_xlnm.Print_Titles" localSheetId="0">'清单'!$A:$A,'清单'!$4:$4</definedName>`);
	});

	test('its parts stand in the order of the standard, or Excel repairs the file', async () => {
		const { sheetXml, stylesXml } = await readSheet(await write([ROW]));
		const inOrder = (xml: string, names: readonly string[]) => names.map((name) => xml.indexOf(`<${name}`));
		for (const places of [
			inOrder(sheetXml, ['sheetPr', 'sheetViews', 'cols', 'sheetData', 'autoFilter', 'pageMargins', 'pageSetup', 'headerFooter']),
			inOrder(stylesXml, ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles'])
		]) {
			expect(Math.min(...places)).toBeGreaterThan(0);
			expect(places).toEqual([...places].sort((a, b) => a - b));
		}
	});

	test('has a named default style with a font and a size', async () => {
		const { stylesXml } = await readSheet(await write([ROW]));
		expect(stylesXml).toContain('<cellStyle name="Normal" xfId="0" builtinId="0"/>');
		expect(/<fonts[^>]*><font>.*?<\/font>/s.exec(stylesXml)?.[0]).toMatch(/<sz val="11"\/>.*<name val="宋体"\/>/);
	});

	test('is read where nothing is in it, and where its name is refused', async () => {
		for (const name of ['', "'", '2026/2027: 清单?[1]*', '很长的名字'.repeat(20), 'a&b <c>']) {
			const read = await readSheet(await write([], { name, head: ['a & b < c'] }));
			expect(read.name).toMatch(/^[^\\/?*[\]:']{1,31}$/);
			expect(read.head).toEqual(['a & b < c']);
			expect(read.filter).toEqual({ first: 2, last: 2 });
			expect((await readXlsxFile(await write([], { name })))[0]?.data.at(-1)).toEqual(columns.map(({ header }) => header));
		}
	});

	test('while it is written others have their turn, every two hundred rows', async () => {
		let turns = 0;
		let writing = true;
		const others = (): void => {
			turns += 1;
			if (writing) setImmediate(others);
		};
		setImmediate(others);
		await write(Array.from({ length: 4_000 }, (_, n) => ({ ...ROW, name: `企业${n}` })));
		writing = false;
		expect(turns).toBeGreaterThanOrEqual(20);
	});

	test('rows to be filled in are text, so that 000045 stays what is typed', async () => {
		const { rows } = await readSheet(await write([], { blankRows: 3 }));
		expect(rows).toHaveLength(3);
		expect(rows.flat().every(({ type, format }) => type === 'empty' && format === '@')).toBe(true);
	});
});

describe('as .csv', () => {
	const lines = (rows: readonly Row[]) => tableToCsv({ name: '', head, columns, rows }).split('\r\n');

	test('the same lines stand above the same table, in UTF-8 with its mark', () => {
		const [title, filters, asOf, empty, header, first, last, ...rest] = lines([ROW, EMPTY]);
		expect([title, filters, asOf, empty]).toEqual([`\ufeff${head[0] ?? ''}`, head[1], head[2], '']);
		expect(header).toBe('企业,邮编,应于,提交,比率,营业收入（万元）,人数,批次');
		expect(first).toBe('甲公司,000045,2026-11-30,2026-12-01 00:00,0.049822,1234.5,1200,2021');
		expect(last).toBe('乙公司,000045,,,,,,2021');
		expect(rest).toEqual(['']);
	});

	test('what begins like a formula does not, and quotes are doubled', () => {
		expect(lines([{ ...ROW, name: '=1+2', code: 'a"b,c' }])[5]?.startsWith(`"'=1+2","a""b,c",`)).toBe(true);
	});
});
