import type { Basis } from '#lib/domain/notice.ts';
import type { Db } from '#lib/server/db/door.ts';

export interface JournalEntry {
	/** The act, as its file is named: submit-annual-report. */
	readonly act: string;
	readonly objectKind:
		| 'annual_report'
		| 'report_need'
		| 'reporting_year'
		| 'enterprise'
		| 'designation'
		| 'organisation'
		| 'person'
		| 'membership'
		| 'invitation'
		| 'cohort_import'
		| 'channel_year'
		| 'attachment'
		| 'session'
		| 'export'
		| 'working_calendar'
		| 'reminder_policy'
		| 'reminder_batch'
		| 'contact_log'
		| 'contact_check'
		| 'extension_request'
		| 'calendar_feed'
		| 'robot'
		| 'saved_view'
		| 'follow_up'
		| 'frozen_view';
	readonly objectId: string;
	readonly article: Basis | null;
	readonly before?: Readonly<Record<string, unknown>> | null;
	readonly after?: Readonly<Record<string, unknown>> | null;
}

/**
 * Adds an entry to the acting organisation's chain, in the transaction of the act itself: no act without entry, no entry without act
 * (domain.md 8). Who, when and from where are taken by the database from the transaction's actor.
 */
export async function writeJournal({ sql }: Db, entry: JournalEntry): Promise<void> {
	const { before = null, after = null } = entry;
	await sql<{ journal_write: unknown | null }[]>`
		select journal_write(
			${entry.act}, ${entry.objectKind}, ${entry.objectId}, ${entry.article},
			${before === null ? null : JSON.stringify(before)}::text::jsonb,
			${after === null ? null : JSON.stringify(after)}::text::jsonb)`;
}
