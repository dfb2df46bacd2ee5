import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { channelReports } from '#lib/server/reads/channel/channel-reports.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { listQueryOf } from './list-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const { query, ignored } = listQueryOf(event.url.searchParams);
	const found = await channelReports(actor, query);
	return {
		...found,
		...turnTexts(found),
		ignored: [...ignored, ...notFoundIn(query, found.year ? found : {})],
		me: actor.orgKind,
		now: event.locals.now()
	};
};
