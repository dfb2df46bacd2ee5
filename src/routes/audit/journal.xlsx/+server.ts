import { AUDIT } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { readAuditFilter } from '#lib/forms/audit-filter.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { exportJournal } from '#lib/server/acts/records/export-journal.ts';
import { tableDownload, type ExportedTable } from '#lib/server/pages/list-export.ts';
import type { AuditEntry } from '#lib/server/store/records/journal-entries.ts';
import { instantColumn, SECOND_FORMAT, textColumn } from '#lib/server/sheets/sheet-column.ts';
import { sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { journalEntryWords } from '#lib/words/journal-entry-words.ts';
import { formatNumber } from '#lib/words/format.ts';
import { listFilters } from '../list-filters.ts';
import type { RequestHandler } from './$types';

/** What the auditor's filter shows, in the words of the page, as a table; taking it is journalled. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, AUDIT);
	const params = event.url.searchParams;
	const { filter, ignored } = readAuditFilter(params);
	const taken = await exportJournal(actor, filter);
	if (!taken.ok) notFound(event);
	const wordsOf = latest(journalEntryWords);
	const table: ExportedTable<AuditEntry> = {
		title: m.records_audit_title(),
		filters: sheetFilters(listFilters(filter, taken.entries[0]), params, ignored),
		notes: taken.more ? [m.sheet_more({ count: formatNumber(taken.entries.length) })] : [],
		columns: [
			instantColumn(m.records_audit_at(), (entry) => entry.at, SECOND_FORMAT),
			textColumn(m.records_audit_who(), (entry) => wordsOf(entry).who),
			textColumn(m.records_audit_org(), (entry) => wordsOf(entry).office),
			textColumn(m.records_audit_act(), (entry) => wordsOf(entry).act),
			textColumn(m.records_audit_article(), (entry) => wordsOf(entry).article),
			textColumn(m.records_audit_kind(), (entry) => wordsOf(entry).objectKind),
			textColumn(m.records_audit_object_id(), (entry) => entry.objectId),
			textColumn(m.records_audit_change(), (entry) =>
				wordsOf(entry)
					.changes.map(({ field, change }) => m.records_value_line({ field, value: change }))
					.join('\n')
			),
			textColumn(m.records_audit_address(), (entry) => entry.address),
			textColumn(m.records_audit_entry(), (entry) => `#${entry.seq}`),
			textColumn(m.records_audit_hash(), (entry) => entry.hash)
		],
		rows: taken.entries
	};
	return tableDownload(event, table);
};

/** What was made of the thing asked about last: the words of an entry are made while its row is written, so that 20,000 keep nobody waiting. */
function latest<Thing, Made>(make: (thing: Thing) => Made): (thing: Thing) => Made {
	let known: { readonly thing: Thing; readonly made: Made } | null = null;
	return (thing) => {
		if (known?.thing !== thing) known = { thing, made: make(thing) };
		return known.made;
	};
}
