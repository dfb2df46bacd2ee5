import type { RequestEvent } from '@sveltejs/kit';
import { render } from 'svelte/server';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { TABLE_KEYS } from '#lib/forms/asked.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import { drawnOnce } from '#lib/server/pages/drawn-once.ts';
import { freezeAction, mayFreeze } from '#lib/server/pages/frozen-page.ts';
import { ministryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import TileGrid from '#lib/ui/progress/TileGrid.svelte';
import { cohortView, type CohortView } from './cohort-view.ts';
import CriteriaPart from './CriteriaPart.svelte';
import { cohortDocument } from './frozen.ts';
import { listFilters } from './list-filters.ts';
import MetricCards from './MetricCards.svelte';
import NearPart from './NearPart.svelte';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { filter, ignored } = readTrendAddress(event.url.searchParams, TABLE_KEYS);
	const now = event.locals.now();
	const found = await ministryCohort(actor, filter, now);
	const view = cohortView(found, now);
	return {
		view: view?.anybody ? withoutDrawn(event, view) : view,
		filters: listFilters(found),
		ignored: [...ignored, ...found.ignored],
		now,
		mayFreeze: mayFreeze(actor)
	};
};

/** The view without what the server has drawn into the page already. */
function withoutDrawn(event: RequestEvent, view: CohortView) {
	const { url } = event;
	const { search } = url;
	const { tiles, metrics, near, criteria } = view;
	const legend = { low: m.progress_tiles_low(), high: m.progress_tiles_high() };
	const note = m.trend_tiles_note();
	return {
		...view,
		tiles: drawnOnce(event, 'tiles', () => render(TileGrid, { props: { tiles, legend, note } })) ? null : tiles,
		metrics: drawnOnce(event, 'metrics', () => render(MetricCards, { props: { metrics, search } })) ? null : metrics,
		near: drawnOnce(event, 'near', () => render(NearPart, { props: { near, url } })) ? null : near,
		criteria: drawnOnce(event, 'criteria', () => render(CriteriaPart, { props: { criteria, search } })) ? null : criteria
	};
}

export const actions: Actions = {
	freeze: (event) => freezeAction(event, (actor) => cohortDocument(event, actor))
};
