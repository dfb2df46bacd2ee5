import { log } from '#lib/server/log.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

/** One look at the clock: does what is due and not yet done. Never throws: what failed is logged, and taken up by a later tick. */
export async function tick(job: Job, now: Date): Promise<void> {
	try {
		const keys = await job.keysDue(now);
		if (keys === null) {
			await job.run('', { dry: false });
			return;
		}
		for (const key of keys) await once(job.name, key, () => job.run(key, { dry: false }));
	} catch (error) {
		log('error', { event: 'job_failed', job: job.name, error: error instanceof Error ? error.message : String(error) });
	}
}
