/** 方案第十一条, 自确定次年起: what the announcement dates change in an open year is previewed and applied by both ministries (会同). */
import { beforeAll, describe, expect, test } from 'vitest';
import { dayInBeijing } from '#lib/domain/day.ts';
import { settleDuties, withdrawDutySettlement } from '#lib/server/acts/report/settle-duties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { channelChase } from '#lib/server/reads/channel/channel-chase.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { readEnterpriseReports } from '#lib/server/reads/enterprise/enterprise-reports.ts';
import { readFilingTasks } from '#lib/server/reads/enterprise/filing-tasks.ts';
import { readEnterpriseHome } from '#lib/server/reads/enterprise/enterprise-home.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { ministryReports } from '#lib/server/reads/ministry/ministry-reports.ts';
import { ministryYearDates } from '#lib/server/reads/ministry/ministry-year-dates.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import type { TestDatabase } from '../../support/database.ts';
import { m } from '#lib/paraglide/messages.js';
import { applicationDatabase, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, fillDraft, openYear, oweReport, submitReport, type SceneReport } from '../../support/scene.ts';

const CHANNEL = '430000';
const NOW = new Date();
const LIST = {
	year: 2026,
	court: null,
	states: [],
	category: null,
	channelId: null,
	cohort: null,
	q: '',
	late: null,
	flags: null,
	figure: null,
	asOf: null,
	heldSince: null,
	reason: null,
	sort: 'name',
	descending: false,
	after: null,
	before: null
} as unknown as Parameters<typeof ministryReports>[1];
const CHASE = {
	year: 2026,
	list: null,
	stage: null,
	category: null,
	cohort: null,
	q: '',
	sort: 'risk',
	descending: false,
	open: null,
	after: null,
	before: null
} as unknown as Parameters<typeof channelChase>[1];

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;
let commerce: Actor;
let unfiled: SceneReport;
let filed: SceneReport;
let right: SceneReport;
let late: { designationId: string; enterpriseId: string };
const announce = (designationId: string, on: string) => database.adminSql`update designation set announced_on = ${on} where id = ${designationId}`;
const rowOf = async (reportId: string) =>
	(await database.adminSql`select state, court, voluntary, owed_on::text as owed_on from annual_report where id = ${reportId}`)[0];
const letters = () => database.adminSql`select template, to_address, person_id from mail where template like 'report_%' order by template, id`;
const preview = async () => {
	const found = await ministryYearDates(mofcom, 2026);
	if (!found) throw new Error('no year');
	return found;
};

beforeAll(async () => {
	database = await applicationDatabase();
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
	commerce = await buildOfficial(database, 'commerce', CHANNEL);
	await openYear(database, 2026, { opensOn: '2026-01-01', acceptedLateUntilOn: '2027-12-31', correctionsUntilOn: '2027-12-31' });
	await database.adminSql`
		insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version,
			opened_by, closed_at)
		values (2025, '2025-10-08', '2025-11-15', '2025-11-30', '2025-12-31', '2026-03-31', '2026-1', '2026-1', 'scene', '2026-04-10T03:00:00Z')`;
	right = await buildReport(database, { channelId: CHANNEL, name: '公布与批次一致' });
	unfiled = await buildReport(database, { channelId: CHANNEL, name: '未报送' });
	filed = await buildReport(database, { channelId: CHANNEL, name: '已报送' });
	await database.adminSql`
		insert into enterprise_contact (enterprise_id, place, name, phone, email)
		values (${unfiled.enterpriseId}, 1, '李联系', '13800000000', 'contact@example.invalid'), (${unfiled.enterpriseId}, 2, '无邮箱', '13800000001', null)`;
	await seatPerson(database, { orgId: filed.filer.orgId, kind: 'enterprise', channelId: CHANNEL, enterpriseId: filed.enterpriseId }, 'settle-filer', 'handler');
	await fillDraft(database, unfiled);
	await submitReport(database, filed);
	const scene = await buildReport(database, { channelId: CHANNEL, year: 2026, name: '早于批次公布' });
	late = scene;
	await database.adminSql`delete from report_event where report_id = ${scene.reportId}`.catch(() => undefined);
	await database.adminSql`alter table annual_report disable trigger all`;
	await database.adminSql`delete from annual_report where id = ${scene.reportId}`;
	await database.adminSql`alter table annual_report enable trigger all`;
	await database.adminSql`select recount_reports()`;
});

