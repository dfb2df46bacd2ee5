import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliverMail } from '#lib/server/acts/chase/deliver-mail.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { queueMail } from '#lib/server/mail/mail.ts';
import { decideAgain } from '#lib/server/acts/chase/decide-again.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { day } from '#lib/domain/day.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';
import { SmtpServer } from '../../support/smtp-server.ts';

/** What was planned is decided again when it leaves: never to someone who left, never after the court has changed (domain.md 4). */
const smtp = new SmtpServer();
let database: TestDatabase;
const CHANNEL = '320000';

beforeAll(async () => {
	await smtp.up();
	process.env['SMTP_URL'] = smtp.url;
	database = await applicationDatabase();
	await openYear(database, 2026);
});
afterAll(() => smtp.down());
beforeEach(async () => {
	smtp.forget();
	await database.adminSql`delete from reminder`;
	await database.adminSql`delete from mail`;
});

async function seat(personId: string, orgId: string, duty = 'handler'): Promise<string> {
	await database.adminSql`insert into person (id, name, email) values (${personId}, ${personId}, ${`${personId}@example.cn`}) on conflict do nothing`;
	await database.adminSql`insert into membership (person_id, org_id, duty) values (${personId}, ${orgId}, ${duty})`;
	return personId;
}

interface Planned {
	readonly personId: string | null;
	readonly address?: string;
	readonly audience?: string;
	readonly court?: string;
	readonly due?: string;
	readonly step?: string;
}

/** One mail that carries a reminder of each report. */
async function plan(
	reports: readonly SceneReport[],
	{ personId, address = `${personId ?? ''}@example.cn`, audience = 'enterprise', court = 'enterprise', due = '2026-11-15', step = 'T-3' }: Planned
): Promise<string> {
	await asSystem('test', (db) =>
		queueMail(db, { template: 'reminder_before', locale: 'zh-CN', to: address, personId, name: '王经办', subject: '催报', paragraphs: ['旧文'] })
	);
	const [mail] = await database.adminSql<{ id: string }[]>`select id from mail order by id desc limit 1`;
	for (const { reportId } of reports) {
		await database.adminSql`
			insert into reminder (report_id, audience, step, party_due_on, court, recipient_key, person_id, recipient_name, to_address, mail_id, delivery)
			values (${reportId}, ${audience}, ${step}, ${due}, ${court}, ${personId ?? `contact:${address}`}, ${personId}, '王经办', ${address}, ${String(mail?.id)},
				'queued')`;
	}
	return String(mail?.id);
}
const outbox = () =>
	database.adminSql<
		{ state: string; dropped_because: string | null; text_body: string; to_address: string }[]
	>`select state, dropped_because, text_body, to_address from mail order by id`;
const reminders = () => database.adminSql<{ delivery: string; problem: string | null }[]>`select delivery, problem from reminder order by id`;
const droppedBecause = async (why: string) => {
	expect(await deliverMail()).toMatchObject({ sent: 0, dropped: 1 });
	expect(smtp.received).toHaveLength(0);
	expect(await outbox()).toMatchObject([{ state: 'dropped', dropped_because: why }]);
	expect(await reminders()).toMatchObject([{ delivery: 'dropped', problem: why }]);
};
/** Submits; the receipt by mail is of no interest here. */
const submit = async (report: SceneReport) => {
	await submitReport(database, report);
	await database.adminSql`delete from mail where template not like 'reminder%'`;
};
const firm = async (name?: string) => {
	const report = await buildReport(database, { channelId: CHANNEL, ...(name === undefined ? {} : { name }) });
	return { report, filer: await seat(`f${report.reportId}`, report.filer.orgId) };
};

