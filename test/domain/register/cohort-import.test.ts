import { describe, expect, it } from 'vitest';
import { indexChannels, readChannel, type ChannelName } from '#lib/domain/channel-names.ts';
import { readCategory, readDate, readEmail, readPhone, readYear } from '#lib/domain/register/cohort-cells.ts';
import { COHORT_COLUMNS, findHeader, templateHeader } from '#lib/domain/register/cohort-columns.ts';
import { readCohort, type CohortContext, type CohortRow, type RegisteredEntry } from '#lib/domain/register/cohort-import.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { day } from '#lib/domain/day.ts';

const CHANNELS: readonly ChannelName[] = [
	{ id: 'js', kind: 'province', names: ['江苏省', '江苏', '320000', 'JS', 'Jiangsu'] },
	{ id: 'bj', kind: 'province', names: ['北京市', '北京', '110000', 'BJ', 'Beijing'] },
	{ id: 'gx', kind: 'province', names: ['广西壮族自治区', '广西', '450000', 'GX', 'Guangxi'] },
	{ id: 'xj', kind: 'province', names: ['新疆维吾尔自治区', '新疆', '650000', 'XJ', 'Xinjiang'] },
	{ id: 'corps', kind: 'province', names: ['新疆生产建设兵团', '兵团', '660000', 'Corps'] },
	{ id: 'g1', kind: 'central_group', names: ['示例装备集团有限公司', 'Sample Equipment Group'] },
	{ id: 'g2', kind: 'central_group', names: ['演示能源集团', 'Demo Energy Group'] },
	{ id: 'g3', kind: 'central_group', names: ['演示能源集团有限公司'] }
];
const INDEX = indexChannels(CHANNELS);
const CONTEXT: CohortContext = { channels: CHANNELS, register: [], today: day('2026-11-24') };
const CODE = syntheticCreditCode(1);
const OTHER = syntheticCreditCode(2);
const HEADER = templateHeader();
const line = (change: Partial<Record<(typeof COHORT_COLUMNS)[number], string>> = {}): string[] => {
	const cells: Record<(typeof COHORT_COLUMNS)[number], string> = {
		name: '合成精密制造有限公司',
		creditCode: CODE,
		category: '制造业类',
		channel: '江苏省',
		cohortYear: '2022',
		announcedOn: '2022-01-05',
		announcementNumber: '2022年第1号',
		contact1Name: '甲某',
		contact1Phone: '13800000001',
		contact1Email: 'a@example.test',
		contact2Name: '乙某',
		contact2Phone: '025-88880000',
		contact2Email: ''
	};
	return COHORT_COLUMNS.map((column) => change[column] ?? cells[column]);
};
const rowsOf = (table: readonly (readonly string[])[], context = CONTEXT): readonly CohortRow[] => {
	const reading = readCohort(table, context);
	if (!reading.ok) throw new Error(reading.code);
	return reading.rows;
};
const only = (table: readonly (readonly string[])[], context = CONTEXT): CohortRow => {
	const [row, ...more] = rowsOf(table, context);
	if (!row || more.length > 0) throw new Error('not one row');
	return row;
};
const applied = (rows: readonly CohortRow[]): readonly RegisteredEntry[] =>
	rows.flatMap((row) => ('entry' in row ? [{ ...row.entry, status: 'active' as const }] : []));

describe('finding the header', () => {
	it.each(['zh-CN', 'en'] as const)('knows its own template in %s, column by column', (language) => {
		const found = findHeader([templateHeader(language)]);
		expect(found.ok && [...found.header.at.entries()]).toEqual(COHORT_COLUMNS.map((column, index) => [column, index]));
	});
	it('lies below merged titles, in another order, with stars and remarks', () => {
		const row = only([
			['2022年信息技术外包和制造业融合发展重点企业名单', '', '', '', '', ''],
			['', '', '', '', '', ''],
			['序号', '省份*', '企业 名称（全称）', '统一社会信用代码（18位）', '类别：', '批次'],
			['1', '江苏', '合成精密制造有限公司', CODE, '制造业类', '2022']
		]);
		expect(row).toMatchObject({ row: 4, outcome: 'new', entry: { channelId: 'js', creditCode: CODE, announcedOn: null, contact1Name: null } });
	});
	it('may have two rows with merged contacts', () => {
		const row = only([
			['企业名称', '统一社会信用代码', '类别', '报送渠道', '批次', '联系人1', '', '联系人2', ''],
			['', '', '', '', '', '姓名', '手机', '姓名', '手机'],
			['合成软件有限公司', CODE, 'ITO', '北京', '2025', '甲某', '13800000001', '乙某', '13800000002']
		]);
		expect(row).toMatchObject({
			row: 3,
			outcome: 'new',
			entry: { category: 'it_outsourcing', contact1Name: '甲某', contact1Phone: '13800000001', contact2Name: '乙某', contact2Phone: '13800000002' }
		});
	});
	it('says which columns are missing, and when there is nothing', () => {
		expect(readCohort([['企业名称', '类别', '批次']], CONTEXT)).toEqual({ ok: false, code: 'columns_missing', missing: ['creditCode', 'channel'] });
		expect(readCohort([], CONTEXT)).toEqual({ ok: false, code: 'empty' });
		expect(readCohort([['', ' '], ['']], CONTEXT)).toEqual({ ok: false, code: 'empty' });
	});
});

