import { MINISTRIES } from '#lib/domain/parties.ts';
import { needsPage } from '#lib/server/pages/needs-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => needsPage(event, MINISTRIES);
