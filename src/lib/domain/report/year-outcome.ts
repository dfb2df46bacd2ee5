/** How the report of a year stands to its date, in one word: every dot, badge, letter, board and export says this one (方案第十一条; domain.md 2). */
import type { Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { onTime } from './report-case.ts';
import { isExtended, type ReportingYear } from './reporting-year.ts';

/** 'open' = neither forwarded nor late yet; 'excuse_pending' = said to be unable to file, and no ministry has confirmed it. */
export const YEAR_OUTCOMES = ['on_time', 'extended', 'late', 'open', 'not_filed', 'excused', 'excuse_pending'] as const;
export type YearOutcome = (typeof YEAR_OUTCOMES)[number];

export interface YearFacts {
	readonly state: ReportState;
	/** Null where the ministries gave none. */
	readonly extensionOn: Day | null;
	readonly firstForwardedAt: Date | null;
	readonly excusePending: boolean;
	readonly year: Pick<ReportingYear, 'ministryDueOn'>;
}

/** Unable to file, confirmed or asked for: then nothing is late, in no list and on no day (domain.md 2). A refusal makes it late from its date. */
export function isUnableToFile({ state, excusePending }: Pick<YearFacts, 'state' | 'excusePending'>): boolean {
	return state === 'excused' || excusePending;
}

/**
 * Late is late whatever was given. An extension that was kept or still runs is counted apart, never as on time, even where the report came by
 * 30 November after all. An excused or never filed report is neither on time nor late.
 */
export function yearOutcome(report: YearFacts, now: Date): YearOutcome {
	if (report.state === 'excused' || report.state === 'not_filed') return report.state;
	if (report.excusePending) return 'excuse_pending';
	const inTime = onTime(report, now);
	if (inTime === false) return 'late';
	if (isExtended(report.year, report.extensionOn)) return 'extended';
	return inTime === null ? 'open' : 'on_time';
}

/** Whether the year's report came by its date; null while that is undecided, and where it was excused: that says nothing about the enterprise. */
export function cameInTime(report: YearFacts, now: Date): boolean | null {
	if (isUnableToFile(report)) return null;
	return report.state === 'not_filed' ? false : onTime(report, now);
}
