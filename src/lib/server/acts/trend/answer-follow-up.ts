import type { Decision } from '#lib/domain/refusal.ts';
import { answerFollowUp as decide } from '#lib/domain/trend/follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfFollowUp } from '#lib/server/letters/follow-up-mail.ts';
import { addEntry, saveFollowUp } from '#lib/server/store/trend/follow-up.ts';
import { onFollowUp } from '#lib/server/store/trend/on-follow-up.ts';

/**
 * Whoever has the question answers it: the channel for its enterprise, which is told, or the enterprise itself (非方案规定). The answer stays with the figure, and
 * the ministries find it among their duties.
 */
export function answerFollowUp(actor: Actor, followUpId: string, answer: string): Promise<Decision<object>> {
	return onFollowUp(actor, 'answerFollowUp', followUpId, async ({ db, followUp, by, now }) => {
		const decided = decide(followUp, by, answer);
		if (!decided.ok) return decided;
		await saveFollowUp(db, followUp, decided.next, now);
		await addEntry(db, followUp.id, { kind: 'answer', round: decided.next.round, text: decided.text }, now);
		await writeJournal(db, {
			act: 'answer-follow-up',
			objectKind: 'follow_up',
			objectId: followUp.id,
			article: 'system',
			before: { state: followUp.state },
			after: { state: decided.next.state, answer: decided.text }
		});
		if (by === 'channel') await mailOfFollowUp(db, followUp, { what: 'answered', text: decided.text, to: ['enterprise'] });
		return { ok: true };
	});
}
