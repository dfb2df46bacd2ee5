import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { keyOf, peopleActions, questionOf } from '#lib/server/pages/people-actions.ts';
import { findOffices, officePeople } from '#lib/server/reads/office/people.ts';
import { readId } from '#lib/server/reads/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const { locals, url } = event;
	const said = url.searchParams.get('said');
	if (url.searchParams.has('org')) {
		const org = keyOf(url, 'org');
		const office = org === null ? null : await officePeople(actor, org, locals.locale);
		if (!office) notFound(event);
		return { office, list: null, meId: actor.personId, said, question: '' };
	}
	const question = questionOf(url);
	const list = await findOffices(actor, { question, kind: 'enterprise', after: readId(url.searchParams.get('after')) }, locals.locale);
	return { office: null, list, meId: actor.personId, said, question };
};

const { invite, cancel, duty, end, handOver } = peopleActions(DEPARTMENTS);
export const actions: Actions = { invite, cancel, duty, end, handOver };
