import { describe, expect, test } from 'vitest';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { safeFileName } from '#lib/server/files/file-name.ts';
import { headLines, sheetFileName, type SheetHead } from '#lib/server/sheets/sheet-head.ts';
import { downloadNames } from '../../support/read-sheet.ts';

/** Names of files, whatever went into them: filters people typed, names of enterprises, names of the files they sent. */
const HEAD: SheetHead = {
	title: '2026年度报告清单',
	filters: [],
	at: new Date('2026-11-29T01:00:00Z'),
	count: 12,
	by: '张三（福建省商务厅）'
};
const namesOf = (fileName: string) => downloadNames(new Response('', { headers: attachmentHeaders(fileName, 'text/plain') }));
const WINDOWS_REFUSES = /[\\/:*?"<>|\p{Cc}]/u;

describe('a name that every system takes', () => {
	test.each([
		['-审计报告.pdf', '审计报告.pdf'],
		['—清单.xlsx', '清单.xlsx'],
		['--help.xlsx', 'help.xlsx'],
		['  .隐藏.xlsx', '隐藏.xlsx'],
		['../../etc/passwd', 'etc_passwd'],
		['甲/乙：2026.xlsx', '甲_乙：2026.xlsx'],
		['a:b*c?d"e<f>g|h\\i.xlsx', 'a_b_c_d_e_f_g_h_i.xlsx'],
		['报告\u202Efdp.exe', '报告_fdp.exe'],
		['换\n行.csv', '换_行.csv'],
		['末尾 . .xlsx', '末尾.xlsx'],
		['CON.xlsx', '_CON.xlsx'],
		['com1.pdf', '_com1.pdf'],
		['.xlsx', 'file.xlsx'],
		['', 'file'],
		['~$临时.xlsx', '临时.xlsx']
	])('%j → %s', (given, safe) => expect(safeFileName(given)).toBe(safe));

	test('is never longer than file systems take, keeps its ending, and cuts no sign', () => {
		for (const name of [`${'报'.repeat(300)}.xlsx`, `${'😀'.repeat(200)}.pdf`, `a${'é'.repeat(400)}.csv`]) {
			const safe = safeFileName(name);
			expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(230);
			expect(safe).toMatch(/\.(xlsx|pdf|csv)$/);
			expect(safe.isWellFormed()).toBe(true);
		}
	});

	test('neither name of a download begins with a dash: what is left of 报送曲线-2026.csv in Latin letters did', () => {
		expect(namesOf('报送曲线-2026.csv')).toEqual({ name: '报送曲线-2026.csv', plain: '2026.csv' });
		expect(namesOf('-2026.csv')).toEqual({ name: '2026.csv', plain: '2026.csv' });
		expect(namesOf('报送曲线.csv')).toEqual({ name: '报送曲线.csv', plain: 'file.csv' });
	});
});

describe('what leaves says of itself', () => {
	test('above the table: what it is, filters in words, as of when in Beijing time, how many, who took it', () => {
		expect(headLines(HEAD)).toEqual(['2026年度报告清单', '筛选条件：无（全部）', '截至 2026-11-29 09:00（北京时间）；共 12 条；导出：张三（福建省商务厅）']);
		const filters = [
			{ label: '状态', text: '已提交' },
			{ label: '批次', text: '2021' }
		];
		expect(headLines({ ...HEAD, filters, notes: ['口径'] })).toEqual([
			'2026年度报告清单',
			'筛选条件：状态：已提交；批次：2021',
			expect.stringContaining('共 12 条'),
			'口径'
		]);
	});

	test('and in the name of the file', () => {
		expect(sheetFileName(HEAD, 'xlsx')).toBe('2026年度报告清单_截至20261129-0900_共12条.xlsx');
		const filters = [
			{ label: '状态', text: '已提交' },
			{ label: '渠道', text: '福建' }
		];
		expect(sheetFileName({ ...HEAD, filters }, 'csv')).toBe('2026年度报告清单_已提交_福建_截至20261129-0900_共12条.csv');
	});

	test.each([['-1/2'], ['../'], ['a:b'], ['长'.repeat(100)], ['"><script>'], ['\u202E'], ['CON']])(
		'a filter %j spoils no name, and day and count stay',
		(typed) => {
			const filters = [
				{ label: '名称或代码', text: typed },
				{ label: '批次', text: '2021' }
			];
			for (const title of [HEAD.title, '-2026/2027', '很长的企业名称'.repeat(20)]) {
				const { name, plain } = namesOf(sheetFileName({ ...HEAD, title, filters }, 'xlsx'));
				expect(name).not.toMatch(WINDOWS_REFUSES);
				expect(name).not.toMatch(/^[\p{Pd}.\s]/u);
				expect(plain).not.toMatch(/^[-.]/);
				expect(name).toMatch(/_截至20261129-0900_共12条\.xlsx$/);
				expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
			}
		}
	);
});
