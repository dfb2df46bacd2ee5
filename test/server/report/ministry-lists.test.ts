/** The ministries' lists and the public register: what is shown, in which order, to whom, and what one click over all pages does. */
import { beforeAll, describe, expect, test } from 'vitest';
import readXlsxFile from 'read-excel-file/node';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { textColumn } from '#lib/server/sheets/sheet-column.ts';
import { tableToXlsx } from '#lib/server/sheets/write-xlsx.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import { ministryEnterprises } from '#lib/server/reads/ministry/ministry-enterprises.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { MINISTRY_REPORT_SORTS, type MinistryReportsQuery } from '#lib/server/reads/ministry/ministry-report-filters.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { ministryReports, ministryReportsForExport, reportsToReceive } from '#lib/server/reads/ministry/ministry-reports.ts';
import type { RegisterQuery } from '#lib/server/reads/office/register-list.ts';
import { publicHome, publicRegister } from '#lib/server/reads/public/public-register.ts';
import { actions } from '../../../src/routes/ministry/reports/+page.server.ts';
import type { RequestEvent } from '../../../src/routes/ministry/reports/$types';
import { listQueryOf } from '../../../src/routes/ministry/reports/list-query.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const ALL: MinistryReportsQuery = {
	year: 2026,
	court: null,
	states: [],
	category: null,
	cohort: null,
	channelId: null,
	late: null,
	flags: null,
	figure: null,
	asOf: null,
	reason: null,
	heldSince: null,
	q: '',
	sort: 'name',
	descending: false,
	after: null,
	before: null
};
const REGISTER: RegisterQuery = { cohort: null, category: null, channelId: null, status: null, q: '', after: null };
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const now = new Date();

let database: TestDatabase;
let commerce: Actor;
let industry: Actor;
let mofcom: Actor;
let miit: Actor;
const scenes: SceneReport[] = [];

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	commerce = await buildOfficial(database, 'commerce', '350000');
	industry = await buildOfficial(database, 'industry', '350000');
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
	for (let n = 0; n < 60; n += 1)
		scenes.push(
			await buildReport(database, {
				channelId: '350000',
				name: `列表企业${String(n).padStart(2, '0')}`,
				cohortYear: n < 30 ? 2022 : 2025,
				category: n % 2 === 0 ? 'manufacturing' : 'it_outsourcing'
			})
		);
	const sent = scenes.slice(0, 4);
	for (const scene of sent) {
		await submitReport(database, scene);
		await signReport(database, scene.reportId, [commerce, industry]);
	}
	await submitReport(database, at(4));
	const done = await forwardAnnualReports(commerce, {
		reports: sent.map(({ reportId }) => ({ id: reportId, version: 1 })),
		letterNo: '闽函1',
		letterOn: today,
		remark: ''
	});
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
});

function at(index: number): SceneReport {
	const scene = scenes[index];
	if (!scene) throw new Error(`no scene ${index}`);
	return scene;
}
const mine: Partial<MinistryReportsQuery> = { channelId: '350000' };
const read = (query: Partial<MinistryReportsQuery> = {}, actor = mofcom) => ministryReports(actor, { ...ALL, ...mine, ...query }, now);

