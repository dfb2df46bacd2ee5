import { ADMINISTRATION } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { keyOf, peopleActions, questionOf } from '#lib/server/pages/people-actions.ts';
import { findPeople, officePeople } from '#lib/server/reads/office/people.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ADMINISTRATION);
	const { locals, url } = event;
	const said = url.searchParams.get('said');
	if (url.searchParams.has('org')) {
		const org = keyOf(url, 'org');
		const office = org === null ? null : await officePeople(actor, org, locals.locale);
		if (!office) notFound(event);
		return { office, people: [], meId: actor.personId, said, question: '', mayAct: actor.duty !== 'reader' };
	}
	const question = questionOf(url);
	return { office: null, people: await findPeople(actor, question), meId: actor.personId, said, question, mayAct: actor.duty !== 'reader' };
};

const { invite, cancel, duty, end, disable, enable } = peopleActions(ADMINISTRATION);
export const actions: Actions = { invite, cancel, duty, end, disable, enable };
