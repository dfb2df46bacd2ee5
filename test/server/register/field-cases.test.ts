import { beforeAll, describe, expect, test } from 'vitest';
import { readCreditCode, syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { templateHeader } from '#lib/domain/register/cohort-columns.ts';
import type { PlannedRow } from '#lib/domain/register/cohort-plan.ts';
import { applyCohortImport } from '#lib/server/acts/register/apply-cohort-import.ts';
import { confirmCreditCode } from '#lib/server/acts/register/confirm-credit-code.ts';
import { planCohortImport, type CohortPlan } from '#lib/server/acts/register/plan-cohort-import.ts';
import type { Actor } from '#lib/server/actor.ts';
import { archiveOf, workbookOf, workbookParts } from '../../support/archive.ts';
import { caseFile } from '../../support/cases.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';

/** 方案第十条: lists as offices send them. Each file stands for a kind; beside it stand others of its kind. */
let database: TestDatabase;
let handler: Actor;
let approver: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	handler = await buildOfficial(database, 'mofcom', null, 'handler');
	approver = await buildOfficial(database, 'miit', null, 'approver');
});

const TAKE = { corrections: false, hidden: false };
const plan = async (bytes: Buffer) => {
	const done = await planCohortImport(handler, { name: '名单', bytes });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	const [row] = await database.adminSql<{ rows: CohortPlan }[]>`select rows from cohort_import where id = ${done.importId}`;
	if (!row) throw new Error('nothing was stored');
	return { importId: done.importId, sheet: row.rows.sheet, rows: row.rows.rows };
};
const entryOf = (row: PlannedRow | undefined) => (row && 'entry' in row ? row.entry : undefined);
const notesOf = (row: PlannedRow | undefined) => (row && 'notes' in row ? row.notes.map(({ column, code }) => `${column} ${code}`) : []);
const cellsOf = (row: PlannedRow | undefined) => (row?.outcome === 'refused' ? row.cells.map(({ column, code, given }) => `${column} ${code} ${given}`) : []);
const registered = async (code: string) => {
	const [row] = await database.adminSql<{ name: string; contacts: string[] }[]>`
		select e.name, array(select concat_ws(' ', c.name, c.phone) from enterprise_contact c where c.enterprise_id = e.id order by c.place) as contacts
		from enterprise e where e.credit_code = ${code}`;
	return row;
};
let next = 940_000;
const line = (change: Partial<Record<'name' | 'code' | 'category' | 'channel' | 'cohort' | 'on' | 'number' | 'c1' | 'p1' | 'e1', string>> = {}) => {
	const full = {
		name: '试验旁证有限公司',
		code: syntheticCreditCode((next += 1)),
		category: '制造业类',
		channel: '江苏省',
		cohort: '2025',
		on: '2025-03-10',
		number: '试〔2025〕1号',
		c1: '甲经办',
		p1: '13800000000',
		e1: 'a@example.cn',
		...change
	};
	return [full.name, full.code, full.category, full.channel, full.cohort, full.on, full.number, full.c1, full.p1, full.e1];
};
const listOf = (...lines: readonly string[][]) => workbookOf([templateHeader(), ...lines]);
const csvOf = (...lines: readonly string[][]) => Buffer.from([templateHeader().slice(0, 10), ...lines].map((cells) => cells.join(',')).join('\n'));

describe('merged cells', () => {
	test('every row of a merged range has the value, and a note says so', async () => {
		const { rows } = await plan(caseFile('01-vertical-merge.xlsx'));
		expect(rows.map((row) => [row.row, row.outcome, entryOf(row)?.channelId, entryOf(row)?.cohortYear, entryOf(row)?.announcedOn])).toEqual([
			[3, 'new', '320000', 2025, '2025-03-10'],
			[4, 'new', '320000', 2025, '2025-03-10'],
			[5, 'new', '320000', 2025, '2025-03-10'],
			[6, 'new', '440000', 2025, '2025-03-10'],
			[7, 'new', '440000', 2025, '2025-03-10']
		]);
		expect(notesOf(rows[1])).toEqual(['channel merged', 'cohortYear merged', 'announcedOn merged', 'announcementNumber merged']);
		expect(notesOf(rows[0])).toEqual([]);
	});
	test('an enterprise merged over its two categories; a merged title fills nothing', async () => {
		const [head, ...cells] = [templateHeader(), line(), ['', '', '信息技术外包类', ...line().slice(3)]];
		const merged = workbookOf([['名单'], head ?? [], ...cells], ['A1:M1', 'A3:A4', 'B3:B4']);
		const { rows } = await plan(merged);
		expect(rows.map((row) => [row.outcome, entryOf(row)?.name, entryOf(row)?.category])).toEqual([
			['new', '试验旁证有限公司', 'manufacturing'],
			['new', '试验旁证有限公司', 'it_outsourcing']
		]);
		expect(entryOf(rows[1])?.creditCode).toBe(entryOf(rows[0])?.creditCode);
	});
	test('an empty row inside a merged range stays no enterprise', async () => {
		const { rows } = await plan(workbookOf([templateHeader(), line(), [], line()], ['D2:D4']));
		expect(rows.map(({ row }) => row)).toEqual([2, 4]);
	});
});

