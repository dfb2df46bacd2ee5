/** Everything that leaves as a sheet, asked for as a browser asks, and read back: what it says of itself, and how its cells are read elsewhere. */
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { logContact } from '#lib/server/acts/chase/log-contact.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelReportsForExport } from '#lib/server/reads/channel/channel-reports.ts';
import { ministryReportsForExport } from '#lib/server/reads/ministry/ministry-reports.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { asActor } from '#lib/server/db/door.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatInstantExact } from '#lib/words/format.ts';
import { GET as journal } from '../../../src/routes/audit/journal.xlsx/+server.ts';
import { load as auditPage } from '../../../src/routes/audit/+page.server.ts';
import { GET as chase } from '../../../src/routes/channel/chase/export/+server.ts';
import { load as chasePage } from '../../../src/routes/channel/chase/+page.server.ts';
import { GET as contacts } from '../../../src/routes/channel/contacts/export/+server.ts';
import { load as contactsPage } from '../../../src/routes/channel/contacts/+page.server.ts';
import { load as forwardPage } from '../../../src/routes/channel/forward/+page.server.ts';
import { GET as channelReports } from '../../../src/routes/channel/reports/export/+server.ts';
import { listQueryOf as channelQueryOf } from '../../../src/routes/channel/reports/list-query.ts';
import { load as channelReportsPage } from '../../../src/routes/channel/reports/+page.server.ts';
import { GET as version } from '../../../src/routes/enterprise/reports/[year]/versions/[no]/data.xlsx/+server.ts';
import { GET as channelFollowUps } from '../../../src/routes/channel/follow-ups/export/+server.ts';
import { GET as followUps } from '../../../src/routes/ministry/follow-ups/export.xlsx/+server.ts';
import { GET as frozenViews } from '../../../src/routes/ministry/views/export.xlsx/+server.ts';
import { GET as template } from '../../../src/routes/ministry/cohort/template.xlsx/+server.ts';
import { GET as curve } from '../../../src/routes/ministry/progress/curve.csv/+server.ts';
import { GET as picture } from '../../../src/routes/ministry/progress/curve.svg/+server.ts';
import { GET as progress } from '../../../src/routes/ministry/progress/export.xlsx/+server.ts';
import { GET as reasons } from '../../../src/routes/ministry/reasons/export.xlsx/+server.ts';
import { GET as ministryReports } from '../../../src/routes/ministry/reports/export.xlsx/+server.ts';
import { listQueryOf as ministryQueryOf } from '../../../src/routes/ministry/reports/list-query.ts';
import { load as ministryReportsPage } from '../../../src/routes/ministry/reports/+page.server.ts';
import type { TestDatabase } from '../../support/database.ts';
import { halfWidthMarks } from '../../support/half-width.ts';
import { applicationDatabase } from '../../support/people.ts';
import { downloadNames, readSheet, type ReadSheet } from '../../support/read-sheet.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const now = new Date();
const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const OLD = '合成旧名装备有限公司';
const NEW = '合成新名装备有限公司';

let database: TestDatabase;
let mofcom: Actor;
let commerce: Actor;
let auditor: Actor;
let renamed: SceneReport;
let plain: SceneReport;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	mofcom = await buildOfficial(database, 'mofcom');
	commerce = await buildOfficial(database, 'commerce', '350000');
	const industry = await buildOfficial(database, 'industry', '350000');
	auditor = await buildOfficial(database, 'audit', null, 'approver', '审计员');
	renamed = await buildReport(database, { channelId: '350000', name: OLD });
	plain = await buildReport(database, { channelId: '350000', name: '合成未更名软件有限公司', category: 'it_outsourcing', cohortYear: 2022 });
	await buildReport(database, { channelId: '350000', name: '=合成公式开头有限公司', category: 'it_outsourcing', cohortYear: 2022 });
	await submitReport(database, renamed, { ...answersFor('manufacturing'), postcode: '000045' });
	await signReport(database, renamed.reportId, [commerce, industry]);
	await forwardAnnualReports(commerce, { reports: [{ id: renamed.reportId, version: 1 }], letterNo: '闽函〔2026〕1 号', letterOn: today, remark: '' });
	const [row] = await database.adminSql<{ row_version: number }[]>`select row_version from enterprise where id = ${renamed.enterpriseId}`;
	const done = await recordEnterpriseEvent(mofcom, renamed.enterpriseId, {
		kind: 'renamed',
		effectiveOn: '2026-03-01',
		name: NEW,
		channelId: '',
		note: '工商变更',
		rowVersion: row?.row_version ?? 0
	});
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	await layTrendWork();
	await logContact(commerce, plain.reportId, { means: 'phone', outcome: 'promised', spokeTo: '', promisedOn: '2099-11-01', remark: '' });
});

