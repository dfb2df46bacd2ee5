import { withdraw } from '#lib/domain/report/annual-report.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReport, recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';
import { makeDraft } from '#lib/server/store/report/draft.ts';

/** Takes the submitted version back, until a department first opens it (domain.md 2). The version stays on record; the draft is as it was. */
export function withdrawAnnualReport(actor: Actor, reportId: string, version: number): Promise<Decision<{ withdrawnVersion: number }>> {
	return asActor(actor, async (db) => {
		const refusal = dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'withdraw');
		if (refusal) return refuse(refusal);
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		if (report.case.currentVersion !== version) return refuse({ code: 'stale_version', expected: version, actual: report.case.currentVersion });
		const now = await instantOf(db);
		const decided = withdraw(report.case, now);
		if (!decided.ok) return decided;
		await makeDraft(db, report, decided.withdrawnVersion);
		// A withdrawn correction opens its return again: the departments' comments wait for answers as before.
		if (report.case.return !== null)
			await db.sql`update report_return set answered_at = null where id = ${report.case.return.id}::bigint and undone_at is null`;
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'withdraw-annual-report', at: now, versionNo: version });
		await writeJournal(db, {
			act: 'withdraw-annual-report',
			objectKind: 'annual_report',
			objectId: report.id,
			article: '11',
			before: { state: 'submitted', version },
			after: { state: decided.next.state }
		});
		return { ok: true, withdrawnVersion: decided.withdrawnVersion };
	});
}
