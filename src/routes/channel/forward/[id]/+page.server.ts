import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { notFound } from '#lib/server/access.ts';
import { recordOf } from '#lib/server/pages/record-address.ts';
import { channelForwarding } from '#lib/server/reads/channel/channel-forwarding.ts';
import { withNamesInWords } from '#lib/words/name-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, id } = recordOf(event, DEPARTMENTS);
	const forwarding = (await channelForwarding(actor, id)) ?? notFound(event);
	const { manufacturing, it_outsourcing } = forwarding.reports;
	return {
		forwarding: { ...forwarding, reports: { manufacturing: withNamesInWords(manufacturing), it_outsourcing: withNamesInWords(it_outsourcing) } }
	};
};