/** A question about a figure, and a view that was frozen. */
async function layTrendWork(): Promise<void> {
	await database.adminSql`
		with asked as (
			insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
				comparison, n, state, due_on, asked_at, since_at)
			select r.designation_id, 'revenue', 2025, 'final', r.id, r.year, 1, r.category, r.channel_id, r.enterprise_id, 60000.5, 'modified-z-1', 'category', 12,
				'asked', '2099-11-20', now(), now()
			from annual_report r where r.id = ${renamed.reportId} returning id
		)
		insert into follow_up_entry (follow_up_id, round, kind, text, value, due_on, by_kind, person_id, person_name, at)
		select id, 1, 'question', '请核对单位。', 60000.5, '2099-11-20', 'mofcom', 'p', '赵某', now() from asked`;
	const document = JSON.stringify({
		layout: 1,
		title: '合成视图',
		address: '/ministry/cohort?year=2026',
		filters: [{ label: '类别', text: '制造业类' }],
		asOf: today,
		parts: [],
		reportYears: [2026],
		filter: NO_FILTER
	});
	await database.adminSql`
		insert into frozen_view (code, title, address, document, document_hash, rules, statements, frozen_at, by_kind, person_id, person_name)
		values ('abcdefgh', '合成视图', '/ministry/cohort?year=2026', ${document}, encode(sha256(convert_to(${document}::text, 'UTF8')), 'hex'), '{}', 0, now(),
			'miit', 'p', '钱某')`;
}

type Asked = (event: never) => unknown;

async function ask<Answer>(route: Asked, actor: Actor, address: string, params: Readonly<Record<string, string>> = {}): Promise<Answer> {
	const url = new URL(`http://own.test${address}`);
	const person = { name: actor.personName, seat: { kind: actor.orgKind, duty: actor.duty, nameZh: '福建省商务厅', nameEn: null } };
	const event = { url, params, request: new Request(url), locals: { now: () => now, actor, person, locale: 'zh-CN', requestId: 'request' } };
	return (await route(event as never)) as Answer;
}

/** The sheets that are lists: who asks, and with which filters, each with the words that must stand at the head. */
interface Listed {
	readonly what: string;
	readonly route: Asked;
	readonly by: () => Actor;
	readonly filters: Readonly<Record<string, string>>;
	readonly words: readonly string[];
	readonly params?: Readonly<Record<string, string>>;
}
const LISTS: readonly Listed[] = [
	{
		what: '/ministry/reports',
		route: ministryReports,
		by: () => mofcom,
		filters: {
			court: 'enterprise',
			status: 'draft,not_started',
			class: 'ito',
			cohort: '2022',
			region: '350000',
			late: 'no',
			flags: 'warnings',
			figure: 'missing',
			asof: '2026-11-20',
			reason: 'late:other',
			held: '2026-11-01',
			q: '-合成/"公式'
		},
		words: ['填报中', '未开始', '信息技术外包类', '2022', '福建', '按时转报', '2026-11-20', '2026-11-01', '-合成/"公式']
	},
	{
		what: '/ministry/progress',
		route: progress,
		by: () => mofcom,
		filters: { class: 'ito', cohort: '2022', asof: '2026-11-20' },
		words: ['信息技术外包类', '2022']
	},
	{
		what: '/ministry/follow-ups',
		route: followUps,
		by: () => mofcom,
		filters: { q: '合成', state: 'asked', metric: 'revenue', year: '2025', basis: 'final', class: 'mfg', region: '350000' },
		words: [m.follow_state_asked(), '营业收入', '2025', '审计', '制造业类', '福建', '合成']
	},
	{
		what: '/channel/follow-ups',
		route: channelFollowUps,
		by: () => commerce,
		filters: { q: '合成', state: 'mine', metric: 'revenue' },
		words: [m.follow_tab_mine(), '营业收入', '合成']
	},
	{
		what: '/ministry/views',
		route: frozenViews,
		by: () => mofcom,
		filters: { q: '合成', by: 'miit', of: 'cohort' },
		words: ['合成', m.ui_ministry_miit(), m.frozen_page_cohort()]
	},
	{ what: '/ministry/reasons', route: reasons, by: () => mofcom, filters: { year: '2026' }, words: [] },
	{
		what: '/channel/reports',
		route: channelReports,
		by: () => commerce,
		filters: { court: 'enterprise', state: 'draft,not_started', category: 'it_outsourcing', cohort: '2022', q: '合成' },
		words: ['填报中', '未开始', '信息技术外包类', '2022', '合成']
	},
	{
		what: '/channel/chase',
		route: chase,
		by: () => commerce,
		filters: { list: 'not_started', stage: 'owed', category: 'it_outsourcing', cohort: '2022', q: '合成' },
		words: [m.chase_list_not_started(), m.chase_stage_owed(), '信息技术外包类', '2022', '合成']
	},
	{ what: '/channel/contacts', route: contacts, by: () => commerce, filters: { list: 'never', q: '合成' }, words: [m.chase_standing_never(), '合成'] },
	{
		what: '/audit',
		route: journal,
		by: () => auditor,
		filters: { who: '审计', act: 'export-journal', kind: 'export', object: 'journal', org: '0', from: '2026-01-01', to: '2099-01-01' },
		words: ['审计', '导出操作日志', '导出', 'journal', '系统', '2026-01-01', '2099-01-01']
	},
	{
		what: 'a version',
		route: version,
		by: () => renamed.filer,
		filters: {},
		words: ['第 1 版'],
		params: { year: '2026', no: '1' }
	}
];

