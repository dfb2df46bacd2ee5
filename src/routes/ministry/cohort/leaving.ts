import { MINISTRIES } from '#lib/domain/parties.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { ministryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import { chosenFilters, sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { listFilters } from './list-filters.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { cohortPicture } from '../trend-pictures.ts';
import type { RequestEvent } from '@sveltejs/kit';

/** What leaves of the dashboard: the same read and the same filters as the page, in words. */
export async function leavingOf(event: RequestEvent) {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const { filter, ignored } = readTrendAddress(params);
	const now = event.locals.now();
	const found = await ministryCohort(actor, filter, now);
	const named = listFilters(found);
	const left = [...ignored, ...found.ignored];
	// A sheet says its year in its title; a picture does not.
	return { found, now, filters: sheetFilters(named, params, left), withYear: chosenFilters(named, params, left) };
}

/** The picture the address names as its part. */
export async function leavingPicture(event: RequestEvent) {
	const { found, withYear, now } = await leavingOf(event);
	const picture = cohortPicture(found, event.url.searchParams.get('part') ?? '');
	if (picture === null || found.shown === null) notFound(event);
	return { picture, asked: { filters: withYear, asOf: asOfText(found.shown.asOf, now) } };
}
