/** Questions about figures are reminded of by the ladder of the reports: once per step and recipient, to whoever has them, decided again as a letter leaves. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, day, dayInBeijing, startOf, type Day } from '#lib/domain/day.ts';
import { decideAgain } from '#lib/server/acts/chase/decide-again.ts';
import { planRemindersOfDay } from '#lib/server/acts/chase/plan-reminders.ts';
import { answerFollowUp } from '#lib/server/acts/trend/answer-follow-up.ts';
import { passOnFollowUp } from '#lib/server/acts/trend/pass-on-follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { ministryReminderPreview } from '#lib/server/reads/ministry/ministry-reminder-preview.ts';
import { followUpOf } from '#lib/server/reads/office/shown-follow-up.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import type { TestDatabase } from '../support/database.ts';
import { applicationDatabase, seatPerson } from '../support/people.ts';
import { buildOfficial, buildReport, openYear, type SceneReport } from '../support/scene.ts';

const CHANNEL = '320000';
/** A Monday with its steps around it, all on working days but two. */
const DUE = day('2026-11-23');
const ASKED = new Date('2026-11-02T02:00:00Z');

let database: TestDatabase;
let sql: TestDatabase['adminSql'];
let commerce: Actor;
let filer: Actor;
let firm: SceneReport;
let followUp: string;

beforeAll(async () => {
	database = await applicationDatabase();
	sql = database.adminSql;
	await openYear(database, 2026);
	firm = await buildReport(database, { channelId: CHANNEL, name: '示例受询制造有限公司' });
	const official = async (kind: 'commerce' | 'industry') => {
		const office = await buildOfficial(database, kind, CHANNEL, 'handler');
		return seatPerson(database, { orgId: office.orgId, kind, channelId: CHANNEL, enterpriseId: null }, `asked-${kind}`, 'handler');
	};
	commerce = await official('commerce');
	await official('industry');
	filer = await seatPerson(
		database,
		{ orgId: firm.filer.orgId, kind: 'enterprise', channelId: CHANNEL, enterpriseId: firm.enterpriseId },
		'asked-filer',
		'handler'
	);
	await sql`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash, forwarded_at)
		values (${firm.reportId}, 1, '2026-1', '2026-1', now(), 's', 's', ${`asked-${firm.reportId}`}, '{"explained":[]}',
			encode(sha256('{"explained":[]}'), 'hex'), now())`;
	// The reports themselves are held by nobody: what is told here is the questions' alone.
	await sql`update annual_report set state = 'excused', current_version = 0`;
});

beforeEach(async () => {
	for (const table of ['follow_up_reminder', 'reminder', 'mail']) await sql`delete from ${sql(table)}`;
	await sql`alter table follow_up_entry disable trigger follow_up_entry_immutable`;
	await sql`delete from follow_up_entry`;
	await sql`alter table follow_up_entry enable trigger follow_up_entry_immutable`;
	await sql`delete from follow_up`;
	const [row] = await sql<{ id: string }[]>`
		insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
			comparison, n, state, due_on, asked_at, since_at)
		select r.designation_id, 'revenue', 2025, 'final', r.id, r.year, 1, r.category, r.channel_id, r.enterprise_id, 1, 'modified-z-1', 'category', 12, 'asked',
			${DUE}, ${ASKED}, ${ASKED} from annual_report r where r.id = ${firm.reportId} returning id`;
	followUp = row?.id ?? '';
});

const run = (on: string, dry = false) => planRemindersOfDay(on, { dry });
const rows = () =>
	sql<{ step: string; audience: string; delivery: string; problem: string | null; mail_id: string }[]>`
		select step, audience, delivery, problem, mail_id from follow_up_reminder order by id`;
const lie = async (state: 'asked' | 'passed_on', sinceAt: Date = ASKED) =>
	sql`update follow_up set state = ${state}, since_at = ${sinceAt} where id = ${followUp}`;
const told = async () => (await rows()).map(({ step, audience }) => `${step} ${audience}`);

/** What a mail says as it leaves on a day. */
async function leaving(mailId: string, on: Day) {
	return asSystem('test', async (db) => {
		const terms = { policy: await loadReminderPolicy(db, on), calendar: await loadWorkingCalendar(db), today: on, now: startOf(on) };
		return decideAgain(db, mailId, terms, false);
	});
}

