import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { saveProgress } from '#lib/server/store/report/draft-progress.ts';
import { onReport } from '#lib/server/store/report/on-report.ts';
import { readyToSave } from './save-answers.ts';

/**
 * Takes a file out of its slot. The bytes and the row stay: a version that was submitted with it still shows it (domain.md 8).
 * Removing twice is removing once.
 *
 * @returns refusals: not_found, not_your_duty, wrong_state, year_closed, not_open_yet.
 */
export function removeAttachment(actor: Actor, reportId: string, attachmentId: string): Promise<Decision<{ name: string }>> {
	return onReport(actor, 'saveAnswer', reportId, async (db, report, now) => {
		if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(attachmentId)) return refuse({ code: 'not_found' });
		const [row] = await db.sql<{ file_name: string; slot: string; sha256: string; removed_at: Date | null }[]>`
			select file_name, slot, sha256, removed_at from attachment where id = ${attachmentId}::uuid and report_id = ${reportId}::bigint`;
		if (!row) return refuse({ code: 'not_found' });
		if (row.removed_at !== null) return { ok: true, name: row.file_name };
		const ready = await readyToSave(db, report, now);
		if (!ready.ok) return ready;
		const standing = (await loadAttachments(db, reportId)).find((one) => one.id === attachmentId);
		if (!standing) return { ok: true, name: row.file_name };
		await db.sql`update attachment set removed_at = ${now} where id = ${attachmentId}::uuid`;
		await saveProgress(db, report, now);
		await writeJournal(db, {
			act: 'remove-attachment',
			objectKind: 'attachment',
			objectId: attachmentId,
			article: null,
			before: { reportId, slot: row.slot, name: row.file_name, sha256: row.sha256 }
		});
		return { ok: true, name: row.file_name };
	});
}
