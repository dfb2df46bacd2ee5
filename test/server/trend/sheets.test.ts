/**
 * Every sheet of the trends, asked for as a browser asks and read back: what it says of itself, how each cell is typed and shown, and that a name which
 * begins like a formula calculates nothing. The lists among them are read in test/server/records/exports.test.ts as well.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { m } from '#lib/paraglide/messages.js';
import { GET as channelVolume } from '../../../src/routes/channel/volumes/[year]/volume.xlsx/+server.ts';
import { GET as dashboard } from '../../../src/routes/ministry/cohort/export.xlsx/+server.ts';
import { GET as dashboardCurve } from '../../../src/routes/ministry/cohort/curve.csv/+server.ts';
import { GET as dashboardPicture } from '../../../src/routes/ministry/cohort/picture.csv/+server.ts';
import { GET as trial } from '../../../src/routes/ministry/cohort/trial/export.xlsx/+server.ts';
import { GET as followUps } from '../../../src/routes/ministry/follow-ups/export.xlsx/+server.ts';
import { GET as changes } from '../../../src/routes/ministry/metrics/[metric]/changes.xlsx/+server.ts';
import { GET as enterprises } from '../../../src/routes/ministry/metrics/[metric]/enterprises.xlsx/+server.ts';
import { GET as pointsCsv } from '../../../src/routes/ministry/metrics/[metric]/export.csv/+server.ts';
import { GET as points } from '../../../src/routes/ministry/metrics/[metric]/export.xlsx/+server.ts';
import { GET as metricPicture } from '../../../src/routes/ministry/metrics/[metric]/picture.csv/+server.ts';
import { GET as nationVolume } from '../../../src/routes/ministry/volumes/[year]/volume.xlsx/+server.ts';
import type { TestDatabase } from '../../support/database.ts';
import { halfWidthMarks } from '../../support/half-width.ts';
import { applicationDatabase } from '../../support/people.ts';
import { downloadNames, readSheet, type ReadSheet } from '../../support/read-sheet.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layPlainRecord } from './plain-record.ts';

const NOW = new Date('2026-12-05T02:00:00Z');
const FORMULA = '=2+3合成公式开头有限公司';

let database: TestDatabase;
let mofcom: Actor;
let commerce: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	const { adminSql } = database;
	for (const year of [2023, 2024, 2025, 2026]) await openYear(database, year);
	await adminSql`update reporting_year set opened_at = opens_on - interval '10 days',
		closed_at = case when year < 2026 then (year + 1 || '-04-10')::timestamptz end`;
	mofcom = await buildOfficial(database, 'mofcom');
	commerce = await buildOfficial(database, 'commerce', '320000');
	const figures = (index: number) => ({
		employees: String(900 + index * 40),
		revenue_wan: `${String(60_000 + index * 1_000)}.55`,
		informatisation_wan: String(2_900 + index * 150),
		profit_wan: String(index * 100 - 250)
	});
	await layPlainRecord(
		adminSql,
		Array.from({ length: 8 }, (_, index) => ({
			told: {
				'2023': figures(index),
				'2024': figures(index + 1),
				'2025f': figures(index + 3),
				...(index < 7 && { '2025': figures(index + 2), '2026f': figures(index + 4) })
			},
			silent: [2026],
			...(index === 2 && { name: FORMULA })
		}))
	);
	await layPlainRecord(adminSql, [{ told: { '2024': { ito_executed_wan: '6000.5', revenue_wan: '9000' } }, category: 'it_outsourcing' as const }], 91);
	await adminSql`
		with asked as (
			insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
				comparison, n, state, due_on, asked_at, since_at)
			select r.designation_id, 'revenue', 2024, 'final', r.id, r.year, 1, r.category, r.channel_id, r.enterprise_id, 60000.55, 'modified-z-1', 'category', 12,
				'asked', '2099-11-20', now(), now()
			from annual_report r where r.enterprise_name = ${FORMULA} and r.year = 2025 returning id
		)
		insert into follow_up_entry (follow_up_id, round, kind, text, value, due_on, by_kind, person_id, person_name, at)
		select id, 1, 'question', '=请核对单位。', 60000.55, '2099-11-20', 'mofcom', 'p', '赵某', now() from asked`;
});

type Asked = (event: never) => unknown;

async function ask(route: Asked, actor: Actor, address: string, params: Readonly<Record<string, string>> = {}): Promise<Response> {
	const url = new URL(`http://own.test${address}`);
	const person = { name: actor.personName, seat: { kind: actor.orgKind, duty: actor.duty, nameZh: '商务部', nameEn: null } };
	return (await route({
		url,
		params,
		request: new Request(url),
		locals: { now: () => NOW, actor, person, locale: 'zh-CN', requestId: 'request' }
	} as never)) as Response;
}

interface Leaves {
	readonly route: Asked;
	readonly by?: () => Actor;
	readonly address: string;
	readonly params?: Readonly<Record<string, string>>;
	/** In the line of filters. */
	readonly said: readonly string[];
	/** Somewhere in its head: what day, which marks, which rule. */
	readonly noted?: readonly string[];
	/** Formats that must be met in it, each in a cell that is a number. */
	readonly formats: readonly string[];
	/** That have a table: nobody asked for anything, so the sheet of needs has none. */
	readonly sheets?: number;
	/** Whether an enterprise stands in it by name. */
	readonly named?: boolean;
}

