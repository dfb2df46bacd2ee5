/** What the job `remind` plans, on PostgreSQL: once per report, step and recipient, to whoever holds it, and never to somebody who is gone. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planned } from '#lib/domain/chase/reminder-item.ts';
import { REPORTS_AT_ONCE } from '#lib/domain/chase/reminder-slices.ts';
import { day } from '#lib/domain/day.ts';
import { planRemindersOfDay } from '#lib/server/acts/chase/plan-reminders.ts';
import { asSystem, openDoor, type Door } from '#lib/server/db/door.ts';
import { planOfDay } from '#lib/server/reads/ministry/ministry-reminder-preview.ts';
import { reminderLetter } from '#lib/server/letters/reminder-letter.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { queueReminders } from '#lib/server/store/chase/reminder-queue.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import type { TestDatabase } from '../support/database.ts';
import { applicationDatabase } from '../support/people.ts';
import { layFirms } from '../support/reminder-scene.ts';
import { buildOfficial, openYear } from '../support/scene.ts';
import { countStatements } from '../support/statement-count.ts';

const CHANNEL = '320000';
let database: TestDatabase;
let sql: TestDatabase['adminSql'];
let first = 1;

beforeAll(async () => {
	database = await applicationDatabase();
	sql = database.adminSql;
	await openYear(database, 2026);
});

/** Each test has the country to itself: what earlier ones laid is held by nobody. */
beforeEach(async () => {
	for (const table of ['reminder', 'reminder_batch', 'mail', 'membership']) await sql`delete from ${sql(table)}`;
	await sql`update annual_report set state = 'excused', current_version = 0, commerce_version = null, commerce_approved_at = null, industry_version = null,
		industry_approved_at = null`;
});

async function lay(count: number, more: { withoutAccount?: boolean; channelId?: string } = {}): Promise<void> {
	await layFirms(sql, { channelId: CHANNEL, from: first, count, ...more });
	first += count;
}
const run = (on: string, dry = false) => planRemindersOfDay(on, { dry });
async function steps(): Promise<Record<string, number>> {
	const rows = await sql<{ step: string; n: number }[]>`select step, count(*)::int as n from reminder group by step`;
	return Object.fromEntries(rows.map(({ step, n }) => [step, n]));
}

