import { publicYear } from '#lib/server/reads/public/public-year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ year: await publicYear() });
