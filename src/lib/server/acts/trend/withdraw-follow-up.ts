import type { Decision } from '#lib/domain/refusal.ts';
import { withdrawFollowUp as decide } from '#lib/domain/trend/follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfFollowUp } from '#lib/server/letters/follow-up-mail.ts';
import { addEntry, saveFollowUp } from '#lib/server/store/trend/follow-up.ts';
import { onFollowUp } from '#lib/server/store/trend/on-follow-up.ts';

/** A ministry no longer asks about a figure, saying why; whoever had the question is told (非方案规定). */
export function withdrawFollowUp(actor: Actor, followUpId: string, remark: string): Promise<Decision<object>> {
	return onFollowUp(actor, 'withdrawFollowUp', followUpId, async ({ db, followUp, by, now }) => {
		const decided = decide(followUp, by, remark);
		if (!decided.ok) return decided;
		await saveFollowUp(db, followUp, decided.next, now);
		await addEntry(db, followUp.id, { kind: 'withdrawn', round: decided.next.round, text: decided.text }, now);
		await writeJournal(db, {
			act: 'withdraw-follow-up',
			objectKind: 'follow_up',
			objectId: followUp.id,
			article: 'system',
			before: { state: followUp.state },
			after: { state: decided.next.state, remark: decided.text }
		});
		const to = followUp.state === 'passed_on' ? (['enterprise', 'channel'] as const) : (['channel'] as const);
		await mailOfFollowUp(db, followUp, { what: 'withdrawn', text: decided.text, to });
		return { ok: true };
	});
}
