/** The channel's list, its neighbours and the walls around them: what is shown, to whom, and at what cost. */
import { expect, test } from 'vitest';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { judgeExplanation } from '#lib/server/acts/report/judge-explanation.ts';
import { setChannelDate } from '#lib/server/acts/report/set-channel-date.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { asActor } from '#lib/server/db/door.ts';
import { figureCell, textColumn } from '#lib/server/sheets/sheet-column.ts';
import { tableToXlsx } from '#lib/server/sheets/write-xlsx.ts';
import { channelEnterprise } from '#lib/server/reads/channel/channel-enterprise.ts';
import { channelEnterprises } from '#lib/server/reads/channel/channel-enterprises.ts';
import { channelForwarding } from '#lib/server/reads/channel/channel-forwarding.ts';
import { channelForwardings } from '#lib/server/reads/channel/channel-forwardings.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { channelReports, channelReportsForExport, type ChannelReportsQuery } from '#lib/server/reads/channel/channel-reports.ts';
import { PAGE_SIZE, placeText } from '#lib/server/reads/page.ts';
import { listQueryOf } from '../../../src/routes/channel/reports/list-query.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport } from '../../support/scene.ts';
import { countStatements, type StatementCount } from '../../support/statement-count.ts';

const ALL: ChannelReportsQuery = {
	year: 2026,
	court: null,
	states: [],
	category: null,
	cohort: null,
	q: '',
	sort: 'name',
	descending: false,
	after: null,
	before: null
};
const TODAY = dayInBeijing(new Date());
/** The ministries' date of the year opened below is 30 November: once before it, once past it, whatever day the test is run on. */
const [IN_TIME, LATE] = [new Date('2026-11-24T01:00:00Z'), new Date('2026-12-05T01:00:00Z')];

let counter: StatementCount | undefined;

/** The application's database with the counter in between; the first call decides what the doors lead to. */
async function database() {
	const shared = await applicationDatabase();
	if (!counter) {
		counter = await countStatements(shared.url);
		process.env['DATABASE_URL'] = counter.url;
		await openYear(shared, 2026, { opensOn: '2026-01-01', acceptedLateUntilOn: '2027-12-31', correctionsUntilOn: '2027-12-31' });
	}
	return { ...shared, count: counter };
}

/** Statements that pass while something is read. */
async function statements(read: () => Promise<unknown>): Promise<number> {
	counter?.taken();
	await read();
	return counter?.taken() ?? 0;
}

test('pages ask the same few questions however many reports there are', async () => {
	const { adminSql } = await database();
	const commerce = await buildOfficial({ adminSql }, 'commerce', '210000');
	const industry = await buildOfficial({ adminSql }, 'industry', '210000');
	const first = await buildReport({ adminSql }, { channelId: '210000' });
	await submitReport({ adminSql }, first);
	await signReport({ adminSql }, first.reportId, [commerce, industry]);
	const sent = await forwardAnnualReports(commerce, { reports: [{ id: first.reportId, version: 1 }], letterNo: '函1', letterOn: TODAY, remark: '' });
	if (!sent.ok) throw new Error(JSON.stringify(sent.refusal));
	await submitReport({ adminSql }, await buildReport({ adminSql }, { channelId: '210000' }));
	const pages = {
		home: () => channelHome(commerce, 2026),
		reports: () => channelReports(commerce, ALL),
		report: () => channelReport(commerce, first.reportId, null, IN_TIME),
		forwardings: () => channelForwardings(commerce, 2026, IN_TIME),
		'forwardings, late': () => channelForwardings(commerce, 2026, LATE),
		forwarding: () => channelForwarding(commerce, sent.forwardingId),
		enterprises: () => channelEnterprises(commerce, { q: '', category: null, status: null, after: null }),
		enterprise: () => channelEnterprise(commerce, first.enterpriseId, IN_TIME)
	};
	// What every transaction costs beside its questions: to begin, and to say who acts.
	const frame = (await statements(() => asActor(commerce, ({ sql }) => sql`select 1 as one`))) - 1;
	const counts = async () => {
		const found: Record<string, number> = {};
		for (const [page, read] of Object.entries(pages)) found[page] = (await statements(read)) - frame;
		return found;
	};
	const few = await counts();
	for (let n = 0; n < 8; n += 1) await submitReport({ adminSql }, await buildReport({ adminSql }, { channelId: '210000' }));
	expect(await counts()).toEqual(few);
	expect(Object.entries(few).filter(([, count]) => count < 1 || count > 6)).toEqual([]);
	// The funnel of the home page is the fourth, the benchmarks of an enterprise's page the sixth.
	expect(few).toMatchObject({ home: 4, reports: 3, forwardings: 3, 'forwardings, late': 4, forwarding: 2, enterprises: 2, enterprise: 6 });
});

