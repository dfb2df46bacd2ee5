import type { AuditFilter } from '#lib/forms/audit-filter.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { journalOffice, type JournalOffice } from '#lib/words/journal-entry-words.ts';
import { actWord, objectKindWord } from '#lib/words/journal-words.ts';

/** What is chosen can be chosen, however long ago it last happened. */
const options = (found: readonly string[], chosen: string, word: (code: string) => string) =>
	[...new Set([...found, ...(chosen === '' ? [] : [chosen])])].map((code) => ({ value: code, label: word(code) }));

/** The filters of the journal, as its page offers them and its sheet names them. @param first an entry found, which knows the name of the office asked for */
export function listFilters(filter: AuditFilter, first: JournalOffice | undefined, acts: readonly string[] = [], kinds: readonly string[] = []): Filter[] {
	// One office's chain is reached from its name, so only the chosen one is offered.
	const chosenOrg = first ? journalOffice(first) : filter.org === '0' ? m.records_audit_system() : `#${filter.org}`;
	return [
		{ kind: 'text', name: 'who', label: m.records_audit_who() },
		...(filter.org === '' ? [] : [{ kind: 'choice' as const, name: 'org', label: m.records_audit_org(), options: [{ value: filter.org, label: chosenOrg }] }]),
		{ kind: 'choice', name: 'act', label: m.records_audit_act(), options: options(acts, filter.act, actWord) },
		{ kind: 'choice', name: 'kind', label: m.records_audit_kind(), options: options(kinds, filter.kind, objectKindWord) },
		{ kind: 'text', name: 'object', label: m.records_audit_object_id() },
		{ kind: 'day', name: 'from', label: m.records_audit_from() },
		{ kind: 'day', name: 'to', label: m.records_audit_to() }
	];
}
