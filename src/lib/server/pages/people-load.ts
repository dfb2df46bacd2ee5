import type { RequestEvent } from '@sveltejs/kit';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import type { Actor } from '#lib/server/actor.ts';
import { officePeople } from '#lib/server/reads/office/people.ts';
import { keyOf, questionOf } from './people-actions.ts';

type Asked = Pick<RequestEvent, 'locals' | 'url' | 'request'>;

/** What every people page says: who is looking, and what was just done. */
function seated(event: Asked, kinds: readonly OrganisationKind[]) {
	const actor = requireActor(event, kinds);
	return { actor, page: { meId: actor.personId, said: event.url.searchParams.get('said') } };
}

/** The people of one's own office. */
export async function ownPeople(event: Asked, kinds: readonly OrganisationKind[]) {
	const { actor, page } = seated(event, kinds);
	const office = (await officePeople(actor, actor.orgId, event.locals.locale)) ?? notFound(event);
	return { actor, page: { ...page, office } };
}

/** The people of the office the address names; where it names none, what there is to find one by. */
export async function peopleOrList<List>(event: Asked, kinds: readonly OrganisationKind[], list: (actor: Actor, question: string) => Promise<List>) {
	const { actor, page } = seated(event, kinds);
	if (!event.url.searchParams.has('org')) {
		const question = questionOf(event.url);
		return { actor, page: { ...page, office: null, question }, list: await list(actor, question) };
	}
	const org = keyOf(event.url, 'org');
	const office = org === null ? null : await officePeople(actor, org, event.locals.locale);
	return { actor, page: { ...page, office: office ?? notFound(event), question: '' }, list: null };
}
