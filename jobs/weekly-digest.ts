import { sendWeeklyDigest, weeklyDigestDaysDue } from '#lib/server/acts/chase/send-weekly-digest.ts';
import type { Job } from './job.ts';

/** Tells the ministries once a week after the deadline what is outstanding. Key: the day of the week it is named after. */
export const weeklyDigestJob: Job = {
	name: 'weekly-digest',
	at: '*/10 * * * *',
	keysDue: weeklyDigestDaysDue,
	run: (key, how) => sendWeeklyDigest(key, how)
};