describe('a day', () => {
	test('once, however often it runs, and a dry run writes nothing', async () => {
		await lay(3);
		expect(await run('2026-11-06', true)).toMatchObject({ reports: 3, reminders: 6, mails: 6 });
		expect(await steps()).toEqual({});
		expect(await run('2026-11-06')).toMatchObject({ reports: 3, reminders: 6, mails: 6 });
		expect(await run('2026-11-06')).toMatchObject({ reports: 3, reminders: 0, mails: 0, skipped: { already_sent: 6 } });
		expect(await steps()).toEqual({ 'T-7': 6 });
	});

	test('the dry run and the screen name whom the run writes to, one by one', async () => {
		await lay(2);
		await lay(1, { withoutAccount: true });
		const on = '2026-11-06';
		const { list = [] } = await run(on, true);
		const shown = await asSystem('test', (db) => planOfDay(db, CHANNEL, day(on)), { readOnly: true });
		expect(await run(on)).toMatchObject({ reminders: 5, skipped: { no_address: 1 } });
		const rows = await sql<{ line: string }[]>`
			select r.enterprise_name || ' · ' || r.year || ' · ' || d.step || ' → ' || d.audience || ': ' || d.recipient_name as line
			from reminder d join annual_report r on r.id = d.report_id`;
		const written = rows.map(({ line }) => line).toSorted();
		expect(list.filter((line) => line.includes(' → ')).toSorted()).toEqual(written);
		expect(
			shown.send
				.map(({ report, audience, step, recipient }) => `${report.enterpriseName} · ${report.year.year} · ${step} → ${audience}: ${recipient.name}`)
				.toSorted()
		).toEqual(written);
		expect(list).toHaveLength(shown.send.length + shown.skipped.length);
	});

	test('five at once', async () => {
		await lay(10);
		const all = await Promise.all(Array.from({ length: 5 }, () => run('2026-11-06')));
		expect(all.reduce((sum, one) => sum + one.reminders, 0)).toBe(20);
		expect(await steps()).toEqual({ 'T-7': 20 });
	});

	test('a missed day is caught up, and only the closest step after a long sleep', async () => {
		await lay(1);
		await run('2026-11-09');
		expect(await steps()).toEqual({ 'T-7': 2 });
		await run('2026-11-19');
		expect(await steps()).toEqual({ 'T-7': 2, 'T+3': 2 });
	});

	test('whom an office wrote to by hand today the timetable leaves in peace, and reminds tomorrow', async () => {
		await lay(1);
		await sql`
			insert into reminder (report_id, audience, step, party_due_on, court, recipient_key, person_id, recipient_name, to_address, planned_at, delivery)
			select r.id, 'enterprise', 'hand:2026-11-06', '2026-11-15', 'enterprise', b.person_id, b.person_id, 'x', 'x@example.invalid',
				'2026-11-06T10:00:00+08:00', 'sent'
			from annual_report r join organisation o on o.enterprise_id = r.enterprise_id join membership b on b.org_id = o.id where r.state <> 'excused'
				order by b.person_id limit 1`;
		expect(await run('2026-11-06')).toMatchObject({ reminders: 1, skipped: { reminded_today: 1 } });
		expect(await run('2026-11-09')).toMatchObject({ reminders: 1, skipped: { already_sent: 1 } });
		expect(await steps()).toEqual({ 'hand:2026-11-06': 1, 'T-7': 2 });
	});

	test('what an office took back the same minute holds nobody in peace: the timetable reminds as if it had not been', async () => {
		await lay(1);
		await sql`
			insert into reminder (report_id, audience, step, party_due_on, court, recipient_key, person_id, recipient_name, to_address, planned_at, delivery, problem)
			select r.id, 'enterprise', 'hand:2026-11-06', '2026-11-15', 'enterprise', b.person_id, b.person_id, 'x', 'x@example.invalid',
				'2026-11-06T10:00:00+08:00', 'dropped', 'undone'
			from annual_report r join organisation o on o.enterprise_id = r.enterprise_id join membership b on b.org_id = o.id where r.state <> 'excused'
				order by b.person_id limit 1`;
		expect(await run('2026-11-06')).toMatchObject({ reminders: 2, skipped: {} });
	});

	test('a clock that jumps back sends nothing again', async () => {
		await lay(1);
		await run('2026-11-12');
		expect(await run('2026-11-06')).toMatchObject({ reminders: 0, skipped: { overtaken: 2 } });
		expect(await steps()).toEqual({ 'T-3': 2 });
	});

	test('nothing leaves on a day nobody works, nor in a year that is not arranged', async () => {
		await lay(1);
		expect(await run('2026-11-14')).toMatchObject({ reminders: 0, skipped: { not_a_working_day: 1 } });
		await openYear(database, 2029, { opensOn: '2026-10-08' });
		expect(await run('2029-11-12')).toMatchObject({ reminders: 0, skipped: { calendar_unknown: 1 } });
		await sql`delete from reporting_year where year = 2029`;
	});
});

