import { ADMINISTRATION } from '#lib/domain/parties.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { officesAsked, peopleOrList } from '#lib/server/pages/people-load.ts';
import { findPeople } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, page, list } = await peopleOrList(event, ADMINISTRATION, findPeople);
	return { ...page, people: list ?? [], ignored: officesAsked(event.url.searchParams, { paged: false }).ignored, mayAct: actor.duty !== 'reader' };
};

const { invite, cancel, duty, end, disable, enable } = peopleActions(ADMINISTRATION);
export const actions: Actions = { invite, cancel, duty, end, disable, enable };