test('a foreign channel finds nothing to read and nothing to act on', async () => {
	const { adminSql } = await database();
	const owner = { adminSql };
	const commerce = await buildOfficial(owner, 'commerce', '220000');
	const report = await buildReport(owner, { channelId: '220000', name: '吉林秘密企业' });
	await submitReport(
		owner,
		report,
		answersFor('manufacturing', {
			'equipment_networked@final': '290',
			'explain:criterion_unmet/equipment_networked:reason': 'one_off',
			'explain:criterion_unmet/equipment_networked:text': '本年设备搬迁,联网工作年内完成。'
		})
	);
	const letter = await buildReport(owner, { channelId: '220000' });
	await submitReport(owner, letter);
	await signReport(owner, letter.reportId, [commerce, await buildOfficial(owner, 'industry', '220000')]);
	const sent = await forwardAnnualReports(commerce, { reports: [{ id: letter.reportId, version: 1 }], letterNo: '函2', letterOn: TODAY, remark: '' });
	if (!sent.ok) throw new Error(JSON.stringify(sent.refusal));
	const before = await adminSql`select to_jsonb(r) as r from annual_report r where id = ${report.reportId}`;
	for (const stranger of [await buildOfficial(owner, 'commerce', '230000'), await buildOfficial(owner, 'industry', '230000')]) {
		expect(await channelReport(stranger, report.reportId, null, new Date())).toBeUndefined();
		expect(await channelEnterprise(stranger, report.enterpriseId, new Date())).toBeUndefined();
		expect(await channelForwarding(stranger, sent.forwardingId)).toBeUndefined();
		expect(
			JSON.stringify([
				await channelReports(stranger, ALL),
				await channelHome(stranger, 2026),
				await channelForwardings(stranger, 2026, new Date()),
				await channelReportsForExport(stranger, ALL),
				await channelEnterprises(stranger, { q: '', category: null, status: null, after: null })
			])
		).not.toContain('吉林秘密企业');
		const notFound = { ok: false, refusal: { code: 'not_found' } };
		expect(await openAnnualReport(stranger, report.reportId)).toMatchObject(notFound);
		expect(await giveOpinion(stranger, report.reportId, { version: 1, remark: '同意' })).toMatchObject(notFound);
		expect(await withdrawOpinion(stranger, report.reportId, 1)).toMatchObject(notFound);
		expect(
			await judgeExplanation(stranger, report.reportId, { version: 1, checkKey: 'criterion_unmet/equipment_networked', verdict: 'accepted', remark: '' })
		).toMatchObject(notFound);
		expect(
			await returnAnnualReport(stranger, report.reportId, { version: 1, reasonCode: 'other', remark: '', correctByOn: TODAY, comments: [] })
		).toMatchObject(notFound);
		expect(await undoReturn(stranger, report.reportId)).toMatchObject(notFound);
		expect(await forwardAnnualReports(stranger, { reports: [{ id: report.reportId, version: 1 }], letterNo: '函', letterOn: TODAY, remark: '' })).toMatchObject(
			notFound
		);
	}
	expect(await adminSql`select to_jsonb(r) as r from annual_report r where id = ${report.reportId}`).toEqual(before);
});

