import { MINISTRIES } from '#lib/domain/parties.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { ownPeople } from '#lib/server/pages/people-load.ts';
import { invitationsToConfirm } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, page } = await ownPeople(event, MINISTRIES);
	return { ...page, toConfirm: await invitationsToConfirm(actor, event.locals.locale) };
};

const { cancel, confirm, duty, end } = peopleActions(MINISTRIES);
export const actions: Actions = { cancel, confirm, duty, end };
