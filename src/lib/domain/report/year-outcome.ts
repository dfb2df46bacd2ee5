/** How the report of a year stands to its date, in one word: every dot, badge, letter, board and export says this one (方案第十一条; domain.md 2). */
import type { Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isExpected } from './duty.ts';
import { isFiled, onTime } from './report-case.ts';
import { isExtended, type ReportingYear } from './reporting-year.ts';

/** 'open' = neither forwarded nor late yet. */
export const YEAR_OUTCOMES = ['on_time', 'extended', 'late', 'open', 'not_filed', 'excused', 'not_owed', 'voluntary'] as const;
export type YearOutcome = (typeof YEAR_OUTCOMES)[number];

export interface YearFacts {
	readonly state: ReportState;
	/** Null where the ministries gave none. */
	readonly extensionOn: Day | null;
	/** The day the report came to be owed in a year that had begun; null = from the opening on. */
	readonly owedOn: Day | null;
	readonly voluntary: boolean;
	readonly firstForwardedAt: Date | null;
	readonly year: Pick<ReportingYear, 'ministryDueOn'>;
}

/**
 * Late is late whatever was given. An extension that was kept or still runs is counted apart, never as on time, even where the report came by
 * the year's date after all. One that was excused, never filed, not owed or filed though not owed is neither on time nor late.
 */
export function yearOutcome(report: YearFacts, now: Date): YearOutcome {
	// One that was taken back is no longer filed, and nothing was owed.
	if (report.voluntary) return isFiled(report.state) ? 'voluntary' : 'not_owed';
	if (report.state === 'excused' || report.state === 'not_filed' || report.state === 'not_owed') return report.state;
	const inTime = onTime(report, now);
	if (inTime === false) return 'late';
	if (isExtended(report.year, report.extensionOn)) return 'extended';
	return inTime === null ? 'open' : 'on_time';
}

/** Whether the year's report came by its date; null while that is undecided, and where nothing was expected: that says nothing about the enterprise. */
export function cameInTime(report: YearFacts, now: Date): boolean | null {
	if (!isExpected(report)) return null;
	return report.state === 'not_filed' ? false : onTime(report, now);
}
