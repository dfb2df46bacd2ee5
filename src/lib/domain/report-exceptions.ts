/**
 * What may happen to an annual report beside its ordinary life (domain.md 2): unable to file, extension, the close of the year and
 * its reopening for one report. The notice is silent on all four, so each is ours and is counted apart.
 */
import { addDays, dayInBeijing, laterOf, type Day } from './day.ts';
import { EXCUSE_REASONS, type ExcuseReason } from './policy.ts';
import { refuse } from './refusal.ts';
import { isClosed, type ReportCase } from './report-case.ts';
import { closedOr, oneOf, stateOr, type Moved } from './report-guards.ts';
import { dateWithin } from './reporting-year.ts';

/** "Unable to file": declared by the enterprise or its channel with a reason, for a report of which no version stands. */
export function excuse(report: ReportCase, reasonCode: string | null): Moved<{ readonly reasonCode: ExcuseReason }> {
	const refusal = closedOr(report) ?? stateOr(report, ['not_started', 'draft']);
	if (refusal) return refuse(refusal);
	const reason = oneOf(EXCUSE_REASONS, reasonCode);
	if (reason === null) return refuse({ code: 'reason_required', allowed: EXCUSE_REASONS });
	return { ok: true, reasonCode: reason, next: { ...report, state: 'excused' } };
}

/** Takes that declaration back: the report is owed again and goes on where it stood. */
export function liftExcuse(report: ReportCase): Moved {
	const refusal = closedOr(report) ?? stateOr(report, ['excused']);
	if (refusal) return refuse(refusal);
	return { ok: true, next: { ...report, state: unfiledState(report) } };
}

/** Gives a date later than the ministries' for one report; `year.ministryDueOn` < date ≤ the year's last day for late reports. */
export function extend(report: ReportCase, extensionOn: string, now: Date): Moved<{ readonly extensionOn: Day }> {
	const refusal = closedOr(report) ?? stateOr(report, ['not_started', 'draft', 'submitted', 'returned']) ?? (report.firstForwardedAt === null ? null : { code: 'already_done' as const });
	if (refusal) return refuse(refusal);
	const earliestOn = laterOf(addDays(report.year.ministryDueOn, 1), dayInBeijing(now));
	const given = dateWithin('extensionOn', extensionOn, earliestOn, laterOf(earliestOn, report.year.acceptedLateUntilOn));
	if (!given.ok) return given;
	return { ok: true, extensionOn: given.on, next: { ...report, extensionOn: given.on } };
}

/** What closing the year does to one report: what does not stand with the channel or beyond is not filed. `closedAt` is when the ministries close. */
export function closeReport(report: ReportCase, closedAt: Date): { readonly next: ReportCase; readonly notFiled: boolean } {
	const notFiled = report.state === 'not_started' || report.state === 'draft';
	return { notFiled, next: { ...report, state: notFiled ? 'not_filed' : report.state, year: { ...report.year, closedAt }, reopenedAt: null } };
}

/** The ministries take one report up again in a closed year, with a reason; it goes on where it stood. */
export function reopenForOne(report: ReportCase, reason: string, now: Date): Moved {
	if (!isClosed(report)) return refuse(report.year.closedAt === null ? { code: 'wrong_state', state: report.state, allowed: ['not_filed'] } : { code: 'already_done' });
	if (reason.trim() === '') return refuse({ code: 'reason_required', allowed: [] });
	return { ok: true, next: { ...report, reopenedAt: now, state: report.state === 'not_filed' ? unfiledState(report) : report.state } };
}

function unfiledState(report: ReportCase): 'draft' | 'not_started' {
	return report.draftBasedOn === null ? 'not_started' : 'draft';
}
