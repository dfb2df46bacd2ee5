import { MINISTRIES } from '#lib/domain/parties.ts';
import { reminderBatch, undoBatch } from '#lib/server/pages/reminder-batch.ts';
import { ministryReminderBatch } from '#lib/server/reads/ministry/ministry-reminder-batch.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	return { batch: await reminderBatch(event, MINISTRIES, ministryReminderBatch), now: event.locals.now() };
};

export const actions: Actions = {
	undo: (event) => undoBatch(event, MINISTRIES)
};
