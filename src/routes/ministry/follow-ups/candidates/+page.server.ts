import { dutyRefusal } from '#lib/domain/duties.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { outlierCandidates } from '#lib/server/reads/ministry/outlier-candidates.ts';
import { candidatesQueryOf } from '../candidates-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, ignored } = candidatesQueryOf(event.url.searchParams);
	const found = await outlierCandidates(actor, query);
	return {
		...found,
		basis: query.basis,
		category: query.category,
		ignored: [
			...ignored,
			...(query.year !== null && query.year !== found.year ? ['year'] : []),
			...notFoundIn({ channelId: query.channelId }, { channels: found.channels })
		],
		mayAsk: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'askFollowUps') === null,
		now: event.locals.now()
	};
};
