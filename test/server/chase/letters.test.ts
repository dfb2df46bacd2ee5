/** Letters of the chase board and of the overview: whom they name, by whose facts, and that taking one changes nothing but the journal. */
import { beforeAll, describe, expect, test } from 'vitest';
import { makeLetter } from '#lib/server/acts/chase/make-letter.ts';
import type { Actor } from '#lib/server/actor.ts';
import { day } from '#lib/domain/day.ts';
import type { OfficialPaper, PaperBlock, PaperTable } from '#lib/domain/official-paper.ts';
import { circularLetter } from '#lib/server/letters/circular-letter.ts';
import { addresseesOf } from '#lib/server/letters/letter-channels.ts';
import type { LetterFrame } from '#lib/server/letters/letter-words.ts';
import { channelsLetter, enterprisesLetter } from '#lib/server/letters/urging-letter.ts';
import { channelLetter } from '#lib/server/reads/channel/channel-letter.ts';
import type { ChaseQuery } from '#lib/server/reads/channel/channel-chase-facts.ts';
import { ministryLetter, type MinistryLetterQuery } from '#lib/server/reads/ministry/ministry-letter.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { wordFile } from '#lib/server/word/word-file.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildGroup, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';
import { halfWidthMarks } from '../../support/half-width.ts';
import { paragraphsOf, partsOf, tablesOf } from '../../support/word-file.ts';
import { writtenSoFar } from '../../support/written.ts';

/** The third day after the ministries' date. */
process.env['APP_NOW'] = '2026-12-03T10:00:00+08:00';
process.env['APP_ENV'] = 'demonstration';
const NOW = new Date(process.env['APP_NOW']);
const JIANGSU = '320000';
const HUBEI = '420000';
const HOSTILE = '某某&<𬭎>"制造"有限公司';

const CHASE: ChaseQuery = {
	year: 2026,
	list: null,
	stage: null,
	category: null,
	cohort: null,
	q: '',
	sort: 'name',
	descending: false,
	after: null,
	before: null,
	open: null
};
const OVERVIEW: MinistryLetterQuery = { kind: 'urging', year: 2026, category: null, cohort: null };
const FRAME: LetterFrame = { terms: { number: null, on: day('2026-12-03') }, head: 'blank', offices: ['某厅'], addressees: '', contact: '' };

let owner: TestDatabase;
let commerce: Actor;
let industry: Actor;
let hubei: Actor;
let mofcom: Actor;
let group: Actor;
let idle: SceneReport;
let waiting: SceneReport;
let approved: SceneReport;
let pending: SceneReport;
let ofGroup: SceneReport;

beforeAll(async () => {
	owner = await applicationDatabase();
	await openYear(owner, 2026);
	await buildGroup(owner, 'g900');
	[commerce, industry, hubei, mofcom, group] = await Promise.all([
		buildOfficial(owner, 'commerce', JIANGSU),
		buildOfficial(owner, 'industry', JIANGSU),
		buildOfficial(owner, 'commerce', HUBEI),
		buildOfficial(owner, 'mofcom', null, 'handler'),
		buildOfficial(owner, 'group', 'g900')
	]);
	idle = await buildReport(owner, { channelId: JIANGSU, name: HOSTILE });
	await buildReport(owner, { channelId: JIANGSU, name: '外包示例公司', category: 'it_outsourcing', cohortYear: 2022 });
	waiting = await buildReport(owner, { channelId: JIANGSU, name: '待审示例公司' });
	approved = await buildReport(owner, { channelId: JIANGSU, name: '齐备示例公司' });
	pending = await buildReport(owner, { channelId: JIANGSU, name: '待确认示例公司' });
	await submitReport(owner, waiting);
	await signReport(owner, waiting.reportId, [commerce]);
	await submitReport(owner, approved);
	await signReport(owner, approved.reportId, [commerce, industry]);
	await owner.adminSql`update annual_report set excuse_pending = true where id = ${pending.reportId}`;
	await buildReport(owner, { channelId: HUBEI, name: '湖北示例公司' });
	ofGroup = await buildReport(owner, { channelId: 'g900', name: '集团示例公司' });
});

