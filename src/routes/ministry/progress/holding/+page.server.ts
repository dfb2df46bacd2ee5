import { MINISTRIES } from '#lib/domain/parties.ts';
import { asked, notFoundIn } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryHolding } from '#lib/server/reads/ministry/ministry-holding.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const of = asked(event.url.searchParams);
	const year = of.year('year');
	const now = event.locals.now();
	const found = await ministryHolding(actor, year, now);
	return { ...found, ignored: [...of.ignored(), ...notFoundIn({ year }, found)], now };
};
