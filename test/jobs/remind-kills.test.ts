/** Three schedulers on one database, killed twenty times while they plan: every reminder once per report, step and recipient; none missing, none double. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { layFirms } from '../support/reminder-scene.ts';
import { openYear } from '../support/scene.ts';

/** Days of the ladder of 15 November 2026, a Sunday, and the step that leaves on each: what would fall on a weekend leaves on the Friday before. */
const DAYS: readonly (readonly [string, string])[] = [
	['2026-10-16', 'T-30'],
	['2026-10-30', 'T-14'],
	['2026-11-06', 'T-7'],
	['2026-11-12', 'T-3'],
	['2026-11-13', 'T0'],
	['2026-11-16', 'T+1'],
	['2026-11-18', 'T+3']
];
const KILLS = 20;
const CHANNELS = ['320000', '440000', '330000', '370000', '510000', '420000'];
const FIRMS_EACH = 40;

test('three schedulers, twenty kills', { timeout: 300_000 }, async () => {
	const { adminSql: sql, url } = await testDatabase();
	await openYear({ adminSql: sql }, 2026);
	for (const [index, channelId] of CHANNELS.entries()) await layFirms(sql, { channelId, from: 1 + index * FIRMS_EACH, count: FIRMS_EACH });
	const file = join(mkdtempSync(join(tmpdir(), 'scheduler-')), 'due');
	writeFileSync(file, '');
	const env = { ...process.env, DATABASE_URL: url, DATABASE_POOL: '4', NODE_ENV: 'test' };
	const launch = (): ChildProcess => fork('test/support/reminder-scheduler.ts', [file], { env, stdio: 'ignore', execArgv: [] });
	const schedulers = new Map<number, ChildProcess>();
	const add = (): void => {
		const child = launch();
		if (child.pid !== undefined) schedulers.set(child.pid, child);
	};
	for (let n = 0; n < 3; n += 1) add();
	let killed = 0;
	let killedAtWork = 0;
	try {
		for (const [index, [day]] of DAYS.entries()) {
			writeFileSync(file, day);
			// As many kills on each day as are left to spread over the days that are left.
			for (let kills = Math.ceil((KILLS - killed) / (DAYS.length - index)); kills > 0; kills -= 1) {
				const holder = await claimHolder(sql, day);
				if (holder === null) break;
				await wait(Math.random() * 250);
				const child = schedulers.get(holder);
				child?.kill('SIGKILL');
				schedulers.delete(holder);
				killed += 1;
				add();
				await wait(50);
				const [run] = await sql<{ open: boolean }[]>`select finished_at is null as open from job_run where job = 'remind' and run_key = ${day}`;
				if (run?.open !== true) break;
				killedAtWork += 1;
				// Ten minutes of silence pass.
				await sql`update job_run set claimed_at = claimed_at - interval '11 minutes' where job = 'remind' and run_key = ${day} and finished_at is null
					and claimed_by like ${`${holder}-%`}`;
			}
			await finished(sql, day);
		}
		// What is left of the twenty strikes idle schedulers, which must change nothing.
		while (killed < KILLS) {
			const [pid] = [...schedulers.keys()];
			if (pid === undefined) break;
			schedulers.get(pid)?.kill('SIGKILL');
			schedulers.delete(pid);
			killed += 1;
			if (schedulers.size === 0) add();
		}
	} finally {
		for (const child of schedulers.values()) child.kill('SIGKILL');
	}
	expect(killed).toBe(KILLS);
	expect(killedAtWork).toBeGreaterThan(5);
	const steps = await sql<{ step: string; n: number; recipients: number; reports: number }[]>`
		select step, count(*)::int as n, count(distinct recipient_key)::int as recipients, count(distinct report_id)::int as reports from reminder group by step`;
	const all = CHANNELS.length * FIRMS_EACH;
	for (const [, step] of DAYS)
		expect(
			steps.find((row) => row.step === step),
			step
		).toEqual({ step, n: all * 2, recipients: all * 2, reports: all });
	expect(steps).toHaveLength(DAYS.length);
	// Each has its mail, and nobody got two of one day.
	const [mails] = await sql<{ without: number; mails: number; ids: number; orphans: number }[]>`
		select (select count(*)::int from reminder where mail_id is null) as without, (select count(*)::int from mail)
			as mails, (select count(distinct message_id)::int from mail) as ids,
			(select count(*)::int from mail m where not exists (select from reminder r where r.mail_id = m.id)) as orphans`;
	expect(mails).toEqual({ without: 0, mails: all * 2 * DAYS.length, ids: all * 2 * DAYS.length, orphans: 0 });
});

/** The process that has claimed the day and not finished; null once it is done. */
async function claimHolder(sql: Awaited<ReturnType<typeof testDatabase>>['adminSql'], day: string): Promise<number | null> {
	for (let turn = 0; turn < 3_000; turn += 1) {
		const [run] = await sql<{ claimed_by: string; done: boolean; fresh: boolean }[]>`
			select claimed_by, finished_at is not null as done, claimed_at > clock_timestamp() - interval '9 minutes' as fresh from job_run where job = 'remind'
				and run_key = ${day}`;
		if (run?.done) return null;
		if (run?.fresh) return Number(run.claimed_by.split('-')[0]);
		await wait(5);
	}
	throw new Error(`nobody claims ${day}`);
}

async function finished(sql: Awaited<ReturnType<typeof testDatabase>>['adminSql'], day: string): Promise<void> {
	for (let turn = 0; turn < 6_000; turn += 1) {
		const [run] = await sql<
			{ done: boolean; gone: boolean; error: string | null }[]
		>`select finished_at is not null as done, error from job_run where job = 'remind' and run_key = ${day}`;
		if (run?.done) return;
		await wait(10);
	}
	throw new Error(`${day} is never done`);
}
