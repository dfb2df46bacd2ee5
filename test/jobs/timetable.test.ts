/** The other jobs of the timetable: summaries, openings, kept counts and what has run out; each twice without harm, each dry without a trace. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { JOBS } from '#jobs/schedule.ts';
import { tick } from '#jobs/tick.ts';
import type { Job } from '#jobs/job.ts';
import { day } from '#lib/domain/day.ts';
import { weeklyDigestDue, yearToOpen } from '#lib/domain/chase/timetable.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { DEFAULT_REMINDER_POLICY } from '#lib/domain/chase/reminder-policy.ts';
import type { WorkingCalendar } from '#lib/domain/working-calendar.ts';
import { announceReportingYear, openingsDue } from '#lib/server/acts/chase/announce-reporting-year.ts';
import { reminderDaysDue } from '#lib/server/acts/chase/plan-reminders.ts';
import type { TestDatabase } from '../support/database.ts';
import { applicationDatabase } from '../support/people.ts';
import { layFirms } from '../support/reminder-scene.ts';
import { buildOfficial, openYear } from '../support/scene.ts';

let database: TestDatabase;
let sql: TestDatabase['adminSql'];

function job(name: string): Job {
	const found = JOBS.find((one) => one.name === name);
	if (!found) throw new Error(name);
	return found;
}
const figures = (name: string, key: string, dry = false) => job(name).run(key, { dry });
const mailsOf = async (template: string) => [
	...(await sql<
		{ subject: string; text_body: string; digest: boolean }[]
	>`select subject, text_body, digest from mail where template = ${template} order by id`)
];

async function seat(kind: 'commerce' | 'industry' | 'mofcom' | 'miit', channelId: string | null, duty: 'handler' | 'approver'): Promise<string> {
	const { personId, orgId } = await buildOfficial(database, kind, channelId, duty);
	await sql`insert into person (id, name, email) values (${personId}, '处员', ${`${personId}@example.invalid`}) on conflict do nothing`;
	await sql`insert into membership (person_id, org_id, duty) values (${personId}, ${orgId}, ${duty}) on conflict do nothing`;
	return personId;
}

beforeAll(async () => {
	database = await applicationDatabase();
	sql = database.adminSql;
	await openYear(database, 2026);
	await layFirms(sql, { channelId: '320000', from: 5_000, count: 3 });
	await seat('commerce', '320000', 'handler');
	await seat('industry', '320000', 'handler');
	await seat('mofcom', null, 'approver');
	await seat('miit', null, 'handler');
});

test('each job has a file of its name and stands once', () => {
	const names = JOBS.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names.filter((name) => !existsSync(`jobs/${name}.ts`))).toEqual([]);
	expect(names).toEqual(expect.arrayContaining(['close-stale', 'copy-digest', 'deliver-mail', 'fold-counts', 'open-year', 'remind', 'weekly-digest']));
});

describe('when', () => {
	test('reminders are due within the hours of the policy, by Beijing', async () => {
		expect(await reminderDaysDue(new Date('2026-11-27T00:59:00Z'))).toEqual([]);
		expect(await reminderDaysDue(new Date('2026-11-27T01:00:00Z'))).toEqual(['2026-11-27']);
		expect(await reminderDaysDue(new Date('2026-11-27T12:00:00Z'))).toEqual([]);
		expect(await reminderDaysDue(new Date('2026-11-27T23:30:00Z'))).toEqual([]);
	});
	test('the weekly summary on its weekday, else on the next working day of the week, and not where the year is unknown', () => {
		const calendar: WorkingCalendar = new Map([
			[2026, { year: 2026, version: 1, source: 'x', holidays: new Map([[day('2026-12-07'), 'x']]), makeUpDays: new Map() }]
		]);
		const due = (on: string) => weeklyDigestDue(day(on), DEFAULT_REMINDER_POLICY, calendar);
		expect(due('2026-11-30')).toBe('2026-11-30');
		expect(due('2026-12-02')).toBe('2026-11-30');
		expect(due('2026-12-05')).toBeNull();
		expect(due('2026-12-07')).toBeNull();
		expect(due('2026-12-08')).toBe('2026-12-07');
		expect(due('2027-01-04')).toBeNull();
	});
	test('a year that nobody opened, from thirty days before', () => {
		const opened = new Set([2026]);
		expect(yearToOpen(day('2027-09-07'), DEFAULT_POLICY, opened)).toBeNull();
		expect(yearToOpen(day('2027-09-08'), DEFAULT_POLICY, opened)).toEqual({ year: 2027, proposedOn: '2027-10-08' });
		expect(yearToOpen(day('2027-09-08'), DEFAULT_POLICY, new Set([2026, 2027]))).toBeNull();
	});
});

test('a tick of a job: once for its key, with a line in the log', async () => {
	const noon = new Date('2026-11-06T04:00:00Z');
	await tick(job('remind'), noon);
	await Promise.all([tick(job('remind'), noon), tick(job('remind'), noon), tick(job('copy-digest'), noon)]);
	const [run] = await sql<
		{ attempts: number; outcome: { reminders: number } }[]
	>`select attempts, outcome from job_run where job = 'remind' and run_key = '2026-11-06'`;
	expect(run).toMatchObject({ attempts: 1, outcome: { reminders: 6 } });
});

describe('the copy to the channel', () => {
	test('waits until the reminders are planned, and leaves once', async () => {
		// Planned by the real clock of this machine, whatever the day they are for.
		const [{ on = '' } = {}] = await sql<{ on: string }[]>`select (planned_at at time zone 'Asia/Shanghai')::date::text as on from reminder limit 1`;
		// However far from the reports' dates this machine's day is.
		const near = { copyChannelFromDaysBefore: 9_999 };
		await sql`insert into reminder_policy (version, valid_from_on, content, made_by, made_by_name) values (1, '2020-01-01', ${sql.json(near)}, 'p', 'p')`;
		const dry = await figures('copy-digest', on, true);
		expect(dry).toMatchObject({ channels: 1, mails: 2 });
		expect(await mailsOf('channel_copy')).toHaveLength(0);
		expect(await figures('copy-digest', on)).toMatchObject({ mails: 2 });
		expect(await figures('copy-digest', on)).toMatchObject({ mails: 0 });
		const mails = await mailsOf('channel_copy');
		expect(mails).toHaveLength(2);
		expect(mails[0]).toMatchObject({ digest: true });
		expect(mails[0]?.text_body).toContain('提醒示例企业5000');
	});
});

describe('the weekly summary', () => {
	test('names what is outstanding by channel and by whose hands, to both ministries, once; who switched it off gets none', async () => {
		await sql`update reporting_year set departure_no = '测试', channel_due_on = current_date - 20, ministry_due_on = current_date - 5,
			opens_on = current_date - 60, accepted_late_until_on = current_date + 20, corrections_until_on = current_date + 60 where year = 2026`;
		const key = '2026-11-30';
		expect(await figures('weekly-digest', key, true)).toMatchObject({ years: 1, outstanding: 3, mails: 2 });
		expect(await figures('weekly-digest', key)).toMatchObject({ mails: 2 });
		expect(await figures('weekly-digest', key)).toMatchObject({ mails: 0 });
		const [mail] = await mailsOf('weekly_digest');
		expect(mail?.text_body).toMatch(/在企业3份/);
		await sql`update person set digests = false where id like 'miit%'`;
		expect(await figures('weekly-digest', '2026-12-07')).toMatchObject({ mails: 1 });
	});
	test('an extension that still runs is not counted', async () => {
		await sql`update annual_report set extension_on = current_date + 10 where id = (select min(id) from annual_report)`;
		expect(await figures('weekly-digest', '2026-12-14', true)).toMatchObject({ outstanding: 2 });
		await sql`update annual_report set extension_on = null`;
	});
});

describe('a year', () => {
	test('that has begun is announced to everybody who owes it, once, and owed reports are added', async () => {
		await openYear(database, 2027, { opensOn: '2021-01-05' });
		expect(await announceReportingYear(2027, { dry: false })).toEqual({ added: 3, reminders: 6, mails: 6 });
		expect(await announceReportingYear(2027, { dry: false })).toEqual({ added: 0, reminders: 0, mails: 0 });
		const [mail] = await mailsOf('reminder_open');
		expect(mail?.subject).toContain('2027年度报告开始填报');
	});
	test('is news for two weeks and on working days only', async () => {
		await sql`update reporting_year set opens_on = '2026-11-20' where year = 2027`;
		expect(await openingsDue(new Date('2026-11-20T02:00:00Z'))).toContain('2027');
		expect(await openingsDue(new Date('2026-11-21T02:00:00Z'))).toEqual([]);
		expect(await openingsDue(new Date('2026-11-20T14:00:00Z'))).toEqual([]);
		expect(await openingsDue(new Date('2026-12-09T02:00:00Z'))).not.toContain('2027');
		await sql`delete from reminder where report_id in (select id from annual_report where year = 2027)`;
		await sql`delete from annual_report where year = 2027`;
		await sql`delete from reporting_year where year = 2027`;
	});
});

test('kept counts are folded and stay what they are', async () => {
	const sums = async () =>
		await sql<
			{ state: string; n: number }[]
		>`select state, sum(n)::int as n from report_tally where year = 2026 group by state having sum(n) <> 0 order by state`;
	await sql`update annual_report set state = 'draft'`;
	const before = await sums();
	await figures('fold-counts', 'now');
	expect([...(await sums())]).toEqual([...before]);
});

test('what has run out is put away, and nothing else', async () => {
	const gone = await seat('commerce', '440000', 'approver');
	const back = await seat('industry', '440000', 'approver');
	await sql`update membership set ended_at = now() - interval '31 days' where person_id = ${gone}`;
	await sql`update membership set ended_at = now() - interval '29 days' where person_id = ${back}`;
	const [{ org_id = '' } = {}] = await sql<{ org_id: string }[]>`select org_id from membership limit 1`;
	await sql`
		insert into invitation (token_hash, org_id, email, name, duty, invited_by, expires_at) values
		('a', ${org_id}, 'a@example.invalid', 'x', 'handler', ${gone}, now() - interval '1 hour'), ('b', ${org_id}, 'b@example.invalid', 'x', 'handler', ${gone},
			now() + interval '1 hour')`;
	await sql`insert into auth."user" (id, name, email, "emailVerified", username) values (${gone}, 'x', 'gone@example.invalid', true, 'gone')`;
	await sql`
		insert into auth.session (id, "expiresAt", token, "updatedAt", "userId", "touchedAt") values
		('s1', now() - interval '1 hour', 't1', now(), ${gone}, now()), ('s2', now() + interval '1 hour', 't2', now(), ${gone}, now() - interval '31 minutes')`;
	await sql`insert into receipt_check (asker_hash, since) values ('x', now() - interval '2 days'), ('x', now())`;
	expect(await figures('close-stale', 'today', true)).toMatchObject({ invitations: 1, accounts: 1, sessions: 2, receiptChecks: 1 });
	expect(await figures('close-stale', 'today')).toMatchObject({ invitations: 1, accounts: 1, receiptChecks: 1 });
	expect(await figures('close-stale', 'today')).toMatchObject({ invitations: 0, accounts: 0, sessions: 0, receiptChecks: 0 });
	const people = await sql<{ id: string; shut: boolean }[]>`select id, disabled_at is not null as shut from person where id in (${gone}, ${back}) order by id`;
	expect(people.map(({ id, shut }) => [id, shut])).toEqual(
		[
			[gone, true],
			[back, false]
		].sort()
	);
	const journal = await sql<{ object_kind: string }[]>`select object_kind from journal where act = 'close-stale' order by object_kind`;
	expect(journal.map(({ object_kind }) => object_kind)).toEqual(['invitation', 'person']);
	const sessions = await sql`select from auth.session`;
	expect(sessions).toHaveLength(0);
});
