import type { RequestEvent } from '@sveltejs/kit';
import { ORGANISATION_KINDS, type OrganisationKind } from '#lib/domain/parties.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import type { Actor } from '#lib/server/actor.ts';
import { officePeople } from '#lib/server/reads/office/people.ts';
import { readId } from '#lib/server/reads/page.ts';
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

/** Which part of a list of offices or people an address asks for; what makes no sense there is left out and named. */
export function officesAsked(params: URLSearchParams, { withKind = false, paged = true }: { readonly withKind?: boolean; readonly paged?: boolean } = {}) {
	const of = asked(params);
	// Read by questionOf, which cuts it.
	of.text('q');
	const kind = withKind ? of.oneOf('kind', ORGANISATION_KINDS) : null;
	const text = paged ? of.text('after') : null;
	const after = readId(text);
	if (text !== null && after === null) of.drop('after');
	return { kind, after, ignored: of.ignored([...TABLE_KEYS, 'org']) };
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