describe('each row', () => {
	it('is new, and the same once applied: the same file twice changes nothing', () => {
		const table = [HEADER, line(), line({ creditCode: OTHER, name: '合成软件有限公司', category: 'ITO', channel: '兵团' }), line({ category: '2' })];
		const first = rowsOf(table);
		expect(first.map(({ outcome }) => outcome)).toEqual(['new', 'new', 'new']);
		const second = readCohort(table, { ...CONTEXT, register: applied(first) });
		expect(second).toMatchObject({ ok: true, counts: { new: 0, changed: 0, same: 3, refused: 0, ignored: 0 } });
	});
	it('is changed field by field; an empty cell erases nothing', () => {
		const register = applied(rowsOf([HEADER, line()]));
		expect(only([HEADER, line({ channel: '北京', contact1Phone: '13900000009', contact2Name: '', announcedOn: '' })], { ...CONTEXT, register })).toMatchObject({
			outcome: 'changed',
			changes: [
				{ field: 'channelId', from: 'js', to: 'bj' },
				{ field: 'contact1Phone', from: '13800000001', to: '13900000009' }
			]
		});
	});
	it.each([
		[{ name: ' ' }, 'name', 'missing'],
		[{ name: '长'.repeat(201) }, 'name', 'too_long'],
		[{ creditCode: '' }, 'creditCode', 'missing'],
		[{ creditCode: '9.11E+17' }, 'creditCode', 'code_excel_scientific'],
		[{ creditCode: CODE.slice(1) }, 'creditCode', 'code_length'],
		[{ creditCode: `I${CODE.slice(1)}` }, 'creditCode', 'code_alphabet'],
		[{ category: '农业类' }, 'category', 'category_unknown'],
		[{ channel: '江南省' }, 'channel', 'channel_unknown'],
		[{ channel: '演示能源集团' }, 'channel', 'channel_ambiguous'],
		[{ channel: '江苏省、北京市' }, 'channel', 'channel_ambiguous'],
		[{ cohortYear: '二〇二二' }, 'cohortYear', 'year_invalid'],
		[{ cohortYear: '2027' }, 'cohortYear', 'year_out_of_range'],
		[{ announcedOn: '2022-02-30' }, 'announcedOn', 'date_invalid'],
		[{ announcedOn: '2026-11-25' }, 'announcedOn', 'date_out_of_range'],
		[{ contact1Phone: '电话见附件' }, 'contact1Phone', 'phone_invalid'],
		[{ contact1Email: 'a@b\r\nBcc: c@d.test' }, 'contact1Email', 'email_invalid']
	])('is refused at its cell: %j', (change, column, code) => {
		const row = only([HEADER, line(change)]);
		expect(row).toMatchObject({ row: 2, outcome: 'refused', cells: [{ column, code, given: (change as Record<string, string>)[column]?.slice(0, 200) }] });
	});
	it('is in doubt when the check character of its code does not fit, unless the register has that code', () => {
		const misfit = CODE.slice(0, 17) + (CODE.endsWith('A') ? 'B' : 'A');
		const row = only([HEADER, line({ creditCode: misfit })]);
		expect(row).toMatchObject({ outcome: 'new', doubtful: true, entry: { creditCode: misfit } });
		expect(only([HEADER, line({ creditCode: misfit, category: 'ITO' })], { ...CONTEXT, register: applied([row]) })).toMatchObject({
			outcome: 'new',
			doubtful: false
		});
	});
	it('is refused for all its cells at once', () => {
		const row = only([HEADER, line({ creditCode: 'x', channel: 'y', cohortYear: 'z' })]);
		expect(row.outcome === 'refused' && row.cells.map(({ column }) => column)).toEqual(['creditCode', 'channel', 'cohortYear']);
	});
	it('is refused as the later of two with the same code and category, in any spelling', () => {
		const rows = rowsOf([HEADER, line(), line({ creditCode: CODE.toLowerCase() }), line({ category: 'ITO' })]);
		expect(rows.map(({ outcome }) => outcome)).toEqual(['new', 'refused', 'new']);
		expect(rows[1]).toMatchObject({ row: 3, cells: [{ column: 'creditCode', code: 'duplicate_in_file', firstRow: 2 }] });
	});
	it('is refused when one code bears two names, or its designation has ended', () => {
		expect(rowsOf([HEADER, line(), line({ category: 'ITO', name: '另一家有限公司' })])[1]).toMatchObject({
			cells: [{ column: 'name', code: 'name_conflict_in_file', firstRow: 2 }]
		});
		const register = applied(rowsOf([HEADER, line()])).map((entry) => ({ ...entry, status: 'revoked' as const }));
		expect(only([HEADER, line()], { ...CONTEXT, register })).toMatchObject({ outcome: 'refused', cells: [{ code: 'designation_ended' }] });
	});
	it('says what it had to change to be read', () => {
		const wide = [...CODE].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
		const row = only([HEADER, line({ creditCode: wide, cohortYear: '２０２２', name: '合成\u200b精密制造有限公司', announcedOn: '44566' })]);
		expect(row).toMatchObject({ outcome: 'new', entry: { creditCode: CODE, cohortYear: 2022, name: '合成精密制造有限公司', announcedOn: '2022-01-05' } });
		expect(row.outcome === 'new' && row.notes.map(({ column, code }) => `${column}/${code}`)).toEqual([
			'name/invisible_removed',
			'creditCode/full_width',
			'cohortYear/full_width',
			'announcedOn/serial_date'
		]);
	});
	it('is ignored when it is a total, a remark or the header again; blank rows are passed over', () => {
		const table = [HEADER, line(), ['', ''], HEADER, line({ creditCode: OTHER }), ['合计', '2家'], ['', '总 计：', '', '2'], ['注：本表由两部核定']];
		expect(rowsOf(table).map((row) => (row.outcome === 'ignored' ? row.reason : row.outcome))).toEqual([
			'new',
			'repeated_header',
			'new',
			'totals',
			'totals',
			'remark'
		]);
	});
	it('named like a total is still an enterprise when it has a code', () => {
		expect(only([HEADER, line({ name: '合计科技有限公司' })]).outcome).toBe('new');
	});
	it('survives rows of any shape', () => {
		const hostile = [
			HEADER,
			[],
			['\u0000'],
			['=cmd|x'],
			Array.from({ length: 300 }, () => '\u202e'),
			[`${'9'.repeat(1_000_000)}`],
			['__proto__', 'constructor'],
			Array.from({ length: 13 }, () => '('.repeat(1_000_000)),
			Array.from({ length: 13 }, () => '、兵团'.repeat(300_000))
		];
		expect(rowsOf(hostile).every(({ outcome }) => outcome === 'refused')).toBe(true);
	});
});

