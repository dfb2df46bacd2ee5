import { MINISTRIES } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryTrial } from '#lib/server/reads/ministry/ministry-trial.ts';
import { turnTexts } from '#lib/server/reads/page.ts';
import { listFilters } from './list-filters.ts';
import { trialQueryOf } from './trial-query.ts';
import { trialChoices, trialView } from './trial-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const { query, typed, wrong, ignored } = trialQueryOf(event.url.searchParams);
	const now = event.locals.now();
	const found = await ministryTrial(actor, query, now);
	return {
		subject: query.subject,
		typed,
		wrong,
		choices: trialChoices(),
		view: trialView(found, now),
		filters: listFilters(found),
		ignored: [...new Set([...ignored, ...found.ignored])],
		...(found.shown === null ? { next: null, previous: null } : turnTexts(found.shown.rows)),
		now
	};
};
