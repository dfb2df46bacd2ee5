import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { withMaskedAddress } from '#lib/server/pages/masked-contacts.ts';
import { reminderBatch, undoBatch } from '#lib/server/pages/reminder-batch.ts';
import { channelReminderBatch } from '#lib/server/reads/channel/channel-reminder-batch.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const batch = await reminderBatch(event, DEPARTMENTS, channelReminderBatch);
	return { batch: { ...batch, reminders: batch.reminders.map(withMaskedAddress) }, now: event.locals.now() };
};

export const actions: Actions = {
	undo: (event) => undoBatch(event, DEPARTMENTS)
};
