import { judgeVersions } from '#lib/server/acts/report/judge-versions.ts';
import type { Job } from './job.ts';

/** Keeps the verdicts that lists read: what is stale, every hour. By hand with a key of its own (`npm run job -- judge-versions 2026-12-01`) everything. */
export const judgeVersionsJob: Job = {
	name: 'judge-versions',
	at: '12 * * * *',
	keysDue: () => null,
	run: (key, how) => judgeVersions({ ...how, every: key !== '' })
};
