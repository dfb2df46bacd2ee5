import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { saveAnswer } from '#lib/domain/report/annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { saveReport } from '#lib/server/store/report/annual-report.ts';
import { onReport } from '#lib/server/store/report/on-report.ts';
import { takeUp } from './save-answers.ts';

/** Answers one comment of the standing return. An answer may be changed until the resubmission; it counts as the enterprise's first edit. */
export function answerReturnComment(actor: Actor, reportId: string, commentId: string, answer: string): Promise<Decision<object>> {
	return onReport(actor, 'saveAnswer', reportId, async (db, report, now) => {
		const decided = saveAnswer(report.case, now);
		if (!decided.ok) return decided;
		const standing = report.case.return;
		if (report.case.state !== 'returned' || standing === null) return refuse({ code: 'wrong_state', state: report.case.state, allowed: ['returned'] });
		const text = answer.trim();
		const changed = await db.sql`
			update return_comment set answer = ${text === '' ? null : text}, answered_at = ${text === '' ? null : now}
			where id = ${commentId}::bigint and return_id = ${standing.id}::bigint`;
		if (changed.count !== 1) return refuse({ code: 'not_found' });
		await takeUp(db, report, decided, now);
		await saveReport(db, report, decided.next);
		await writeJournal(db, {
			act: 'answer-return-comment',
			objectKind: 'annual_report',
			objectId: report.id,
			article: 'system',
			after: { commentId, answered: text !== '' }
		});
		return { ok: true };
	});
}
