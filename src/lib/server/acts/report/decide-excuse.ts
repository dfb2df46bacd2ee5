import { ministryOf } from '#lib/domain/parties.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { decideExcuse as decide, type ExcuseVerdict } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { mailOfExcuse } from '#lib/server/letters/exception-mail.ts';
import { decideStandingExcuse } from '#lib/server/store/report/excuse.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';

/**
 * A ministry confirms that an enterprise is unable to file, or refuses it with a reason (domain.md 2: 非方案规定). Confirmed, it is counted apart and never
 * late; refused, the report is late from its own date. The enterprise and its channel are told.
 */
export function decideExcuse(actor: Actor, reportId: string, given: { readonly verdict: ExcuseVerdict; readonly reason: string }): Promise<Decision<object>> {
	return onReport(actor, 'decideExcuse', reportId, async (db, report, now) => {
		const decided = decide(report.case, given.verdict, given.reason);
		if (!decided.ok) return decided;
		const ministry = ministryOf(actor.orgKind);
		const reason = given.reason.trim();
		const by = { ministry, personId: actor.personId, personName: actor.personName, at: now };
		await decideStandingExcuse(db, report.id, by, { verdict: given.verdict, reason: reason === '' ? null : reason });
		await saveMove(db, report, decided.next, {
			act: given.verdict === 'confirmed' ? 'confirm-excuse' : 'refuse-excuse',
			at: now,
			article: 'system',
			detail: { ministry },
			before: { state: report.case.state, excusePending: true },
			after: { state: decided.next.state, verdict: given.verdict, reason }
		});
		await mailOfExcuse(db, report, given.verdict, reason);
		return { ok: true };
	});
}
