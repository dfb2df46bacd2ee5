import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { reminderBatch, undoBatch } from '#lib/server/pages/reminder-batch.ts';
import { channelReminderBatch } from '#lib/server/reads/channel/channel-reminder-batch.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	return { batch: await reminderBatch(event, DEPARTMENTS, channelReminderBatch), now: event.locals.now() };
};

export const actions: Actions = {
	undo: (event) => undoBatch(event, DEPARTMENTS)
};