describe('a reminder as it leaves', () => {
	test('what holds is sent, as it reads today', async () => {
		const { report, filer } = await firm('示例金星公司');
		await plan([report], { personId: filer });
		expect(await deliverMail()).toMatchObject({ sent: 1, dropped: 0 });
		const [mail] = await outbox();
		expect(mail?.state).toBe('sent');
		expect(mail?.text_body).toContain('示例金星公司');
		expect(mail?.text_body).not.toContain('旧文');
		expect(await reminders()).toMatchObject([{ delivery: 'sent', problem: null }]);
	});

	test('submitted in between: dropped', async () => {
		const { report, filer } = await firm();
		await plan([report], { personId: filer });
		await submit(report);
		await droppedBecause('court_changed');
	});

	test('one of two was submitted: the letter speaks of the other alone', async () => {
		const { report, filer } = await firm('示例留下公司');
		const other = await firm('示例已交公司');
		await seat(filer, other.report.filer.orgId);
		await plan([other.report, report], { personId: filer });
		await submit(other.report);
		expect(await deliverMail()).toMatchObject({ sent: 1 });
		const [mail] = await outbox();
		expect(mail?.text_body).toContain('示例留下公司');
		expect(mail?.text_body).not.toContain('示例已交公司');
		expect(await reminders()).toMatchObject([{ delivery: 'dropped', problem: 'court_changed' }, { delivery: 'sent' }]);
	});

	test('an extension was granted in between: dropped', async () => {
		const { report, filer } = await firm();
		await plan([report], { personId: filer });
		await database.adminSql`update annual_report set extension_on = '2026-12-20' where id = ${report.reportId}`;
		await droppedBecause('date_moved');
	});

	test('the recipient left: dropped', async () => {
		const { report, filer } = await firm();
		await plan([report], { personId: filer });
		await database.adminSql`update membership set ended_at = now() where person_id = ${filer}`;
		await droppedBecause('left');
	});

	test('the recipient may no longer sign in: dropped', async () => {
		const { report, filer } = await firm();
		await plan([report], { personId: filer });
		await database.adminSql`update person set disabled_at = now() where id = ${filer}`;
		await droppedBecause('disabled');
	});

	test('a new address is the one written to', async () => {
		const { report, filer } = await firm();
		await plan([report], { personId: filer });
		await database.adminSql`update person set email = ${`new-${filer}@example.cn`} where id = ${filer}`;
		expect(await deliverMail()).toMatchObject({ sent: 1 });
		expect(smtp.received[0]?.to).toEqual([`new-${filer}@example.cn`]);
	});

	test('a contact without account: written to while listed, dropped once struck', async () => {
		const { report } = await firm();
		const listed = { personId: null, address: `contact${report.reportId}@example.cn` };
		await database.adminSql`insert into enterprise_contact (enterprise_id, place, name, email) values (${report.enterpriseId}, 1, '李联系', ${listed.address})`;
		await plan([report], listed);
		expect(await deliverMail()).toMatchObject({ sent: 1 });
		await database.adminSql`delete from reminder`;
		await database.adminSql`delete from mail`;
		await plan([report], listed);
		await database.adminSql`delete from enterprise_contact where enterprise_id = ${report.enterpriseId}`;
		smtp.forget();
		await droppedBecause('not_listed');
	});

	test('commerce signed: its reminder is dropped, that of industry still holds', async () => {
		const { report } = await firm();
		const commerce = await buildOfficial(database, 'commerce', CHANNEL);
		const industry = await buildOfficial(database, 'industry', CHANNEL);
		await submit(report);
		const people = { commerce: await seat(`c${report.reportId}`, commerce.orgId), industry: await seat(`i${report.reportId}`, industry.orgId) };
		await plan([report], { personId: people.commerce, audience: 'commerce', court: 'departments', due: '2026-11-30' });
		await plan([report], { personId: people.industry, audience: 'industry', court: 'departments', due: '2026-11-30' });
		await signReport(database, report.reportId, [commerce]);
		expect(await deliverMail()).toMatchObject({ sent: 1, dropped: 1 });
		expect(smtp.received[0]?.to).toEqual([`${people.industry}@example.cn`]);
		expect(await reminders()).toMatchObject([{ delivery: 'dropped', problem: 'court_changed' }, { delivery: 'sent' }]);
	});

	test('made-up people get nothing once the system is in earnest', async () => {
		const { report, filer } = await firm();
		const mailId = await plan([report], { personId: filer });
		await database.adminSql`update person set synthetic = true where id = ${filer}`;
		const decided = await asSystem('test', async (db) =>
			decideAgain(db, mailId, { policy: await loadReminderPolicy(db, day('2026-11-12')), calendar: new Map(), today: day('2026-11-12'), now: new Date() }, true)
		);
		expect(decided).toEqual({ is: 'dropped', because: 'synthetic' });
	});

	test('a digest goes to who wants it and sits there; a statutory reminder to whoever holds the report', async () => {
		const { report, filer } = await firm();
		await database.adminSql`update person set digests = false where id = ${filer}`;
		await asSystem('test', (db) =>
			queueMail(db, {
				template: 'digest',
				locale: 'zh-CN',
				to: `${filer}@example.cn`,
				personId: filer,
				name: '王',
				subject: '摘要',
				paragraphs: ['一'],
				digest: true
			})
		);
		await plan([report], { personId: filer });
		expect(await deliverMail()).toMatchObject({ sent: 1, dropped: 1 });
		expect(await outbox()).toMatchObject([{ state: 'dropped', dropped_because: 'switched_off' }, { state: 'sent' }]);
	});

	test('refused for good: the reminder says so, and the contact is to be checked, once', async () => {
		const { report, filer } = await firm();
		smtp.manners = { recipient: () => '550 5.1.1 no such user' };
		await plan([report], { personId: filer });
		await plan([report], { personId: filer, step: 'T-1' });
		expect(await deliverMail()).toMatchObject({ set_aside: 2 });
		expect(await reminders()).toMatchObject([{ delivery: 'bounced', problem: '550 5.1.1 no such user' }, { delivery: 'bounced' }]);
		const checks = await database.adminSql`select address, result, by_kind from contact_check where enterprise_id = ${report.enterpriseId}`;
		expect(checks).toMatchObject([{ address: `${filer}@example.cn`, result: 'bounced', by_kind: 'system' }]);
	});
});
