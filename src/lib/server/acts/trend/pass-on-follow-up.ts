import type { Decision } from '#lib/domain/refusal.ts';
import { passOnFollowUp as decide } from '#lib/domain/trend/follow-up.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfFollowUp } from '#lib/server/letters/follow-up-mail.ts';
import { addEntry, saveFollowUp } from '#lib/server/store/trend/follow-up.ts';
import { onFollowUp } from '#lib/server/store/trend/on-follow-up.ts';

/** The channel passes a ministry's question about a figure on to its enterprise, which is told by mail (非方案规定). */
export function passOnFollowUp(actor: Actor, followUpId: string, remark: string): Promise<Decision<object>> {
	return onFollowUp(actor, 'passOnFollowUp', followUpId, async ({ db, followUp, by, now }) => {
		const decided = decide(followUp, by, remark);
		if (!decided.ok) return decided;
		await saveFollowUp(db, followUp, decided.next, now);
		await addEntry(db, followUp.id, { kind: 'passed_on', round: decided.next.round, text: decided.text }, now);
		await writeJournal(db, {
			act: 'pass-on-follow-up',
			objectKind: 'follow_up',
			objectId: followUp.id,
			article: 'system',
			before: { state: followUp.state },
			after: { state: decided.next.state, remark: decided.text }
		});
		await mailOfFollowUp(db, followUp, { what: 'passed_on', text: decided.text, to: ['enterprise'] });
		return { ok: true };
	});
}
