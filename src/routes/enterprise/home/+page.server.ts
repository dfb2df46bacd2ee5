import { ENTERPRISE } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { readEnterpriseHome } from '#lib/server/reads/enterprise/enterprise-home.ts';
import { followUpsWaiting } from '#lib/server/reads/office/follow-ups-list.ts';
import { enterpriseNeeds } from '#lib/server/reads/enterprise/enterprise-needs.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	const now = event.locals.now();
	return { designations: await readEnterpriseHome(actor, now), needs: await enterpriseNeeds(actor), followUps: await followUpsWaiting(actor), now };
};
