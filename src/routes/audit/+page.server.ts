import { AUDIT } from '#lib/domain/parties.ts';
import { auditCursorText, readAuditFilter } from '#lib/forms/audit-filter.ts';
import { requireActor } from '#lib/server/access.ts';
import { readAuditPage, readChainChecks } from '#lib/server/reads/audit/audit-entries.ts';
import { journalEntryWords, journalOffice } from '#lib/words/journal-entry-words.ts';
import { listFilters } from './list-filters.ts';
import type { Actions, PageServerLoad } from './$types';

/** The words are made here, as for the sheet: the journal's vocabulary is most of the house's, and would weigh more in a browser than the page. */
export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event, AUDIT);
	const { filter, after, ignored } = readAuditFilter(event.url.searchParams);
	const { entries, next, acts, kinds } = await readAuditPage(actor, filter, after);
	return {
		entries: entries.map((entry) => {
			const { at, orgId, seq, objectId, objectKind, address, hash } = entry;
			return { at, orgId, seq, objectId, objectCode: objectKind, address, hash, ...journalEntryWords(entry) };
		}),
		filters: listFilters(filter, entries[0], acts, kinds),
		next: next && auditCursorText(next),
		ignored
	};
};

export const actions: Actions = {
	verify: async (event) => {
		const actor = requireActor(event, AUDIT);
		const { chains, at } = await readChainChecks(actor);
		return { at, chains: chains.map(({ orgName, ...chain }) => ({ ...chain, office: journalOffice({ ...chain, orgName }) })) };
	}
};
