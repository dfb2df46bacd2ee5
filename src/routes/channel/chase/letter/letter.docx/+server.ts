import { downloadLetter, toLetterPage } from '#lib/server/pages/letter-page.ts';
import { CHANNEL_LETTER } from '../channel-letter-door.ts';
import type { RequestHandler } from './$types';

/** A letter of a department to its enterprises, as Word. */
export const POST: RequestHandler = (event) => downloadLetter(event, CHANNEL_LETTER);

/** Opened by its address it is a page to fill in. */
export const GET: RequestHandler = (event) => toLetterPage(event, CHANNEL_LETTER);
