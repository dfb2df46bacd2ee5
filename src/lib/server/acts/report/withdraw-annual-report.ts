import { withdraw } from '#lib/domain/report/annual-report.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { makeDraft } from '#lib/server/store/report/draft.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';

/** Takes the submitted version back, until a department first opens it (domain.md 2). The version stays on record; the draft is as it was. */
export function withdrawAnnualReport(actor: Actor, reportId: string, version: number): Promise<Decision<{ withdrawnVersion: number }>> {
	return onReport(actor, 'withdraw', reportId, async (db, report, now) => {
		if (report.case.currentVersion !== version) return refuse({ code: 'stale_version', expected: version, actual: report.case.currentVersion });
		const decided = withdraw(report.case, now);
		if (!decided.ok) return decided;
		await makeDraft(db, report, decided.withdrawnVersion);
		// A withdrawn correction opens its return again: the departments' comments wait for answers as before.
		if (report.case.return !== null)
			await db.sql`update report_return set answered_at = null where id = ${report.case.return.id}::bigint and undone_at is null`;
		await saveMove(db, report, decided.next, {
			act: 'withdraw-annual-report',
			at: now,
			article: 'system',
			versionNo: version,
			before: { state: 'submitted', version },
			after: { state: decided.next.state }
		});
		return { ok: true, withdrawnVersion: decided.withdrawnVersion };
	});
}
