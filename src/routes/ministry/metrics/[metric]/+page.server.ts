import type { RequestEvent } from '@sveltejs/kit';
import { render } from 'svelte/server';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { drawnOnce } from '#lib/server/pages/drawn-once.ts';
import { freezeAction, mayFreeze } from '#lib/server/pages/frozen-page.ts';
import { ministryMetric } from '#lib/server/reads/ministry/ministry-metric.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { fieldLabel } from '#lib/words/form-words.ts';
import { metricDocument } from './frozen.ts';
import { listFilters } from './list-filters.ts';
import { metricQueryOf } from './metric-query.ts';
import MetricPicture from './MetricPicture.svelte';
import { metricView } from './metric-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, ignored } = metricQueryOf(event.params.metric, event.url.searchParams);
	const now = event.locals.now();
	const found = await ministryMetric(actor, query, now);
	return {
		id: query.metric.id,
		label: fieldLabel(query.metric.id),
		view: withoutDrawn(event, metricView(found, query.metric, now)),
		filters: listFilters(found, query.metric),
		by: query.by,
		ignored: [...ignored, ...found.ignored],
		...(found.shown === null ? { next: null, previous: null } : turnTexts(found.shown.rows)),
		now,
		mayFreeze: mayFreeze(actor)
	};
};

/** The view without the pictures that the server has drawn into the page already. */
function withoutDrawn(event: RequestEvent, view: ReturnType<typeof metricView>) {
	if (view.shown === null) return view;
	const pictures = view.shown.pictures.map(({ drawn, ...picture }) => ({
		...picture,
		drawn: drawn !== null && drawnOnce(event, picture.category, () => render(MetricPicture, { props: { sentence: picture.sentence, drawn } })) ? null : drawn
	}));
	return { ...view, shown: { ...view.shown, pictures } };
}

export const actions: Actions = {
	freeze: (event) => freezeAction(event, (actor) => metricDocument(event, event.params.metric, actor))
};
