import { MINISTRIES } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { invitationsToConfirm, officePeople } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { locale } = event.locals;
	const office = await officePeople(actor, actor.orgId, locale);
	if (!office) notFound(event);
	return { office, toConfirm: await invitationsToConfirm(actor, locale), meId: actor.personId, said: event.url.searchParams.get('said') };
};

const { cancel, confirm, duty, end } = peopleActions(MINISTRIES);
export const actions: Actions = { cancel, confirm, duty, end };