const tableIn = (paper: OfficialPaper, annex: number): PaperTable => {
	const annexes = paper.blocks.filter((block): block is Extract<PaperBlock, { kind: 'attachment' }> => block.kind === 'attachment');
	const found = annexes[annex]?.blocks.find((block): block is PaperTable => block.kind === 'table');
	if (!found) throw new Error('no table');
	return found;
};
const textOf = (paper: OfficialPaper): string => paper.blocks.map((block) => ('text' in block ? block.text : '')).join('\n');
const year = { year: 2026, ministryDueOn: day('2026-11-30'), departureNo: null };

describe('a department writes to its enterprises', () => {
	test('to those that hold a report, and to nobody else', async () => {
		const found = await channelLetter(commerce, CHASE, NOW);
		expect(found.lines.map(({ enterpriseName }) => enterpriseName).toSorted()).toEqual([HOSTILE, '外包示例公司'].toSorted());
		expect(found.skipped).toEqual({ with_channel: 2, excuse_pending: 1 });
		expect(found.lines[0]).toMatchObject({ daysLate: 3, daysByOwner: { enterprise: 3 }, daysPastOwn: 18, ownDueOn: '2026-11-15' });
		expect(found.offices).toEqual({ own: expect.stringContaining('商务主管部门') as string, other: expect.stringContaining('工业和信息化主管部门') as string });
	});

	test('the two departments are equals: the same lines, each with its own name', async () => {
		const [one, other] = await Promise.all([channelLetter(commerce, CHASE, NOW), channelLetter(industry, CHASE, NOW)]);
		expect(other.lines).toEqual(one.lines);
		expect(other.offices).toEqual({ own: one.offices.other, other: one.offices.own });
	});

	test('under the filters of the board', async () => {
		const names = async (changes: Partial<ChaseQuery>) =>
			(await channelLetter(commerce, { ...CHASE, ...changes }, NOW)).lines.map(({ enterpriseName }) => enterpriseName);
		expect(await names({ category: 'it_outsourcing' })).toEqual(['外包示例公司']);
		expect(await names({ cohort: 2025 })).toEqual([HOSTILE]);
		expect(await names({ q: '外包' })).toEqual(['外包示例公司']);
		expect(await names({ list: 'waiting' })).toEqual([]);
		expect(await names({ list: 'overdue' })).toHaveLength(2);
	});

	test('never to those of another channel', async () => {
		expect((await channelLetter(hubei, CHASE, NOW)).lines.map(({ enterpriseName }) => enterpriseName)).toEqual(['湖北示例公司']);
		const own = await channelLetter(group, CHASE, NOW);
		expect(own.lines.map(({ reportId }) => reportId)).toEqual([ofGroup.reportId]);
		// A group is one office: there is nobody to sign with.
		expect(own.offices.other).toBeNull();
	});

	test('with the article in its own words, the year’s date, and counts that add up', async () => {
		const { lines } = await channelLetter(commerce, CHASE, NOW);
		const paper = enterprisesLetter(FRAME, { year, channelDueOn: day('2026-11-15'), channelKind: 'province', lines, now: NOW });
		const text = textOf(paper);
		expect(text).toContain('商办服贸函〔2021〕360号');
		expect(text).toContain('每年11月30日前将本年度企业信息技术外包和制造业融合发展情况');
		expect(text).toContain('期限为2026年11月30日24时');
		expect(text).toContain('截至2026年12月3日10时，');
		expect(text).toContain('企业2家、2026年度报告2份');
		expect(text).toContain('未启动填报2份。');
		expect(text).toContain('已超过的2份');
		expect(text).toContain('已逾期的2份');
		const { rows } = tableIn(paper, 0);
		expect(rows.find((row) => row[1] === HOSTILE)?.slice(2)).toEqual(['制造业类', '未启动填报', '10月8日', '11月15日', '超过提交期限18天；逾期3天（企业3天）']);
	});

	test('a date that both ministries moved is said with its document, and as no rule of the plan', () => {
		const moved = { year: 2026, ministryDueOn: day('2026-12-20'), departureNo: '商办服贸函〔2026〕9号' };
		const paper = enterprisesLetter(FRAME, { year: moved, channelDueOn: day('2026-12-01'), channelKind: 'central_group', lines: [], now: NOW });
		expect(textOf(paper)).toContain('由商务部、工业和信息化部以商办服贸函〔2026〕9号定为2026年12月20日24时（非方案规定）');
		expect(textOf(paper)).toContain('尚待提交中央企业集团');
	});

	test('signed by one office or by both, whoever prepares it first; addressed by name where they are few', async () => {
		const { lines } = await channelLetter(commerce, CHASE, NOW);
		const about = { year, channelDueOn: day('2026-11-15'), channelKind: 'province', lines, now: NOW } as const;
		const joint = enterprisesLetter({ ...FRAME, offices: ['甲厅', '乙厅'], head: 'printed' }, about);
		expect(joint.blocks.find(({ kind }) => kind === 'signature')).toEqual({ kind: 'signature', offices: ['甲厅', '乙厅'], date: '2026年12月3日' });
		expect(joint.head).toEqual({ office: '甲厅\n乙厅', number: '〔2026〕　　号' });
		const addressee = (paper: OfficialPaper) => paper.blocks.find((block) => block.kind === 'addressee')?.text ?? '';
		expect(addressee(joint).split('、').toSorted()).toEqual([HOSTILE, '外包示例公司'].toSorted());
		expect(addressee(enterprisesLetter({ ...FRAME, addressees: '各位' }, about))).toBe('各位');
		const [line] = lines;
		if (!line) throw new Error('no line');
		const many = Array.from({ length: 6 }, (_, index) => ({ ...line, enterpriseName: `企业${index}` }));
		expect(addressee(enterprisesLetter(FRAME, { ...about, lines: many }))).toBe('有关重点企业');
	});

	test('as Word, with the names as they are', async () => {
		const { lines } = await channelLetter(commerce, CHASE, NOW);
		const paper = enterprisesLetter({ ...FRAME, contact: '某某 025-1' }, { year, channelDueOn: day('2026-11-15'), channelKind: 'province', lines, now: NOW });
		const document = (await partsOf(await wordFile(paper))).get('word/document.xml') ?? '';
		expect(tablesOf(document)[0]).toHaveLength(3);
		expect(tablesOf(document)[0]?.map((row) => row[1])).toContain(HOSTILE);
		expect(paragraphsOf(document)).toEqual(
			expect.arrayContaining(['关于催报2026年度信息技术外包和制造业融合发展情况的函', '（联系人及电话：某某 025-1）'.replace('联系人及电话：', '')])
		);
	});
});

