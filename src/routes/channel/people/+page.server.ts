import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { officesAsked, peopleOrList } from '#lib/server/pages/people-load.ts';
import { findOffices } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { after, ignored } = officesAsked(event.url.searchParams);
	const { page, list } = await peopleOrList(event, DEPARTMENTS, (actor, question) =>
		findOffices(actor, { question, kind: 'enterprise', after }, event.locals.locale)
	);
	return { ...page, list, ignored };
};

const { invite, cancel, duty, end, handOver } = peopleActions(DEPARTMENTS);
export const actions: Actions = { invite, cancel, duty, end, handOver };