describe('all reports of a year', () => {
	test('both ministries see the same rows, counts and order', async () => {
		const [a, b] = await Promise.all([read({}, mofcom), read({}, miit)]);
		expect(a.rows).toEqual(b.rows);
		expect([a.total, a.courts, a.rows.length]).toEqual([60, { enterprise: 55, departments: 1, ministries: 4, mine: 4 }, 50]);
	});

	test.each(MINISTRY_REPORT_SORTS.flatMap((sort) => [false, true].map((descending) => ({ sort, descending }))))(
		'$sort, descending $descending: pages forward and back hold every row once, in one order',
		async (order) => {
			const first = await read(order);
			const second = await read({ ...order, after: first.next });
			const back = await read({ ...order, before: second.previous });
			const ids = [...first.rows, ...second.rows].map(({ id }) => id);
			expect([new Set(ids).size, second.next, back.rows.map(({ id }) => id)]).toEqual([60, null, first.rows.map(({ id }) => id)]);
			expect(back.previous).toBeNull();
			const exported = await ministryReportsForExport(mofcom, { ...ALL, ...mine, ...order }, now);
			expect(exported.rows.map(({ id }) => id)).toEqual(ids);
		}
	);

	test('filters and their counts: state, category, cohort, name, lateness, flags', async () => {
		expect((await read({ states: ['forwarded'] })).rows.map(({ enterpriseName }) => enterpriseName)).toEqual([
			'列表企业00',
			'列表企业01',
			'列表企业02',
			'列表企业03'
		]);
		expect((await read({ category: 'manufacturing', cohort: 2022 })).total).toBe(15);
		expect((await read({ q: '企业07' })).rows).toHaveLength(1);
		expect((await read({ late: 'no' })).total).toBe(4);
		expect((await read({ late: 'fwd' })).total).toBe(0);
		const [row] = (await read({ states: ['forwarded'] })).rows;
		expect(row).toMatchObject({ lateness: { onTime: true, daysLate: 0 }, received: { mofcom: false, miit: false }, warnings: expect.any(Number) as number });
		// What has not come through the channel is not shown to the ministries.
		expect((await read({ states: ['submitted'] })).rows).toMatchObject([{ warnings: null, verdict: null }]);
	});

	test('late days are counted to whom they belong, and the filter finds them', async () => {
		await database.adminSql`insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on,
			form_version, policy_version, opened_by) values (2024, '2024-10-08', '2024-11-15', '2024-11-30', '2024-12-31', '2025-03-31', '2026-1', '2026-1',
			'scene')`;
		const late = await buildReport(database, { channelId: '350000', year: 2024, cohortYear: 2022, name: '逾期企业' });
		const ontime = await buildReport(database, { channelId: '350000', year: 2024, cohortYear: 2022, name: '按时企业' });
		const version = (scene: SceneReport) =>
			database.adminSql`insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name,
				receipt_no, content, content_hash) values (${scene.reportId}, 1, '2026-1', '2026-1', '2024-12-02T02:00:00Z', 'p', 'p', ${`R-${scene.reportId}`}, '{}',
				encode(sha256('{}'), 'hex'))`;
		await version(late);
		await version(ontime);
		await database.adminSql`update annual_report set state = 'forwarded', current_version = 1, first_submitted_at = '2024-12-02T02:00:00Z',
			submitted_at = '2024-12-02T02:00:00Z', forwarded_at = '2024-12-04T02:00:00Z', first_forwarded_at = '2024-12-04T02:00:00Z' where id = ${late.reportId}`;
		await database.adminSql`update annual_report set state = 'forwarded', current_version = 1, first_submitted_at = '2024-11-15T15:59:59.999Z',
			submitted_at = '2024-11-15T15:59:59.999Z', forwarded_at = '2024-11-30T15:59:59.999Z', first_forwarded_at = '2024-11-30T15:59:59.999Z'
			where id = ${ontime.reportId}`;
		for (const [on, court] of [
			['2024-12-02T02:00:00Z', 'departments'],
			['2024-12-03T02:00:00Z', 'channel'],
			['2024-12-04T02:00:00Z', 'ministries']
		] as const)
			await database.adminSql`insert into report_event (report_id, at, act, by_kind, state, court)
				values (${late.reportId}, ${on}, 'x', 'enterprise', 'submitted', ${court})`;
		const found = await read({ year: 2024, late: 'fwd' });
		expect(found.rows.map(({ enterpriseName, lateness }) => [enterpriseName, lateness.daysLate, lateness.daysByOwner])).toEqual([
			['逾期企业', 4, { enterprise: 2, departments: 1, channel: 1 }]
		]);
		// 前 includes the day until 24:00 in Beijing.
		expect((await read({ year: 2024, late: 'no' })).rows.map(({ enterpriseName }) => enterpriseName)).toEqual(['按时企业']);
		// The order by days late is the domain's own count.
		expect(
			(await read({ year: 2024, sort: 'days_late', descending: true })).rows.map(({ enterpriseName, lateness }) => [enterpriseName, lateness.daysLate])
		).toEqual([
			['逾期企业', 4],
			['按时企业', 0]
		]);
		expect((await read({ year: 2024, late: 'ent' })).rows.map(({ enterpriseName }) => enterpriseName)).toEqual(['逾期企业']);
	});

	test('an address with anything in it is read: what is unknown is dropped and named', async () => {
		const { query, ignored } = listQueryOf(
			new URLSearchParams('year=abc&class=zzz&status=forwarded,bogus&sort=price&late=maybe&region=%00&after=1~%27%3B&foo=1&q=%00x&cols=name&density=s')
		);
		expect(query).toMatchObject({ year: null, category: null, states: ['forwarded'], sort: 'name', late: null, channelId: null, q: 'x' });
		expect([...ignored].sort()).toEqual(['class', 'foo', 'late', 'region', 'sort', 'status', 'year']);
		for (const sort of MINISTRY_REPORT_SORTS) await expect(read({ sort, after: { id: '1', key: `x'; drop` } })).resolves.toBeDefined();
		await expect(read({ sort: 'submitted', after: { id: '1', key: '9999-99-99 99:99:99+00' } })).resolves.toBeDefined();
		// What does not exist is left out of the list and of everything that goes with it: the sheet holds what the list shows.
		const nowhere = { ...ALL, channelId: 'nowhere', cohort: 2099 };
		const shown = (await ministryReports(mofcom, nowhere, now)).total;
		expect([shown, (await ministryReportsForExport(mofcom, nowhere, now)).rows.length]).toEqual([60, 60]);
		expect(await reportsToReceive(mofcom, nowhere, now)).toHaveLength(4);
		expect((await ministryReports(mofcom, { ...ALL, cohort: 2022 }, now)).courts).toEqual({ enterprise: 25, departments: 1, ministries: 4, mine: 4 });
		expect((await ministryEnterprises(mofcom, { ...REGISTER, cohort: 2099 })).total).toBe((await ministryEnterprises(mofcom, REGISTER)).total);
	});

	test('the exported sheet holds what a name tries as text', async () => {
		const file = await tableToXlsx({
			name: 'x',
			head: ['x'],
			columns: [textColumn('企业', (row: { name: string }) => row.name)],
			rows: [{ name: '=HYPERLINK("http://x")' }]
		});
		const [sheet] = await readXlsxFile(file);
		expect(sheet?.data).toEqual([['x'], ['企业'], ['=HYPERLINK("http://x")']]);
	});
});

