import type { RequestEvent } from '@sveltejs/kit';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import type { Actor } from '#lib/server/actor.ts';
import { extensionRequests, REQUEST_LISTS } from '#lib/server/reads/office/extension-requests.ts';
import { readId } from '#lib/server/reads/page.ts';

/** What /channel/extensions and /ministry/extensions ask of their address and show; the scope of who asks makes the difference. */
export async function extensionListPage(event: Pick<RequestEvent, 'url' | 'locals'>, actor: Actor) {
	const of = asked(event.url.searchParams);
	const now = event.locals.now();
	const list = of.oneOf('list', REQUEST_LISTS) ?? 'waiting';
	const after = of.text('after');
	const place = readId(after);
	if (after !== null && place === null) of.drop('after');
	const found = await extensionRequests(actor, { year: of.year('year'), list, after: place }, now);
	return { ...found, list, now, ignored: of.ignored([...TABLE_KEYS, 'done']) };
}
