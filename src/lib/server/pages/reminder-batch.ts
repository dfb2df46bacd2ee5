import type { RequestEvent } from '@sveltejs/kit';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { notFound } from '#lib/server/access.ts';
import { undoReminders } from '#lib/server/acts/chase/undo-reminders.ts';
import type { Actor } from '#lib/server/actor.ts';
import { refused } from '#lib/server/answer.ts';
import { recordOf } from './record-address.ts';

type Asked = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>;

/** The reminders sent at once that an address names, as the office's own read tells of them. */
export async function reminderBatch<Batch>(
	event: Asked,
	kinds: readonly OrganisationKind[],
	read: (actor: Actor, id: string) => Promise<Batch | undefined>
): Promise<Batch> {
	const { actor, id } = recordOf(event, kinds);
	return (await read(actor, id)) ?? notFound(event);
}

/** Takes back what has not left yet. */
export async function undoBatch(event: RequestEvent, kinds: readonly OrganisationKind[]) {
	const { actor, id } = recordOf(event, kinds);
	const done = await undoReminders(actor, id);
	if (!done.ok) return refused(event, done.refusal, {});
	return { undone: true };
}
