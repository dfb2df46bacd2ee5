import { notFound, requireActor } from '#lib/server/access.ts';
import { DEPARTMENTS, isDepartment } from '#lib/domain/parties.ts';
import { remarkAction } from '#lib/server/pages/exception-actions.ts';
import { extensionListPage } from '#lib/server/pages/extension-list.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, DEPARTMENTS);
	if (!isDepartment(actor.orgKind)) notFound(event);
	return { ...(await extensionListPage(event, actor)), me: actor.orgKind };
};

export const actions: Actions = {
	remark: (event) => remarkAction(event, requireActor(event, DEPARTMENTS), '/channel/extensions')
};
