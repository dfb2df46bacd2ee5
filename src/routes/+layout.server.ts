import type { LayoutServerLoad } from './$types';

/** The frame of every page: what the hook found out about this request, and nothing asked twice. */
export const load: LayoutServerLoad = ({ locals }) => ({ frame: locals.frame, shell: locals.shell });
