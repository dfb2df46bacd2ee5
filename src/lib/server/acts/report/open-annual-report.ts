import { open } from '#lib/domain/report/annual-report.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { departmentOf, isDepartment } from '#lib/domain/parties.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';

/** A department opens a report to read it; from then on the enterprise can no longer withdraw that version. A reader's look changes nothing. */
export async function openAnnualReport(actor: Actor, reportId: string): Promise<Decision<{ first: boolean }>> {
	if (isDepartment(actor.orgKind) && dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'open')) return { ok: true, first: false };
	return onReport(actor, 'open', reportId, async (db, report, now) => {
		const decided = open(report.case, departmentOf(actor.orgKind), now);
		// Nothing was submitted yet: there is nothing to open, and looking is no offence.
		if (!decided.ok) return decided.refusal.code === 'wrong_state' ? { ok: true, first: false } : decided;
		if (!decided.first) return { ok: true, first: false };
		const version = report.case.currentVersion;
		await saveMove(db, report, decided.next, { act: 'open-annual-report', at: now, article: '11', versionNo: version, after: { version } });
		return { ok: true, first: true };
	});
}
