import { beforeAll, describe, expect, test } from 'vitest';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { recordEnterpriseEvent, type EnterpriseEventInput } from '#lib/server/acts/register/record-enterprise-event.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildGroup, buildOfficial, buildReport, openYear, oweReport, signReport, submitReport } from '../../support/scene.ts';

let database: TestDatabase;
let ministry: Actor;
const officials = new Map<string, Actor>();
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2025);
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	ministry = await buildOfficial(database, 'mofcom');
	await buildGroup(database, 'g77');
	for (const [kind, channel] of [
		['commerce', '320000'],
		['industry', '320000'],
		['commerce', '330000'],
		['industry', '330000'],
		['group', 'g77']
	] as const)
		officials.set(`${kind} ${channel}`, await buildOfficial(database, kind, channel));
});

const official = (name: string) => {
	const found = officials.get(name);
	if (!found) throw new Error(name);
	return found;
};
const event = async (enterpriseId: string, input: Partial<EnterpriseEventInput>, actor = ministry) => {
	const [row] = await database.adminSql<{ row_version: number }[]>`select row_version from enterprise where id = ${enterpriseId}`;
	return recordEnterpriseEvent(actor, enterpriseId, {
		kind: 'renamed',
		effectiveOn: today,
		name: '',
		channelId: '',
		note: '登记通知书',
		rowVersion: row?.row_version ?? 0,
		...input
	});
};
const reports = (enterpriseId: string) =>
	database.adminSql<{ year: number; enterprise_name: string; channel_id: string; state: string; court: string }[]>`
		select year, enterprise_name, channel_id, state, court from annual_report where enterprise_id = ${enterpriseId} order by year`;