describe('a ministry writes to the channels', () => {
	test('to those that owe, each with what lies with whom', async () => {
		const found = await ministryLetter(mofcom, OVERVIEW, NOW);
		expect(found.channels.map(({ id, lines }) => [id, lines.length])).toEqual([
			[JIANGSU, 4],
			[HUBEI, 1],
			['g900', 1]
		]);
		expect(found.skipped).toEqual({ excuse_pending: 1 });
		expect(found.channels[0]?.offices).toHaveLength(2);
		const paper = channelsLetter(FRAME, { year, channels: found.channels, scope: OVERVIEW, pending: 1, now: NOW });
		const text = textOf(paper);
		expect(text).toContain('所列3个渠道尚有2026年度报告6份未报送商务部、工业和信息化部：在企业4份、待工业和信息化主管部门审核1份、审核意见齐备待报送1份。');
		expect(text).toContain('另有1份已申报无法报送');
		const held = tableIn(paper, 0);
		// Every row adds up to its first figure, every column to the last row; who holds nothing anywhere has no column.
		expect(held.columns.map(({ header }) => header)).toEqual(['报送渠道', '未报送', '在企业', '待工业和信息化主管部门审核', '审核意见齐备待报送', '已逾期']);
		const figures = held.rows.map((row) => row.slice(1).map(Number));
		for (const [reports = 0, ...rest] of figures) expect(rest.slice(0, -1).reduce((sum, n) => sum + n, 0)).toBe(reports);
		const total = figures.at(-1) ?? [];
		expect(total).toEqual(total.map((_, index) => figures.slice(0, -1).reduce((sum, row) => sum + (row[index] ?? 0), 0)));
		const reports = tableIn(paper, 1);
		expect(reports.rows).toHaveLength(6);
		expect(reports.rows.find((row) => row[2] === '齐备示例公司')).toEqual(expect.arrayContaining(['报送渠道']));
	});

	test('limited as the overview is, and says so', async () => {
		const found = await ministryLetter(mofcom, { ...OVERVIEW, category: 'it_outsourcing' }, NOW);
		expect(found.channels.map(({ id, lines }) => [id, lines.length])).toEqual([[JIANGSU, 1]]);
		const scope = { category: 'it_outsourcing', cohort: 2022 } as const;
		expect(textOf(channelsLetter(FRAME, { year, channels: found.channels, scope, pending: 0, now: NOW }))).toContain(
			'本件所称报告限于：信息技术外包类、2022年批次。'
		);
	});

	test('the circular tells the overview’s own figures, and they add up', async () => {
		const query = { ...OVERVIEW, kind: 'circular' } as const;
		const found = await ministryLetter(mofcom, query, NOW);
		const overview = await ministryProgress(mofcom, { ...query, by: 'channel', asOf: null, curve: 'submitted' }, NOW);
		expect(found.channels.map(({ id, counts }) => [id, counts])).toEqual(overview.byChannel.map(({ key, counts }) => [key, counts]));
		const channels = found.channels.flatMap((channel) => (channel.counts === null ? [] : [{ ...channel, counts: channel.counts }]));
		const paper = circularLetter(FRAME, { year, channels, everyone: true, scope: query, now: NOW });
		const { expected, forwarded, missing } = overview.total;
		expect(textOf(paper)).toContain(`应报送年度报告${expected}份，已报送商务部、工业和信息化部${forwarded}份，尚未报送${missing}份`);
		const { columns, rows } = tableIn(paper, 0);
		const at = (header: string) => columns.findIndex((column) => column.header === header);
		for (const row of rows) {
			const figure = (header: string) => (at(header) < 0 ? 0 : Number(row[at(header)]));
			expect(figure('按时') + figure('已延期') + figure('逾期') + figure('未到期') + figure('待确认')).toBe(figure('应报送'));
			expect(figure('已报送') + figure('未报送')).toBe(figure('应报送'));
		}
		expect(rows.at(-1)?.[at('应报送')]).toBe(String(expected));
		expect(columns.reduce((sum, { width }) => sum + width, 0)).toBe(100);
	});

	test('addressed as the notice addresses: both departments of a province, the groups, all or some', () => {
		const province = (id: string) => ({ id, kind: 'province' as const, name: id, offices: [`${id}商务`, `${id}工信`] });
		const some = ['110000', '120000', '130000', '140000'].map(province);
		expect(addresseesOf(some.slice(0, 1), false)).toBe('110000商务、110000工信');
		expect(addresseesOf(some, false)).toBe('有关省、自治区、直辖市商务、工业和信息化主管部门');
		expect(addresseesOf([...some, province('660000')], false)).toBe('有关省、自治区、直辖市及新疆生产建设兵团商务、工业和信息化主管部门');
		expect(addresseesOf([...some, { id: 'g', kind: 'central_group', name: '集团', offices: ['集团总部'] }], false)).toBe(
			'有关省、自治区、直辖市商务、工业和信息化主管部门，有关中央管理企业'
		);
		expect(addresseesOf(some, true)).toBe('各省、自治区、直辖市及新疆生产建设兵团商务、工业和信息化主管部门，有关中央管理企业');
	});

	test('in a year nobody has opened there is nobody to write to', async () => {
		expect(await ministryLetter(mofcom, { ...OVERVIEW, cohort: 1999 }, NOW)).toMatchObject({ channels: [], tooMany: null });
		expect((await channelLetter(commerce, { ...CHASE, q: '没有这样的企业' }, NOW)).lines).toEqual([]);
	});
});

