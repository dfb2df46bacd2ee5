import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { excuse, liftExcuse as decideLifting } from '#lib/domain/report/report-exceptions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { endExcuse } from '#lib/server/store/report/excuse.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';
import { mailOfExcuse } from '#lib/server/letters/exception-mail.ts';

/** "Unable to file": the enterprise or its channel says, with a reason, that no report can come (domain.md 2). It waits for a ministry to confirm it. */
export function excuseAnnualReport(actor: Actor, reportId: string, given: { readonly reasonCode: string; readonly remark: string }): Promise<Decision<object>> {
	return onReport(actor, 'excuse', reportId, async (db, report, now) => {
		const decided = excuse(report.case, given.reasonCode);
		if (!decided.ok) return decided;
		if (given.remark.trim() === '') return refuse({ code: 'invalid_input', fields: { remark: 'missing' } });
		await db.sql`
			insert into report_excuse (report_id, reason_code, remark, declared_by, person_id, person_name, declared_at)
			values (${report.id}::bigint, ${decided.reasonCode}, ${given.remark}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})`;
		await saveMove(db, report, decided.next, {
			act: 'excuse-annual-report',
			at: now,
			article: 'system',
			detail: { reasonCode: decided.reasonCode },
			before: { state: report.case.state },
			after: { state: decided.next.state, excusePending: true, reasonCode: decided.reasonCode, remark: given.remark }
		});
		// Somebody else has said it of the enterprise: its people must hear of it, and can take it back.
		if (actor.orgKind !== 'enterprise') await mailOfExcuse(db, report, 'asked');
		return { ok: true };
	});
}

/** Takes the declaration back: the report is owed again and goes on where it stood. */
export function liftExcuse(actor: Actor, reportId: string): Promise<Decision<object>> {
	return onReport(actor, 'liftExcuse', reportId, async (db, report, now) => {
		const decided = decideLifting(report.case);
		if (!decided.ok) return decided;
		await endExcuse(db, report.id, actor.personName, now);
		await saveMove(db, report, decided.next, {
			act: 'lift-excuse',
			at: now,
			article: 'system',
			before: { state: report.case.state, excusePending: report.case.excusePending },
			after: { state: decided.next.state }
		});
		if (actor.orgKind !== 'enterprise') await mailOfExcuse(db, report, 'lifted');
		return { ok: true };
	});
}