async function sheetOf(response: Response): Promise<ReadSheet> {
	expect(response.headers.get('content-type')).toContain('spreadsheetml.sheet');
	expect(response.headers.get('cache-control')).toContain('no-store');
	return readSheet(Buffer.from(await response.clone().arrayBuffer()));
}
const asOfLine = (count: number): RegExp => new RegExp(`^截至 ${formatInstantExact(now).slice(0, 16)}（北京时间）；共 ${count} 条；导出：.+（福建省商务厅）$`);

describe.each(LISTS)('$what', ({ route, by, filters, words, params }) => {
	const withFilters = `/x?${new URLSearchParams(filters).toString()}`;

	test('says its title, its filters, as of when in Beijing time, how many and who took it, on the sheet and in its name', async () => {
		for (const address of ['/x', withFilters]) {
			const response = await ask<Response>(route, by(), address, params);
			const { name, plain: latin } = downloadNames(response);
			const sheet = await sheetOf(response);
			const [title = '', said = '', asOf = ''] = sheet.head;
			const count = sheet.filter.last - sheet.filter.first;
			expect(title).not.toBe('');
			expect(asOf).toMatch(asOfLine(count));
			expect(name).toMatch(new RegExp(`_截至${formatInstantExact(now).slice(0, 16).replace(/[-:]/g, '').replace(' ', '-')}_共${count}条\\.xlsx$`));
			expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u);
			expect(name).not.toMatch(/^[\p{Pd}.\s]/u);
			expect(latin).not.toMatch(/^[-.]/);
			expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
			if (address === '/x') {
				if (params === undefined) expect(said).toBe(m.sheet_filters({ filters: m.sheet_filters_none() }));
				continue;
			}
			for (const word of words) expect(said).toContain(word);
			// The file names the first of them; a long list of filters is cut with a word.
			if (words[0] !== undefined) expect(name).toMatch(/_.+_截至/);
		}
	});

	test('names no filter that was left out', async () => {
		const nonsense = Object.fromEntries(
			Object.keys(filters).map((key) => [key, 'q' === key ? 'x'.repeat(101) : key === 'who' || key === 'object' ? 'y'.repeat(201) : 'zz-9'])
		);
		const sheet = await sheetOf(await ask<Response>(route, by(), `/x?${new URLSearchParams(nonsense).toString()}`, params));
		for (const value of Object.values(nonsense)) expect(sheet.head.join('\n')).not.toContain(value);
	});

	test('has heads that say something, each once, bold and bordered, frozen under a filter, printed across', async () => {
		const sheet = await sheetOf(await ask<Response>(route, by(), '/x', params));
		const heads = sheet.headers.map(({ value }) => value);
		expect(heads.length).toBeGreaterThan(3);
		for (const head of heads) expect(head).toMatch(/[\p{L}]/u);
		expect(new Set(heads).size).toBe(heads.length);
		expect(sheet.headers.every(({ bold, bordered }) => bold && bordered)).toBe(true);
		expect(sheet.sheetXml).toContain(`ySplit="${sheet.filter.first}"`);
		expect(sheet.sheetXml).toContain('orientation="landscape" fitToWidth="1" fitToHeight="0"');
		expect(sheet.workbookXml).toContain('_xlnm.Print_Titles');
		expect(sheet.stylesXml).toContain('name="Normal"');
	});

	test('no text cell holds what is a date, an instant or a rate', async () => {
		const sheet = await sheetOf(await ask<Response>(route, by(), '/x', params));
		expect(sheet.rows.length).toBeGreaterThan(0);
		// The journal's changes are sentences of several notes.
		const cells = sheet.rows.flatMap((row) => row.filter((_, index) => sheet.headers[index]?.value !== m.records_audit_change()));
		const texts = cells.filter(({ type }) => type === 'text').map(({ value }) => value);
		expect(texts.filter((text) => /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d.*)?$|^-?[\d,.]+ ?%$|^−/.test(text))).toEqual([]);
		for (const { type, format } of cells) if (type !== 'empty') expect(format).toMatch(/^(@|0|#,##0|#,##0\.00|0\.0###%|yyyy-mm-dd( hh:mm(:ss)?)?)$/);
	});

	test('sets Chinese with full-width marks: its own name, the head, the heads of the columns and every cell', async () => {
		for (const address of ['/x', withFilters]) {
			const response = await ask<Response>(route, by(), address, params);
			const { name, head, headers, rows } = await sheetOf(response);
			const cells = [headers, ...rows].flat().map(({ value }) => value);
			expect(halfWidthMarks([downloadNames(response).name, name, ...head, ...cells].flatMap((text) => text.split('\n')))).toEqual([]);
		}
	});

	test('another reader opens it', async () => {
		const response = await ask<Response>(route, by(), '/x', params);
		const [first] = await readXlsxFile(Buffer.from(await response.arrayBuffer()));
		expect(first?.data.length).toBeGreaterThan(3);
	});
});

