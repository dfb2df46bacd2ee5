import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { notFound } from '#lib/server/access.ts';
import { recordOf } from '#lib/server/pages/record-address.ts';
import { channelEnterprise } from '#lib/server/reads/channel/channel-enterprise.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, id } = recordOf(event, DEPARTMENTS);
	return { enterprise: (await channelEnterprise(actor, id, event.locals.now())) ?? notFound(event) };
};
