/** What the moves of an annual report check first. Each answers with a refusal, or null if there is none. */
import { startOf } from '#lib/domain/day.ts';
import { departmentsOf, type Department } from '#lib/domain/parties.ts';
import type { Decision, Refusal } from '#lib/domain/refusal.ts';
import { isClosed, type ReportCase } from './report-case.ts';
import type { ReportState } from '#lib/domain/report-state.ts';

/** The next case and what else the act has to save. */
export type Moved<Facts = object> = Decision<{ readonly next: ReportCase } & Facts>;

/** Refused once the year is closed for the report. */
export function closedOr(report: ReportCase): Refusal | null {
	return isClosed(report) ? { code: 'year_closed', year: report.year.year } : null;
}

/** Refused before reporting for the year begins. */
export function openOr(report: ReportCase, now: Date): Refusal | null {
	return now.getTime() < startOf(report.year.opensOn).getTime() ? { code: 'not_open_yet', opensOn: report.year.opensOn } : null;
}

/** Refused unless the report is in a state the move starts from. */
export function stateOr(report: ReportCase, allowed: readonly ReportState[]): Refusal | null {
	return allowed.includes(report.state) ? null : { code: 'wrong_state', state: report.state, allowed };
}

/** Refused when the caller looked at another version than the current one. */
export function versionOr(report: ReportCase, version: number): Refusal | null {
	return version === report.currentVersion ? null : { code: 'stale_version', expected: version, actual: report.currentVersion };
}

/** A department of the other kind of channel is a stranger: it must not learn that the report exists. */
export function partyOr(report: ReportCase, department: Department): Refusal | null {
	return departmentsOf(report.channelKind).includes(department) ? null : { code: 'not_found' };
}

/** The given code if it is one of the list, else null. */
export function oneOf<Code extends string>(codes: readonly Code[], given: string | null): Code | null {
	return codes.find((code) => code === given) ?? null;
}
