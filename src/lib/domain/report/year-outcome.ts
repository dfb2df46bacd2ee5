/** How the report of a year stands to its date, in one word: every dot, badge, letter, board and export says this one (方案第十一条; domain.md 2). */
import type { Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isExpected } from './duty.ts';
import { isClosed, isFiled, onTime, type ReportCase } from './report-case.ts';
import { isExtended, type ReportingYear } from './reporting-year.ts';

/**
 * 'open' = neither forwarded nor late yet; 'not_delivered' = it stood with its channel when the year was closed; 'excuse_pending' = said to be unable to
 * file, and no ministry has confirmed it; 'voluntary' = filed though not owed.
 */
export const YEAR_OUTCOMES = [
	'on_time',
	'extended',
	'late',
	'open',
	'not_filed',
	'not_delivered',
	'excused',
	'excuse_pending',
	'not_owed',
	'voluntary'
] as const;
export type YearOutcome = (typeof YEAR_OUTCOMES)[number];

export interface YearFacts {
	readonly state: ReportState;
	/** Null where the ministries gave none. */
	readonly extensionOn: Day | null;
	/** The day the report came to be owed in a year that had begun; null = from the opening on. */
	readonly owedOn: Day | null;
	readonly voluntary: boolean;
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
	if (!closed || everForwarded || state === 'excused' || state === 'not_owed') return null;
	return state === 'submitted' ? 'not_delivered' : 'not_filed';
}

/** Unable to file, confirmed or asked for: then nothing is late, in no list and on no day (domain.md 2). A refusal makes it late from its date. */
export function isUnableToFile({ state, excusePending }: Pick<YearFacts, 'state' | 'excusePending'>): boolean {
	return state === 'excused' || excusePending;
}

/**
 * Late is late whatever was given. An extension that was kept or still runs is counted apart, never as on time, even where the report came by
 * the year's date after all. Excused, never filed, never delivered, not owed or filed though not owed is neither on time nor late.
 */
export function yearOutcome(report: YearFacts, now: Date): YearOutcome {
	// One that was taken back is no longer filed, and nothing was owed.
	if (report.voluntary) return isFiled(report.state) ? 'voluntary' : 'not_owed';
	if (report.state === 'excused' || report.state === 'not_owed') return report.state;
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
 * Whether the year's report came by its date; null while that is undecided, and where nothing was expected, it was excused or its channel kept it: that says
 * nothing about the enterprise.
 */
export function cameInTime(report: YearFacts, now: Date): boolean | null {
	if (isUnableToFile(report) || !isExpected(report)) return null;
	const undelivered = undeliveredAs(report.state, report.closedAt !== null, report.firstForwardedAt !== null);
	return undelivered === null ? onTime(report, now) : undelivered === 'not_filed' ? false : null;
}
