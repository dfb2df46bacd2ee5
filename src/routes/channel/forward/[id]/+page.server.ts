import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { notFound } from '#lib/server/access.ts';
import { recordOf } from '#lib/server/pages/record-address.ts';
import { channelForwarding } from '#lib/server/reads/channel/channel-forwarding.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, id } = recordOf(event, DEPARTMENTS);
	const forwarding = (await channelForwarding(actor, id)) ?? notFound(event);
	return { forwarding };
};
