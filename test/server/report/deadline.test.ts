import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import { withdrawAnnualReport } from '#lib/server/acts/report/withdraw-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { closeDoor } from '#lib/server/db/door.ts';
import { isPast } from '#lib/domain/report/reporting-year.ts';
import { day } from '#lib/domain/day.ts';
import { applicationDatabase } from '../../support/people.ts';
import type { TestDatabase } from '../../support/database.ts';
import { buildOfficial, buildReport, fillDraft, openYear, signReport, type SceneReport } from '../../support/scene.ts';

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
		select (v.detail ->> 'late')::boolean as late, r.submitted_at from annual_report r join report_event v on v.report_id = r.id
			and v.act = 'submit-annual-report' where r.id = ${report.reportId}`;
	return row;
};
async function filled(): Promise<SceneReport> {
	const report = await buildReport(database, { channelId: '320000' });
	await fillDraft(database, report);
	return report;
}

/** What an act answers that began before midnight and waited for the rows until after it: seen waiting in the server's own list. */
async function overMidnight<T>(reportIds: readonly string[], act: () => Promise<T>): Promise<T> {
	await setClock(LAST);
	let waiting: Promise<T> | undefined;
	await database.adminSql.begin(async (tx) => {
		await tx`select set_config('app.system_reason', 'hold', true)`;
		await tx`select 1 from annual_report where id = any(${reportIds as string[]}::bigint[]) for update`;
		waiting = act();
		// The bound is only there so that a fault ends: on a busy machine the act may take seconds to come as far as its lock.
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
	return waiting as Promise<T>;
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
			const done = await overMidnight([report.reportId], () => click(report));
			expect(done).toMatchObject({ ok: true, submittedAt: new Date('2026-11-30T15:59:59.999Z') });
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

describe('whoever waits for a lock over midnight did it before midnight', () => {
	const BEFORE = new Date('2026-11-30T15:59:59.999Z');
	let commerce: Actor;
	let industry: Actor;
	let mofcom: Actor;
	beforeAll(async () => {
		commerce = await buildOfficial(database, 'commerce', '320000');
		industry = await buildOfficial(database, 'industry', '320000');
		mofcom = await buildOfficial(database, 'mofcom');
	});
	afterEach(() => setClock(LAST));

	async function submitted({ signed = false } = {}): Promise<SceneReport> {
		await setClock(LAST);
		const report = await filled();
		expect(await click(report)).toMatchObject({ ok: true });
		if (signed) await signReport(database, report.reportId, [commerce, industry]);
		return report;
	}
	const steps = async ({ reportId }: SceneReport, act: string) =>
		(await database.adminSql<{ at: Date }[]>`select at from report_event where report_id = ${reportId} and act = ${act}`).map(({ at }) => at);
	const LETTER = { letterNo: '苏商服〔2026〕1号', letterOn: '2026-11-30', remark: '' };

	test('an answer', async () => {
		const report = await filled();
		const change = { key: 'address', typed: '某路 2 号', baseVersion: 0 };
		expect(await overMidnight([report.reportId], () => saveAnswers(report.filer, report.reportId, [change]))).toMatchObject({ ok: true, savedAt: BEFORE });
	});

	test('a department’s first look, its opinion, and taking it back', async () => {
		const report = await submitted();
		expect(await overMidnight([report.reportId], () => openAnnualReport(commerce, report.reportId))).toEqual({ ok: true, first: true });
		expect(await overMidnight([report.reportId], () => giveOpinion(commerce, report.reportId, { version: 1, remark: '同意' }))).toMatchObject({ ok: true });
		const [opinion] = await database.adminSql<{ signed_at: Date }[]>`select signed_at from opinion where report_id = ${report.reportId}`;
		expect(opinion?.signed_at).toEqual(BEFORE);
		expect(await overMidnight([report.reportId], () => withdrawOpinion(commerce, report.reportId, 1))).toEqual({ ok: true });
		for (const act of ['open-annual-report', 'give-opinion', 'withdraw-opinion']) expect(await steps(report, act)).toEqual([BEFORE]);
	});

	test('a withdrawal by the enterprise', async () => {
		const report = await submitted();
		expect(await overMidnight([report.reportId], () => withdrawAnnualReport(report.filer, report.reportId, 1))).toMatchObject({ ok: true });
		const [row] = await database.adminSql<{ withdrawn_at: Date }[]>`select withdrawn_at from annual_report where id = ${report.reportId}`;
		expect(row?.withdrawn_at).toEqual(BEFORE);
	});

	test('a forwarding of several reports: they came in time, for good', async () => {
		const both = [await submitted({ signed: true }), await submitted({ signed: true })];
		const reports = both.map(({ reportId: id }) => ({ id, version: 1 }));
		const ids = reports.map(({ id }) => id);
		expect(await overMidnight(ids, () => forwardAnnualReports(commerce, { reports, ...LETTER }))).toMatchObject({ ok: true, count: 2, late: 0 });
		const rows = await database.adminSql<{ first_forwarded_at: Date }[]>`select first_forwarded_at from annual_report where id = any(${ids}::bigint[])`;
		expect(rows.map((row) => row.first_forwarded_at)).toEqual([BEFORE, BEFORE]);
		expect(await overMidnight(ids, () => receiveAnnualReports(mofcom, reports))).toMatchObject({ ok: true, received: ids });
		for (const report of both) expect(await steps(report, 'receive-annual-reports')).toEqual([BEFORE]);
	});

	test('a return that asks for the same day, and its undoing', async () => {
		const report = await submitted();
		const order = { version: 1, reasonCode: 'other', remark: '请核对', correctByOn: '2026-11-30', comments: [] };
		expect(await overMidnight([report.reportId], () => returnAnnualReport(industry, report.reportId, order))).toMatchObject({ ok: true });
		const [row] = await database.adminSql<{ returned_at: Date; correct_by_on: string }[]>`
			select returned_at, correct_by_on::text from report_return where report_id = ${report.reportId}`;
		expect(row).toEqual({ returned_at: BEFORE, correct_by_on: '2026-11-30' });
		expect(await overMidnight([report.reportId], () => undoReturn(industry, report.reportId))).toEqual({ ok: true });
		expect(await steps(report, 'undo-return')).toEqual([BEFORE]);
	});
});
