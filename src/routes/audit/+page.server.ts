import { AUDIT } from '#lib/domain/parties.ts';
import { readAuditFilter } from '#lib/forms/audit-filter.ts';
import { requireActor } from '#lib/server/access.ts';
import { readAuditPage, readChainChecks } from '#lib/server/reads/audit/audit-entries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, AUDIT);
	const { filter, after, ignored } = readAuditFilter(event.url.searchParams);
	return { page: await readAuditPage(actor, filter, after), filter, paged: after !== null, ignored };
};

export const actions: Actions = {
	verify: async (event) => {
		const actor = requireActor(event, AUDIT);
		return readChainChecks(actor);
	}
};