describe('方案第十一条: the year of the announcement decides, not the cohort’s name', () => {
	test('a year that stands as the register says has nothing to settle but what is missing', async () => {
		expect((await preview()).differences.map(({ enterpriseName, effect }) => `${enterpriseName} ${effect}`)).toEqual(['早于批次公布 added']);
		await announce(late.designationId, '2026-02-01');
		expect((await preview()).differences).toEqual([]);
		expect(await settleDuties(mofcom, 2026, 'x')).toMatchObject({ refusal: { code: 'nothing_changed' } });
	});

	test('corrected announcements are previewed; nothing moves before both ministries agree, by two people, to the same', async () => {
		await announce(unfiled.designationId, '2026-01-05');
		await announce(filed.designationId, '2026-01-05');
		await announce(late.designationId, '2025-12-31');
		const seen = await preview();
		expect(seen.differences.map(({ enterpriseName, effect }) => `${enterpriseName} ${effect}`)).toEqual([
			'未报送 not_owed',
			'已报送 voluntary',
			'早于批次公布 added'
		]);

		expect(await settleDuties(await buildOfficial(database, 'mofcom', null, 'handler'), 2026, seen.differencesMark)).toMatchObject({
			refusal: { code: 'not_your_duty' }
		});
		expect(await settleDuties(commerce, 2026, seen.differencesMark)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await settleDuties(mofcom, 2026, 'another')).toMatchObject({ refusal: { code: 'preview_outdated' } });
		expect(await settleDuties(mofcom, 2026, seen.differencesMark)).toMatchObject({
			ok: true,
			applied: false,
			counts: { added: 1, not_owed: 1, voluntary: 1, owed_again: 0 }
		});
		expect(await settleDuties(mofcom, 2026, seen.differencesMark)).toMatchObject({ refusal: { code: 'already_done' } });
		expect(await settleDuties({ ...miit, personId: mofcom.personId }, 2026, seen.differencesMark)).toMatchObject({ refusal: { code: 'same_person' } });
		expect((await ministryHome(miit)).dutiesAsked).toMatchObject([{ year: 2026, ministry: 'mofcom' }]);
		expect(await rowOf(unfiled.reportId)).toMatchObject({ state: 'draft', court: 'enterprise' });

		expect(await withdrawDutySettlement(miit, 2026)).toEqual({ ok: true });
		expect(await settleDuties(miit, 2026, seen.differencesMark)).toMatchObject({ ok: true, applied: false });
		// The register changes once more: the agreement to the old preview does not carry over to the new one.
		await announce(right.designationId, '2026-01-06');
		const changed = await preview();
		expect(changed.settlement).toMatchObject({ ministry: 'miit', same: false });
		expect(await settleDuties(mofcom, 2026, seen.differencesMark)).toMatchObject({ refusal: { code: 'preview_outdated' } });
		await announce(right.designationId, '2025-06-01');

		expect(await letters()).toEqual([]);
		expect(await settleDuties(mofcom, 2026, seen.differencesMark)).toMatchObject({ ok: true, applied: true });
		expect((await preview()).differences).toEqual([]);
	});

	test('whose duty changed is told: people by mail and inbox, the contacts where nobody has an account; what was added has its opening letter', async () => {
		expect(await letters()).toEqual([
			{ template: 'report_not_owed', to_address: 'contact@example.invalid', person_id: null },
			{ template: 'report_voluntary', to_address: 'settle-filer@example.cn', person_id: 'person-settle-filer' }
		]);
		const [mail] = await database.adminSql<{ subject: string; text_body: string }[]>`
			select subject, text_body from mail where template = 'report_not_owed'`;
		expect(mail?.subject).toBe(m.mail_report_not_owed_subject({ year: 2026 }));
		expect(mail?.text_body).toContain(m.mail_report_not_owed_text({ year: 2026, name: '未报送' }));
		expect(mail?.text_body).toContain('方案第十一条');
	});

	test('unfiled is 无需报送 and with nobody, filed stands as voluntary, and what was added is owed since that day', async () => {
		expect(await rowOf(unfiled.reportId)).toEqual({ state: 'not_owed', court: 'nobody', voluntary: false, owed_on: null });
		expect(await rowOf(filed.reportId)).toEqual({ state: 'submitted', court: 'departments', voluntary: true, owed_on: null });
		const [added] =
			await database.adminSql`select state, owed_on::text as owed_on from annual_report where designation_id = ${late.designationId} and year = 2026`;
		expect(added).toEqual({ state: 'not_started', owed_on: dayInBeijing(NOW) });
		const steps = await database.adminSql`select act, detail from report_event where report_id = ${filed.reportId} order by id desc limit 1`;
		expect(steps[0]).toMatchObject({ act: 'settle-duties', detail: { effect: 'voluntary' } });
	});

	test('neither is expected, late or chased, on any page; the list still holds them', async () => {
		const now = new Date(Math.max(NOW.getTime(), Date.parse('2026-12-20T02:00:00Z')));
		const progress = await ministryProgress(
			mofcom,
			{ year: 2026, by: 'channel', asOf: null, category: null, cohort: null, curve: 'submitted' } as unknown as Parameters<typeof ministryProgress>[1],
			now
		);
		expect(progress.total).toMatchObject({ expected: 2, submitted: 0, excused: 0, not_filed: 0 });
		expect((await ministryYearsPage(mofcom, dayInBeijing(now))).years.find(({ year }) => year === 2026)).toMatchObject({ owed: 2, excused: 0 });
		expect((await channelHome(commerce, 2026)).counts).toMatchObject({ owed: 2, excused: 0 });
		const rows = (await ministryReports(mofcom, LIST, now)).rows;
		expect(rows.map(({ enterpriseName, outcome }) => `${enterpriseName} ${outcome}`).sort()).toEqual([
			'公布与批次一致 late',
			'已报送 voluntary',
			'早于批次公布 late',
			'未报送 not_owed'
		]);
		expect((await ministryReports(mofcom, { ...LIST, late: 'fwd' }, now)).rows.map(({ enterpriseName }) => enterpriseName).sort()).toEqual([
			'公布与批次一致',
			'早于批次公布'
		]);
		const board = await channelChase(commerce, CHASE, now);
		expect(board.rows.map(({ enterpriseName }) => enterpriseName).sort()).toEqual(['公布与批次一致', '早于批次公布']);
		expect(board.pace.funnel['owed']).toBe(2);
		expect((await readEnterpriseHome(unfiled.filer, now))[0]).toMatchObject({ firstYear: 2027, duties: [{ state: 'not_owed' }] });
	});

	test('the same does a correction the other way: owed again, counted from that day', async () => {
		await announce(unfiled.designationId, '2025-06-01');
		const { differencesMark: mark, differences } = await preview();
		expect(differences.map(({ effect }) => effect)).toEqual(['owed_again']);
		expect(await settleDuties(miit, 2026, mark)).toMatchObject({ applied: false });
		expect(await settleDuties(mofcom, 2026, mark)).toMatchObject({ applied: true });
		expect(await rowOf(unfiled.reportId)).toMatchObject({ state: 'draft', court: 'enterprise', owed_on: dayInBeijing(NOW) });
		expect((await letters()).filter(({ template }) => template === 'report_owed_again')).toEqual([
			{ template: 'report_owed_again', to_address: 'contact@example.invalid', person_id: null }
		]);
	});

	test('a closed year stays as it was closed and is annotated', async () => {
		const reportId = await oweReport(database, { designationId: right.designationId, year: 2025 });
		const before = await rowOf(reportId);
		const closed = await ministryYearDates(mofcom, 2025);
		expect(closed?.differences.find(({ designationId }) => designationId === right.designationId)).toMatchObject({ note: 'was_not_owed', effect: null });
		expect(await settleDuties(mofcom, 2025, closed?.differencesMark ?? '')).toMatchObject({ refusal: { code: 'year_closed' } });
		expect(await rowOf(reportId)).toEqual(before);
		// The enterprise reads the same note on its own pages: home, the list of its years, the year itself; another year says nothing.
		const own = [{ year: 2025, note: 'was_not_owed' }];
		expect((await readEnterpriseHome(right.filer, NOW))[0]?.notes).toMatchObject(own);
		expect((await readEnterpriseReports(right.filer, NOW))[0]?.notes).toMatchObject(own);
		expect((await readFilingTasks(right.filer, '2025', NOW))?.notes).toMatchObject(own);
		expect((await readFilingTasks(right.filer, '2026', NOW))?.notes).toEqual([]);
		expect((await readEnterpriseHome(filed.filer, NOW))[0]?.notes).toEqual([]);
		// Owed by an announcement of 2024, and never listed: said without a report too.
		await announce(filed.designationId, '2024-06-01');
		expect((await readEnterpriseHome(filed.filer, NOW))[0]?.notes).toMatchObject([{ year: 2025, note: 'was_owed' }]);
	});
});