describe('方案第十一条: 报送商务部、工业和信息化部', () => {
	test('all matching are received only after their number was said, and it is said again when it has changed', async () => {
		const post = async (fields: Readonly<Record<string, string>>) => {
			const url = new URL('http://own.test/ministry/reports?/receive&year=2026&region=350000');
			const request = new Request(url, { method: 'POST', body: new URLSearchParams(fields) });
			return actions['receive']?.({
				url,
				request,
				route: { id: '/ministry/reports' },
				locals: { now: () => now, actor: mofcom, person: { seat: { kind: 'mofcom' } } }
			} as unknown as RequestEvent);
		};
		expect(await post({ matching: '1' })).toEqual({ confirm: { count: 4 } });
		expect(await post({ matching: '1', confirmed: '3', step: 'send' })).toEqual({ confirm: { count: 4 } });
		expect(await post({ matching: '1', confirmed: '4', step: 'cancel' })).toEqual({});
		expect(await reportsToReceive(mofcom, { ...ALL, ...mine }, now)).toHaveLength(4);
	});

	test('all matching are received by each ministry for itself; one that went back meanwhile is named, and both make it received', async () => {
		const waiting = await reportsToReceive(mofcom, { ...ALL, ...mine }, now);
		expect(waiting.map(({ id }) => id)).toEqual(scenes.slice(0, 4).map(({ reportId }) => reportId));
		expect(
			await returnAnnualReport(miit, at(3).reportId, { version: 1, reasonCode: 'figure_wrong', remark: '', correctByOn: today, comments: [] })
		).toMatchObject({ ok: true });
		expect(await receiveAnnualReports(mofcom, waiting)).toMatchObject({
			ok: true,
			received: [at(0).reportId, at(1).reportId, at(2).reportId],
			refused: [{ reportId: at(3).reportId, refusal: { code: 'wrong_state' } }]
		});
		expect(await reportsToReceive(mofcom, { ...ALL, ...mine }, now)).toEqual([]);
		expect(await reportsToReceive(miit, { ...ALL, ...mine }, now)).toHaveLength(3);
		expect((await ministryHome(miit)).toReceive).toEqual({ mine: 3, theirs: 0 });
		await receiveAnnualReports(miit, [{ id: at(0).reportId, version: 1 }]);
		expect((await read({ states: ['received'] })).rows.map(({ id }) => id)).toEqual([at(0).reportId]);
	});

	test('a report page: frozen content, opinions and explanations once it came through the channel, progress only before', async () => {
		const forwarded = await ministryReport(miit, at(1).reportId, null, now);
		expect(forwarded?.shown?.content.enterprise.name).toBe('列表企业01');
		expect(forwarded?.records.opinions.map(({ department }) => department).sort()).toEqual(['commerce', 'industry']);
		expect(forwarded?.moves).toContain('returnReport');
		const inChannel = await ministryReport(miit, at(4).reportId, null, now);
		expect(inChannel).toMatchObject({ shown: null, versions: [], moves: [], report: { state: 'submitted' } });
		expect(await ministryReport(miit, '999999999', null, now)).toBeUndefined();
		expect(await ministryReport(commerce, at(1).reportId, null, now)).toBeUndefined();
	});

	test('an enterprise page keeps the figures of the forwarded version while a correction is under way', async () => {
		const revenue = (page: Awaited<ReturnType<typeof ministryEnterprise>>) =>
			page?.enterprise.designations[0]?.figures.find(({ id }) => id === 'revenue')?.cells;
		const before = revenue(await ministryEnterprise(mofcom, at(3).enterpriseId, now));
		expect(before?.map(({ year, basis, value }) => [year, basis, value !== null])).toEqual([
			[2025, 'final', true],
			[2026, 'forecast', true]
		]);
		const answers = answersFor(at(3).category);
		await submitReport(database, at(3), { ...answers, 'revenue@forecast': String(Number(answers['revenue@forecast']) + 1) });
		expect(revenue(await ministryEnterprise(mofcom, at(3).enterpriseId, now))).toEqual(before);
		expect(await ministryEnterprise(commerce, at(3).enterpriseId, now)).toBeDefined();
		expect(await ministryEnterprise(await buildOfficial(database, 'commerce', '320000'), at(3).enterpriseId, now)).toBeUndefined();
	});
});

