import type { Decision } from '#lib/domain/refusal.ts';
import { takeUpNeed as decide } from '#lib/domain/report/need.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { saveNeed } from '#lib/server/store/report/need.ts';
import { onNeed } from '#lib/server/store/report/on-need.ts';

/** Somebody of a ministry, or of the channel it was passed on to, takes up what an enterprise asked for (方案第十二条): it has an owner. */
export function takeUpNeed(actor: Actor, needId: string): Promise<Decision<object>> {
	return onNeed(actor, 'takeUpNeed', needId, async ({ db, need, by, now }) => {
		const decided = decide(need, by);
		if (!decided.ok) return decided;
		await saveNeed(db, need, decided.next, actor.personName, now);
		await writeJournal(db, {
			act: 'take-up-need',
			objectKind: 'report_need',
			objectId: need.id,
			article: '12',
			before: { state: need.state, office: need.office, person: need.personName },
			after: { state: decided.next.state, office: by.office }
		});
		return { ok: true };
	});
}
