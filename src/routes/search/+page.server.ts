import { ORGANISATION_KINDS } from '#lib/domain/parties.ts';
import { asked } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { searchResults } from '#lib/server/pages/search-results.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ORGANISATION_KINDS);
	const ask = asked(event.url.searchParams);
	const typed = ask.search('q');
	if (ask.dropped().includes('q')) return { typed: ask.text('q') ?? '', tooLong: true, groups: [] };
	return { typed, tooLong: false, groups: typed.trim() === '' ? [] : await searchResults(actor, typed) };
};