describe('channels as people write them', () => {
	it.each([
		['江苏', 'js'],
		['江苏省', 'js'],
		[' 江 苏 ', 'js'],
		['320000', 'js'],
		['３２００００', 'js'],
		['32', 'js'],
		['js', 'js'],
		['Jiangsu Province', 'js'],
		['江苏省商务厅', 'js'],
		['江苏省工业和信息化厅', 'js'],
		['江苏省商务厅、江苏省工业和信息化厅', 'js'],
		['北京市商务局', 'bj'],
		['北京市经济和信息化局', 'bj'],
		['广西壮族自治区商务厅', 'gx'],
		['广西', 'gx'],
		['新疆', 'xj'],
		['新疆维吾尔自治区', 'xj'],
		['兵团', 'corps'],
		['新疆生产建设兵团商务局', 'corps'],
		['660000', 'corps'],
		['xpcc', 'corps'],
		['示例装备集团有限公司', 'g1'],
		['示例装备集团', 'g1'],
		['sample equipment group', 'g1']
	])('%s', (given, channelId) => {
		expect(readChannel(given, INDEX)).toEqual({ ok: true, channelId });
	});
	it.each(['', '省', '商务厅', '苏', '320001', '江苏江苏', '、'])('%j is none', (given) => {
		expect(readChannel(given, INDEX)).toEqual({ ok: false, code: 'channel_unknown' });
	});
});

