import type { AuditFilter } from '#lib/forms/audit-filter.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { entriesOf, type AuditEntry } from '#lib/server/store/records/journal-entries.ts';

/** A sheet of more rows is read by nobody; the filter narrows it. */
export const JOURNAL_EXPORT_MOST = 20_000;

/** Hands out the entries that match, and journals that somebody took them. @returns refusals: not_your_duty */
export function exportJournal(actor: Actor, filter: AuditFilter): Promise<Decision<{ entries: readonly AuditEntry[]; more: boolean }>> {
	return asOffice(
		actor,
		'exportJournal',
		async (db) => {
			const found = await entriesOf(db, filter, null, JOURNAL_EXPORT_MOST + 1);
			await writeJournal(db, {
				act: 'export-journal',
				objectKind: 'export',
				objectId: 'journal',
				article: null,
				after: { filter, entries: Math.min(found.length, JOURNAL_EXPORT_MOST) }
			});
			return { ok: true, entries: found.slice(0, JOURNAL_EXPORT_MOST), more: found.length > JOURNAL_EXPORT_MOST };
		},
		{ deadlineMs: 60_000 }
	);
}