const columnOf = (sheet: ReadSheet, header: string) => {
	const index = sheet.headers.findIndex(({ value }) => value === header);
	expect([header, index]).not.toEqual([header, -1]);
	return sheet.rows.map((row) => row[index]);
};

describe('方案第十一条: a report keeps the name of its year', () => {
	test.each([
		['/ministry/reports', ministryReports, () => mofcom, m.ministry_column_enterprise()],
		['/channel/reports', channelReports, () => commerce, m.channel_column_enterprise()],
		['/channel/chase', chase, () => commerce, m.channel_column_enterprise()],
		['/channel/contacts', contacts, () => commerce, m.channel_column_enterprise()]
	] as const)('%s: found by the old name and by the new one, and both stand in the row', async (_, route, by, header) => {
		for (const q of [OLD, NEW]) {
			const sheet = await sheetOf(await ask<Response>(route, by(), `/x?${new URLSearchParams({ q, ...(route === chase && { stage: 'owed' }) }).toString()}`));
			const names = columnOf(sheet, header).map((cell) => cell?.value);
			const others = columnOf(sheet, m.sheet_other_names()).map((cell) => cell?.value);
			expect(names.length).toBeGreaterThan(0);
			names.forEach((name, index) => expect([q, `${name ?? ''} ${others[index] ?? ''}`].join()).toMatch(new RegExp(`(?=.*${OLD})(?=.*${NEW})`)));
		}
		const all = await sheetOf(await ask<Response>(route, by(), route === chase ? '/x?stage=owed' : '/x'));
		const names = columnOf(all, header);
		const others = columnOf(all, m.sheet_other_names());
		names.forEach((cell, index) => {
			if (cell?.value !== OLD && cell?.value !== NEW) expect(others[index]?.value).toBe('');
		});
	});

	test.each([
		['/ministry/reports', ministryReportsPage, () => mofcom],
		['/channel/reports', channelReportsPage, () => commerce],
		['/channel/chase', chasePage, () => commerce],
		['/channel/contacts', contactsPage, () => commerce]
	] as const)('%s: the page has it as one line of text, and only where there is one', async (what, load, by) => {
		const { rows } = await ask<{ rows: readonly { enterpriseName: string; alsoNamed: string }[] }>(
			load,
			by(),
			`/x?q=${encodeURIComponent('合成')}${what === '/channel/chase' ? '&stage=owed' : ''}`
		);
		const shown = rows.find(({ enterpriseName }) => enterpriseName === OLD || enterpriseName === NEW);
		expect(`${shown?.enterpriseName ?? ''} ${shown?.alsoNamed ?? ''}`).toMatch(new RegExp(`(?=.*${OLD})(?=.*${NEW})`));
		for (const row of rows) if (row !== shown && row.enterpriseName !== shown?.enterpriseName) expect(row.alsoNamed).toBe('');
		expect(JSON.stringify(rows)).not.toContain('otherNames');
	});

	test('a channel that forwards sees it beside the report', async () => {
		const next = await buildReport(database, { channelId: '350000', name: '合成待转报有限公司' });
		await submitReport(database, next);
		await database.adminSql`update enterprise set name = '合成待转报新名有限公司', former_names = '合成待转报有限公司' where id = ${next.enterpriseId}`;
		const { candidates } = await ask<{ candidates: readonly { enterpriseName: string; alsoNamed: string }[] }>(forwardPage, commerce, '/x');
		expect(candidates.map(({ enterpriseName, alsoNamed }) => [enterpriseName, alsoNamed])).toEqual([['合成待转报有限公司', '现名 合成待转报新名有限公司']]);
	});
});

