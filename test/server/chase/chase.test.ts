/** The chase board: whom it shows to whom, in which order, and what a call or a reminder leaves behind. */
import { expect, test } from 'vitest';
import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { logContact, strikeContact, type ContactInput } from '#lib/server/acts/chase/log-contact.ts';
import { remindByHand } from '#lib/server/acts/chase/remind-by-hand.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import { undoReminders } from '#lib/server/acts/chase/undo-reminders.ts';
import { channelChase, channelChaseForExport } from '#lib/server/reads/channel/channel-chase.ts';
import { PAGE_SIZE } from '#lib/server/reads/page.ts';
import type { ChaseQuery } from '#lib/server/reads/channel/channel-chase-facts.ts';
import { channelRemind } from '#lib/server/reads/channel/channel-remind.ts';
import { channelReminderBatch } from '#lib/server/reads/channel/channel-reminder-batch.ts';
import type { Actor } from '#lib/server/actor.ts';
import { applicationDatabase, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, fillDraft, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

/** A working hour of the year: reminders by hand are refused at night, and a test must not depend on when it runs. */
process.env['APP_NOW'] = '2026-11-24T10:00:00+08:00';
process.env['APP_ENV'] = 'demonstration';
const NOW = new Date(process.env['APP_NOW']);
const TODAY = dayInBeijing(NOW);
const ALL: ChaseQuery = {
	year: 2026,
	list: null,
	stage: null,
	category: null,
	cohort: null,
	q: '',
	sort: 'risk',
	descending: false,
	after: null,
	before: null,
	open: null
};
const CALL: ContactInput = { means: 'phone', outcome: 'no_answer', spokeTo: '', promisedOn: '', remark: '' };

async function province(channelId: string) {
	const owner = await applicationDatabase();
	await openYear(owner, 2026, { channelDueOn: '2026-11-28' });
	const commerce = await buildOfficial(owner, 'commerce', channelId, 'handler');
	const commerceApprover = await buildOfficial(owner, 'commerce', channelId);
	const industry = await buildOfficial(owner, 'industry', channelId);
	return { owner, commerce, commerceApprover, industry };
}

async function withContact(report: SceneReport, email: string | null, phone = '13800001234') {
	const { adminSql } = await applicationDatabase();
	await adminSql`insert into enterprise_contact (enterprise_id, place, name, phone, email) values (${report.enterpriseId}, 1, '王联络', ${phone}, ${email})`;
}

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

test('both departments see each other’s waiting days and calls; a stranger sees nothing and can log nothing', async () => {
	const { owner, commerce, commerceApprover, industry } = await province('110000');
	const report = await buildReport(owner, { channelId: '110000' });
	await submitReport(owner, report);
	await owner.adminSql`update annual_report set submitted_at = '2026-11-20T03:00:00Z', first_submitted_at = '2026-11-20T03:00:00Z'
		where id = ${report.reportId}`;
	await signReport(owner, report.reportId, [commerceApprover]);
	expect(await logContact(commerce, report.reportId, { ...CALL, remark: '问过了' })).toMatchObject({ ok: true });
	const seen = await channelChase(industry, { ...ALL, open: report.reportId }, NOW);
	const [row] = seen.rows;
	expect(row?.departments.commerce?.signedAt).toBeInstanceOf(Date);
	expect(row?.departments.industry?.waitingSince).toEqual(new Date('2026-11-20T03:00:00Z'));
	expect(row).toMatchObject({ lists: ['waiting'], next: 'sign', remindable: false, lastContact: { outcome: 'no_answer', by: 'commerce' } });
	expect(seen.open?.lines).toMatchObject([{ kind: 'call', by: 'commerce', mine: false, remark: '问过了' }]);
	expect((await channelChase(commerce, ALL, NOW)).rows[0]).toMatchObject({ next: 'ask_other', remindable: true });
	const stranger = await buildOfficial(owner, 'commerce', '120000', 'handler');
	expect((await channelChase(stranger, { ...ALL, open: report.reportId }, NOW)).rows).toEqual([]);
	expect((await channelChase(stranger, { ...ALL, open: report.reportId }, NOW)).open).toBeNull();
	expect(await logContact(stranger, report.reportId, CALL)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await logContact(report.filer, report.reportId, CALL)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await remindByHand(stranger, { year: 2026, reportIds: [report.reportId], remark: '' })).toEqual({ ok: false, refusal: { code: 'not_found' } });
	const reader = await buildOfficial(owner, 'commerce', '110000', 'reader');
	expect(await logContact(reader, report.reportId, CALL)).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
});

test('a promise sends the row below the others until its day, and first of all on it; struck, it never was', async () => {
	const { owner, commerce } = await province('130000');
	const [first, second] = [await buildReport(owner, { channelId: '130000' }), await buildReport(owner, { channelId: '130000' })];
	await withContact(first, 'yi@example.cn');
	expect(ids((await channelChase(commerce, ALL, NOW)).rows)).toEqual([first.reportId, second.reportId]);
	expect(await logContact(commerce, first.reportId, { ...CALL, outcome: 'promised', promisedOn: 'soon' })).toMatchObject({
		ok: false,
		refusal: { code: 'date_invalid' }
	});
	const logged = await logContact(commerce, first.reportId, { ...CALL, outcome: 'promised', promisedOn: addDays(TODAY, 2) });
	expect((await channelChase(commerce, ALL, NOW)).rows).toMatchObject([
		{ id: second.reportId },
		{ id: first.reportId, promiseAhead: true, next: 'await_promise' }
	]);
	const reached = new Date(NOW.getTime() + 2 * 86_400_000);
	expect((await channelChase(commerce, ALL, reached)).rows).toMatchObject([
		{ id: first.reportId, next: 'ask_promise', promisedOn: addDays(TODAY, 2) },
		{ id: second.reportId }
	]);
	if (!logged.ok) throw new Error('not logged');
	const other = await buildOfficial(owner, 'commerce', '130000', 'handler', 'another');
	expect(await strikeContact(other, logged.entryId)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_undo' } });
	expect(await strikeContact(commerce, logged.entryId)).toEqual({ ok: true });
	expect(await strikeContact(commerce, logged.entryId)).toMatchObject({ ok: false, refusal: { code: 'already_done' } });
	expect(ids((await channelChase(commerce, ALL, reached)).rows)).toEqual([first.reportId, second.reportId]);
	const late = await logContact(commerce, second.reportId, CALL);
	if (!late.ok) throw new Error('not logged');
	await owner.adminSql`update contact_log set at = at - interval '31 minutes' where id = ${late.entryId}`;
	expect(await strikeContact(commerce, late.entryId)).toMatchObject({ ok: false, refusal: { code: 'undo_over' } });
});

test('the funnel equals the rows counted one by one, after every kind of act', async () => {
	const { owner, commerceApprover, industry } = await province('140000');
	const reports: SceneReport[] = [];
	for (let n = 0; n < 14; n += 1) reports.push(await buildReport(owner, { channelId: '140000', category: n % 3 === 0 ? 'it_outsourcing' : 'manufacturing' }));
	let seed = 7;
	const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
	for (const report of reports) {
		const moves = random(7);
		if (moves === 1) await fillDraft(owner, report);
		if (moves >= 2) await submitReport(owner, report);
		if (moves === 3) await signReport(owner, report.reportId, [random(2) === 0 ? commerceApprover : industry]);
		if (moves === 4)
			await returnAnnualReport(industry, report.reportId, {
				version: 1,
				reasonCode: 'other',
				remark: '请改',
				correctByOn: '2026-11-29',
				comments: [{ answerKey: null, remark: '请改' }]
			});
		if (moves >= 5) await signReport(owner, report.reportId, [commerceApprover, industry]);
		if (moves === 6)
			await forwardAnnualReports(commerceApprover, { reports: [{ id: report.reportId, version: 1 }], letterNo: '函', letterOn: TODAY, remark: '' });
	}
	await owner.adminSql`update annual_report set state = 'excused' where id = ${String((await buildReport(owner, { channelId: '140000' })).reportId)}`;
	const { pace } = await channelChase(industry, ALL, NOW);
	const [live] = await owner.adminSql<Record<string, number>[]>`
		select count(*) filter (where state <> 'excused')::int as owed, count(*) filter (where state not in ('excused', 'not_started', 'not_filed'))::int
			as started,
			count(*) filter (where state in ('submitted', 'returned', 'forwarded', 'received'))::int as submitted,
			count(*) filter (where state in ('forwarded', 'received') or state = 'submitted' and commerce_version = current_version)::int as commerce,
			count(*) filter (where state in ('forwarded', 'received') or state = 'submitted' and industry_version = current_version)::int as industry,
			count(*) filter (where state in ('forwarded', 'received'))::int as forwarded, count(*) filter (where state = 'received')::int as received
		from annual_report where channel_id = '140000' and year = 2026`;
	expect(pace.funnel).toEqual(live);
	expect(pace.years[0]).toMatchObject({ year: 2026, owed: live?.['owed'], forwarded: live?.['forwarded'] });
	// Each number leads to its rows.
	for (const [stage, count] of Object.entries(live ?? {}))
		expect([stage, (await channelChase(industry, { ...ALL, stage: stage as never }, NOW)).total]).toEqual([stage, count]);
});

test('pages turn by key, the export is the whole in the same order', async () => {
	const { owner, commerce } = await province('150000');
	const made: string[] = [];
	for (let n = 0; n < PAGE_SIZE + 5; n += 1) made.push((await buildReport(owner, { channelId: '150000' })).reportId);
	for (const sort of ['risk', 'name'] as const) {
		const first = await channelChase(commerce, { ...ALL, sort }, NOW);
		const second = await channelChase(commerce, { ...ALL, sort, after: first.next }, NOW);
		expect([first.rows.length, second.rows.length, second.next, first.previous]).toEqual([PAGE_SIZE, 5, null, null]);
		const together = [...ids(first.rows), ...ids(second.rows)];
		expect(together.toSorted()).toEqual(made.toSorted());
		expect(ids((await channelChase(commerce, { ...ALL, sort, before: second.previous }, NOW)).rows)).toEqual(ids(first.rows));
		expect(ids((await channelChaseForExport(commerce, { ...ALL, sort }, NOW)).rows)).toEqual(together);
	}
});

test('the preview is what is sent: one letter a person, once a day, taken back within half a minute and not later', async () => {
	const { owner, commerce, industry } = await province('210000');
	const [written, rung, waiting] = [
		await buildReport(owner, { channelId: '210000', name: '有邮箱企业' }),
		await buildReport(owner, { channelId: '210000', name: '无邮箱企业' }),
		await buildReport(owner, { channelId: '210000', name: '待工信企业' })
	];
	await withContact(written, 'wang@example.cn');
	await withContact(rung, null);
	await submitReport(owner, waiting);
	await signReport(owner, waiting.reportId, [await buildOfficial(owner, 'commerce', '210000')]);
	const colleague = await seatPerson(owner, { orgId: industry.orgId, kind: 'industry', channelId: '210000', enterpriseId: null }, 'ln-industry', 'handler');
	const preview = await channelRemind(commerce, ALL, null, NOW);
	expect(preview.letters.map(({ name, address, enterprises }) => [name, address, enterprises]).toSorted()).toEqual([
		[colleague.personName, 'l****@example.cn', ['待工信企业']],
		['王联络', 'w****@example.cn', ['有邮箱企业']]
	]);
	expect(preview.skipped).toEqual([{ enterprise: '无邮箱企业', audience: 'enterprise', name: '王联络', why: 'no_address' }]);
	const done = await remindByHand(commerce, { year: 2026, reportIds: preview.reportIds, remark: '请尽快' });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	expect(done).toMatchObject({ reminders: 2, mails: 2 });
	const batch = await channelReminderBatch(industry, done.batchId);
	expect(batch?.reminders.map(({ delivery }) => delivery)).toEqual(['kept', 'kept']);
	const [held] = await owner.adminSql<
		{ held: boolean }[]
	>`select bool_and(m.not_before >= b.undo_until) as held from mail m join reminder r on r.mail_id = m.id join reminder_batch b on b.id = r.batch_id
		where b.id = ${done.batchId}`;
	expect(held?.held).toBe(true);
	// Nobody twice a day, whichever department presses.
	expect((await channelRemind(commerce, ALL, null, NOW)).skipped.map(({ why }) => why).toSorted()).toEqual(['no_address', 'reminded_today', 'reminded_today']);
	expect(await remindByHand(industry, { year: 2026, reportIds: [written.reportId], remark: '' })).toEqual({ ok: false, refusal: { code: 'nobody_to_remind' } });
	// Taken back: by whoever sent it, in time.
	expect(await undoReminders(industry, done.batchId)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	const other: Actor = { ...commerce, personId: 'another' };
	expect(await undoReminders(other, done.batchId)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_undo' } });
	expect(await undoReminders(commerce, done.batchId)).toEqual({ ok: true, mails: 2 });
	expect(await undoReminders(commerce, done.batchId)).toMatchObject({ ok: false, refusal: { code: 'already_done' } });
	expect(
		(await owner.adminSql`select state, dropped_because from mail m where m.id in (select mail_id from reminder where batch_id = ${done.batchId})`).map(
			(row) => ({ ...row })
		)
	).toEqual(Array(2).fill({ state: 'dropped', dropped_because: 'undone' }));
	expect((await channelReminderBatch(commerce, done.batchId))?.reminders.map(({ delivery, problem }) => [delivery, problem])).toEqual([
		['dropped', 'undone'],
		['dropped', 'undone']
	]);
	// It never left, so the day is not spent: the same again, by either department, in a batch and mails of their own; and once more only after that is taken
	// back.
	expect((await channelRemind(commerce, ALL, null, NOW)).letters).toEqual(preview.letters);
	const again = await remindByHand(commerce, { year: 2026, reportIds: preview.reportIds, remark: '请尽快' });
	if (!again.ok) throw new Error(JSON.stringify(again.refusal));
	expect(again).toMatchObject({ reminders: 2, mails: 2 });
	expect(await remindByHand(commerce, { year: 2026, reportIds: preview.reportIds, remark: '' })).toEqual({ ok: false, refusal: { code: 'nobody_to_remind' } });
	expect((await channelReminderBatch(commerce, done.batchId))?.reminders).toHaveLength(2);
	expect(await undoReminders(commerce, again.batchId)).toEqual({ ok: true, mails: 2 });
	expect(await remindByHand(industry, { year: 2026, reportIds: [written.reportId], remark: '' })).toMatchObject({ ok: true, mails: 1 });
	const once = await owner.adminSql`select 1 from reminder where report_id = ${written.reportId} and problem is distinct from 'undone'`;
	expect(once).toHaveLength(1);
});

test('thirty-one seconds on it stays sent; two that press at once send once', async () => {
	const { owner, commerce, industry } = await province('220000');
	const report = await buildReport(owner, { channelId: '220000' });
	await withContact(report, 'li@example.cn');
	const pressed = await Promise.all(
		[commerce, industry, commerce, industry].map((who) => remindByHand(who, { year: 2026, reportIds: [report.reportId], remark: '' }))
	);
	expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
	const sent = pressed.find((one) => one.ok);
	if (!sent?.ok) throw new Error('nobody sent');
	const [count] = await owner.adminSql<{ n: number }[]>`select count(*)::int as n from reminder where report_id = ${report.reportId}`;
	expect(count?.n).toBe(1);
	await owner.adminSql`update reminder_batch set made_at = made_at - interval '31 seconds', undo_until = undo_until - interval '31 seconds'
		where id = ${sent.batchId}`;
	const sender = pressed.indexOf(sent) % 2 === 0 ? commerce : industry;
	expect(await undoReminders(sender, sent.batchId)).toMatchObject({ ok: false, refusal: { code: 'undo_over' } });
});
