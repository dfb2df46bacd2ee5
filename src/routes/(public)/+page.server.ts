import { publicHome } from '#lib/server/reads/public/public-register.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ ...(await publicHome()), now: locals.now() });
