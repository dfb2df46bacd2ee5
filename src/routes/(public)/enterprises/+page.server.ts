import { CATEGORIES, DESIGNATION_STATUSES } from '#lib/domain/parties.ts';
import { asked } from '#lib/forms/asked.ts';
import { publicRegister } from '#lib/server/reads/public/public-register.ts';
import { placeAsked, placeText } from '#lib/server/reads/page.ts';
import type { PageServerLoad } from './$types';

const CLASSES = { mfg: 'manufacturing', ito: 'it_outsourcing' } as const;

export const load: PageServerLoad = async ({ url, locals }) => {
	const of = asked(url.searchParams);
	const kind = of.oneOf('class', ['mfg', 'ito']);
	const query = {
		cohort: of.year('cohort'),
		category: CATEGORIES.find((one) => one === (kind && CLASSES[kind])) ?? null,
		channelId: of.channel('region'),
		status: of.oneOf('status', DESIGNATION_STATUSES),
		q: of.search('q'),
		after: placeAsked(of, 'after')
	};
	const found = await publicRegister(query);
	if (query.channelId !== null && !found.channels.some(({ id }) => id === query.channelId)) of.drop('region');
	return { ...found, next: found.next && placeText(found.next), query: { ...query, kind }, ignored: of.ignored(), now: locals.now() };
};
