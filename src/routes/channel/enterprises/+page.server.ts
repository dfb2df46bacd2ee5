import { CATEGORIES, DESIGNATION_STATUSES } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { channelEnterprises } from '#lib/server/reads/channel-enterprises.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ['commerce', 'industry', 'group']);
	const params = event.url.searchParams;
	const ignored: string[] = [];
	const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | null => {
		const text = params.get(name) ?? '';
		const found = allowed.find((value) => value === text) ?? null;
		if (text !== '' && found === null) ignored.push(name);
		return found;
	};
	const typed = (params.get('q') ?? '').replace(/\p{Cc}/gu, '').trim();
	const q = typed.length > 100 ? '' : typed;
	if (typed !== q) ignored.push('q');
	const place = /^([1-9]\d{0,17})~([^\u0000]{1,300})$/su.exec(params.get('after') ?? '');
	if (params.has('after') && !place) ignored.push('after');
	const found = await channelEnterprises(actor, {
		q,
		category: oneOf('category', CATEGORIES),
		status: oneOf('status', DESIGNATION_STATUSES),
		after: place && place[1] && place[2] ? { id: place[1], key: place[2] } : null
	});
	return { ...found, next: found.next && `${found.next.id}~${found.next.key}`, ignored, now: event.locals.now() };
};
