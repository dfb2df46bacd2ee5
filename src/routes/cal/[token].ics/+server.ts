import { createHash } from 'node:crypto';
import { m } from '#lib/paraglide/messages.js';
import { calendarFile } from '#lib/server/letters/calendar-file.ts';
import { linkTo } from '#lib/server/mail/mail.ts';
import { RateBound } from '#lib/server/auth/rate-bound.ts';
import { calendarFeedOf } from '#lib/server/reads/person/calendar-feed.ts';
import type { RequestHandler } from './$types';

/** Calendars ask every few minutes at most; whoever asks more often is guessing. */
const bound = new RateBound(30);

/** A person's dates for a calendar that subscribes to them. Public, because a calendar cannot sign in: whoever has the address reads it, so it names nobody. */
export const GET: RequestHandler = async ({ params, locals, request }) => {
	if (!bound.admits(locals.address, new Date())) return new Response(null, { status: 429, headers: { 'retry-after': '60' } });
	const feed = await calendarFeedOf(params.token);
	if (!feed) return new Response(null, { status: 404 });
	const { locale, dates } = feed;
	const about = { description: m.delivery_feed_description({}, { locale }), url: linkTo('/home') };
	const file = calendarFile(
		dates.map((date) => ({ ...date, ...about })),
		{ locale, source: linkTo(`/cal/${params.token}.ics`) }
	);
	const etag = `"${createHash('sha256').update(file).digest('base64url').slice(0, 27)}"`;
	const headers = { etag, 'cache-control': 'private, max-age=900' };
	const known = (request.headers.get('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
	if (known.includes(etag)) return new Response(null, { status: 304, headers });
	return new Response(file, {
		headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="dates.ics"' }
	});
};
