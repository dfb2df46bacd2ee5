import { day } from '#lib/domain/day.ts';
import { reminderDaysDue } from '#lib/server/acts/chase/plan-reminders.ts';
import { queueRobotDigests } from '#lib/server/acts/chase/queue-robot-digests.ts';
import type { Job } from './job.ts';

/** One message a day for every group robot, in the hours in which people are reminded. Key: the day. */
export const robotDigestJob: Job = {
	name: 'robot-digest',
	at: '30 */5 * * * *',
	keysDue: reminderDaysDue,
	run: (key, how) => queueRobotDigests(day(key), how)
};
