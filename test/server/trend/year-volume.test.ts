/** A year bound in one volume: typed cells, the same for a channel and for the ministries, and nothing of a stranger in a channel's. */
import { beforeAll, describe, expect, test } from 'vitest';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import type { Actor } from '#lib/server/actor.ts';
import { m } from '#lib/paraglide/messages.js';
import { tablesToXlsx } from '#lib/server/sheets/write-xlsx.ts';
import { countColumn, textColumn } from '#lib/server/sheets/sheet-column.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { boundYear } from '#lib/server/reads/office/year-volume.ts';
import { GET as ofChannel } from '../../../src/routes/channel/volumes/[year]/volume.xlsx/+server.ts';
import { load as channelPage } from '../../../src/routes/channel/volumes/[year]/+page.server.ts';
import { GET as ofNation } from '../../../src/routes/ministry/volumes/[year]/volume.xlsx/+server.ts';
import { load as ministryPage } from '../../../src/routes/ministry/volumes/[year]/+page.server.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { downloadNames, readSheet, type ReadSheet } from '../../support/read-sheet.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';
import { layRecord } from './random-record.ts';

const now = new Date();
const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const STRANGER = '合成外省企业有限公司';
const FORMULA = '=合成公式开头有限公司';

let database: TestDatabase;
let mofcom: Actor;
let commerce: Actor;
let filed: SceneReport;

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of [2025, 2026])
		await openYear(database, year, {
			opensOn: '2025-01-01',
			channelDueOn: '2099-11-15',
			ministryDueOn: '2099-11-30',
			acceptedLateUntilOn: '2099-12-31',
			correctionsUntilOn: '2100-03-31'
		});
	mofcom = await buildOfficial(database, 'mofcom');
	commerce = await buildOfficial(database, 'commerce', '350000');
	const industry = await buildOfficial(database, 'industry', '350000');
	filed = await buildReport(database, { channelId: '350000', name: FORMULA });
	await buildReport(database, { channelId: '350000', name: '合成未报软件有限公司', category: 'it_outsourcing', cohortYear: 2022 });
	await buildReport(database, { channelId: '440000', name: STRANGER });
	await submitReport(database, filed, answersFor('manufacturing'));
	await signReport(database, filed.reportId, [commerce, industry]);
	await forwardAnnualReports(commerce, { reports: [{ id: filed.reportId, version: 1 }], letterNo: '闽函〔2026〕1 号', letterOn: today, remark: '' });
	await layRecord(database.adminSql, seeded(9), { count: 30, years: [2026], salt: 9 });
}, 120_000);

type Asked = (event: never) => unknown;
async function ask<Answer>(route: Asked, actor: Actor, address: string, year = '2026'): Promise<Answer> {
	const url = new URL(`http://own.test${address}`);
	const person = { name: actor.personName, seat: { kind: actor.orgKind, duty: actor.duty, nameZh: '福建省商务厅', nameEn: null } };
	const event = { url, params: { year }, request: new Request(url), locals: { now: () => now, actor, person, locale: 'zh-CN', requestId: 'request' } };
	return (await route(event as never)) as Answer;
}

async function sheetsOf(response: Response): Promise<ReadonlyMap<string, ReadSheet>> {
	const bytes = Buffer.from(await response.arrayBuffer());
	const found = new Map<string, ReadSheet>();
	for (let number = 1; number <= 20; number += 1) {
		const sheet = await readSheet(bytes, number);
		if (sheet.sheetXml === '') break;
		found.set(sheet.name, sheet);
	}
	return found;
}

const cellOf = (sheet: ReadSheet | undefined, header: string, row = 0) => {
	const column = sheet?.headers.findIndex(({ value }) => value.startsWith(header)) ?? -1;
	if (!sheet || column < 0) throw new Error(`no column ${header}: ${sheet?.headers.map(({ value }) => value).join(' | ') ?? ''}`);
	return sheet.rows[row]?.[column];
};