test('a version: a postcode and a credit code stay text, money has two places, a rate is a percentage of the exact figure', async () => {
	const sheet = await sheetOf(await ask<Response>(version, renamed.filer, '/x', { year: '2026', no: '1' }));
	const cells = columnOf(sheet, m.report_col_value());
	expect(cells.find((cell) => cell?.value === '000045')).toMatchObject({ type: 'text', format: '@' });
	const rates = cells.filter((cell) => cell?.format === '0.0###%');
	expect(rates.length).toBeGreaterThan(2);
	for (const rate of rates) expect([rate?.type, Math.abs(Number(rate?.value)) < 10]).toEqual(['number', true]);
	expect(cells.filter((cell) => cell?.format === '#,##0.00').length).toBeGreaterThan(2);
	expect(cells.filter((cell) => cell?.format === '#,##0').length).toBeGreaterThan(2);
	expect(sheet.head.join('\n')).toMatch(/SHA-256 [0-9a-f]{64}/);
	expect(sheet.head[0]).toContain(OLD);
});

test('a list longer than a sheet takes says that it was cut', async () => {
	const [channel, ministry] = await Promise.all([
		channelReportsForExport(commerce, channelQueryOf(new URLSearchParams()).query, 1),
		ministryReportsForExport(mofcom, ministryQueryOf(new URLSearchParams()).query, now, 1)
	]);
	expect([channel.rows.length, channel.more, ministry.rows.length, ministry.more]).toEqual([1, true, 1, true]);
	const whole = await channelReportsForExport(commerce, channelQueryOf(new URLSearchParams()).query);
	expect([whole.rows.length > 1, whole.more]).toEqual([true, false]);
});

test('the contacts’ sheet holds the enterprises of which nobody is known, as the page does', async () => {
	const sheet = await sheetOf(await ask<Response>(contacts, commerce, '/x?list=none'));
	const { without } = await ask<{ without: readonly { name: string }[] }>(contactsPage, commerce, '/x?list=none');
	expect(without.length).toBeGreaterThan(1);
	expect(columnOf(sheet, m.channel_column_enterprise()).map((cell) => cell?.value)).toEqual(without.map(({ name }) => name));
});

