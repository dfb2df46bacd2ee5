import { MINISTRIES } from '#lib/domain/parties.ts';
import { volumePage } from '#lib/server/pages/year-volume.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => volumePage(event, MINISTRIES);
