import { DESIGNATION_STATUSES, MINISTRIES } from '#lib/domain/parties.ts';
import { asked, notFoundIn, TABLE_KEYS } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryEnterprises } from '#lib/server/reads/ministry/ministry-enterprises.ts';
import { placeAsked, placeText } from '#lib/server/reads/page.ts';
import { withFormerNamesInWords } from '#lib/words/name-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const of = asked(event.url.searchParams);
	const query = {
		cohort: of.year('cohort'),
		category: of.classOf('class'),
		channelId: of.channel('region'),
		status: of.oneOf('status', DESIGNATION_STATUSES),
		q: of.search('q'),
		after: placeAsked(of, 'after')
	};
	const found = await ministryEnterprises(actor, query);
	for (const name of notFoundIn(query, found)) of.drop(name);
	return {
		...found,
		rows: withFormerNamesInWords(found.rows),
		next: found.next && placeText(found.next),
		ignored: of.ignored([...TABLE_KEYS, 'sort']),
		now: event.locals.now()
	};
};
