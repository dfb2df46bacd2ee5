import { CATEGORIES, DEPARTMENTS, DESIGNATION_STATUSES } from '#lib/domain/parties.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { channelEnterprises } from '#lib/server/reads/channel/channel-enterprises.ts';
import { placeAsked, placeText } from '#lib/server/reads/page.ts';
import { withFormerNamesInWords } from '#lib/words/name-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	const of = asked(event.url.searchParams);
	const query = {
		q: of.search('q'),
		category: of.oneOf('category', CATEGORIES),
		status: of.oneOf('status', DESIGNATION_STATUSES),
		after: placeAsked(of, 'after')
	};
	const found = await channelEnterprises(actor, query);
	return {
		...found,
		rows: withFormerNamesInWords(found.rows),
		next: found.next && placeText(found.next),
		ignored: of.ignored(TABLE_KEYS),
		now: event.locals.now()
	};
};