describe('a workbook', () => {
	test('has a sheet for each part, each with its head, filter and frozen rows', async () => {
		const response = await ask<Response>(ofNation, mofcom, '/x');
		expect(downloadNames(response).name).toContain('年度报告汇总册');
		const sheets = await sheetsOf(response);
		expect([...sheets.keys()]).toEqual(
			expect.arrayContaining([m.volume_cover(), m.volume_counts(), m.volume_criteria(), m.volume_needs(), '企业名单（制造业类）', '主要指标（信息技术外包类）'])
		);
		for (const [name, sheet] of sheets) {
			expect(sheet.head[0], name).toContain(name);
			expect(sheet.head[2], name).toContain('截至');
			expect(sheet.sheetXml, name).toContain('state="frozen"');
			expect(sheet.filter.last - sheet.filter.first, name).toBe(sheet.rows.length);
			expect(sheet.workbookXml).toContain(`'${name}'!$A:$A`);
		}
		expect([...sheets.values()].filter(({ sheetXml }) => sheetXml.includes('tabSelected="1"'))).toHaveLength(1);
	});

	test('types its cells: names and codes are text, figures numbers with their format, instants dates', async () => {
		const sheets = await sheetsOf(await ask<Response>(ofChannel, commerce, '/x'));
		const list = sheets.get('企业名单（制造业类）');
		expect(list?.rows).toHaveLength(1);
		expect(cellOf(list, '企业')).toMatchObject({ value: FORMULA, type: 'text', format: '@' });
		expect(list?.sheetXml).not.toContain('<f>');
		expect(cellOf(list, m.channel_column_code())).toMatchObject({ type: 'text', format: '@' });
		expect(cellOf(list, m.channel_column_cohort())).toMatchObject({ type: 'number', format: '0' });
		expect(cellOf(list, m.channel_column_forwarded())).toMatchObject({ type: 'number', format: 'yyyy-mm-dd hh:mm' });
		expect(cellOf(list, '营业收入')).toMatchObject({ type: 'number', format: '#,##0.00' });
		expect(cellOf(list, '信息化建设投入占')).toMatchObject({ type: 'number', format: '0.0###%' });
		const metrics = sheets.get('主要指标（制造业类）');
		expect(cellOf(metrics, m.trend_column_known())).toMatchObject({ type: 'number', format: '#,##0' });
		expect(metrics?.headers.every(({ bold, bordered }) => bold && bordered)).toBe(true);
	});

	test('two sheets of one name are told apart', async () => {
		const table = { name: '同名/表', head: ['x'], columns: [textColumn('a', (row: string) => row), countColumn('b', () => 1)], rows: ['一'] };
		const bytes = await tablesToXlsx([table, { ...table, name: '同名 表' }]);
		expect([(await readSheet(bytes, 1)).name, (await readSheet(bytes, 2)).name]).toEqual(['同名 表', '同名 表 2']);
	});
});

test('a channel’s is what the ministries see of that channel, and of nobody else', async () => {
	const { bound: own } = await boundYear(commerce, 2026, null, now);
	const { bound: seen } = await boundYear(mofcom, 2026, '350000', now);
	expect(own?.rows).toEqual(seen?.rows);
	expect(own?.volume).toEqual(seen?.volume);
	expect(own?.rows.map(({ channelId }) => channelId)).toEqual(own?.rows.map(() => '350000'));
	const asked = await boundYear(commerce, 2026, '440000', now);
	expect(asked.bound?.rows).toEqual(own?.rows);
	for (const address of ['/x', '/x?channel=440000']) {
		const text = JSON.stringify([...(await sheetsOf(await ask<Response>(ofChannel, commerce, address))).values()]);
		expect(text).not.toContain(STRANGER);
		expect(JSON.stringify(await ask(channelPage, commerce, address))).not.toContain(STRANGER);
	}
	expect(JSON.stringify(await ask(ministryPage, mofcom, '/x'))).toContain(STRANGER);
});

test('its counts are those of the progress page, its points are on every enterprise of the list', async () => {
	const { bound } = await boundYear(mofcom, 2026, null, now);
	const progress = await ministryProgress(mofcom, { year: 2026, by: 'channel', asOf: null, category: null, cohort: null, curve: 'forwarded' }, now);
	expect(bound?.volume.total).toEqual(progress.total);
	for (const { category, point } of bound?.volume.points ?? []) {
		const listed = bound?.rows.filter((row) => row.category === category && row.state !== 'excused' && row.state !== 'not_owed') ?? [];
		expect(point.nOwed).toBe(listed.length);
		expect(point.nKnown + point.absent.notFiled + point.absent.notAnswered + point.absent.notApplicable).toBe(point.nOwed);
	}
	for (const count of bound?.volume.criteria ?? []) expect(count.met + count.unmet + count.unknown).toBe(count.of);
});

test('a year that was not opened is not there, a channel that is not there is left out and named', async () => {
	expect((await boundYear(mofcom, 2031, null, now)).bound).toBeNull();
	expect((await boundYear(mofcom, 2026, 'nowhere', now)).ignored).toEqual(['channel']);
});
