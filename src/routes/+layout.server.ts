import type { LayoutServerLoad } from './$types';

/**
 * The frame of every page: what the hook found out about this request, and nothing asked twice.
 * Reading the path makes it run again on every navigation, so that the marked entry and the inbox count keep up.
 */
export const load: LayoutServerLoad = ({ locals, url }) => ({ frame: locals.frame, shell: locals.shell, pathname: url.pathname });
