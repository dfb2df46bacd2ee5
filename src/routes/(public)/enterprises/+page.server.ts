import { DESIGNATION_STATUSES } from '#lib/domain/parties.ts';
import { asked, CLASSES, notFoundIn } from '#lib/forms/asked.ts';
import { publicRegister } from '#lib/server/reads/public/public-register.ts';
import { placeAsked, placeText } from '#lib/server/reads/page.ts';
import { withFormerNamesInWords } from '#lib/words/name-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
	const of = asked(url.searchParams);
	const kind = of.oneOf('class', ['mfg', 'ito']);
	const query = {
		cohort: of.year('cohort'),
		category: kind && CLASSES[kind],
		channelId: of.channel('region'),
		status: of.oneOf('status', DESIGNATION_STATUSES),
		q: of.search('q'),
		after: placeAsked(of, 'after')
	};
	const found = await publicRegister(query);
	for (const name of notFoundIn({ channelId: query.channelId }, found)) of.drop(name);
	return {
		...found,
		rows: withFormerNamesInWords(found.rows),
		next: found.next && placeText(found.next),
		query: { ...query, kind },
		ignored: of.ignored(),
		now: locals.now()
	};
};