describe('方案第十条: the public register', () => {
	test('shows what was announced and nothing else, by name, page by page; an ended designation stays with its day', async () => {
		for (let n = 0; n < 50; n += 1) await buildReport(database, { channelId: '350000', name: `名单企业${String(n).padStart(2, '0')}`, cohortYear: 2022 });
		const [row] = await database.adminSql<{ row_version: number }[]>`select row_version from enterprise where id = ${at(9).enterpriseId}`;
		await recordEnterpriseEvent(mofcom, at(9).enterpriseId, {
			kind: 'ceased',
			effectiveOn: today,
			name: '',
			channelId: '',
			note: '注销',
			rowVersion: row?.row_version ?? 0
		});
		const first = await publicRegister({ ...REGISTER, channelId: '350000' });
		const second = await publicRegister({ ...REGISTER, channelId: '350000', after: first.next });
		const names = [...first.rows, ...second.rows].map(({ name }) => name);
		expect([first.total, first.rows.length, names.length, new Set(names).size, second.next]).toEqual([112, 100, 112, 112, null]);
		expect(Object.keys(first.rows[0] ?? {}).sort()).toEqual([
			'announcedOn',
			'announcementNo',
			'category',
			'channelName',
			'cohortYear',
			'endedOn',
			'formerNames',
			'id',
			'name',
			'status'
		]);
		expect((await publicRegister({ ...REGISTER, q: '列表企业09' })).rows).toMatchObject([{ status: 'ceased', endedOn: today }]);
		expect((await publicRegister({ ...REGISTER, q: '%_\\' })).total).toBe(0);
		const home = await publicHome();
		expect(home.year).toMatchObject({ year: 2026, closed: false });
		expect(home.cohorts.map(({ cohortYear }) => cohortYear)).toEqual([2025, 2022]);
	});
});
