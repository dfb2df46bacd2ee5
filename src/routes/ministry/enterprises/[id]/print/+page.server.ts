import { MINISTRIES } from '#lib/domain/parties.ts';
import { notFound } from '#lib/server/access.ts';
import { recordOf } from '#lib/server/pages/record-address.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor, id } = recordOf(event, MINISTRIES);
	const now = event.locals.now();
	const { enterprise } = (await ministryEnterprise(actor, id, now)) ?? notFound(event);
	const { name, creditCode, channel, designations, matters, events } = enterprise;
	// No more than the sheet says: contacts and explanations stay on the page.
	return { id, name, creditCode, channel, designations: designations.map(({ explanations: _, ...designation }) => designation), matters, events, now };
};
