import type { RequestEvent } from '@sveltejs/kit';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import type { Actor } from '#lib/server/actor.ts';

/** Who acts, and on which record: the page of one thing lies at its id. What cannot be an id is not there. */
export function recordOf(
	event: Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>,
	kinds: readonly OrganisationKind[]
): { readonly actor: Actor; readonly id: string } {
	const actor = requireActor(event, kinds);
	const id = RecordId.safeParse(event.params['id']);
	if (!id.success) notFound(event);
	return { actor, id: id.data };
}
