import { randomUUID } from 'node:crypto';
import { asSystem } from '#lib/server/db/door.ts';
import { log } from '#lib/server/log.ts';

/** A claim that has been silent for so long belongs to nobody: its process is gone. */
const SILENT_MINUTES = 10;

/** This process, for the run log. */
export const SELF = `${process.pid}-${randomUUID().slice(0, 8)}`;

/**
 * Does a job once per key, whoever asks, however often and however many processes: the claim is a row. A run that failed, or whose process died, is
 * taken up by a later tick, so the work itself must be safe to do twice; what it sends or moves is held once by constraints of its own.
 *
 * @returns what the work returned, or 'already' when the key is done or being done
 */
export async function once<T extends Readonly<Record<string, unknown>>>(job: string, key: string, work: () => Promise<T>): Promise<T | 'already'> {
	const claimed = await asSystem(`claim ${job}`, async ({ sql }) => {
		const claim = await sql`
			insert into job_run as run (job, run_key, claimed_by) values (${job}, ${key}, ${SELF})
			on conflict (job, run_key) do update
				set claimed_by = excluded.claimed_by, claimed_at = clock_timestamp(), attempts = run.attempts + 1, error = null
				where run.finished_at is null and (run.error is not null or run.claimed_at < clock_timestamp() - ${SILENT_MINUTES} * interval '1 minute')`;
		return claim.count === 1;
	});
	if (!claimed) return 'already';
	try {
		const outcome = await work();
		await asSystem(`finish ${job}`, async ({ sql }) => {
			await sql`
				update job_run set finished_at = app_now(), outcome = ${JSON.stringify(outcome)}::text::jsonb
				where job = ${job} and run_key = ${key} and claimed_by = ${SELF}`;
		});
		return outcome;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		log('error', { event: 'job_failed', job, key, error: message });
		await asSystem(`fail ${job}`, async ({ sql }) => {
			await sql`update job_run set error = ${message.slice(0, 500)} where job = ${job} and run_key = ${key} and claimed_by = ${SELF}`;
		}).catch(() => log('error', { event: 'job_failure_not_recorded', job, key }));
		throw error;
	}
}
