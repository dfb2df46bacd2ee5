import { ENTERPRISE } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { officePeople } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const office = await officePeople(actor, actor.orgId, event.locals.locale);
	if (!office) notFound(event);
	return { office, meId: actor.personId, said: event.url.searchParams.get('said') };
};

const { invite, cancel, duty, end, handOver } = peopleActions(ENTERPRISE);
export const actions: Actions = { invite, cancel, duty, end, handOver };
