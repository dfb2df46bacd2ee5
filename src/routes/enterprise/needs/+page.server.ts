import { ENTERPRISE } from '#lib/domain/parties.ts';
import { requireActor } from '#lib/server/access.ts';
import { enterpriseNeeds } from '#lib/server/reads/enterprise/enterprise-needs.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ needs: await enterpriseNeeds(requireActor(event, ENTERPRISE)) });