test('one missing opinion refuses the whole forwarding and names report and department', async () => {
	const { adminSql } = await database();
	const owner = { adminSql };
	const commerce = await buildOfficial(owner, 'commerce', '310000');
	const industry = await buildOfficial(owner, 'industry', '310000');
	const [ready, lacking] = [await buildReport(owner, { channelId: '310000' }), await buildReport(owner, { channelId: '310000', category: 'it_outsourcing' })];
	for (const report of [ready, lacking]) await submitReport(owner, report);
	await signReport(owner, ready.reportId, [commerce, industry]);
	await signReport(owner, lacking.reportId, [commerce]);
	const both = [ready, lacking].map(({ reportId }) => ({ id: reportId, version: 1 }));
	const letter = { letterNo: '沪商函9号', letterOn: TODAY, remark: '' };
	expect(await forwardAnnualReports(commerce, { reports: both, ...letter })).toEqual({
		ok: false,
		refusal: { code: 'opinion_missing', departments: ['industry'], reports: [lacking.reportId] }
	});
	expect((await channelForwardings(commerce, 2026, new Date())).sent).toEqual([]);
	await signReport(owner, lacking.reportId, [industry]);
	const handler = await buildOfficial(owner, 'commerce', '310000', 'handler');
	expect(await forwardAnnualReports(handler, { reports: both, ...letter })).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
	expect(await forwardAnnualReports(commerce, { reports: both, ...letter, letterNo: ' ' })).toMatchObject({
		ok: false,
		refusal: { code: 'letter_missing', fields: ['number'] }
	});
	const done = await forwardAnnualReports(commerce, { reports: both, ...letter });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	const books = (await channelForwarding(industry, done.forwardingId))?.reports;
	expect([books?.manufacturing.map(({ reportId }) => reportId), books?.it_outsourcing.map(({ reportId }) => reportId)]).toEqual([
		[ready.reportId],
		[lacking.reportId]
	]);
});

test('quartiles of the neighbours appear from five others on, never below, and never with the report itself', async () => {
	const { adminSql } = await database();
	const owner = { adminSql };
	const commerce = await buildOfficial(owner, 'commerce', '330000');
	const mine = await buildReport(owner, { channelId: '330000' });
	await submitReport(owner, mine);
	const revenue = async () => (await channelReport(commerce, mine.reportId, null, new Date()))?.shown?.neighbours.find(({ subject }) => subject === 'revenue');
	expect(await revenue()).toBeUndefined();
	const submitOther = async (wan: number, category: 'manufacturing' | 'it_outsourcing' = 'manufacturing') =>
		submitReport(
			owner,
			await buildReport(owner, { channelId: '330000', category }),
			answersFor(category, { 'revenue@forecast': String(wan), 'informatisation@final': String(wan / 10), 'informatisation@forecast': String(wan / 10) })
		);
	for (const wan of [60000, 62000, 64000, 70000]) await submitOther(wan);
	await submitOther(80000, 'it_outsourcing');
	expect(await revenue()).toEqual({ subject: 'revenue', n: 4, lower: null, median: null, upper: null, dots: ['60000', '62000', '64000', '70000'] });
	await submitOther(80000);
	const found = await revenue();
	expect([found?.n, Number(found?.lower), Number(found?.median), Number(found?.upper), found?.dots]).toEqual([5, 62000, 64000, 70000, []]);
});

