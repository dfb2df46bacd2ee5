import { m } from '#lib/paraglide/messages.js';
import { calendarFile } from '#lib/server/letters/calendar-file.ts';
import { linkTo } from '#lib/server/mail/mail.ts';
import { RateBound } from '#lib/server/auth/rate-bound.ts';
import { calendarFeedOf } from '#lib/server/reads/person/calendar-feed.ts';
import { feedDateText } from '#lib/words/feed-words.ts';
import type { RequestHandler } from './$types';

/** Calendars ask every few minutes at most; whoever asks more often is guessing. */
const bound = new RateBound(30);

/** A person's dates for a calendar that subscribes to them. Public, because a calendar cannot sign in: whoever has the address reads it, so it names nobody. */
export const GET: RequestHandler = async ({ params, locals }) => {
	if (!bound.admits(locals.address, new Date())) return new Response(null, { status: 429, headers: { 'retry-after': '60' } });
	const feed = await calendarFeedOf(params.token);
	if (!feed) return new Response(null, { status: 404 });
	const { locale, dates } = feed;
	const url = linkTo('/home');
	const { host } = new URL(url);
	const entries = dates.map(({ kind, year, on }) => ({
		uid: `${kind}-${year}-${on}@${host}`,
		on,
		summary: feedDateText(kind, year, locale),
		description: m.delivery_feed_description({}, { locale }),
		url
	}));
	return new Response(calendarFile(entries, locals.now()), {
		headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="dates.ics"', 'cache-control': 'private, max-age=900' }
	});
};
