import { ENTERPRISE } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { readEnterpriseReports } from '#lib/server/reads/enterprise/enterprise-reports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, ENTERPRISE);
	return { designations: await readEnterpriseReports(actor, event.locals.now()) };
};
