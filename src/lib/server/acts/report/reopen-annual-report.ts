import { ministryOf } from '#lib/domain/parties.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { reopenForOne } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';
import { mailOfReopening } from '#lib/server/letters/exception-mail.ts';

/** A ministry takes one report up again in a closed year, with a reason: it goes on where it stood, and late stays late (domain.md 2: 非方案规定). */
export function reopenAnnualReport(actor: Actor, reportId: string, reason: string): Promise<Decision<object>> {
	return onReport(actor, 'reopenForOne', reportId, async (db, report, now) => {
		const ministry = ministryOf(actor.orgKind);
		const decided = reopenForOne(report.case, reason, now);
		if (!decided.ok) return decided;
		await db.sql`
			insert into report_reopening (report_id, reason, ministry, person_id, person_name, reopened_at)
			values (${report.id}::bigint, ${reason}, ${ministry}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveMove(db, report, decided.next, {
			act: 'reopen-annual-report',
			at: now,
			article: 'system',
			detail: { ministry },
			before: { state: report.case.state, closed: true },
			after: { state: decided.next.state, reason }
		});
		await mailOfReopening(db, report, reason);
		return { ok: true };
	});
}