describe('what is hidden', () => {
	test('hidden rows are marked and left to a choice', async () => {
		const file = caseFile('02-hidden-rows-filter.xlsx');
		const { rows, importId } = await plan(file);
		expect(rows.map((row) => [row.row, row.outcome, row.hidden])).toEqual([
			[2, 'new', false],
			[3, 'new', true],
			[4, 'new', true],
			[5, 'new', false]
		]);
		expect(await applyCohortImport(approver, importId, TAKE)).toMatchObject({ ok: true, designations: 2, notTaken: 2 });
		expect(await registered('91990000814536808G')).toBeUndefined();
		const again = await plan(file);
		expect(await applyCohortImport(approver, again.importId, { corrections: false, hidden: true })).toMatchObject({ ok: true, designations: 2, same: 2 });
		expect(await registered('91990000814536808G')).toMatchObject({ name: '试验筛选乙有限公司' });
	});
	test('a row of no height is hidden too, and a hidden row makes no visible one a repetition', async () => {
		const code = syntheticCreditCode((next += 1));
		const cell = (text: string, at: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
		const inline = (cells: readonly string[], row: number, extra: string) =>
			`<row r="${row}"${extra}>${cells.map((text, at) => cell(text, `${String.fromCharCode(65 + at)}${row}`)).join('')}</row>`;
		const data = [inline(templateHeader(), 1, ''), inline(line({ code }), 2, ' ht="0" customHeight="1"'), inline(line({ code }), 3, '')].join('');
		const { rows } = await plan(archiveOf(workbookParts(`<sheetData>${data}</sheetData>`)));
		expect(rows.map((row) => [row.hidden, row.outcome])).toEqual([
			[true, 'refused'],
			[false, 'new']
		]);
	});
	test('the first visible sheet with the columns is read, and what was read and what not is named', async () => {
		const { rows, sheet } = await plan(caseFile('13b-hidden-old-list-first.xlsx'));
		expect(rows.map((row) => entryOf(row)?.name)).toEqual(['试验新名单乙有限公司']);
		expect(sheet).toEqual({ name: '名单', ignored: [{ name: '旧名单', hidden: true }] });
	});
	test('a chart on another sheet is no matter, and that sheet is named', async () => {
		const { rows, sheet } = await plan(caseFile('11-chart-sheet2.xlsx'));
		expect(rows.map(({ outcome }) => outcome)).toEqual(['new']);
		expect(sheet).toEqual({ name: '名单', ignored: [{ name: '统计', hidden: false }] });
	});
});

describe('formulas and what stands in cells without being a text', () => {
	test('a formula without a result is said as such, never as not filled in', async () => {
		const { rows } = await plan(caseFile('04-formula-no-cache.xlsx'));
		expect(cellsOf(rows[0])).toEqual([
			'name formula_without_result =CONCATENATE("试验无缓存","甲有限公司")',
			'announcedOn formula_without_result =DATE(2025,3,10)'
		]);
		expect(cellsOf(rows[1])).toEqual(['cohortYear formula_without_result =YEAR(DATE(2025,3,10))']);
		expect(rows[1]).toMatchObject({ name: '试验无缓存乙有限公司', code: '91990000228103655G' });
	});
	test('an error is said as what it is', async () => {
		const { rows } = await plan(caseFile('05-formula-errors.xlsx'));
		expect(rows.map(cellsOf)).toEqual([['name formula_error #N/A'], ['announcementNumber formula_error #REF!', 'contact1Name formula_error #N/A']]);
	});
	test('a text formula without a value element, and a text cell without a text, do not make the file unreadable', async () => {
		const [head, cells] = [templateHeader(), line()];
		const inline = (text: string, at: number, row: number) => `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`;
		const row2 = cells.map((text, at) => (at === 0 ? '<c r="A2" t="str"><f>A9&amp;"有限公司"</f></c>' : at === 9 ? '<c r="J2" t="s"/>' : inline(text, at, 2)));
		const data = `<row r="1">${head.map((text, at) => inline(text, at, 1)).join('')}</row><row r="2">${row2.join('')}</row>`;
		const { rows } = await plan(archiveOf(workbookParts(`<sheetData>${data}</sheetData>`)));
		expect(cellsOf(rows[0])).toEqual(['name formula_without_result =A9&"有限公司"']);
	});
	test.each([
		['03-formula-cached.xlsx', ['试验公式甲有限公司'], '2025-03-10'],
		['08-date1904.xlsx', ['试验一九〇四甲有限公司'], '2025-03-10'],
		['09-wps-cellimages.xlsx', ['试验嵌图甲有限公司', '试验嵌图乙有限公司'], '2025-03-10'],
		['14-phonetic-richtext.xlsx', ['试验拼音甲有限公司', '试验富文本乙有限公司'], '2025-03-10']
	])('%s is read', async (file, names, on) => {
		const { rows } = await plan(caseFile(file));
		expect(rows.map((row) => [row.outcome, entryOf(row)?.name, entryOf(row)?.announcedOn])).toEqual(names.map((name) => ['new', name, on]));
	});
});

describe('white space in Chinese names', () => {
	test('between Han characters it is removed, and noted', async () => {
		const { rows } = await plan(caseFile('06-names-spaces-breaks.xlsx'));
		for (const row of rows) {
			expect(row.outcome).toBe('new');
			expect(entryOf(row)?.name).not.toMatch(/[\s\u200b]/);
		}
		expect(notesOf(rows[0])).toContain('name space_removed');
		expect(entryOf(rows[0])?.name).toBe('试验换行科技有限公司');
	});
	test('a known name with a line break in it is no change', async () => {
		const known = listOf(line({ name: '翎筠（演示）电子器件有限公司', code: '91990000338076205B', cohort: '2022', on: '2022-01-05' }));
		expect(await applyCohortImport(approver, (await plan(known)).importId, TAKE)).toMatchObject({ ok: true, designations: 1 });
		const { rows } = await plan(caseFile('50-known-name-line-break.xlsx'));
		expect(rows.map(({ outcome, corrections }) => [outcome, corrections])).toEqual([['same', []]]);
	});
	test('names of people spread to three characters are no change', async () => {
		expect(await applyCohortImport(approver, (await plan(caseFile('51a-contact-names.xlsx'))).importId, TAKE)).toMatchObject({ ok: true, designations: 1 });
		const { rows } = await plan(caseFile('51b-contact-names-padded.xlsx'));
		expect(rows.map(({ outcome }) => outcome)).toEqual(['same']);
		expect(await registered('91990000185656582C')).toMatchObject({ contacts: ['王芳 13800000000', '李娜 13900000000'] });
	});
	test('nor are half-width brackets, another kind of bracket in a number, hyphens in a telephone, capitals in an address', async () => {
		const code = syntheticCreditCode((next += 1));
		const first = line({ code, name: '试验（苏州）有限公司', p1: '0512-88888888' });
		expect(await applyCohortImport(approver, (await plan(listOf(first))).importId, TAKE)).toMatchObject({ ok: true });
		// Entered by another way: with a hyphen.
		await database.adminSql`
			update enterprise_contact set phone = '0512-88888888' where enterprise_id = (select id from enterprise where credit_code = ${code})`;
		for (const change of [
			{ p1: '051288888888' },
			{ p1: '(0512) 8888 8888' },
			{ p1: '+86 0512-88888888' },
			{ name: '试验(苏州) 有限公司' },
			{ number: '试[2025] 1号' },
			{ e1: 'A@Example.cn' }
		]) {
			const { rows } = await plan(listOf(line({ code, name: '试验（苏州）有限公司', p1: '0512-88888888', ...change })));
			expect([change, rows.map(({ outcome, corrections }) => [outcome, corrections])]).toEqual([change, [['same', []]]]);
		}
		const { rows } = await plan(listOf(line({ code, name: '试验（苏州）有限公司', p1: '0512-88888889' })));
		expect(rows.map(({ outcome }) => outcome)).toEqual(['changed']);
	});
});

describe('codes whose check character does not fit', () => {
	test('the good row is applied; an approver confirms the other with a reason, and the journal has it', async () => {
		const file = caseFile('20-code-legacy-check.xlsx');
		const first = await plan(file);
		expect(first.rows.map((row) => [row.outcome, 'doubtful' in row && row.doubtful])).toEqual([
			['new', true],
			['new', false]
		]);
		expect(await applyCohortImport(approver, first.importId, TAKE)).toMatchObject({ ok: true, designations: 1, notTaken: 1 });
		expect(await registered('91990000MA70010291')).toBeUndefined();
		expect(await registered('91990000MA70011177')).toBeDefined();

		const { importId } = await plan(file);
		const reason = '已核对营业执照，系早年赋码';
		expect(await confirmCreditCode(handler, importId, 2, reason)).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
		expect(await confirmCreditCode(approver, importId, 3, reason)).toEqual({ ok: false, refusal: { code: 'not_found' } });
		expect(await confirmCreditCode(approver, importId, 2, reason)).toMatchObject({ ok: true });
		expect(await confirmCreditCode(approver, importId, 2, reason)).toEqual({ ok: false, refusal: { code: 'already_done' } });
		const journal = await database.adminSql<{ after: unknown }[]>`select after from journal where act = 'confirm-credit-code'`;
		expect(journal).toMatchObject([{ after: { row: 2, creditCode: '91990000MA70010291', reason } }]);
		expect(await applyCohortImport(approver, importId, TAKE)).toMatchObject({ ok: true, designations: 1, same: 1, notTaken: 0 });
		expect(await registered('91990000MA70010291')).toMatchObject({ name: '试验老代码（校验位不合）有限公司' });
		// What was confirmed once is not asked again.
		expect((await plan(file)).rows.map(({ outcome }) => outcome)).toEqual(['same', 'same']);
	});
	test('mistyped in one place it is in doubt as well; with another fault it is refused, and both are said', async () => {
		const good = syntheticCreditCode((next += 1));
		const wrong = `${good.slice(0, 17)}${good.endsWith('0') ? '1' : '0'}`;
		expect(readCreditCode(wrong)).toMatchObject({ ok: false, problem: { code: 'check', given: wrong } });
		const { rows } = await plan(
			listOf(line({ code: wrong }), line({ code: `${wrong.slice(0, 16)}${wrong[16] === '1' ? '2' : '1'}${wrong[17] ?? ''}`, channel: '江南' }))
		);
		expect(rows[0]).toMatchObject({ outcome: 'new', doubtful: true });
		expect(cellsOf(rows[1]).map((cell) => cell.split(' ').slice(0, 2).join(' '))).toEqual(['channel channel_unknown', 'creditCode code_check']);
	});
});

describe('separated text of the field', () => {
	test.each([
		['31-gb18030-bom-quoted.csv', '试验国标签名乙有限公司', '91990000363772157D'],
		['34-utf16le-tab.csv', '试验宽字节戊有限公司', '919900002946256388'],
		['35-excel-text-formula.csv', '试验等号引号庚有限公司', '919900002600523768'],
		['36-sep-line.csv', '试验分隔声明壬有限公司', '91990000225479112D'],
		['40-newline-in-quoted.csv', '试验单元格内换行乙有限公司', '919900006044727032']
	])('%s is read', async (file, name, creditCode) => {
		const { rows } = await plan(caseFile(file));
		expect(rows.map((row) => row.outcome)).toEqual(['new']);
		expect(entryOf(rows[0])).toMatchObject({ name, creditCode, contact1Phone: '13800000000', contact2Phone: '13900000000' });
	});
	test('a declared separator is believed over a more frequent one; quoted text formulas and apostrophes are texts', async () => {
		const cells = line({ number: '"试,一,二,三,四,五,六,七,八,九,十,十一,十二,十三,十四号"' });
		const lines = [templateHeader().slice(0, 10), cells].map((row) => row.join(';')).join('\r\n');
		expect(entryOf((await plan(Buffer.from(`sep=;\r\n${lines}`))).rows[0])).toMatchObject({ name: '试验旁证有限公司' });
		const code = syntheticCreditCode((next += 1));
		const kept = await plan(csvOf(line({ code: `"=""${code}"""`, p1: "'13800000009" })));
		expect(entryOf(kept.rows[0])).toMatchObject({ creditCode: code, contact1Phone: '13800000009' });
	});
	test.each(['/', '／', '无', '—', '-', '——', 'N/A', '暂无', ' \\ '])('%j is empty: a contact that is none, and a name that is missing', async (nothing) => {
		const { rows } = await plan(csvOf(line({ c1: nothing, p1: nothing, e1: nothing }), line({ name: nothing })));
		expect(entryOf(rows[0])).toMatchObject({ contact1Name: null, contact1Phone: null, contact1Email: null });
		expect(rows[1]).toMatchObject({ outcome: 'refused', cells: [{ column: 'name', code: 'missing' }] });
	});
	test('44-dash-for-empty.csv is taken without contacts', async () => {
		const { rows } = await plan(caseFile('44-dash-for-empty.csv'));
		expect(entryOf(rows[0])).toMatchObject({ contact1Name: null, contact1Phone: null, contact2Name: null, contact2Phone: null, contact2Email: null });
	});
	test('45-phones.csv: of several numbers the first is kept, and the note says so', async () => {
		const { rows } = await plan(caseFile('45-phones.csv'));
		expect(rows.map((row) => entryOf(row)?.contact1Phone)).toEqual([
			'13800000000',
			'051288888888x801',
			'051288888888',
			'+8613800000000',
			'13800000000',
			'051288888888'
		]);
		expect(rows.map((row) => notesOf(row).includes('contact1Phone first_of_several'))).toEqual([true, false, false, false, true, false]);
	});
	test('several lines, several addresses; where one part is no number the cell is refused and the list goes on', async () => {
		const { rows } = await plan(
			listOf(line({ p1: '13800000001\n13800000002' }), line({ e1: 'a@example.cn；b@example.cn' }), line({ p1: '13800000001 转告张三' }), line())
		);
		expect(rows.map((row) => row.outcome)).toEqual(['new', 'new', 'refused', 'new']);
		expect(entryOf(rows[0])?.contact1Phone).toBe('13800000001');
		expect(entryOf(rows[1])?.contact1Email).toBe('a@example.cn');
		expect(cellsOf(rows[2])).toEqual(['contact1Phone phone_invalid 13800000001 转告张三']);
	});
	test('46-annex-headers.csv: the headers of the annex, numbered categories, a batch in words; the line of the sender is a remark', async () => {
		const { rows } = await plan(caseFile('46-annex-headers.csv'));
		expect(rows.map((row) => row.outcome)).toEqual(['new', 'ignored']);
		expect(entryOf(rows[0])).toMatchObject({
			name: '试验表头甲有限公司',
			category: 'manufacturing',
			cohortYear: 2025,
			announcementNumber: '试〔2025〕1号',
			contact1Name: '甲经办',
			contact2Name: '乙经办',
			contact2Phone: '13900000000'
		});
		const others = await plan(csvOf(line({ category: '（二）信息技术外包类', cohort: '2025年度第2批' }), line({ category: '1.制造业类', cohort: '2025年' })));
		expect(others.rows.map((row) => [entryOf(row)?.category, entryOf(row)?.cohortYear])).toEqual([
			['it_outsourcing', 2025],
			['manufacturing', 2025]
		]);
	});
});

test('a part that is refused is named, a picture beside the list is not looked at', async () => {
	const plain = workbookParts('<sheetData/>');
	for (const name of ['xl/vbaProject.bin', 'xl/embeddings/oleObject1.bin'])
		expect(await planCohortImport(handler, { name: 'x.xlsx', bytes: archiveOf([...plain, { name, content: 'x' }]) })).toEqual({
			ok: false,
			refusal: { code: 'invalid_input', fields: { file: 'unexpected_part', part: name } }
		});
	const list = [templateHeader(), line()].map((cells, y) =>
		cells.map((text, x) => `<c r="${String.fromCharCode(65 + x)}${y + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')
	);
	const beside = [
		'xl/externalLinks/externalLink1.xml',
		'xl/slicers/slicer1.xml',
		'xl/charts/chart1.xml',
		'xl/ctrlProps/ctrlProp1.xml',
		'customUI/customUI.xml',
		'xl/model/item.data'
	];
	const parts = workbookParts(`<sheetData>${list.map((cells, y) => `<row r="${y + 1}">${cells}</row>`).join('')}</sheetData>`);
	const done = await planCohortImport(handler, { name: 'x.xlsx', bytes: archiveOf([...parts, ...beside.map((name) => ({ name, content: 'x' }))]) });
	expect(done).toMatchObject({ ok: true });
});
