import { downloadLetter, toLetterPage } from '#lib/server/pages/letter-page.ts';
import { MINISTRY_LETTER } from '../ministry-letter-door.ts';
import type { RequestHandler } from './$types';

/** A letter of a ministry to the channels, or a circular of how they stand, as Word. */
export const POST: RequestHandler = (event) => downloadLetter(event, MINISTRY_LETTER);

/** Opened by its address it is a page to fill in. */
export const GET: RequestHandler = (event) => toLetterPage(event, MINISTRY_LETTER);
