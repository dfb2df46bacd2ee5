import type { Decision } from '#lib/domain/refusal.ts';
import { answerNeed as decide } from '#lib/domain/report/need.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfNeed } from '#lib/server/letters/need-mail.ts';
import { newestAnswer, saveNeed } from '#lib/server/store/report/need.ts';
import { onNeed } from '#lib/server/store/report/on-need.ts';

/**
 * The office that has it answers what an enterprise asked for (方案第十二条). The answer belongs to the text of one version and is never changed; the
 * enterprise and its channel see it and are told.
 */
export function answerNeed(actor: Actor, needId: string, given: { readonly text: string; readonly versionNo: number }): Promise<Decision<object>> {
	return onNeed(actor, 'answerNeed', needId, async ({ db, need, report, by, now }) => {
		const before = await newestAnswer(db, need.id, need.versionNo);
		const decided = decide(need, by, { ...given, before });
		if (!decided.ok) return decided;
		await db.sql`
			insert into report_need_answer (need_id, version_no, text, by_kind, person_id, person_name, answered_at)
			values (${need.id}::bigint, ${need.versionNo}, ${decided.text}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveNeed(db, need, decided.next, actor.personName, now);
		await writeJournal(db, {
			act: 'answer-need',
			objectKind: 'report_need',
			objectId: need.id,
			article: '12',
			before: { state: need.state, office: need.office, person: need.personName },
			after: { state: 'answered', office: by.office, version: need.versionNo, answer: decided.text }
		});
		await mailOfNeed(db, report, need, { what: 'answered', by: actor.orgKind, text: decided.text });
		return { ok: true };
	});
}
