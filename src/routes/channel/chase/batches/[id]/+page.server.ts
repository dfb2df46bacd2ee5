import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { undoReminders } from '#lib/server/acts/chase/undo-reminders.ts';
import { refused } from '#lib/server/answer.ts';
import { channelReminderBatch } from '#lib/server/reads/channel/channel-reminder-batch.ts';
import { maskEmail } from '#lib/words/format.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const id = RecordId.safeParse(event.params.id);
	const batch = id.success ? await channelReminderBatch(actor, id.data) : undefined;
	if (!batch) notFound(event);
	return { batch: { ...batch, reminders: batch.reminders.map((one) => ({ ...one, address: maskEmail(one.address) })) }, now: event.locals.now() };
};

export const actions: Actions = {
	undo: async (event) => {
		const actor = requireActor(event, DEPARTMENTS);
		const id = RecordId.safeParse(event.params.id);
		if (!id.success) notFound(event);
		const done = await undoReminders(actor, id.data);
		if (!done.ok) return refused(event, done.refusal, {});
		return { undone: true };
	}
};
