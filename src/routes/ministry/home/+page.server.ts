import { MINISTRIES } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	return { ...(await ministryHome(actor)), me: actor.orgKind, now: event.locals.now() };
};
