import { dayInBeijing } from '#lib/domain/day.ts';
import { underDuty, type DutyEffect } from '#lib/domain/report/duty.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { lockReports, type LockedReport } from './annual-report.ts';
import type { DutyDifference } from './duty-difference.ts';
import { saveMove } from './on-report.ts';
import { addOwedReports } from './owed-report.ts';

/** A report whose duty changed: as it stands now, and by which effect. */
export interface SettledReport {
	readonly report: LockedReport;
	readonly effect: Exclude<DutyEffect, 'added'>;
}

/**
 * Brings the reports of an open year to what both ministries agreed to; the year is locked by the act, the reports here, in id order. Returns those that were
 * there already: an added one is told of by its opening letter.
 */
export async function applyDifferences(db: ActorDb, year: number, differences: readonly DutyDifference[], at: Date): Promise<readonly SettledReport[]> {
	const settled: SettledReport[] = [];
	const today = dayInBeijing(at);
	const added = differences.filter(({ effect }) => effect === 'added').map(({ designationId }) => designationId);
	if (added.length > 0) await addOwedReports(db, year, today, added);
	const effectOf = new Map(differences.flatMap(({ reportId, effect }) => (reportId === null ? [] : [[reportId, effect] as const])));
	for (const report of await lockReports(db, [...effectOf.keys()])) {
		const effect = effectOf.get(report.id);
		if (!effect || effect === 'added') continue;
		const next = underDuty(report.case, effect, today);
		await saveMove(db, report, next, {
			act: 'settle-duties',
			at,
			article: '11',
			versionNo: report.case.currentVersion || null,
			detail: { effect },
			before: { state: report.case.state, voluntary: report.case.voluntary },
			after: { effect }
		});
		settled.push({ report: { ...report, case: next }, effect });
	}
	return settled;
}
