import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { peopleActions } from '#lib/server/pages/people-actions.ts';
import { peopleOrList } from '#lib/server/pages/people-load.ts';
import { findOffices } from '#lib/server/reads/office/people.ts';
import { readId } from '#lib/server/reads/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const after = readId(event.url.searchParams.get('after'));
	const { page, list } = await peopleOrList(event, DEPARTMENTS, (actor, question) =>
		findOffices(actor, { question, kind: 'enterprise', after }, event.locals.locale)
	);
	return { ...page, list };
};

const { invite, cancel, duty, end, handOver } = peopleActions(DEPARTMENTS);
export const actions: Actions = { invite, cancel, duty, end, handOver };
