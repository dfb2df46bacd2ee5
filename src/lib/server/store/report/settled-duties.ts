import { dayInBeijing } from '#lib/domain/day.ts';
import { underDuty } from '#lib/domain/report/duty.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { lockReports } from './annual-report.ts';
import type { DutyDifference } from './duty-difference.ts';
import { saveMove } from './on-report.ts';
import { addOwedReports } from './owed-report.ts';

/** Brings the reports of an open year to what both ministries agreed to; the year is locked by the act, the reports here, in id order. */
export async function applyDifferences(db: ActorDb, year: number, differences: readonly DutyDifference[], at: Date): Promise<void> {
	const today = dayInBeijing(at);
	const added = differences.filter(({ effect }) => effect === 'added').map(({ designationId }) => designationId);
	if (added.length > 0) await addOwedReports(db, year, today, added);
	const effectOf = new Map(differences.flatMap(({ reportId, effect }) => (reportId === null ? [] : [[reportId, effect] as const])));
	for (const report of await lockReports(db, [...effectOf.keys()])) {
		const effect = effectOf.get(report.id);
		if (!effect || effect === 'added') continue;
		await saveMove(db, report, underDuty(report.case, effect, today), {
			act: 'settle-duties',
			at,
			article: '11',
			versionNo: report.case.currentVersion || null,
			detail: { effect },
			before: { state: report.case.state, voluntary: report.case.voluntary },
			after: { effect }
		});
	}
}