describe('whoever holds it', () => {
	test('the court changed between: the departments now, and the enterprise no more', async () => {
		await lay(1);
		await run('2026-11-13');
		const offices = await Promise.all((['commerce', 'industry'] as const).map((kind) => buildOfficial(database, kind, CHANNEL, 'handler')));
		for (const { personId, orgId } of offices) {
			await sql`insert into person (id, name, email) values (${personId}, '处员', ${`${personId}@example.invalid`}) on conflict do nothing`;
			await sql`insert into membership (person_id, org_id, duty) values (${personId}, ${orgId}, 'handler')`;
		}
		await sql`update annual_report set state = 'submitted', current_version = 1, submitted_at = '2026-11-16T02:00:00Z',
			first_submitted_at = '2026-11-16T02:00:00Z' where state <> 'excused'`;
		expect(await run('2026-11-16')).toMatchObject({ reminders: 2 });
		const rows = await sql<
			{ audience: string; court: string; party_due_on: string }[]
		>`select audience, court, party_due_on::text from reminder where step = 'T-14' order by audience`;
		expect(rows).toEqual([
			{ audience: 'commerce', court: 'departments', party_due_on: '2026-11-30' },
			{ audience: 'industry', court: 'departments', party_due_on: '2026-11-30' }
		]);
		// A week without a signature: idle, each department for itself, in one mail with the step of the date.
		await sql`update annual_report set commerce_version = 1, commerce_approved_at = now() where state <> 'excused'`;
		expect(await run('2026-11-23')).toMatchObject({ reminders: 2, mails: 1 });
		expect(await steps()).toMatchObject({ 'T-7': 1, 'idle+5': 1 });
	});

	test('one mail to a department about all that waits', async () => {
		await lay(5);
		const office = await buildOfficial(database, 'commerce', CHANNEL, 'handler');
		await sql`insert into person (id, name, email) values (${office.personId}, '处员', 'office@example.invalid') on conflict do nothing`;
		await sql`insert into membership (person_id, org_id, duty) values (${office.personId}, ${office.orgId}, 'handler')`;
		await sql`update annual_report set state = 'submitted', current_version = 1, submitted_at = '2026-11-10T02:00:00Z',
			first_submitted_at = '2026-11-10T02:00:00Z', industry_version = 1, industry_approved_at = now() where state <> 'excused'`;
		expect(await run('2026-11-16')).toMatchObject({ reports: 5, mails: 1 });
		const [mail] = await sql<
			{ subject: string; n: number }[]
		>`select m.subject, (select count(*)::int from reminder r where r.mail_id = m.id) as n from mail m`;
		expect(mail?.subject).toContain('5份待贵单位审核');
		expect(mail?.n).toBe(5);
	});

	test('an extension moves all steps, and none of the old date follows', async () => {
		await lay(1);
		await run('2026-11-06');
		await sql`update annual_report set extension_on = '2026-12-20' where state <> 'excused'`;
		expect(await run('2026-11-12')).toMatchObject({ reminders: 2 });
		expect(await run('2026-11-16')).toMatchObject({ reminders: 0 });
		const dates = await sql<{ due: string }[]>`select distinct party_due_on::text as due from reminder where step <> 'T-7'`;
		expect(dates).toEqual([{ due: '2026-12-20' }]);
	});

	test('a returned report by the day of its correction', async () => {
		await lay(1);
		await sql`update annual_report set state = 'returned', current_version = 1, submitted_at = '2026-11-10T02:00:00Z',
			first_submitted_at = '2026-11-10T02:00:00Z' where state <> 'excused'`;
		await sql.begin(async (tx) => {
			// The version itself does not matter here.
			await tx`set local session_replication_role = replica`;
			await tx`
				insert into report_return (report_id, version_no, returned_at, returned_by, returned_from, reason_code, remark, correct_by_on, person_id, person_name)
				select id, 1, '2026-11-16T02:00:00Z', 'commerce', 'submitted', 'other', 'x', '2026-11-20', 'p', 'p' from annual_report where state = 'returned'`;
		});
		expect(await run('2026-11-19')).toMatchObject({ reminders: 2 });
		const rows = await sql<{ step: string; due: string }[]>`select distinct step, party_due_on::text as due from reminder`;
		expect(rows).toEqual([{ step: 'T-1', due: '2026-11-20' }]);
	});

	test('forwarded, received, excused: nobody', async () => {
		await lay(1);
		await sql`update annual_report set state = 'excused' where state <> 'excused'`;
		expect(await run('2026-11-12')).toMatchObject({ reports: 0, reminders: 0 });
	});
});

