import { AUDIT } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { readAuditFilter } from '#lib/forms/audit-filter.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { exportJournal } from '#lib/server/acts/records/export-journal.ts';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import { journalSide } from '#lib/words/journal-differences.ts';
import { formatInstantExact } from '#lib/words/format.ts';
import type { RequestHandler } from './$types';

/** What the auditor's filter shows, as a table; taking it is journalled. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, AUDIT);
	const { filter } = readAuditFilter(event.url.searchParams);
	const taken = await exportJournal(actor, filter);
	if (!taken.ok) notFound(event);
	return tableDownload({
		sheet: m.records_audit_title(),
		notes: [
			m.records_audit_export_note({ at: formatInstantExact(event.locals.now()), count: taken.entries.length }),
			...(taken.more ? [m.records_audit_export_more()] : [])
		],
		columns: [
			{ header: m.records_audit_at(), width: 22, value: (entry) => entry.at },
			{ header: m.records_audit_org(), value: (entry) => `${entry.orgName ?? ''} #${entry.orgId}` },
			{ header: m.records_audit_seq(), width: 8, value: (entry) => entry.seq },
			{ header: m.records_audit_who(), value: (entry) => entry.personName ?? '' },
			{ header: m.records_audit_act(), width: 24, value: (entry) => entry.act },
			{ header: m.records_audit_object(), width: 24, value: (entry) => `${entry.objectKind} ${entry.objectId}` },
			{ header: m.records_audit_article(), width: 10, value: (entry) => entry.article ?? '' },
			{ header: m.records_audit_address(), value: (entry) => entry.address ?? '' },
			{ header: m.records_audit_before(), width: 40, value: (entry) => journalSide(entry.before) },
			{ header: m.records_audit_after(), width: 40, value: (entry) => journalSide(entry.after) },
			{ header: m.records_audit_hash(), width: 66, value: (entry) => entry.hash }
		],
		rows: taken.entries,
		fileName: 'journal.xlsx'
	});
};
