import { foldCounts } from '#lib/server/acts/report/fold-counts.ts';
import type { Job } from './job.ts';

/** Folds the kept counts, so that overviews read few rows. Key: the hour in Beijing. */
export const foldCountsJob: Job = {
	name: 'fold-counts',
	at: '7 * * * *',
	keysDue: (now) => [new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 13)],
	run: (_key, how) => foldCounts(how)
};