test('every letter sets Chinese with full-width marks, in its text and its tables (GB/T 15834)', async () => {
	const [{ lines }, urged, told] = await Promise.all([
		channelLetter(commerce, CHASE, NOW),
		ministryLetter(mofcom, OVERVIEW, NOW),
		ministryLetter(mofcom, { ...OVERVIEW, kind: 'circular' }, NOW)
	]);
	const counted = told.channels.flatMap((channel) => (channel.counts === null ? [] : [{ ...channel, counts: channel.counts }]));
	const moved = { year: 2026, ministryDueOn: day('2026-12-20'), departureNo: '商办服贸函〔2026〕9号' };
	const frame: LetterFrame = { ...FRAME, head: 'printed', offices: ['甲厅', '乙厅'], contact: '某某 025-1' };
	const scope = { category: 'it_outsourcing', cohort: 2022 } as const;
	const papers = [year, moved].flatMap((of) => [
		...(['province', 'central_group'] as const).map((channelKind) =>
			enterprisesLetter(frame, { year: of, channelDueOn: day('2026-11-15'), channelKind, lines, now: NOW })
		),
		channelsLetter(frame, { year: of, channels: urged.channels, scope, pending: 1, now: NOW }),
		circularLetter(frame, { year: of, channels: counted, everyone: false, scope, now: NOW })
	]);
	for (const paper of papers) {
		const document = (await partsOf(await wordFile(paper))).get('word/document.xml') ?? '';
		const texts = [...paragraphsOf(document), ...tablesOf(document).flat(2)];
		expect(texts.length).toBeGreaterThan(20);
		expect(halfWidthMarks(texts)).toEqual([]);
	}
});