test('pages follow each other by key in both directions, in every order, without losing or repeating a row', async () => {
	const { adminSql } = await database();
	const owner = { adminSql };
	const commerce = await buildOfficial(owner, 'commerce', '340000');
	for (let n = 0; n < PAGE_SIZE + 12; n += 1) await buildReport(owner, { channelId: '340000', name: `分页企业${String(n % 7)}`, cohortYear: 2022 + (n % 2) });
	for (const sort of ['name', 'cohort', 'flags'] as const) {
		for (const descending of [false, true]) {
			const first = await channelReports(commerce, { ...ALL, sort, descending });
			expect([first.rows.length, first.total, first.previous]).toEqual([PAGE_SIZE, PAGE_SIZE + 12, null]);
			const second = await channelReports(commerce, { ...ALL, sort, descending, after: first.next });
			expect([second.rows.length, second.next]).toEqual([12, null]);
			expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(PAGE_SIZE + 12);
			const back = await channelReports(commerce, { ...ALL, sort, descending, before: second.previous });
			expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
			expect([back.previous, back.next]).toEqual([null, first.next]);
		}
	}
	const some = await channelReports(commerce, { ...ALL, q: '企业3', cohort: 2022, states: ['not_started'] });
	expect(some.rows.every((row) => row.enterpriseName === '分页企业3' && row.cohortYear === 2022)).toBe(true);
	expect(some.total).toBe(some.rows.length);
	// A cohort nobody was designated in is no filter, in the list as in what is exported of it.
	expect((await channelReports(commerce, { ...ALL, cohort: 2099 })).total).toBe(PAGE_SIZE + 12);
	expect((await channelReportsForExport(commerce, { ...ALL, cohort: 2099 })).rows).toHaveLength(PAGE_SIZE + 12);
	expect((await channelReports(commerce, { ...ALL, q: "'; drop table annual_report; --%_" })).total).toBe(0);
});

test('an address that makes no sense is read as far as it does, and says what it left out', () => {
	const { query, ignored } = listQueryOf(
		new URLSearchParams('year=abc&court=moon&state=draft,zz&colour=red&category=manufacturing&cohort=2022&sort=-secret&after=x&q=' + 'a'.repeat(101))
	);
	expect(query).toMatchObject({
		year: null,
		court: null,
		states: ['draft'],
		category: 'manufacturing',
		cohort: 2022,
		sort: 'flags',
		descending: true,
		after: null,
		q: ''
	});
	expect([...ignored].sort()).toEqual(['after', 'colour', 'court', 'q', 'sort', 'state', 'year']);
	const place = { id: '12', key: '示例~企业' };
	expect(listQueryOf(new URLSearchParams({ after: placeText(place) })).query.after).toEqual(place);
});

test('the channel sets one date for both departments, within the year, and a stale page does not overwrite it', async () => {
	const { adminSql } = await database();
	const owner = { adminSql };
	const commerce = await buildOfficial(owner, 'commerce', '350000');
	const industry = await buildOfficial(owner, 'industry', '350000');
	expect((await channelHome(commerce, 2026)).year).toMatchObject({ ownDueOn: null, dueOn: '2026-11-15', ownRowVersion: 0 });
	expect(await setChannelDate(commerce, 2026, { dueOn: '2026-12-01', rowVersion: 0 })).toMatchObject({ ok: false, refusal: { code: 'date_out_of_range' } });
	expect(await setChannelDate(commerce, 2026, { dueOn: '2026-11-10', rowVersion: 0 })).toMatchObject({ ok: true });
	expect(await setChannelDate(industry, 2026, { dueOn: '2026-11-12', rowVersion: 0 })).toMatchObject({ ok: false, refusal: { code: 'stale_version' } });
	expect((await channelHome(industry, 2026)).year).toMatchObject({ ownDueOn: '2026-11-10', dueOn: '2026-11-10', ownRowVersion: 1 });
	expect((await channelHome(await buildOfficial(owner, 'commerce', '360000'), 2026)).year).toMatchObject({ ownDueOn: null });
});

test('what begins like a formula leaves as text', async () => {
	const file = await tableToXlsx({
		name: '清单/测试',
		head: ['清单'],
		rows: [{ name: '=cmd|calc', wan: '1234.50' }],
		columns: [textColumn('企业', (row: { name: string; wan: string }) => row.name), { header: '万元', cell: (row) => figureCell(row.wan) }]
	});
	const { default: readXlsx } = await import('read-excel-file/node');
	const read = await readXlsx(file);
	expect(JSON.stringify(read)).toContain('["=cmd|calc",1234.5]');
	expect(file.includes('<f>')).toBe(false);
});
