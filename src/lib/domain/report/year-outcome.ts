/** How the report of a year stands to its date, in one word: every dot, badge, letter, board and export says this one (方案第十一条; domain.md 2). */
import type { Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isClosed, onTime, type ReportCase } from './report-case.ts';
import { isExtended, type ReportingYear } from './reporting-year.ts';

/**
 * 'open' = neither forwarded nor late yet; 'not_delivered' = it stood with its channel when the year was closed; 'excuse_pending' = said to be unable to
 * file, and no ministry has confirmed it.
 */
export const YEAR_OUTCOMES = ['on_time', 'extended', 'late', 'open', 'not_filed', 'not_delivered', 'excused', 'excuse_pending'] as const;
export type YearOutcome = (typeof YEAR_OUTCOMES)[number];

export interface YearFacts {
	readonly state: ReportState;
	/** Null where the ministries gave none. */
	readonly extensionOn: Day | null;
	readonly firstForwardedAt: Date | null;
	readonly excusePending: boolean;
	/** When the year was closed for this report; null while it is open, or open again. */
	readonly closedAt: Date | null;
	readonly year: Pick<ReportingYear, 'ministryDueOn'>;
}

/**
 * What the close of its year made of a report that was never forwarded (方案第十一条: through the channel): with its channel it was not delivered, with
 * its enterprise, also returned, not filed. Null otherwise. Years closed before this had states for neither: there it is computed.
 */
export function undeliveredAs(state: ReportState, closed: boolean, everForwarded: boolean): 'not_filed' | 'not_delivered' | null {
	if (state === 'not_filed' || state === 'not_delivered') return state;
	if (!closed || everForwarded || state === 'excused') return null;
	return state === 'submitted' ? 'not_delivered' : 'not_filed';
}

/** Unable to file, confirmed or asked for: then nothing is late, in no list and on no day (domain.md 2). A refusal makes it late from its date. */
export function isUnableToFile({ state, excusePending }: Pick<YearFacts, 'state' | 'excusePending'>): boolean {
	return state === 'excused' || excusePending;
}

/**
 * Late is late whatever was given. An extension that was kept or still runs is counted apart, never as on time, even where the report came by
 * 30 November after all. Excused, never filed and never delivered are neither on time nor late.
 */
export function yearOutcome(report: YearFacts, now: Date): YearOutcome {
	if (report.state === 'excused') return 'excused';
	const undelivered = undeliveredAs(report.state, report.closedAt !== null, report.firstForwardedAt !== null);
	if (undelivered !== null) return undelivered;
	if (report.excusePending) return 'excuse_pending';
	const inTime = onTime(report, now);
	if (inTime === false) return 'late';
	if (isExtended(report.year, report.extensionOn)) return 'extended';
	return inTime === null ? 'open' : 'on_time';
}

/** The same of a case. */
export function outcomeOf(report: ReportCase, now: Date): YearOutcome {
	return yearOutcome({ ...report, closedAt: isClosed(report) ? report.year.closedAt : null }, now);
}

/**
 * Whether the year's report came by its date; null while that is undecided, and where it was excused or its channel kept it: that says nothing about the
 * enterprise.
 */
export function cameInTime(report: YearFacts, now: Date): boolean | null {
	if (isUnableToFile(report)) return null;
	const undelivered = undeliveredAs(report.state, report.closedAt !== null, report.firstForwardedAt !== null);
	return undelivered === null ? onTime(report, now) : undelivered === 'not_filed' ? false : null;
}
