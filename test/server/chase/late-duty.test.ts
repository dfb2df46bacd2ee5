/** 方案第十一条: a duty that came to be known on 30 November is neither overdue nor idle that day, and its first letter is the opening one. */
import { beforeAll, describe, expect, test } from 'vitest';
import { day, dayInBeijing } from '#lib/domain/day.ts';
import { announceReportingYear, openingsDue } from '#lib/server/acts/chase/announce-reporting-year.ts';
import { planRemindersOfDay } from '#lib/server/acts/chase/plan-reminders.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { channelChase, type ChannelChase } from '#lib/server/reads/channel/channel-chase.ts';
import { addOwedReports } from '#lib/server/store/report/owed-report.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, type SceneReport } from '../../support/scene.ts';

const CHANNEL = '630000';
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
let commerce: Actor;
let imported: SceneReport;
const clock = (at: string) => database.adminSql`update test_clock set at = ${at}`;
const row = async (on: string): Promise<ChannelChase['rows'][number]> => {
	const found = (await channelChase(commerce, CHASE, new Date(on))).rows.find(({ enterpriseName }) => enterpriseName === '补登企业');
	if (!found) throw new Error('not on the board');
	return found;
};
const steps = async () =>
	(
		await database.adminSql<{ step: string }[]>`
			select s.step from reminder s join annual_report r on r.id = s.report_id where r.enterprise_id = ${imported.enterpriseId} order by s.id`
	).map(({ step }) => step);

beforeAll(async () => {
	database = await applicationDatabase();
	await database.adminSql.unsafe(`
		create table test_clock (at timestamptz not null);
		insert into test_clock values (now());
		grant select on test_clock to keyent_app;
		create or replace function app_now() returns timestamptz language sql volatile as 'select at from public.test_clock'`);
	await clock('2026-10-08T01:00:00Z');
	await openYear(database, 2025);
	await openYear(database, 2026);
	commerce = await buildOfficial(database, 'commerce', CHANNEL);
	imported = await buildReport(database, { channelId: CHANNEL, year: 2025, cohortYear: 2024, name: '补登企业' });
	await database.adminSql`update reporting_year set closed_at = '2026-04-10T03:00:00Z' where year = 2025`;
	await database.adminSql`update annual_report set closed_at = '2026-04-10T03:00:00Z', state = 'not_filed' where year = 2025`;
	await database.adminSql`
		insert into enterprise_contact (enterprise_id, place, name, phone, email) values (${imported.enterpriseId}, 1, '甲某', '13800000001', 'a@example.invalid')`;
	// Monday, 30 November 2026, 11:00 in Beijing.
	await clock('2026-11-30T03:00:00Z');
	expect(await asSystem('test', (db) => addOwedReports(db, 2026, dayInBeijing(new Date('2026-11-30T03:00:00Z'))))).toBe(1);
});

describe('imported on 30 November', () => {
	test('it is due on the ministries’ date, not overdue of the channel’s, and idle for no day', async () => {
		expect(await row('2026-11-30T04:00:00Z')).toMatchObject({
			dueOn: '2026-11-30',
			daysLeft: 0,
			idleDays: 0,
			lists: ['not_started'],
			grounds: ['last_year_late']
		});
		expect(await row('2026-12-02T04:00:00Z')).toMatchObject({ daysLeft: -2, idleDays: 2, lists: ['not_started', 'overdue'] });
	});

	test('nothing of the ladder leaves before the opening letter, which is due within the hour', async () => {
		expect((await planRemindersOfDay('2026-11-30', { dry: false })).skipped).toMatchObject({ opening_first: 1 });
		expect(await steps()).toEqual([]);
		const due = await openingsDue(new Date('2026-11-30T03:10:00Z'));
		expect(due).toContain('added-2026-2026-11-30');
		expect(due).not.toContain('2026');
		expect(await announceReportingYear(2026, { dry: false, owedOn: day('2026-11-29') })).toMatchObject({ reminders: 0 });
		expect(await announceReportingYear(2026, { dry: false, owedOn: day('2026-11-30') })).toEqual({ added: 0, reminders: 1, mails: 1 });
		expect(await announceReportingYear(2026, { dry: false, owedOn: day('2026-11-30') })).toMatchObject({ reminders: 0 });
		expect(await steps()).toEqual(['open']);
		expect((await planRemindersOfDay('2026-11-30', { dry: false })).skipped).toMatchObject({ opening_first: 1 });
	});

	test('and the next day the ladder goes on at its first step after the date, not at the fourteenth', async () => {
		await clock('2026-12-01T02:00:00Z');
		await planRemindersOfDay('2026-12-01', { dry: false });
		expect(await steps()).toEqual(['open', 'T+1']);
	});
});
