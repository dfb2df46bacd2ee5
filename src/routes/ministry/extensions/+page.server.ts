import { MINISTRIES, isMinistry } from '#lib/domain/parties.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { decideAction } from '#lib/server/pages/exception-actions.ts';
import { extensionListPage } from '#lib/server/pages/extension-list.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	if (!isMinistry(actor.orgKind)) notFound(event);
	return { ...(await extensionListPage(event, actor)), me: actor.orgKind, mayDecide: actor.duty === 'approver' };
};

export const actions: Actions = {
	decide: (event) => decideAction(event, requireActor(event, MINISTRIES))
};