describe('cells as people write them', () => {
	it.each([
		'2022-01-05',
		'2022/1/5',
		'2022.1.5',
		'2022年1月5日',
		'2022 年 1 月 5 日',
		'20220105',
		'44566',
		'44566.75',
		'２０２２－０１－０５',
		'2022-01-05T00:00:00.000Z',
		'2022-01-05 00:00:00'
	])('the date %s', (given) => {
		expect(readDate(given, CONTEXT.today)).toMatchObject({ ok: true, value: '2022-01-05' });
	});
	it.each(['2022-1', '5/1/2022', '2022-13-01', '今年', '1', '2022-01-05x'])('no date: %s', (given) => {
		expect(readDate(given, CONTEXT.today)).toEqual({ ok: false, code: 'date_invalid' });
	});
	it.each(['制造业类', '制造业', '制造业类重点企业', 'Manufacturing', '1', '1、制造业类重点企业'])('manufacturing: %s', (given) => {
		expect(readCategory(given)).toMatchObject({ ok: true, value: 'manufacturing' });
	});
	it.each(['信息技术外包类', '信息技术服务外包类', '信息技术外包', 'ITO', 'ito类', '２', 'it_outsourcing', 'IT outsourcing', '信息技术外包类重点企业'])(
		'it_outsourcing: %s',
		(given) => {
			expect(readCategory(given)).toMatchObject({ ok: true, value: 'it_outsourcing' });
		}
	);
	it('years, telephones and e-mail', () => {
		for (const given of ['2025', '2025年', '2025年度', '2025.0']) expect(readYear(given, 2026)).toMatchObject({ ok: true, value: 2025 });
		for (const given of ['2020', '2027', '9999']) expect(readYear(given, 2026)).toEqual({ ok: false, code: 'year_out_of_range' });
		expect(readPhone('138 0000 0001')).toMatchObject({ ok: true, value: '13800000001' });
		expect(readPhone('(025) 8888-0000转12')).toMatchObject({ ok: true, value: '02588880000x12' });
		expect(readEmail(' a.b@example.test ')).toMatchObject({ ok: true, value: 'a.b@example.test' });
		for (const given of ['a@b', '@b.c', 'a@@b.c', 'a b@c.d']) expect(readEmail(given)).toEqual({ ok: false, code: 'email_invalid' });
	});
});

describe('方案第七条: 企业性质 of a list that carries it, beside the channel', () => {
	const withOwnership = (ownership: string, channel: string, heading = '企业性质') => [
		[...HEADER, heading],
		[...line({ channel }), ownership]
	];
	const noted = (table: readonly (readonly string[])[]) => {
		const row = only(table);
		return 'notes' in row ? row.notes.filter(({ code }) => code === 'channel_mismatch') : null;
	};

	it.each([
		['中央管理', '江苏省', 1],
		['1.中央管理', '江苏省', 1],
		['中央企业', '江苏省', 1],
		['中央管理', '示例装备集团有限公司', 0],
		['民营', '示例装备集团有限公司', 1],
		['2、地方国有集体', '示例装备集团有限公司', 1],
		['民营', '江苏省', 0],
		['/', '示例装备集团有限公司', 0],
		['', '江苏省', 0]
	])('%j through %s: %d note, and the row is taken', (ownership, channel, notes) => {
		const table = withOwnership(ownership, channel);
		expect(only(table).outcome).toBe('new');
		expect(noted(table)).toHaveLength(notes);
	});

	it('names what the list says, under each heading such a column has', () => {
		for (const heading of ['企业性质', '单位性质', '所有制', 'Ownership'])
			expect(noted(withOwnership('中央管理', '江苏', heading))).toEqual([{ column: 'channel', code: 'channel_mismatch', given: '中央管理', taken: '江苏' }]);
	});

	it('says nothing of a list without the column', () => {
		expect(noted([HEADER, line({ channel: '示例装备集团有限公司' })])).toEqual([]);
	});
});
