import { beforeAll, expect, test } from 'vitest';
import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { DEFAULT_REMINDER_POLICY } from '#lib/domain/chase/reminder-policy.ts';
import { setReminderPolicy } from '#lib/server/acts/chase/set-reminder-policy.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { ministryReminders } from '#lib/server/reads/ministry/ministry-reminders.ts';
import { loadReminderPolicy } from '#lib/server/store/chase/reminder-policy.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;
const today = dayInBeijing(new Date());

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	[mofcom, miit] = [await buildOfficial(database, 'mofcom'), await buildOfficial(database, 'miit')];
});

const inForce = (on = today) => asSystem('test', (db) => loadReminderPolicy(db, on));

test('a new version applies from its day on, the old one until then; both ministries see both', async () => {
	expect(await inForce()).toEqual(DEFAULT_REMINDER_POLICY);
	const inAWeek = addDays(today, 7);
	expect(await setReminderPolicy(mofcom, { ...DEFAULT_REMINDER_POLICY, daysBefore: [20, 10] }, inAWeek, 0)).toEqual({ ok: true, version: 1 });
	expect((await inForce()).daysBefore).toEqual([60, 30, 14, 7, 3, 1]);
	expect(await inForce(inAWeek)).toMatchObject({ version: 1, daysBefore: [20, 10] });
	expect((await ministryReminders(miit, today)).versions).toMatchObject([{ version: 1, validFromOn: inAWeek }]);
	const [entry] = await database.adminSql`select act, object_kind, article from journal where act = 'set-reminder-policy'`;
	expect(entry).toEqual({ act: 'set-reminder-policy', object_kind: 'reminder_policy', article: 'system' });
});

test('nobody overwrites unseen what a colleague saved, not even at the same moment', async () => {
	const [{ newest }] = [await ministryReminders(mofcom, today)];
	const given = { ...DEFAULT_REMINDER_POLICY, everyDaysAfter: 5 };
	const both = await Promise.all([setReminderPolicy(mofcom, given, today, newest), setReminderPolicy(miit, given, today, newest)]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'stale_version' } });
});

test('handlers, channels and yesterday are refused, each with its reason', async () => {
	const commerce = await buildOfficial(database, 'commerce', '320000');
	const { newest } = await ministryReminders(mofcom, today);
	expect(await setReminderPolicy({ ...mofcom, duty: 'handler' }, DEFAULT_REMINDER_POLICY, today, newest)).toMatchObject({ refusal: { code: 'not_your_duty' } });
	expect(await setReminderPolicy(commerce, DEFAULT_REMINDER_POLICY, today, newest)).toMatchObject({ refusal: { code: 'not_found' } });
	expect(await setReminderPolicy(mofcom, DEFAULT_REMINDER_POLICY, addDays(today, -1), newest)).toMatchObject({
		refusal: { code: 'date_out_of_range', field: 'effectiveOn' }
	});
	expect(await setReminderPolicy(mofcom, { ...DEFAULT_REMINDER_POLICY, hour: 3 }, today, newest)).toMatchObject({
		refusal: { code: 'invalid_input', fields: { hour: 'out_of_range' } }
	});
});

test('every database knows the arranged years, and the others as unknown', async () => {
	const calendar = await asSystem('test', loadWorkingCalendar);
	expect([...calendar.keys()].sort()).toEqual(expect.arrayContaining([2021, 2022, 2023, 2024, 2025, 2026]));
	expect(calendar.get(2026)?.holidays.get('2026-10-01' as never)).toBe('国庆节');
	expect(calendar.get(2026)?.makeUpDays.has('2026-10-10' as never)).toBe(true);
	expect(calendar.has(2090)).toBe(false);
});