describe('each year stays with the channel and the name it had then (quality.md 7, 16)', () => {
	test('a new name reaches the year not yet due, not the year before', async () => {
		const scene = await buildReport(database, { channelId: '320000', name: '旧名', cohortYear: 2022 });
		await oweReport(database, { designationId: scene.designationId, year: 2025 });
		expect(await event(scene.enterpriseId, { name: '新名' })).toMatchObject({ ok: true, years: [2026] });
		expect(await reports(scene.enterpriseId)).toMatchObject([
			{ year: 2025, enterprise_name: '旧名' },
			{ year: 2026, enterprise_name: '新名' }
		]);
		const [known] = await database.adminSql`select e.name, o.name_zh, (select v.before ->> 'name' from enterprise_event v where v.enterprise_id = e.id
				and v.kind = 'renamed') as was from enterprise e join organisation o on o.enterprise_id = e.id where e.id = ${scene.enterpriseId}`;
		expect(known).toEqual({ name: '新名', name_zh: '新名', was: '旧名' });
	});

	test('a move while one department has signed: the new province decides alone, the old one sees the years it had', async () => {
		const scene = await buildReport(database, { channelId: '320000', cohortYear: 2022 });
		await oweReport(database, { designationId: scene.designationId, year: 2025 });
		await submitReport(database, scene);
		await signReport(database, scene.reportId, [official('commerce 320000')]);
		await database.adminSql`insert into explanation_mark (report_id, version_no, check_key, department, verdict, person_id, person_name)
			values (${scene.reportId}, 1, 'half_moved/revenue', 'commerce', 'accepted', 'p', 'p')`;

		expect(await event(scene.enterpriseId, { kind: 'moved', channelId: '330000' })).toMatchObject({ ok: true, years: [2026] });
		expect(await reports(scene.enterpriseId)).toMatchObject([
			{ year: 2025, channel_id: '320000' },
			{ year: 2026, channel_id: '330000', state: 'submitted', court: 'departments' }
		]);
		const [left] = await database.adminSql`select (select count(*)::int from opinion where report_id = ${scene.reportId} and withdrawn_at is null)
				as opinions, (select count(*)::int from opinion where report_id = ${scene.reportId}) as kept, (select count(*)::int from explanation_mark
				where report_id = ${scene.reportId}) as marks`;
		expect(left).toEqual({ opinions: 0, kept: 1, marks: 0 });

		expect(await giveOpinion(official('industry 320000'), scene.reportId, { version: 1, remark: '同意' })).toMatchObject({
			ok: false,
			refusal: { code: 'not_found' }
		});
		await signReport(database, scene.reportId, [official('commerce 330000'), official('industry 330000')]);
		expect(
			await forwardAnnualReports(official('commerce 330000'), { reports: [{ id: scene.reportId, version: 1 }], letterNo: '1', letterOn: today, remark: '' })
		).toMatchObject({ ok: true });
	});

	test('a move from a province to a group and what was forwarded before', async () => {
		const scene = await buildReport(database, { channelId: '320000' });
		await submitReport(database, scene);
		await signReport(database, scene.reportId, [official('commerce 320000'), official('industry 320000')]);
		expect(await event(scene.enterpriseId, { kind: 'moved', channelId: 'g77' })).toMatchObject({ ok: true, years: [2026] });
		expect(await reports(scene.enterpriseId)).toMatchObject([{ channel_id: 'g77', state: 'submitted', court: 'group' }]);
		await signReport(database, scene.reportId, [official('group g77')]);
		expect(
			await forwardAnnualReports(official('group g77'), { reports: [{ id: scene.reportId, version: 1 }], letterNo: '1', letterOn: today, remark: '' })
		).toMatchObject({ ok: true });
		// Forwarded through the group: whatever is moved now, the year stays with it.
		expect(await event(scene.enterpriseId, { kind: 'moved', channelId: '320000' })).toMatchObject({ ok: true, years: [] });
		expect(await reports(scene.enterpriseId)).toMatchObject([{ channel_id: 'g77', state: 'forwarded' }]);
	});

	test('the end of an enterprise ends its designations with the day; what is no longer owed is excused, what was filed goes on', async () => {
		const [quiet, filed] = [await buildReport(database, { channelId: '320000' }), await buildReport(database, { channelId: '320000' })];
		await submitReport(database, filed);
		expect(await event(quiet.enterpriseId, { kind: 'ceased' })).toMatchObject({ ok: true, years: [2026] });
		expect(await event(filed.enterpriseId, { kind: 'merged' })).toMatchObject({ ok: true, years: [] });
		expect([...(await reports(quiet.enterpriseId)), ...(await reports(filed.enterpriseId))].map(({ state }) => state)).toEqual(['excused', 'submitted']);
		const [ended] = await database.adminSql`select status, ended_on::text from designation where id = ${quiet.designationId}`;
		expect(ended).toEqual({ status: 'ceased', ended_on: today });
		expect(await event(quiet.enterpriseId, { kind: 'ceased' })).toMatchObject({ ok: false, refusal: { code: 'already_done' } });
	});

	test('refused: a day to come, a day before the last event of its kind, no day at all, the same name, a stale page, a handler, a province', async () => {
		const scene = await buildReport(database, { channelId: '320000', name: '某企业' });
		const given = { name: '某企业二' };
		expect(await event(scene.enterpriseId, { ...given, effectiveOn: '2999-01-01' })).toMatchObject({
			ok: false,
			refusal: { code: 'date_out_of_range', field: 'effectiveOn' }
		});
		expect(await event(scene.enterpriseId, { ...given, effectiveOn: '2026-02-30' })).toMatchObject({ ok: false, refusal: { code: 'date_invalid' } });
		expect(await event(scene.enterpriseId, { name: '某企业' })).toMatchObject({ ok: false, refusal: { code: 'nothing_changed' } });
		expect(await event(scene.enterpriseId, { kind: 'moved', channelId: '990000' })).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
		expect(await event(scene.enterpriseId, { ...given, rowVersion: 99 })).toMatchObject({ ok: false, refusal: { code: 'stale_version' } });
		expect(await event(scene.enterpriseId, given, await buildOfficial(database, 'mofcom', null, 'handler'))).toMatchObject({
			ok: false,
			refusal: { code: 'not_your_duty' }
		});
		expect(await event(scene.enterpriseId, given, official('commerce 320000'))).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
		expect(await event(scene.enterpriseId, { ...given, effectiveOn: '2026-06-01' })).toMatchObject({ ok: true });
		expect(await event(scene.enterpriseId, { name: '某企业三', effectiveOn: '2026-05-31' })).toMatchObject({
			ok: false,
			refusal: { code: 'date_out_of_range', earliestOn: '2026-06-01' }
		});
		const [kept] = await database.adminSql`select count(*)::int as n from enterprise_event where enterprise_id = ${scene.enterpriseId}`;
		expect(kept).toEqual({ n: 1 });
	});

	test("the one way to the departments' opinions is open to the ministries alone, and only before forwarding", async () => {
		const scene = await buildReport(database, { channelId: '320000' });
		await submitReport(database, scene);
		await signReport(database, scene.reportId, [official('commerce 320000'), official('industry 320000')]);
		const lapse = (actor: Actor) => asActor(actor, ({ sql }) => sql`select lapse_opinions(${scene.reportId}::bigint)`);
		await expect(lapse(official('commerce 320000'))).rejects.toMatchObject({ code: '42501' });
		await expect(lapse(scene.filer)).rejects.toMatchObject({ code: '42501' });
		await forwardAnnualReports(official('commerce 320000'), { reports: [{ id: scene.reportId, version: 1 }], letterNo: '2', letterOn: today, remark: '' });
		await expect(lapse(ministry)).rejects.toMatchObject({ constraint_name: 'lapse_before_forwarding' });
		const [kept] = await database.adminSql`select count(*)::int as n from opinion where report_id = ${scene.reportId} and withdrawn_at is null`;
		expect(kept).toEqual({ n: 2 });
	});
});
