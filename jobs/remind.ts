import { planRemindersOfDay, reminderDaysDue } from '#lib/server/acts/chase/plan-reminders.ts';
import type { Job } from './job.ts';

/** Reminds whoever holds a report, once a day within the policy's hours. Key: the day. */
export const remindJob: Job = {
	name: 'remind',
	at: '*/2 * * * *',
	keysDue: reminderDaysDue,
	run: (key, how) => planRemindersOfDay(key, how)
};
