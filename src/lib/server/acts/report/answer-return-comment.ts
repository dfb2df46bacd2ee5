import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { saveAnswer } from '#lib/domain/report/annual-report.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReport, recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';
import { makeDraft } from '#lib/server/store/report/draft.ts';

/** Answers one comment of the standing return. An answer may be changed until the resubmission; it counts as the enterprise's first edit. */
export function answerReturnComment(actor: Actor, reportId: string, commentId: string, answer: string): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const refusal = dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'saveAnswer');
		if (refusal) return refuse(refusal);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		const now = await instantOf(db);
		const decided = saveAnswer(report.case, now);
		if (!decided.ok) return decided;
		const standing = report.case.return;
		if (report.case.state !== 'returned' || standing === null) return refuse({ code: 'wrong_state', state: report.case.state, allowed: ['returned'] });
		const text = answer.trim();
		const changed = await db.sql`
			update return_comment set answer = ${text === '' ? null : text}, answered_at = ${text === '' ? null : now}
			where id = ${commentId}::bigint and return_id = ${standing.id}::bigint`;
		if (changed.count !== 1) return refuse({ code: 'not_found' });
		if (report.case.draftBasedOn === null) await makeDraft(db, report, decided.next.draftBasedOn ?? 0);
		if (decided.touchesReturnId !== null) {
			await db.sql`update report_return set touched_at = ${now} where id = ${decided.touchesReturnId}::bigint`;
			await recordStep(db, report, decided.next, { act: 'start-correction', at: now, versionNo: report.case.currentVersion });
		}
		await saveReport(db, report, decided.next);
		await writeJournal(db, {
			act: 'answer-return-comment',
			objectKind: 'annual_report',
			objectId: report.id,
			article: '11',
			after: { commentId, answered: text !== '' }
		});
		return { ok: true };
	});
}
