import { json } from '@sveltejs/kit';
import { ORGANISATION_KINDS } from '#lib/domain/parties.ts';
import { asked } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { searchResults } from '#lib/server/pages/search-results.ts';
import type { RequestHandler } from './$types';

/** While somebody types in the search box: what is found, a few of each kind. 429 while they ask too much at once. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, ORGANISATION_KINDS);
	const typed = asked(event.url.searchParams).search('q');
	const groups = typed.trim() === '' ? [] : await searchResults(actor, typed);
	return groups === null ? json([], { status: 429, headers: { 'retry-after': '1' } }) : json(groups);
};
