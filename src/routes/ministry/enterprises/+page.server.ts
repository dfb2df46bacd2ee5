import { CATEGORIES, DESIGNATION_STATUSES, MINISTRIES } from '#lib/domain/parties.ts';
import { asked, placeText } from '#lib/forms/asked.ts';
import { requireActor } from '#lib/server/access.ts';
import { ministryEnterprises } from '#lib/server/reads/ministry/ministry-enterprises.ts';
import { CLASSES } from '../reports/list-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const of = asked(event.url.searchParams);
	const kind = of.oneOf('class', ['mfg', 'ito']);
	const category = CATEGORIES.find((one) => one === (kind && CLASSES[kind])) ?? null;
	const query = {
		cohort: of.year('cohort'),
		category,
		channelId: of.channel('region'),
		status: of.oneOf('status', DESIGNATION_STATUSES),
		q: of.search('q'),
		after: of.place('after')
	};
	const found = await ministryEnterprises(actor, query);
	if (query.channelId !== null && !found.channels.some(({ id }) => id === query.channelId)) of.drop('region');
	if (query.cohort !== null && !found.cohorts.includes(query.cohort)) of.drop('cohort');
	return { ...found, next: found.next && placeText(found.next), ignored: of.ignored(['sort', 'cols', 'density']), now: event.locals.now() };
};
