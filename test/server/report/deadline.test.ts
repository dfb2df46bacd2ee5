import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import { closeDoor } from '#lib/server/db/door.ts';
import { isPast } from '#lib/domain/report/reporting-year.ts';
import { day } from '#lib/domain/day.ts';
import { applicationDatabase } from '../../support/people.ts';
import type { TestDatabase } from '../../support/database.ts';
import { buildReport, fillDraft, openYear, type SceneReport } from '../../support/scene.ts';

/**
 * 方案第十一条: until 30 November, 24:00 Beijing time. The deadline is the instant 2026-12-01T00:00:00+08:00, exclusive, judged by the
 * database's clock, which these tests set to the microsecond.
 */
const LAST = '2026-11-30T15:59:59.999999Z';
const MIDNIGHT = '2026-11-30T16:00:00.000000Z';
const REASON = { lateReasonCode: 'technical', lateReason: '示例:网络中断' };
const NO_REASON = { lateReasonCode: null, lateReason: '' };

let database: TestDatabase;
beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	await database.adminSql.unsafe(`
		create table test_clock (at timestamptz not null);
		insert into test_clock values ('${LAST}');
		grant select on test_clock to keyent_app;
		create or replace function app_now() returns timestamptz language sql volatile as 'select at from public.test_clock'`);
});
const setClock = (at: string) => database.adminSql`update test_clock set at = ${at}::text::timestamptz`;
const click = (report: SceneReport, reason: typeof REASON | typeof NO_REASON = NO_REASON) =>
	submitAnnualReport(report.filer, report.reportId, { afterVersion: 0, ...reason });
const stateOf = async (report: SceneReport) => {
	const [row] = await database.adminSql<{ late: boolean; submitted_at: Date }[]>`
		select (v.detail ->> 'late')::boolean as late, r.submitted_at from annual_report r join report_event v on v.report_id = r.id and v.act = 'submit-annual-report' where r.id = ${report.reportId}`;
	return row;
};
async function filled(): Promise<SceneReport> {
	const report = await buildReport(database, { channelId: '320000' });
	await fillDraft(database, report);
	return report;
}

const zone = process.env['TZ'];
afterAll(() => {
	if (zone === undefined) delete process.env['TZ'];
	else process.env['TZ'] = zone;
});

describe.each(['UTC', 'Asia/Shanghai', 'America/New_York'])('with the process in %s', (processZone) => {
	describe.each(['UTC', 'Asia/Shanghai', 'America/New_York'])('and the database session in %s', (sessionZone) => {
		beforeEach(async () => {
			process.env['TZ'] = processZone;
			await database.adminSql.unsafe(`do $$ begin execute format('alter database %I set timezone = %L', current_database(), '${sessionZone}'); end $$`);
			// Connections take the setting when they are made.
			await closeDoor();
		});
		afterEach(() => setClock(LAST));

		test('the last microsecond is in, midnight is out and asks why', async () => {
			expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe({ UTC: 0, 'Asia/Shanghai': -480, 'America/New_York': 300 }[processZone]);
			const [inTime, late] = [await filled(), await filled()];
			await setClock(LAST);
			expect(await click(inTime)).toMatchObject({ ok: true });
			expect(await stateOf(inTime)).toMatchObject({ late: false, submitted_at: new Date('2026-11-30T15:59:59.999Z') });
			await setClock(MIDNIGHT);
			expect(await click(late)).toMatchObject({ ok: false, refusal: { code: 'reason_required' } });
			expect(await click(late, REASON)).toMatchObject({ ok: true });
			expect(await stateOf(late)).toMatchObject({ late: true, submitted_at: new Date(MIDNIGHT) });
			const [kept] = await database.adminSql`select late_reason_code, late_reason from annual_report_version where report_id = ${late.reportId}`;
			expect(kept).toEqual({ late_reason_code: 'technical', late_reason: '示例:网络中断' });
		});

		test('a submission queued on a lock over midnight came in time', async () => {
			const report = await filled();
			await setClock(LAST);
			let waiting: ReturnType<typeof click> | undefined;
			await database.adminSql.begin(async (tx) => {
				await tx`select set_config('app.system_reason', 'hold', true)`;
				await tx`select 1 from annual_report where id = ${report.reportId} for update`;
				waiting = click(report);
				// Begun before midnight and waiting for the row: seen in the server's own list of waits.
				// The bound is only there so that a fault ends: on a busy machine the submission may take seconds to come as far as its lock.
				let seen = 0;
				for (let tries = 0; seen === 0 && tries < 40_000; tries += 1) {
					const [row] = await database.adminSql<
						{ n: number }[]
					>`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
					seen = row?.n ?? 0;
				}
				expect(seen).toBe(1);
				await database.adminSql`update test_clock set at = ${MIDNIGHT}::text::timestamptz`;
			});
			expect(await waiting).toMatchObject({ ok: true, submittedAt: new Date('2026-11-30T15:59:59.999Z') });
			expect(await stateOf(report)).toMatchObject({ late: false });
		});
	});
});

test('a double click across midnight is one submission, in time', async () => {
	const report = await filled();
	await setClock(LAST);
	const first = await click(report);
	await setClock(MIDNIGHT);
	const second = await click(report);
	expect(first).toMatchObject({ ok: true, fresh: true });
	expect(second).toMatchObject({ ok: true, fresh: false, submittedAt: new Date('2026-11-30T15:59:59.999Z') });
	await setClock(LAST);
});

test('an extension given in the last second counts, and moves the edge to its own midnight', async () => {
	const [inTime, late] = [await filled(), await filled()];
	for (const { reportId } of [inTime, late]) await database.adminSql`update annual_report set extension_on = '2026-12-05' where id = ${reportId}`;
	await setClock('2026-12-05T15:59:59.999999Z');
	expect(await click(inTime)).toMatchObject({ ok: true });
	await setClock('2026-12-05T16:00:00Z');
	expect(await click(late)).toMatchObject({ ok: false, refusal: { code: 'reason_required' } });
	await setClock(LAST);
});

test('29 February is a day like any other', () => {
	expect(isPast(day('2028-02-29'), new Date('2028-02-29T15:59:59.999Z'))).toBe(false);
	expect(isPast(day('2028-02-29'), new Date('2028-02-29T16:00:00Z'))).toBe(true);
});