describe('taking a letter', () => {
	const made = {
		year: 2026,
		title: '关于催报2026年度信息技术外包和制造业融合发展情况的函',
		terms: { number: { sign: '苏商服函', year: 2026, serial: 12, text: '苏商服函〔2026〕12号' }, on: day('2026-12-03') },
		offices: ['甲厅', '乙厅'],
		reports: 2,
		channelIds: [JIANGSU],
		sha256: 'a'.repeat(64)
	};

	test('is journalled with its number, its signers and its hash, and changes nothing else', async () => {
		const before = (await writtenSoFar(owner.adminSql)) as Record<string, unknown>;
		expect(await makeLetter(commerce, made)).toMatchObject({ ok: true });
		const after = (await writtenSoFar(owner.adminSql)) as Record<string, unknown>;
		expect(after).toEqual({ ...before, entries: Number(before['entries']) + 1 });
		const [entry] = await owner.adminSql<{ act: string; object_kind: string; object_id: string; article: string; after: Record<string, unknown> }[]>`
			select act, object_kind, object_id, article, after from journal where act = 'make-letter' order by at desc limit 1`;
		expect(entry).toMatchObject({
			act: 'make-letter',
			object_kind: 'reporting_year',
			object_id: '2026',
			article: '11',
			after: { name: made.title, letterNo: '苏商服函〔2026〕12号', letterOn: '2026-12-03', signers: '甲厅 乙厅', reports: 2, sha256: made.sha256 }
		});
	});

	test('is for those who handle, of departments and ministries', async () => {
		const reader = await buildOfficial(owner, 'industry', JIANGSU, 'reader');
		const administrator = await buildOfficial(owner, 'administration');
		const before = await writtenSoFar(owner.adminSql);
		expect(await makeLetter(reader, made)).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
		expect(await makeLetter(administrator, made)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
		expect(await makeLetter(idle.filer, made)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
		expect(await makeLetter({ ...commerce, page: { personId: commerce.personId, orgId: '999', object: '' } }, made)).toMatchObject({
			ok: false,
			refusal: { code: 'other_page', madeFor: 'office' }
		});
		expect(await writtenSoFar(owner.adminSql)).toEqual(before);
		expect(await makeLetter(mofcom, made)).toMatchObject({ ok: true });
	});
});