test('the empty list to fill in keeps what is typed: its rows are text', async () => {
	const response = await ask<Response>(template, mofcom, '/x');
	const sheet = await sheetOf(response);
	expect(sheet.rows.length).toBeGreaterThan(100);
	expect(sheet.rows.flat().every(({ type, format }) => type === 'empty' && format === '@')).toBe(true);
	expect(downloadNames(response).name).not.toMatch(/[\\/:*?"<>|]/);
	expect(halfWidthMarks([sheet.name, ...sheet.head, ...sheet.headers.map(({ value }) => value)])).toEqual([]);
});

describe('the curve', () => {
	const address = '/x?class=ito&cohort=2022&curve=forwarded';

	test('as .csv: the same head above the figures, and in its name', async () => {
		const response = await ask<Response>(curve, mofcom, address);
		// A decoder takes the mark away; the bytes have it.
		const lines = Buffer.from(await response.arrayBuffer())
			.toString('utf8')
			.split('\r\n');
		const table = lines.slice(lines.indexOf('') + 1).filter((line) => line !== '');
		expect(lines[0]?.charCodeAt(0)).toBe(0xfeff);
		expect(lines[1]).toContain('信息技术外包类');
		expect(lines[1]).toContain('2022');
		expect(lines[2]).toMatch(asOfLine(table.length - 1));
		expect(table[0]).not.toMatch(/[a-z]+_[a-z]+/);
		// The commas between the columns are the format's.
		expect(halfWidthMarks(lines.flatMap((line) => line.split(',')))).toEqual([]);
		const { name, plain: latin } = downloadNames(response);
		expect(name).toMatch(/信息技术外包类_2022_截至.*\.csv$/);
		expect(latin).not.toMatch(/^[-.]/);
	});

	test('as a picture: its name says the same', async () => {
		const response = await ask<Response>(picture, mofcom, address);
		expect(downloadNames(response).name).toMatch(/信息技术外包类_2022_截至.*\.svg$/);
		expect(await response.text()).toContain('信息技术外包类');
	});
});

describe('the journal’s sheet says what its screen says', () => {
	interface Shown {
		readonly at: string;
		readonly who: string;
		readonly office: string;
		readonly act: string;
		readonly article: string;
		readonly objectKind: string;
		readonly objectId: string;
		readonly address: string | null;
		readonly seq: string;
		readonly hash: string;
		readonly changes: readonly { readonly field: string; readonly change: string }[];
	}

	test('row by row, whatever was noted', async () => {
		// Beside what the acts above wrote: notes of every shape, alike on both sides, on one side, none.
		const notes: readonly (readonly [Record<string, unknown> | null, Record<string, unknown> | null])[] = [
			[null, null],
			[
				{ state: 'submitted', version: 2 },
				{ state: 'returned', version: 2 }
			],
			[{ state: 'submitted' }, null],
			[null, { by: 'commerce', correctByOn: '2026-11-25', at: '2026-11-30T16:00:00.000Z', late: false, list: ['a', 'b'], none: null }],
			[{ same: 1 }, { same: 1 }],
			[null, { filter: { act: 'sign-in', org: '7' }, 'odd name': '=1+1' }],
			[{ channelDueOn: '2026-11-15' }, { channelDueOn: '2026-11-10' }]
		];
		for (const actor of [mofcom, commerce, renamed.filer])
			for (const [before, after] of notes)
				await asActor(actor, (db) =>
					writeJournal(db, { act: 'open-reporting-year', objectKind: 'reporting_year', objectId: '2026', article: '11', before, after })
				);
		const shown: Shown[] = [];
		let place = '';
		do {
			const page = await ask<{ entries: readonly Shown[]; next: string | null }>(
				auditPage,
				auditor,
				`/audit?${new URLSearchParams(place === '' ? {} : { after: place }).toString()}`
			);
			shown.push(...page.entries);
			place = page.next ?? '';
		} while (place !== '');
		const sheet = await sheetOf(await ask<Response>(journal, auditor, '/audit/journal.xlsx'));
		expect(shown.length).toBeGreaterThan(30);
		expect(sheet.rows.length).toBe(shown.length);
		const serial = (value: string | undefined): string => formatInstantExact(new Date((Number(value) - 25_569) * 86_400_000 - 8 * 3_600_000 + 1));
		const rows = sheet.rows.map(([at, ...cells]) => [serial(at?.value), ...cells.map(({ value }) => value)]);
		const expected = shown.map((entry) => [
			formatInstantExact(entry.at),
			entry.who,
			entry.office,
			entry.act,
			entry.article,
			entry.objectKind,
			entry.objectId,
			entry.changes.map(({ field, change }) => `${field}：${change}`).join('\n'),
			entry.address ?? '',
			`#${entry.seq}`,
			entry.hash
		]);
		rows.forEach((row, index) => expect(row).toEqual(expected[index]));
		// In words on both: no code of an act, no JSON, no instant of another clock.
		for (const row of rows) expect(row.join(' ')).not.toMatch(/[{}[\]]|"\w+":|open-reporting-year|\dT\d/);
	});

	test('a mark of the chain the auditor can follow: taking the sheet is an entry', async () => {
		await ask<Response>(journal, auditor, '/audit/journal.xlsx?act=export-journal');
		const { entries } = await ask<{ entries: readonly { act: string }[] }>(auditPage, auditor, '/audit?act=export-journal');
		expect(entries.length).toBeGreaterThan(0);
	});
});