const [YEAR, COUNT, AMOUNT, RATE] = ['0', '#,##0', '#,##0.00', '0.0###%'];
const TRIAL = 'metric=informatisation_share&threshold=6&year=2025';

const BOOKS: Readonly<Record<string, Leaves>> = {
	'the dashboard': { route: dashboard, address: '/x?class=mfg&year=2025', said: ['制造业类'], formats: [YEAR, COUNT, RATE] },
	'a trial of a share': {
		route: trial,
		address: `/x?${TRIAL}`,
		said: ['2025'],
		noted: [m.trial_note({ limit: '5%', tried: '6%' }), m.trial_how()],
		formats: [YEAR, RATE],
		named: true
	},
	'a trial of an amount': {
		route: trial,
		address: '/x?metric=revenue&threshold=64000',
		said: [],
		noted: [m.trial_how()],
		formats: [YEAR, AMOUNT],
		named: true
	},
	'a trial of a count': { route: trial, address: '/x?metric=employees&threshold=1100', said: [], noted: [m.trial_how()], formats: [YEAR, COUNT], named: true },
	'the points of a share': {
		route: points,
		address: '/x?class=mfg&year=2025',
		params: { metric: 'informatisation_share' },
		said: ['制造业类', '2025'],
		formats: [YEAR, COUNT, RATE]
	},
	'the points of an amount': { route: points, address: '/x', params: { metric: 'profit' }, said: [], formats: [YEAR, COUNT, AMOUNT] },
	'the enterprises of a metric': {
		route: enterprises,
		address: '/x?of=2024&basis=final&reach=reach&class=mfg',
		params: { metric: 'revenue' },
		said: ['2024', '审计数', m.trend_metric_reaches()],
		formats: [AMOUNT],
		named: true
	},
	'same enterprises and forecast error': {
		route: changes,
		address: '/x?by=channel',
		params: { metric: 'revenue' },
		said: [m.progress_by_channel()],
		noted: [m.trend_same_how(), m.trend_error_how()],
		formats: [YEAR, COUNT, AMOUNT, RATE]
	},
	'the volume of the nation': {
		route: nationVolume,
		address: '/x',
		params: { year: '2025' },
		said: [],
		formats: [COUNT, AMOUNT, RATE],
		sheets: 7,
		named: true
	},
	'the volume of a channel': {
		route: channelVolume,
		by: () => commerce,
		address: '/x',
		params: { year: '2025' },
		said: [],
		formats: [COUNT, AMOUNT, RATE],
		sheets: 7,
		named: true
	},
	'questions about figures': { route: followUps, address: '/x?metric=revenue', said: ['营业收入'], formats: [AMOUNT], named: true }
};

async function sheetsOf({ route, by = () => mofcom, address, params, sheets = 1 }: Leaves): Promise<{ response: Response; sheets: readonly ReadSheet[] }> {
	const response = await ask(route, by(), address, params);
	expect(response.headers.get('content-type')).toContain('spreadsheetml.sheet');
	const bytes = Buffer.from(await response.clone().arrayBuffer());
	return { response, sheets: await Promise.all(Array.from({ length: sheets }, (_, index) => readSheet(bytes, index + 1))) };
}

