import { DEPARTMENTS } from '#lib/domain/parties.ts';
import { followUpsPage } from '#lib/server/pages/follow-ups-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => followUpsPage(event, DEPARTMENTS);
