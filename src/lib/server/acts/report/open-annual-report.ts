import { open } from '#lib/domain/report/annual-report.ts';
import { isDepartment } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dutyRefusal } from '#lib/domain/report/report-actions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { instantOf, lockReport, recordStep, saveReport } from '#lib/server/store/report/annual-report.ts';

/** A department opens a report to read it; from then on the enterprise can no longer withdraw that version. A reader's look changes nothing. */
export function openAnnualReport(actor: Actor, reportId: string): Promise<Decision<{ first: boolean }>> {
	return asActor(actor, async (db) => {
		const department = actor.orgKind;
		if (!isDepartment(department)) return refuse({ code: 'not_found' });
		if (dutyRefusal({ kind: department, duty: actor.duty }, 'open')) return { ok: true, first: false };
		const report = await lockReport(db, reportId);
		if (!report) return refuse({ code: 'not_found' });
		const now = await instantOf(db);
		const decided = open(report.case, department, now);
		// Nothing was submitted yet: there is nothing to open, and looking is no offence.
		if (!decided.ok) return decided.refusal.code === 'wrong_state' ? { ok: true, first: false } : decided;
		if (!decided.first) return { ok: true, first: false };
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'open-annual-report', at: now, versionNo: report.case.currentVersion });
		await writeJournal(db, {
			act: 'open-annual-report',
			objectKind: 'annual_report',
			objectId: report.id,
			article: '11',
			after: { version: report.case.currentVersion }
		});
		return { ok: true, first: true };
	});
}
