import { notFound } from '#lib/server/access.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { leavingOf } from '../leaving.ts';
import { cohortPicture, leavePicture } from '../../trend-pictures.ts';
import type { RequestHandler } from './$types';

/** Any picture of the dashboard as the rows it is drawn from. */
export const GET: RequestHandler = async (event) => {
	const { found, filters, now } = await leavingOf(event);
	const picture = cohortPicture(found, event.url.searchParams.get('part') ?? '');
	if (picture === null || found.shown === null) notFound(event);
	return leavePicture(event, picture, { filters, asOf: asOfText(found.shown.asOf, now) }, 'csv');
};
