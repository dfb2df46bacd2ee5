import { dayInBeijing } from '#lib/domain/day.ts';
import { copyDigestDaysDue, sendCopyDigest } from '#lib/server/acts/chase/send-copy-digest.ts';
import type { Job } from './job.ts';

/** Tells the channels' people what their enterprises were reminded of. Key: the day, once its reminders are planned. */
export const copyDigestJob: Job = {
	name: 'copy-digest',
	at: '1-59/2 * * * *',
	keysDue: (now) => copyDigestDaysDue(dayInBeijing(now)),
	run: (key, how) => sendCopyDigest(key, how)
};
