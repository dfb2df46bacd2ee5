import { requireActor } from '#lib/server/access.ts';
import { channelReports } from '#lib/server/reads/channel/channel-reports.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { listQueryOf } from './list-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ['commerce', 'industry', 'group']);
	const { query, ignored } = listQueryOf(event.url.searchParams);
	const found = await channelReports(actor, query);
	return {
		...found,
		...turnTexts(found),
		ignored: [
			...ignored,
			...(query.year !== null && found.year?.year !== query.year ? ['year'] : []),
			...(query.cohort !== null && found.year !== null && !found.cohorts.includes(query.cohort) ? ['cohort'] : [])
		],
		me: actor.orgKind,
		now: event.locals.now()
	};
};
