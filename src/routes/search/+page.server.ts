import { ORGANISATION_KINDS } from '#lib/domain/parties.ts';
import { asked } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { searchResults } from '#lib/server/pages/search-results.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ORGANISATION_KINDS);
	const typed = asked(event.url.searchParams).search('q');
	return { typed, groups: typed.trim() === '' ? [] : await searchResults(actor, typed) };
};
