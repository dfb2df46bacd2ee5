import { MINISTRIES } from '#lib/domain/parties.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { listFilters } from './list-filters.ts';
import { progressQueryOf } from './progress-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, ignored } = progressQueryOf(event.url.searchParams);
	const now = event.locals.now();
	const found = await ministryProgress(actor, query, now);
	return {
		...found,
		query,
		filters: listFilters(found),
		mayRemind: actor.duty !== 'reader',
		ignored: [...ignored, ...notFoundIn({ year: query.year }, found), ...(found.asOfIgnored ? ['asof'] : [])],
		now
	};
};
