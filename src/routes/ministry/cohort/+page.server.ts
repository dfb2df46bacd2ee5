import { MINISTRIES } from '#lib/domain/parties.ts';
import { TABLE_KEYS } from '#lib/forms/asked.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import { requireActor } from '#lib/server/access.ts';
import { freezeAction, mayFreeze } from '#lib/server/pages/frozen-page.ts';
import { ministryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import { cohortView } from './cohort-view.ts';
import { cohortDocument } from './frozen.ts';
import { listFilters } from './list-filters.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { filter, ignored } = readTrendAddress(event.url.searchParams, TABLE_KEYS);
	const now = event.locals.now();
	const found = await ministryCohort(actor, filter, now);
	return { view: cohortView(found, now), filters: listFilters(found), ignored: [...ignored, ...found.ignored], now, mayFreeze: mayFreeze(actor) };
};

export const actions: Actions = {
	freeze: (event) => freezeAction(event, (actor) => cohortDocument(event, actor))
};
