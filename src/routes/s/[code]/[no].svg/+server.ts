import { MINISTRIES } from '#lib/domain/parties.ts';
import { frozenCode } from '#lib/domain/trend/frozen-document.ts';
import { actorOrNotFound, notFound } from '#lib/server/access.ts';
import { frozenPicture } from '#lib/server/reads/ministry/frozen-view.ts';
import type { RequestHandler } from './$types';

/** A picture of a frozen view, as an image: whatever it might hold, a browser runs nothing of it, loads nothing for it, and asks for it in place. */
export const GET: RequestHandler = async (event) => {
	const actor = actorOrNotFound(event, MINISTRIES);
	const [code, no] = [frozenCode(event.params.code), /^[1-9]\d?$/.exec(event.params.no)?.[0]];
	const svg = code === null || no === undefined ? null : await frozenPicture(actor, code, Number(no));
	if (svg === null) notFound(event);
	return new Response(svg, {
		headers: {
			'content-type': 'image/svg+xml; charset=utf-8',
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-store'
		}
	});
};
