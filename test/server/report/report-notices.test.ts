import { beforeAll, expect, test } from 'vitest';
import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, seatPerson, type Office } from '../../support/people.ts';
import { buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

/** A return that nobody hears of costs the days it was meant to save: who is told of which move, and in whose words. */
let database: TestDatabase;
let commerce: Actor;
let industry: Actor;
const today = dayInBeijing(new Date());
const OPEN = {
	opensOn: '2026-01-01',
	channelDueOn: '2099-11-15',
	ministryDueOn: '2099-11-30',
	acceptedLateUntilOn: '2099-12-31',
	correctionsUntilOn: '2100-03-31'
};

async function office(kind: Actor['orgKind'], channelId: string | null): Promise<Office> {
	const [known] = await database.adminSql<{ id: string }[]>`select id from organisation where kind = ${kind} and channel_id is not distinct from ${channelId}`;
	return { orgId: String(known?.id), kind, channelId, enterpriseId: null };
}

async function firm(name: string): Promise<SceneReport> {
	const report = await buildReport(database, { channelId: '320000', name });
	await seatPerson(
		database,
		{ orgId: report.filer.orgId, kind: 'enterprise', channelId: '320000', enterpriseId: report.enterpriseId },
		`filer-of-${report.reportId}`,
		'handler'
	);
	return report;
}

const letters = (template: string) =>
	database.adminSql<
		{ person_id: string; subject: string; text_body: string; locale: string }[]
	>`select person_id, subject, text_body, locale from mail where template = ${template} order by id`;

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, OPEN);
	commerce = await seatPerson(database, await office('commerce', '320000'), 'notice-commerce');
	industry = await seatPerson(database, await office('industry', '320000'), 'notice-industry');
	await seatPerson(database, await office('commerce', '320000'), 'notice-left', 'handler');
	await seatPerson(database, await office('industry', '440000'), 'notice-elsewhere');
	await database.adminSql`update membership set ended_at = now() where person_id = 'person-notice-left'`;
	await database.adminSql`update person set locale = 'en' where id = 'person-notice-industry'`;
});

test('a return reaches the enterprise and the other department, nobody who left and nobody elsewhere; taking it back is told too', async () => {
	const report = await firm('示例退回企业');
	await submitReport(database, report);
	const correctByOn = addDays(today, 5);
	expect(
		await returnAnnualReport(commerce, report.reportId, { version: 1, reasonCode: 'figure_wrong', remark: '请核对', correctByOn, comments: [] })
	).toMatchObject({ ok: true });
	const told = await letters('report_returned');
	expect(told.map(({ person_id }) => person_id).sort()).toEqual([`person-filer-of-${report.reportId}`, 'person-notice-industry'].sort());
	const [toFiler, toIndustry] = ['filer', 'industry'].map((who) => told.find(({ person_id }) => person_id.includes(who)));
	expect(toFiler?.text_body).toContain(`${today.slice(0, 4)}年`);
	expect(toFiler?.text_body).toContain('/enterprise/reports/2026');
	expect(toIndustry).toMatchObject({ locale: 'en', subject: 'The annual report 2026 was returned for correction' });
	expect(toIndustry?.text_body).toContain(`/channel/reports/${report.reportId}`);
	// Names of firms stay out of subjects.
	expect(told.every(({ subject }) => !subject.includes('示例退回企业'))).toBe(true);
	expect(await undoReturn(commerce, report.reportId)).toEqual({ ok: true });
	expect((await letters('report_return_undone')).length).toBe(2);
});

test('a refused act tells nobody', async () => {
	const before = (await letters('report_returned')).length;
	const report = await firm('示例未提交企业');
	expect(
		await returnAnnualReport(commerce, report.reportId, { version: 1, reasonCode: 'figure_wrong', remark: 'x', correctByOn: today, comments: [] })
	).toMatchObject({ ok: false });
	expect((await letters('report_returned')).length).toBe(before);
});

test('an enterprise hears that its report left the channel, and once both ministries have it, not before', async () => {
	const reports = [await firm('示例甲'), await firm('示例乙')];
	for (const report of reports) {
		await submitReport(database, report);
		await signReport(database, report.reportId, [commerce, industry]);
	}
	const chosen = reports.map(({ reportId }) => ({ id: reportId, version: 1 }));
	expect(await forwardAnnualReports(industry, { reports: chosen, letterNo: '示例函〔2026〕1号', letterOn: today, remark: '' })).toMatchObject({
		ok: true,
		count: 2
	});
	const people = reports.map(({ reportId }) => `person-filer-of-${reportId}`).sort();
	const forwarded = await letters('report_forwarded');
	expect(forwarded.map(({ person_id }) => person_id).sort()).toEqual(people);
	expect(forwarded[0]?.text_body).toContain('示例函〔2026〕1号');
	expect(forwarded[0]?.text_body).toContain(m.mail_report_forwarded_on_time({}, { locale: 'zh-CN' }));
	const ministry = async (kind: 'mofcom' | 'miit') => seatPerson(database, await office(kind, null), `notice-${kind}`);
	await receiveAnnualReports(await ministry('mofcom'), chosen);
	expect(await letters('report_received')).toEqual([]);
	await receiveAnnualReports(await ministry('miit'), chosen);
	expect((await letters('report_received')).map(({ person_id }) => person_id).sort()).toEqual(people);
});

test('the letter about a forwarding says what every list says: a kept extension is extended, not on time (domain.md 2)', async () => {
	const report = await firm('示例延期后转报企业');
	await submitReport(database, report);
	await signReport(database, report.reportId, [commerce, industry]);
	await database.adminSql`update annual_report set extension_on = '2099-12-10' where id = ${report.reportId}`;
	const reports = [{ id: report.reportId, version: 1 }];
	expect(await forwardAnnualReports(commerce, { reports, letterNo: '示例函〔2026〕2号', letterOn: today, remark: '' })).toMatchObject({ ok: true, late: 0 });
	const [letter] = (await letters('report_forwarded')).filter(({ person_id }) => person_id === `person-filer-of-${report.reportId}`);
	expect(letter?.text_body).toContain('已延期');
	expect(letter?.text_body).not.toContain('记为按时');
	const [row] = await database.adminSql<
		{ outcome: string }[]
	>`select after ->> 'outcome' as outcome from journal where act = 'forward-annual-reports' and object_id = ${report.reportId}`;
	expect(row?.outcome).toBe('extended');
});
