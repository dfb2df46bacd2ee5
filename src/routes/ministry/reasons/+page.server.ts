import { asked } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryReasons } from '#lib/server/reads/ministry-reasons.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ['mofcom', 'miit']);
	const of = asked(event.url.searchParams);
	const year = of.year('year');
	const now = event.locals.now();
	const found = await ministryReasons(actor, year, now);
	return { ...found, ignored: [...of.ignored(), ...(year !== null && found.year?.year !== year ? ['year'] : [])], now };
};
