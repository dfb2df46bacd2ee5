import { MINISTRIES } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { frozenViewsList } from '#lib/server/reads/ministry/frozen-views-list.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { frozenViewsQueryOf, listFilters } from './list-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, ignored } = frozenViewsQueryOf(event.url.searchParams);
	const found = await frozenViewsList(actor, query);
	return { ...found, ...turnTexts(found), filters: listFilters(), ignored, now: event.locals.now() };
};
