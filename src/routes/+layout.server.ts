import { dutyRefusal } from '#lib/domain/duties.ts';
import { isViewPage } from '#lib/domain/saved-view.ts';
import { sessionSecret } from '#lib/server/auth/auth.ts';
import { channelOffices } from '#lib/server/reads/person/channel-offices.ts';
import { pageMarkText, pageObject } from '#lib/server/page-mark.ts';
import { savedViews } from '#lib/server/reads/person/saved-views.ts';
import type { LayoutServerLoad } from './$types';

/**
 * The frame of every page: what the hook found out about this request, and nothing asked twice.
 * Reading the path makes it run again on every navigation, so that the marked entry and the inbox count keep up.
 */
export const load: LayoutServerLoad = async ({ locals, url, route }) => ({
	frame: locals.frame,
	shell: locals.shell,
	// Without the numbers a page is still a page: an error shows its own sentence.
	offices: locals.actor?.orgKind === 'enterprise' ? await channelOffices(locals.actor).catch(() => []) : [],
	pathname: url.pathname,
	views: locals.actor && isViewPage(url.pathname) ? await savedViews(locals.actor, url.pathname) : null,
	viewsShareable: locals.actor !== null && dutyRefusal({ kind: locals.actor.orgKind, duty: locals.actor.duty }, 'setViewSharing') === null,
	pageMark: locals.person
		? pageMarkText({ personId: locals.person.id, orgId: locals.person.seat?.orgId ?? '', object: pageObject(route.id, url.pathname) }, sessionSecret())
		: null
});
