import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { channelForwarding } from '#lib/server/reads/channel/channel-forwarding.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const id = RecordId.safeParse(event.params.id);
	const forwarding = id.success ? await channelForwarding(actor, id.data) : undefined;
	if (!forwarding) notFound(event);
	return { forwarding };
};
