import type { NeedOffice } from '#lib/domain/need-state.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { passOnNeed as decide } from '#lib/domain/report/need.ts';
import type { Actor } from '#lib/server/actor.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfNeed } from '#lib/server/letters/need-mail.ts';
import { saveNeed } from '#lib/server/store/report/need.ts';
import { onNeed } from '#lib/server/store/report/on-need.ts';

/**
 * Passes what an enterprise asked for on to the other ministry or to its channel, which provides support and services (方案第十二条), or from there back. A
 * channel is told by mail; a ministry finds it among its duties.
 */
export function passOnNeed(actor: Actor, needId: string, to: NeedOffice, remark: string): Promise<Decision<object>> {
	return onNeed(actor, 'passOnNeed', needId, async ({ db, need, report, by, now }) => {
		const decided = decide(need, by, to, remark);
		if (!decided.ok) return decided;
		await saveNeed(db, need, decided.next, null, now);
		await writeJournal(db, {
			act: 'pass-on-need',
			objectKind: 'report_need',
			objectId: need.id,
			article: '12',
			before: { state: need.state, office: need.office, person: need.personName },
			after: { state: decided.next.state, office: to, remark: decided.next.passedRemark }
		});
		if (to === 'channel') await mailOfNeed(db, report, need, { what: 'passed_on', by: actor.orgKind, text: remark.trim() });
		return { ok: true };
	});
}