describe('whose it is', () => {
	test('both departments of a province while it waits at the channel, the enterprise once it was passed on, nobody once it was answered', async () => {
		expect(await run('2026-11-16')).toMatchObject({ questions: 1, reminders: 4, mails: 2 });
		expect((await told()).filter((one) => one.startsWith('T'))).toEqual(['T-7 commerce', 'T-7 industry']);
		await lie('passed_on', new Date('2026-11-17T02:00:00Z'));
		expect(await run('2026-11-20')).toMatchObject({ questions: 1, reminders: 1 });
		// The day before is a Sunday: its step leaves on the Friday, and overtakes that of three days before.
		expect((await told()).at(-1)).toBe('T-1 enterprise');
		await sql`update follow_up set state = 'answered', answered_at = now() where id = ${followUp}`;
		expect(await run('2026-11-24')).toMatchObject({ questions: 0, reminders: 0 });
	});

	test('a department that leaves it lying is reminded of that too, and past the date everybody is, week after week', async () => {
		await run('2026-11-09');
		expect((await told()).some((one) => one.startsWith('idle+'))).toBe(true);
		await sql`delete from follow_up_reminder`;
		await lie('passed_on', new Date('2026-11-10T02:00:00Z'));
		for (const on of ['2026-11-23', '2026-11-24', '2026-11-26', '2026-11-30', '2026-12-07']) await run(on);
		expect(await told()).toEqual(['T0 enterprise', 'T+1 enterprise', 'T+3 enterprise', 'T+7 enterprise', 'T+14 enterprise']);
	});

	test('nobody is written to on the day they got it by another letter', async () => {
		await lie('passed_on', new Date('2026-11-20T02:00:00Z'));
		expect(await run('2026-11-20')).toMatchObject({ reminders: 0 });
	});

	test('while its enterprise is said to be unable to file, letters to it pause', async () => {
		await lie('passed_on');
		await sql`update annual_report set excuse_pending = true, state = 'draft' where id = ${firm.reportId}`;
		const done = await run('2026-11-20');
		await sql`update annual_report set excuse_pending = false, state = 'excused' where id = ${firm.reportId}`;
		expect(done).toMatchObject({ questions: 1 });
		expect(await rows()).toEqual([]);
	});
});

describe('once', () => {
	test('however often it runs, five at a time, and a dry run writes nothing and names the same', async () => {
		await lie('passed_on');
		const { list = [] } = await run('2026-11-16', true);
		expect(await rows()).toEqual([]);
		expect(list.filter((line) => line.includes(' → '))).toEqual([`示例受询制造有限公司 · 2025 revenue · T-7 → enterprise: ${filer.personName}`]);
		await Promise.all(Array.from({ length: 5 }, () => run('2026-11-16')));
		expect(await run('2026-11-16')).toMatchObject({ reminders: 0, skipped: { already_sent: 1 } });
		expect(await told()).toEqual(['T-7 enterprise']);
		expect((await sql`select 1 from mail where template = 'follow_up_reminder'`).length).toBe(1);
	});

	test('asked again it is another question, with steps of its own', async () => {
		await lie('passed_on');
		await run('2026-11-16');
		await sql`update follow_up set round = 2 where id = ${followUp}`;
		expect(await run('2026-11-16')).toMatchObject({ reminders: 1 });
	});

	test('the screen shows what the run does', async () => {
		await lie('passed_on');
		const mofcom = await buildOfficial(database, 'mofcom');
		const shown = await ministryReminderPreview(mofcom, CHANNEL, day('2026-11-16'));
		expect(shown).toMatchObject({ questions: 1, send: 1 });
		expect(shown.lines.find(({ why }) => why === null)).toMatchObject({
			enterpriseName: '示例受询制造有限公司',
			question: { year: 2025, metric: 'revenue' },
			audience: 'enterprise',
			step: 'T-7'
		});
	});
});

describe('as the letter leaves', () => {
	test('it names the figure and the date, and no value; days are those of that day', async () => {
		await lie('passed_on');
		await run('2026-11-16');
		const [row] = await rows();
		const decided = await leaving(row?.mail_id ?? '', day('2026-11-17'));
		if (decided.is !== 'letter') throw new Error(decided.is);
		const said = decided.letter.paragraphs.join('\n');
		expect(said).toContain('示例受询制造有限公司：2025年营业收入');
		expect(said).toContain('还有 6 天');
		expect(decided.letter.subject).not.toContain('示例');
		expect(decided.letter.link?.href).toContain(`/enterprise/follow-ups/${followUp}`);
	});

	test('never after it was answered, passed on or asked anew', async () => {
		await run('2026-11-16');
		const [department] = await rows();
		expect(await passOnFollowUp(commerce, followUp, '')).toEqual({ ok: true });
		expect(await leaving(department?.mail_id ?? '', day('2026-11-16'))).toEqual({ is: 'dropped', because: 'court_changed' });
		await lie('passed_on');
		await run('2026-11-20');
		const enterprise = (await rows()).find(({ audience }) => audience === 'enterprise');
		expect(await answerFollowUp(filer, followUp, '误按元填报。')).toEqual({ ok: true });
		expect(await leaving(enterprise?.mail_id ?? '', day('2026-11-20'))).toEqual({ is: 'dropped', because: 'court_changed' });
		expect((await rows()).filter(({ delivery }) => delivery === 'dropped').length).toBeGreaterThan(1);
		const shown = await followUpOf(filer, followUp, new Date('2026-11-20T03:00:00Z'));
		// An enterprise reads what went to it, and not what went to its departments.
		expect(new Set(shown?.reminders.map(({ audience }) => audience))).toEqual(new Set(['enterprise']));
		expect((await followUpOf(commerce, followUp, new Date('2026-11-20T03:00:00Z')))?.reminders.length).toBeGreaterThan(1);
	});

	test('never once it has another date', async () => {
		await lie('passed_on');
		await run('2026-11-16');
		const [row] = await rows();
		await sql`update follow_up set due_on = ${addDays(DUE, 7)} where id = ${followUp}`;
		expect(await leaving(row?.mail_id ?? '', day('2026-11-16'))).toEqual({ is: 'dropped', because: 'date_moved' });
		expect(dayInBeijing(ASKED)).toBe('2026-11-02');
	});
});
