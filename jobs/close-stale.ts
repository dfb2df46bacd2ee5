import { dayInBeijing } from '#lib/domain/day.ts';
import { closeStale } from '#lib/server/acts/chase/close-stale.ts';
import type { Job } from './job.ts';

/** Puts away invitations, sessions, traces and accounts that have run out. Key: the day. */
export const closeStaleJob: Job = {
	name: 'close-stale',
	at: '*/30 * * * *',
	keysDue: (now) => [dayInBeijing(now)],
	run: (_key, how) => closeStale(how)
};