describe('who is left out', () => {
	test('who left, who is shut out, and contacts where nobody has an account', async () => {
		await lay(2);
		await sql`update membership set ended_at = now() where duty = 'handler'`;
		await sql`update person set disabled_at = now() where id like '%approver'`;
		await lay(1, { withoutAccount: true });
		expect(await run('2026-11-12')).toMatchObject({ reports: 3, reminders: 1, mails: 1, skipped: { left: 2, disabled: 2, no_address: 1 } });
		const [row] = await sql<{ recipient_key: string; person_id: string | null }[]>`select recipient_key, person_id from reminder`;
		expect(row?.recipient_key).toMatch(/^contact:contact-\d+@example\.invalid$/);
		expect(row?.person_id).toBeNull();
	});
});

describe('the same plan elsewhere', () => {
	test('a preview for a ministry names everybody, in a handful of statements', async () => {
		await lay(4);
		const counter = await countStatements(database.url);
		const door: Door = openDoor(counter.url, { pool: 1 });
		const actor = await buildOfficial(database, 'mofcom');
		const look = () => door.asActor(actor, (db) => planOfDay(db, CHANNEL, day('2026-11-12')), { readOnly: true });
		try {
			await look();
			counter.taken();
			const plan = await look();
			expect(plan).toMatchObject({ reports: 4, workingDay: true });
			expect(plan.send).toHaveLength(8);
			// Saying who acts is one of them; policy and calendar are two; whether figures are asked about is one.
			expect(counter.taken()).toBeLessThanOrEqual(10);
		} finally {
			await door.close();
			counter.close();
		}
	});
});

test('a large channel is planned in slices: what is planned is free again while the rest is not yet', async () => {
	await lay(REPORTS_AT_ONCE + 5);
	const [last] = await sql<{ id: string }[]>`select max(id)::text as id from annual_report where state <> 'excused'`;
	let running: Promise<unknown> = Promise.resolve();
	// Somebody submits the last one just now: the run waits for him, and nobody else waits for the run.
	await sql.begin(async (tx) => {
		await tx`select from annual_report where id = ${last?.id ?? ''} for update`;
		running = run('2026-11-06');
		await expect.poll(async () => (await sql`select from reminder`).length, { timeout: 10_000, interval: 50 }).toBe(REPORTS_AT_ONCE * 2);
		const free = await sql`select id from annual_report where state <> 'excused' for update skip locked`;
		expect(free.length).toBeGreaterThanOrEqual(REPORTS_AT_ONCE);
	});
	expect(await running).toMatchObject({ reports: REPORTS_AT_ONCE + 5, reminders: (REPORTS_AT_ONCE + 5) * 2 });
});

test('two thousand recipients in one run: statements do not grow with them', { timeout: 120_000 }, async () => {
	const counter = await countStatements(database.url);
	const door = openDoor(counter.url, { pool: 1 });
	const today = day('2026-11-12');
	const plan = async (channelId: string) => {
		counter.taken();
		const queued = await door.asSystem(
			'test',
			async (db) => {
				const terms = { on: today, policy: await loadReminderPolicy(db, today), calendar: await loadWorkingCalendar(db) };
				const { send } = await planOfDay(db, channelId, today);
				return queueReminders(db, planned(send), (recipient, items) => reminderLetter(recipient, items, { ...terms, today, now: new Date() }));
			},
			{ deadlineMs: 100_000 }
		);
		return { ...queued, statements: counter.taken() };
	};
	try {
		await lay(10, { channelId: '330000' });
		await lay(1_000, { channelId: '440000' });
		const few = await plan('330000');
		const many = await plan('440000');
		expect(few.mails).toBe(20);
		expect(many.mails).toBe(2_000);
		// One statement more for every hundred letters.
		expect(many.statements - few.statements).toBeLessThanOrEqual(20);
	} finally {
		await door.close();
		counter.close();
	}
});
