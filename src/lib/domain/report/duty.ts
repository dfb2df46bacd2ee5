/**
 * Who owes the report of which year, and since when (方案第十一条: 自确定次年起). Designated is whoever was announced: the year of the announcement counts,
 * which may differ from the cohort's name. What a corrected announcement does to open years is said here; both ministries apply it (会同).
 */
import { yearOf, type Day } from '#lib/domain/day.ts';
import type { DesignationStatus } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isFiled, unfiledState, type ReportCase } from './report-case.ts';
import type { ReportingYear } from './reporting-year.ts';

type FromYear = Pick<Policy, 'owedFromYearsAfter'>;

/** What `owes` needs of a designation. */
export interface DesignationTerm {
	readonly announcedOn: Day;
	readonly status: DesignationStatus;
	/** The day it was revoked or the enterprise ceased; null while active. */
	readonly endedOn: Day | null;
}

/** The first year a designation reports for: the one after the year of its announcement. */
export function firstOwedYear(announcedOn: Day, policy: FromYear): number {
	return yearOf(announcedOn) + policy.owedFromYearsAfter.value;
}

/**
 * Whether an enterprise owes the report of a year: from the first on, if the designation was still active on the ministries' date. One that ended on that
 * date or earlier owes nothing for the year.
 */
export function owes(designation: DesignationTerm, year: Pick<ReportingYear, 'year' | 'ministryDueOn'>, policy: FromYear): boolean {
	if (year.year < firstOwedYear(designation.announcedOn, policy)) return false;
	if (designation.status === 'active') return true;
	return designation.endedOn !== null && designation.endedOn > year.ministryDueOn;
}

/** The day a report that is added today came to be owed; null in a year that has not begun: it is then owed from the opening, like everybody's. */
export function owedSince(year: Pick<ReportingYear, 'opensOn'>, today: Day): Day | null {
	return today > year.opensOn ? today : null;
}

/** Something is expected: neither excused nor without duty, and not filed of the enterprise's own accord. */
export function isExpected(report: { readonly state: ReportState; readonly voluntary: boolean }): boolean {
	return report.state !== 'excused' && report.state !== 'not_owed' && !report.voluntary;
}

/**
 * What an open year lacks against the announcement: a report is owed and missing, or one is there that is not owed (无需报送 if nothing was filed for it,
 * else kept as filed of its own accord), or is owed again. Excuse and end of a designation are no matter of the announcement.
 */
export const DUTY_EFFECTS = ['added', 'owed_again', 'not_owed', 'voluntary'] as const;
export type DutyEffect = (typeof DUTY_EFFECTS)[number];

export function dutyEffect(
	designation: DesignationTerm,
	year: Pick<ReportingYear, 'year' | 'ministryDueOn'>,
	report: Pick<ReportCase, 'state' | 'voluntary'> | null,
	policy: FromYear
): DutyEffect | null {
	if (report === null) return owes(designation, year, policy) ? 'added' : null;
	const before = year.year < firstOwedYear(designation.announcedOn, policy);
	if (!before) return (report.state === 'not_owed' || report.voluntary) && owes(designation, year, policy) ? 'owed_again' : null;
	if (report.state === 'not_owed' || report.voluntary) return null;
	return isFiled(report.state) ? 'voluntary' : 'not_owed';
}

/** The report after the effect. A duty that comes back counts from today, as one that is added does. */
export function underDuty(report: ReportCase, effect: Exclude<DutyEffect, 'added'>, today: Day): ReportCase {
	switch (effect) {
		case 'not_owed':
			// What is not owed needs no excuse: one that was asked for falls away.
			return { ...report, state: 'not_owed', voluntary: false, excusePending: false };
		case 'voluntary':
			return { ...report, voluntary: true };
		case 'owed_again':
			return {
				...report,
				voluntary: false,
				state: report.state === 'not_owed' ? unfiledState(report) : report.state,
				owedOn: owedSince(report.year, today) ?? report.owedOn
			};
	}
}

/** What a closed year is said to be beside the announcement: it stays as it was closed, and is annotated. */
export type DutyNote = 'was_not_owed' | 'was_owed';

/** @param reported whether the closed year had a report of this designation */
export function dutyNote(
	designation: DesignationTerm,
	year: Pick<ReportingYear, 'year' | 'ministryDueOn'>,
	reported: boolean,
	policy: FromYear
): DutyNote | null {
	if (reported) return year.year < firstOwedYear(designation.announcedOn, policy) ? 'was_not_owed' : null;
	return owes(designation, year, policy) ? 'was_owed' : null;
}
