/**
 * A ministry reminds channels: the departments of what lies with them and with their enterprises, once a day, by day, and with half a minute to take it back.
 */
import { maskEmail } from '#lib/domain/contact-mask.ts';
import { beforeAll, expect, test } from 'vitest';
import { decideAgain } from '#lib/server/acts/chase/decide-again.ts';
import type { Actor } from '#lib/server/actor.ts';
import { remindByHand } from '#lib/server/acts/chase/remind-by-hand.ts';
import { remindChannels, type ChannelReminderInput } from '#lib/server/acts/chase/remind-channels.ts';
import { undoReminders } from '#lib/server/acts/chase/undo-reminders.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { channelChase } from '#lib/server/reads/channel/channel-chase.ts';
import { deliveryLog } from '#lib/server/reads/office/delivery-log.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { ministryRemind } from '#lib/server/reads/ministry/ministry-remind.ts';
import { ministryReminderBatch } from '#lib/server/reads/ministry/ministry-reminder-batch.ts';
import { day } from '#lib/domain/day.ts';
import { DEFAULT_REMINDER_POLICY } from '#lib/domain/chase/reminder-policy.ts';
import { NO_CALENDAR } from '#lib/domain/working-calendar.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase, openOffice, seatPerson } from '../../support/people.ts';
import { buildGroup, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

/** A working hour the day after the ministries' date: reminders by hand are refused at night, and a test must not depend on when it runs. */
process.env['APP_NOW'] = '2026-12-01T10:00:00+08:00';
process.env['APP_ENV'] = 'demonstration';
const NOW = new Date(process.env['APP_NOW']);
const ALL = { year: 2026, channelIds: null, category: null, cohort: null, matter: null };
const remind = (actor: Actor, channelIds: readonly string[], changes: Partial<ChannelReminderInput> = {}) =>
	remindChannels(actor, { year: 2026, channelIds, category: null, cohort: null, matter: null, remark: '', ...changes });

let owner: TestDatabase;
let mofcom: Actor;
let miit: Actor;

/** A province with a handler in each department, and a report in each of its hands. */
async function province(
	channelId: string
): Promise<{ handlers: Actor[]; approvers: Actor[]; draft: SceneReport; waiting: SceneReport; approved: SceneReport }> {
	const handlers: Actor[] = [];
	for (const kind of ['commerce', 'industry'] as const)
		handlers.push(await seatPerson(owner, await openOffice(owner, kind, { channelId }), `${kind}-${channelId}`, 'handler'));
	const approvers = [await buildOfficial(owner, 'commerce', channelId), await buildOfficial(owner, 'industry', channelId)];
	const [draft, waiting, approved] = [
		await buildReport(owner, { channelId, name: `${channelId}未报企业` }),
		await buildReport(owner, { channelId, category: 'it_outsourcing' }),
		await buildReport(owner, { channelId })
	];
	await submitReport(owner, waiting);
	await signReport(owner, waiting.reportId, approvers.slice(0, 1));
	await submitReport(owner, approved);
	await signReport(owner, approved.reportId, approvers);
	return { handlers, approvers, draft, waiting, approved };
}

beforeAll(async () => {
	owner = await applicationDatabase();
	await openYear(owner, 2026);
	mofcom = await buildOfficial(owner, 'mofcom', null, 'handler');
	miit = await buildOfficial(owner, 'miit');
});

test('the preview names every person with what his letter holds, and is what is sent', async () => {
	const { draft } = await province('420000');
	const preview = await ministryRemind(mofcom, { ...ALL, channelIds: ['420000'] }, NOW);
	expect(preview).toMatchObject({
		held: 3,
		counts: { overdue: 3, unreported: 1, awaiting_opinion: 1, approved: 1 },
		channelIds: ['420000'],
		reports: 3,
		skipped: [],
		earlier: [],
		quiet: false
	});
	expect(
		preview.letters.map(({ audience, name, reports, counts }) => ({ audience, name, reports, counts })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
	).toEqual([
		{ audience: 'commerce', name: 'commerce-420000', reports: 2, counts: { overdue: 2, unreported: 1, awaiting_opinion: 0, approved: 1 } },
		{ audience: 'industry', name: 'industry-420000', reports: 3, counts: { overdue: 3, unreported: 1, awaiting_opinion: 1, approved: 1 } }
	]);
	const progress = await ministryProgress(mofcom, { year: 2026, by: 'channel', asOf: null, category: null, cohort: null, curve: 'submitted' }, NOW);
	expect(progress.held['420000']).toBe(3);
	const done = await remind(mofcom, preview.channelIds, { remark: '请于本周内办理。' });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	expect(done).toMatchObject({ reminders: 5, mails: preview.letters.length, skipped: 0 });
	const mails = await owner.adminSql<{ to_address: string; text_body: string; held: boolean }[]>`
		select distinct m.to_address, m.text_body, m.not_before >= b.undo_until as held from mail m join reminder r on r.mail_id = m.id join reminder_batch b
			on b.id = r.batch_id where b.id = ${done.batchId} order by 1`;
	// The preview tells whom, and not the address itself.
	expect(mails.map(({ to_address }) => maskEmail(to_address))).toEqual(preview.letters.map(({ address }) => address).toSorted());
	for (const { text_body: text, held } of mails) {
		expect(held).toBe(true);
		expect(text).toContain('420000未报企业（制造业类），未开始');
		expect(text).toContain('附言：请于本周内办理。');
		expect(text).toContain('本次提醒由商务部发出');
	}
	// As it leaves it is written anew, and still speaks to the department of its enterprise.
	const [mail] = await owner.adminSql<
		{ id: string }[]
	>`select m.id from mail m join reminder r on r.mail_id = m.id where r.report_id = ${draft.reportId} limit 1`;
	const again = await asSystem('test', (db) =>
		decideAgain(db, String(mail?.id), { policy: DEFAULT_REMINDER_POLICY, calendar: NO_CALENDAR, today: day('2026-12-01'), now: NOW }, false)
	);
	expect(again).toMatchObject({ is: 'letter' });
	expect(again.is === 'letter' && again.letter.paragraphs.join('\n')).toContain('企业尚未提交');
	// The journal of the ministry has it; both sides' logs do; the enterprise's has not, and its board line does not call it reminded.
	const [entry] = await owner.adminSql<{ after: unknown }[]>`select after from journal where act = 'remind-channels' and object_id = ${done.batchId}`;
	expect(entry?.after).toMatchObject({ year: 2026, matter: null, channels: ['420000'], reports: 3, reminders: 5, mails: 2, skipped: 0 });
	const commerce = await buildOfficial(owner, 'commerce', '420000');
	expect((await deliveryLog(commerce, draft.reportId)).lines.map(({ audience }) => audience).toSorted()).toEqual(['commerce', 'industry']);
	expect((await deliveryLog(draft.filer, draft.reportId)).lines).toEqual([]);
	const board = await channelChase(
		commerce,
		{ year: 2026, list: null, stage: null, category: null, cohort: null, q: '', sort: 'risk', descending: false, after: null, before: null, open: null },
		NOW
	);
	expect(board.rows.find(({ id }) => id === draft.reportId)?.lastReminder).toBeNull();
});

test('readers look and do not send; nobody but a ministry finds it', async () => {
	const { approvers, draft } = await province('430000');
	const reader = await buildOfficial(owner, 'mofcom', null, 'reader');
	expect((await ministryRemind(reader, { ...ALL, channelIds: ['430000'] }, NOW)).letters).toHaveLength(2);
	expect(await remind(reader, ['430000'])).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
	for (const stranger of [...approvers, draft.filer]) expect(await remind(stranger, ['430000'])).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await remind(mofcom, ['430001'])).toEqual({ ok: false, refusal: { code: 'nobody_to_remind' } });
});

test('only what was asked for: the matter, the category, the cohort', async () => {
	await province('440000');
	const about = async (changes: object) => {
		const { letters, reports } = await ministryRemind(miit, { ...ALL, channelIds: ['440000'], ...changes }, NOW);
		return [reports, letters.length];
	};
	expect(await about({ matter: 'overdue' })).toEqual([3, 2]);
	expect(await about({ matter: 'unreported' })).toEqual([1, 2]);
	expect(await about({ matter: 'awaiting_opinion' })).toEqual([1, 1]);
	expect(await about({ matter: 'approved' })).toEqual([1, 2]);
	expect(await about({ category: 'it_outsourcing' })).toEqual([1, 1]);
	expect(await about({ cohort: 2022 })).toEqual([0, 0]);
	const done = await remind(miit, ['440000'], { matter: 'awaiting_opinion' });
	expect(done).toMatchObject({ ok: true, reminders: 1, mails: 1 });
});

test('once a day, whoever presses: the other ministry, a department, the same again', async () => {
	const { handlers, approvers, waiting, draft } = await province('450000');
	// Commerce has asked industry today.
	const [, industry] = handlers;
	expect(await remindByHand(approvers[0] ?? mofcom, { year: 2026, reportIds: [waiting.reportId, draft.reportId], remark: '' })).toMatchObject({
		ok: true,
		mails: 1
	});
	const preview = await ministryRemind(mofcom, { ...ALL, channelIds: ['450000'] }, NOW);
	expect(preview.letters.map(({ name }) => name)).toEqual(['commerce-450000']);
	expect(preview.skipped).toEqual([{ channelName: '广西', audience: 'industry', name: industry?.personName, why: 'reminded_today', reports: 3 }]);
	const pressed = await Promise.all([mofcom, miit, mofcom, miit].map((who) => remind(who, ['450000', '420000'])));
	expect(pressed.map((one) => (one.ok ? 'sent' : one.refusal.code)).toSorted()).toEqual(['nobody_to_remind', 'nobody_to_remind', 'nobody_to_remind', 'sent']);
	const twice = await owner.adminSql`
		select m.to_address from mail m join reminder r on r.mail_id = m.id join annual_report a on a.id = r.report_id where a.channel_id = '450000'
			group by m.to_address having count(distinct m.id) > 1`;
	expect(twice).toHaveLength(0);
});

test('everybody who is left out is named with the reason: who left, a closed account, an office without people, a channel with nothing', async () => {
	const { handlers } = await province('460000');
	const [commerce, industry] = handlers;
	await owner.adminSql`update membership set ended_at = ${NOW} where person_id = ${commerce?.personId ?? ''}`;
	await owner.adminSql`update person set disabled_at = ${NOW} where id = ${industry?.personId ?? ''}`;
	const successor = await seatPerson(
		owner,
		{ orgId: commerce?.orgId ?? '', kind: 'commerce', channelId: '460000', enterpriseId: null },
		'hi-successor',
		'approver'
	);
	const group = await buildGroup(owner, 'group-empty');
	await buildReport(owner, { channelId: group });
	const preview = await ministryRemind(mofcom, { ...ALL, channelIds: ['460000', group, '500000', 'nowhere'] }, NOW);
	expect(preview.chosen?.map(({ id }) => id)).toEqual(['460000', '500000', group]);
	// Nobody handles: the approver is written to.
	expect(preview.letters.map(({ name }) => name)).toEqual([successor.personName]);
	expect(preview.skipped).toEqual([
		{ channelName: '海南', audience: 'commerce', name: 'commerce-460000', why: 'left', reports: 2 },
		{ channelName: '海南', audience: 'industry', name: 'industry-460000', why: 'disabled', reports: 3 },
		{ channelName: '重庆', audience: null, name: null, why: 'nothing_held', reports: 0 },
		{ channelName: 'group-empty', audience: 'group', name: null, why: 'nobody_known', reports: 1 }
	]);
});

test('taken back within half a minute by whoever pressed, and by nobody else; the other ministry sees it', async () => {
	await province('510000');
	const done = await remind(mofcom, ['510000']);
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	expect(await ministryReminderBatch(miit, done.batchId)).toMatchObject({
		by: 'mofcom',
		mine: false,
		letters: [
			{ channelName: '四川', audience: 'commerce', reports: 2, delivery: 'kept' },
			{ audience: 'industry', reports: 3 }
		]
	});
	expect((await ministryRemind(miit, ALL, NOW)).earlier[0]).toMatchObject({ id: done.batchId, by: 'mofcom', letters: 2, undoneAt: null });
	const commerce = await buildOfficial(owner, 'commerce', '510000');
	expect(await undoReminders(commerce, done.batchId)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await undoReminders(miit, done.batchId)).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await undoReminders({ ...mofcom, personId: 'another' }, done.batchId)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_undo' } });
	expect(await undoReminders(mofcom, done.batchId)).toEqual({ ok: true, mails: 2 });
	expect(await undoReminders(mofcom, done.batchId)).toMatchObject({ ok: false, refusal: { code: 'already_done' } });
	expect(
		(await owner.adminSql`select distinct state, dropped_because from mail where id in (select mail_id from reminder where batch_id = ${done.batchId})`).map(
			(row) => ({ ...row })
		)
	).toEqual([{ state: 'dropped', dropped_because: 'undone' }]);
	expect((await ministryReminderBatch(mofcom, done.batchId))?.letters.map(({ delivery, problem }) => [delivery, problem])).toEqual([
		['dropped', 'undone'],
		['dropped', 'undone']
	]);
	expect(await remind(miit, ['510000'])).toMatchObject({ ok: true, mails: 2 });
	await province('520000');
	const late = await remind(mofcom, ['520000']);
	if (!late.ok) throw new Error(JSON.stringify(late.refusal));
	await owner.adminSql`update reminder_batch set made_at = made_at - interval '31 seconds', undo_until = undo_until - interval '31 seconds'
		where id = ${late.batchId}`;
	expect(await undoReminders(mofcom, late.batchId)).toMatchObject({ ok: false, refusal: { code: 'undo_over' } });
});

test('a year that has not begun reminds nobody of anything', async () => {
	await openYear(owner, 2027);
	await buildReport(owner, { channelId: '610000', year: 2027 });
	expect(await ministryRemind(mofcom, { ...ALL, year: 2027 }, NOW)).toMatchObject({ held: 0, letters: [], skipped: [] });
	expect(await remind(mofcom, ['610000'], { year: 2027 })).toEqual({ ok: false, refusal: { code: 'nobody_to_remind' } });
});
