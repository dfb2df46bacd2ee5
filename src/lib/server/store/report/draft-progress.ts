import { progress } from '#lib/domain/check/form-progress.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { LockedReport } from './annual-report.ts';
import { loadAttachments } from './attachment.ts';
import { answersOf, formOf, loadDraft } from './draft.ts';

/** Brings the draft's count of what is filled up to date after a file came or went; boards read it without reading the draft. */
export async function saveProgress(db: ActorDb, report: LockedReport, now: Date): Promise<void> {
	const answers = answersOf(await loadDraft(db, report.id));
	const { filled, required } = progress(formOf(report), answers, { attachments: await loadAttachments(db, report.id) });
	await db.sql`
		update annual_report_draft set last_edited_at = ${now}, last_edited_by = ${db.actor.personId}, answers_filled = ${filled}, answers_asked = ${required}
		where report_id = ${report.id}::bigint`;
}