describe.each(Object.entries(BOOKS))('%s as .xlsx', (_, leaves) => {
	test('says title, filters, as of when, how many and who; its head is frozen over every row', async () => {
		const { response, sheets } = await sheetsOf(leaves);
		for (const sheet of sheets) {
			expect(sheet.name).not.toBe('');
			const [title = '', filters = '', asOf = ''] = sheet.head;
			expect(title).not.toBe('');
			for (const word of leaves.said) expect(filters).toContain(word);
			if (leaves.said.length === 0 && leaves.sheets === undefined) expect(filters.startsWith(m.sheet_filters({ filters: '' }).slice(0, 3))).toBe(true);
			expect(asOf).toContain('截至 2026-12-05 10:00（北京时间）');
			expect(asOf).toContain(`共 ${String(sheet.filter.last - sheet.filter.first)} 条`);
			expect(sheet.sheetXml).toContain(`ySplit="${sheet.filter.first}"`);
			expect(sheet.headers.every(({ bold, bordered, value }) => bold && bordered && value !== '')).toBe(true);
			expect(new Set(sheet.headers.map(({ value }) => value)).size).toBe(sheet.headers.length);
			expect(halfWidthMarks([sheet.name, ...sheet.head, ...sheet.headers.map(({ value }) => value)])).toEqual([]);
		}
		for (const note of leaves.noted ?? []) expect(sheets[0]?.head).toContain(note);
		expect(downloadNames(response).name).toMatch(/截至20261205-1000.*\.xlsx$/);
	});

	test('holds figures as numbers in their formats, codes as text, and no formula', async () => {
		const { sheets } = await sheetsOf(leaves);
		const cells = sheets.flatMap(({ rows }) => rows.flat());
		expect(cells.length).toBeGreaterThan(0);
		for (const { type, format, value } of cells)
			if (type === 'number')
				expect([value, /^(0|#,##0|#,##0\.00|0\.0###%|yyyy-mm-dd( hh:mm(:ss)?)?)$/.test(format), Number.isFinite(Number(value))]).toEqual([value, true, true]);
			else if (type === 'text') {
				expect(format, value).toBe('@');
				expect(value).not.toMatch(/^\d{4}-\d\d-\d\d([ T]|$)|^-?[\d,.]+ ?%$|NaN|Infinity|undefined/);
			}
		for (const format of leaves.formats) expect(cells.filter((cell) => cell.type === 'number' && cell.format === format).length, format).toBeGreaterThan(0);
		// An enterprise may be called like a formula: it stays its name, and nothing is calculated.
		expect(cells.some(({ type, value }) => type === 'text' && value === FORMULA)).toBe(leaves.named ?? false);
		for (const { sheetXml } of sheets) expect(sheetXml).not.toContain('<f>');
		const codes = cells.filter(({ value }) => /^9199[0-9A-Z]{14}$/.test(value));
		expect(codes.every(({ type, format }) => type === 'text' && format === '@')).toBe(true);
		if (leaves.sheets !== undefined) expect(codes.length).toBeGreaterThan(0);
	});
});

test('the trial puts figure, threshold in force and the one tried beside each other, each as it was judged', async () => {
	const { sheets } = await sheetsOf(BOOKS['a trial of a share'] as Leaves);
	const [sheet] = sheets;
	const at = (header: string): number => sheet?.headers.findIndex(({ value }) => value === header) ?? -1;
	const [figure, inForce, tried] = [m.trial_column_figure(), m.trial_in_force(), m.trial_tried()].map((header) => at(`${header}（%）`));
	const rows = sheet?.rows ?? [];
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) {
		const [value, now, then] = [figure, inForce, tried].map((index) => Number(row[index ?? -1]?.value));
		expect([now, then]).toEqual([0.05, 0.06]);
		expect((value ?? 0) >= 0.05 && (value ?? 0) < 0.06).toBe(true);
		// Of 2022 nothing was stated: each of three years is met by nobody yet, and missed by who misses one.
		expect([row[at(m.trial_column_from())]?.value, row[at(m.trial_column_to())]?.value]).toEqual(['未知', '未达标']);
	}
});

const FILES: Readonly<Record<string, Pick<Leaves, 'route' | 'address' | 'params' | 'named'> & { readonly said?: string }>> = {
	'the points of a metric': { route: pointsCsv, address: '/x?class=mfg', params: { metric: 'profit' } },
	'a metric’s picture': { route: metricPicture, address: '/x?part=manufacturing', params: { metric: 'revenue' } },
	'the curve of the dashboard': { route: dashboardCurve, address: '/x' },
	...Object.fromEntries(
		(['tiles', 'criteria-manufacturing', 'manufacturing-informatisation_share'] as const).map((part) => [
			`the picture of ${part}`,
			{ route: dashboardPicture, address: `/x?part=${part}&year=2025`, said: '2025' }
		])
	),
	'the picture of dots': { route: dashboardPicture, address: '/x?part=dots&metric=revenue&class=mfg', named: true }
};

describe.each(Object.entries(FILES))('%s as .csv', (_, { route, address, params, said = '', named = false }) => {
	test('says the same at its head, has as many fields in each line, and nothing that calculates', async () => {
		const response = await ask(route, mofcom, address, params);
		expect(response.headers.get('content-type')).toContain('text/csv');
		const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
		expect(text.charCodeAt(0)).toBe(0xfeff);
		const lines = text.slice(1).split('\r\n');
		const between = lines.indexOf('');
		expect(lines.slice(0, between).join('\n')).toContain('截至 2026-12-05 10:00（北京时间）');
		expect(lines[1]).toContain(said);
		const table = lines.slice(between + 1).filter((line) => line !== '');
		expect(table.length).toBeGreaterThan(1);
		const fieldsOf = (line: string): readonly string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field = '']) => field).slice(0, -1);
		const [head = ''] = table;
		for (const line of table) expect(fieldsOf(`${line},`).length, line).toBe(fieldsOf(`${head},`).length);
		for (const field of table.flatMap((line) => fieldsOf(`${line},`))) {
			expect(field).not.toMatch(/NaN|Infinity|undefined|null/);
			// What begins with a minus is a figure, and nothing else begins like a formula.
			if (/^"?[=+@]|^"?-(?!\d)/.test(field)) throw new Error(`calculates: ${field}`);
		}
		expect(text.includes(`'${FORMULA}`)).toBe(named);
		expect(downloadNames(response).name).toMatch(/截至20261205-1000.*\.csv$/);
	});
});
