import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { yearOutcome } from '#lib/domain/report/year-outcome.ts';
import { notFoundIn } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { channelReports } from '#lib/server/reads/channel/channel-reports.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { withNamesInWords } from '#lib/words/name-words.ts';
import { listFilters } from './list-filters.ts';
import { listQueryOf } from './list-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const { query, ignored } = listQueryOf(event.url.searchParams);
	const found = await channelReports(actor, query);
	const now = event.locals.now();
	return {
		...found,
		rows: withNamesInWords(found.rows).map((row) => ({
			...row,
			outcome: found.year === null ? ('open' as const) : yearOutcome({ ...row, year: found.year }, now)
		})),
		filters: listFilters(found),
		...turnTexts(found),
		ignored: [...ignored, ...notFoundIn(query, found.year ? found : {})],
		me: actor.orgKind,
		now
	};
};
