import type { Decision } from '#lib/domain/refusal.ts';
import { askFollowUpAgain as decide, type Question } from '#lib/domain/trend/follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfQuestions } from '#lib/server/letters/follow-up-mail.ts';
import { addEntry, saveFollowUp } from '#lib/server/store/trend/follow-up.ts';
import { onFollowUp } from '#lib/server/store/trend/on-follow-up.ts';

/** A ministry asks again about a figure: the answer does not settle it, or it has to be looked at anew. What was answered before stays (非方案规定). */
export function askFollowUpAgain(actor: Actor, followUpId: string, question: Question): Promise<Decision<object>> {
	return onFollowUp(actor, 'askFollowUpAgain', followUpId, async ({ db, followUp, by, now, today }) => {
		const decided = decide(followUp, by, question, today);
		if (!decided.ok) return decided;
		const { text, next } = decided;
		await saveFollowUp(db, followUp, next, now);
		await addEntry(db, followUp.id, { kind: 'question', round: next.round, text, question: { value: followUp.value, dueOn: next.dueOn } }, now);
		await writeJournal(db, {
			act: 'ask-follow-up-again',
			objectKind: 'follow_up',
			objectId: followUp.id,
			article: 'system',
			before: { state: followUp.state },
			after: { state: next.state, question: text, answerByOn: next.dueOn }
		});
		await mailOfQuestions(db, [followUp], { text, dueOn: next.dueOn });
		return { ok: true };
	});
}
