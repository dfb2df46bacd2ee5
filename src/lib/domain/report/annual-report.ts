/**
 * The life of an annual report (方案第十一条; domain.md 2): each move is a pure decision over a `ReportCase` and answers with the next
 * case, the facts to save with it, or a refusal. Officials return, they never edit; nobody submits for somebody else.
 * Who may call which move is `actionsOpen` in report-actions.ts.
 */
import { dayInBeijing, laterOf, startOf, type Day } from '#lib/domain/day.ts';
import { departmentsOf, isDepartment, type Department, type Ministry } from '#lib/domain/parties.ts';
import { LATE_REASONS, RETURN_REASONS, type LateReason, type ReturnReason } from '#lib/domain/policy.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { courtSince } from './court.ts';
import { isClosed, missingOpinions, standingReturn, type ReportCase, type ReportReturn } from './report-case.ts';
import { closedOr, oneOf, openOr, partyOr, stateOr, versionOr, type Moved } from './report-guards.ts';
import { dateWithin, effectiveDueOn, isPast } from './reporting-year.ts';
import { outcomeOf, type YearOutcome } from './year-outcome.ts';

/** Begins the report of the year: a draft from nothing. */
export function startDraft(report: ReportCase, now: Date): Moved {
	const refusal = closedOr(report) ?? stateOr(report, ['not_started']) ?? openOr(report, now);
	if (refusal) return refuse(refusal);
	return { ok: true, next: { ...report, state: 'draft', draftBasedOn: 0 } };
}

/**
 * Saves an answer, also a half-known one. In a returned report the first save makes the draft from the version sent back and
 * ends the time in which the return may be undone: `touchesReturnId` names that return, once.
 */
export function saveAnswer(report: ReportCase, now: Date): Moved<{ readonly touchesReturnId: string | null }> {
	const refusal = closedOr(report) ?? stateOr(report, ['draft', 'returned']) ?? openOr(report, now);
	if (refusal) return refuse(refusal);
	const standing = report.state === 'returned' ? standingReturn(report) : null;
	const touches = standing !== null && !standing.touchedByEnterprise;
	return {
		ok: true,
		touchesReturnId: touches ? standing.id : null,
		next: {
			...report,
			draftBasedOn: report.draftBasedOn ?? report.currentVersion,
			return: touches ? { ...standing, touchedByEnterprise: true } : report.return
		}
	};
}

/** What the enterprise hands in. */
export interface Submission {
	/** Keys of checks that stand in the way: errors, and warnings without explanation. */
	readonly blockingChecks: readonly string[];
	/** Any answer, explanation or file differs from the version that was sent back. */
	readonly changedSinceReturn: boolean;
	/** How many of the return's comments have an answer; those without one are `return.commentsUnanswered`. */
	readonly answeredComments: number;
	/** Asked for after the effective date: `asksLateReason`. */
	readonly lateReasonCode: string | null;
}

/**
 * Whether a submission now is asked why it is late: at least one late day began while the enterprise had the report, at the first submission or again
 * after it was sent back. What was forwarded once is judged by that and asked no more.
 */
export function asksLateReason(report: ReportCase, now: Date): boolean {
	// Filed though not owed is never late: nobody is asked.
	if (report.voluntary || report.firstForwardedAt !== null || !isPast(effectiveDueOn(report.year, report.extensionOn, report.owedOn), now)) return false;
	const since = courtSince(report);
	return report.firstSubmittedAt === null || (since !== null && since <= startOf(dayInBeijing(now)));
}

/** Hands the report to the channel as a new, immutable version. Late reports are taken and marked until the year is closed. */
export function submit(
	report: ReportCase,
	submission: Submission,
	now: Date
): Moved<{ readonly version: number; readonly late: boolean; readonly lateReasonCode: LateReason | null; readonly answersReturnId: string | null }> {
	const refusal = closedOr(report) ?? stateOr(report, ['draft', 'returned']) ?? openOr(report, now);
	if (refusal) return refuse(refusal);
	const standing = standingReturn(report);
	const returned = report.state === 'returned' && standing !== null;
	if (returned) {
		if (!submission.changedSinceReturn && submission.answeredComments === 0) return refuse({ code: 'nothing_changed' });
		if (standing.commentsUnanswered > 0) return refuse({ code: 'comments_unanswered', count: standing.commentsUnanswered });
	}
	if (submission.blockingChecks.length > 0) return refuse({ code: 'incomplete', checks: submission.blockingChecks });
	const late = isPast(effectiveDueOn(report.year, report.extensionOn, report.owedOn), now);
	const asksReason = asksLateReason(report, now);
	const lateReasonCode = asksReason ? oneOf(LATE_REASONS, submission.lateReasonCode) : null;
	if (asksReason && lateReasonCode === null) return refuse({ code: 'reason_required', allowed: LATE_REASONS });
	const version = report.currentVersion + 1;
	return {
		ok: true,
		version,
		late,
		lateReasonCode,
		answersReturnId: returned ? standing.id : null,
		next: {
			...report,
			state: 'submitted',
			currentVersion: version,
			draftBasedOn: null,
			openedAt: {},
			return: returned ? { ...standing, touchedByEnterprise: true } : report.return,
			firstSubmittedAt: report.firstSubmittedAt ?? now,
			submittedAt: now,
			forwardedAt: null,
			receivedAt: null,
			// Whoever files is not unable to.
			excusePending: false
		}
	};
}

/** Asking again sooner than this, about the same work, asks nobody anything. */
const ASKED_AGAIN_AFTER_MS = 60 * 60_000;

/**
 * Lets whoever fills in ask those who submit. Only what would be accepted is put before an approver: they are told that it is complete. Asked once
 * an hour; a return or a withdrawal since makes it other work.
 */
export function askApprover(report: ReportCase, submission: Omit<Submission, 'lateReasonCode'>, lastAskedAt: Date | null, now: Date): Decision<object> {
	const accepted = submit(report, { ...submission, lateReasonCode: 'other' }, now);
	if (!accepted.ok) return accepted;
	const since = Math.max(standingReturn(report)?.returnedAt.getTime() ?? 0, report.withdrawnAt?.getTime() ?? 0);
	if (lastAskedAt === null || lastAskedAt.getTime() < since) return { ok: true };
	const againAt = new Date(lastAskedAt.getTime() + ASKED_AGAIN_AFTER_MS);
	return now < againAt ? refuse({ code: 'asked_just_now', at: lastAskedAt, againAt }) : { ok: true };
}

/** Takes the submitted version back, until a department first opens it. A resubmission goes back to "returned". */
export function withdraw(report: ReportCase, now: Date): Moved<{ readonly withdrawnVersion: number }> {
	const refusal = closedOr(report) ?? stateOr(report, ['submitted']);
	if (refusal) return refuse(refusal);
	for (const department of departmentsOf(report.channelKind)) {
		const openedAt = report.openedAt[department];
		if (openedAt) return refuse({ code: 'already_opened', department, openedAt });
	}
	const state = standingReturn(report) === null ? 'draft' : 'returned';
	return {
		ok: true,
		withdrawnVersion: report.currentVersion,
		next: { ...report, state, draftBasedOn: report.currentVersion, submittedAt: null, withdrawnAt: now }
	};
}

/** A department opens the current version to read it. Opening again changes nothing: `first` is false. */
export function open(report: ReportCase, department: Department, now: Date): Moved<{ readonly first: boolean }> {
	const refusal = partyOr(report, department) ?? stateOr(report, ['submitted', 'returned', 'forwarded', 'received']);
	if (refusal) return refuse(refusal);
	if (report.state !== 'submitted' || isClosed(report) || report.openedAt[department]) return { ok: true, first: false, next: report };
	return { ok: true, first: true, next: { ...report, openedAt: { ...report.openedAt, [department]: now } } };
}

/** A department approves the version it has read: `version` is the one on its screen. Departments work in parallel. */
export function giveOpinion(report: ReportCase, department: Department, version: number, now: Date): Moved<{ readonly approvedByAll: boolean }> {
	const refusal = partyOr(report, department) ?? closedOr(report) ?? stateOr(report, ['submitted']) ?? versionOr(report, version);
	if (refusal) return refuse(refusal);
	if (report.opinions[department] === report.currentVersion) return refuse({ code: 'already_done' });
	const next: ReportCase = {
		...report,
		opinions: { ...report.opinions, [department]: report.currentVersion },
		opinionAt: { ...report.opinionAt, [department]: now },
		openedAt: { ...report.openedAt, [department]: report.openedAt[department] ?? now }
	};
	return { ok: true, approvedByAll: missingOpinions(next).length === 0, next };
}

/** A department takes its own opinion back, while the report has not been forwarded. */
export function withdrawOpinion(report: ReportCase, department: Department): Moved {
	const refusal = partyOr(report, department) ?? closedOr(report) ?? stateOr(report, ['submitted']);
	if (refusal) return refuse(refusal);
	if (report.opinions[department] !== report.currentVersion) return refuse({ code: 'nothing_to_undo' });
	return { ok: true, next: withoutOpinion(report, department) };
}

export interface ReturnOrder {
	readonly id: string;
	readonly reasonCode: string | null;
	/** The day the correction is asked for, as typed: today or later, not after the year's last day for corrections. */
	readonly correctByOn: string;
	readonly comments: number;
	/** The version on the official's screen. */
	readonly version: number;
}

/**
 * Sends the report back to the enterprise: a department before forwarding, a ministry after it. The department's own opinion on the
 * version lapses (`opinionLapsed`); the other's stays on record and counts again only if the return is undone.
 */
export function returnReport(
	report: ReportCase,
	by: Department | Ministry,
	order: ReturnOrder,
	now: Date
): Moved<{ readonly reasonCode: ReturnReason; readonly correctByOn: Day; readonly opinionLapsed: boolean }> {
	const byDepartment = isDepartment(by);
	const refusal =
		(byDepartment ? partyOr(report, by) : null) ??
		closedOr(report) ??
		stateOr(report, byDepartment ? ['submitted'] : ['forwarded', 'received']) ??
		versionOr(report, order.version);
	if (refusal) return refuse(refusal);
	const from = report.state as ReportReturn['from'];
	const reasonCode = oneOf(RETURN_REASONS, order.reasonCode);
	if (reasonCode === null) return refuse({ code: 'reason_required', allowed: RETURN_REASONS });
	const today = dayInBeijing(now);
	// After the last day for corrections a return still has to be possible until the year is closed; it then asks for today.
	const correctBy = dateWithin('correctByOn', order.correctByOn, today, laterOf(today, report.year.correctionsUntilOn));
	if (!correctBy.ok) return correctBy;
	const opinionLapsed = byDepartment && report.opinions[by] === report.currentVersion;
	const base = byDepartment
		? { ...(opinionLapsed ? withoutOpinion(report, by) : report), openedAt: { ...report.openedAt, [by]: report.openedAt[by] ?? now } }
		: report;
	return {
		ok: true,
		reasonCode,
		correctByOn: correctBy.on,
		opinionLapsed,
		next: {
			...base,
			state: 'returned',
			return: {
				id: order.id,
				returnedAt: now,
				returnedBy: by,
				from,
				correctByOn: correctBy.on,
				commentsUnanswered: order.comments,
				touchedByEnterprise: false,
				undoneAt: null
			}
		}
	};
}

/** Takes a return back, by the party that made it, until the enterprise first edits. The report is again where it was. */
export function undoReturn(report: ReportCase, by: Department | Ministry, now: Date): Moved<{ readonly returnId: string }> {
	const refusal = closedOr(report) ?? stateOr(report, ['returned']);
	if (refusal) return refuse(refusal);
	const standing = standingReturn(report);
	if (standing === null || standing.returnedBy !== by) return refuse({ code: 'nothing_to_undo' });
	if (standing.touchedByEnterprise) return refuse({ code: 'already_touched' });
	return { ok: true, returnId: standing.id, next: { ...report, state: standing.from, return: { ...standing, undoneAt: now } } };
}

/** The covering letter of a forwarding. */
export interface Letter {
	readonly number: string;
	/** As typed. */
	readonly on: string;
}

/** One report of a forwarding. `version` is the one on the official's screen. */
export interface ForwardItem {
	readonly reportId: string;
	readonly version: number;
	readonly report: ReportCase;
}

/**
 * Forwards one or many reports to both ministries with one letter: all or none. Needs every department's opinion on each current
 * version; the first forwarding of a report fixes for good whether it was on time.
 */
export function forward(
	items: readonly ForwardItem[],
	letter: Letter,
	now: Date
): Decision<{
	readonly letterOn: Day;
	readonly forwarded: readonly { readonly reportId: string; readonly next: ReportCase; readonly outcome: YearOutcome }[];
}> {
	const [first] = items;
	if (!first) return refuse({ code: 'not_found' });
	const fields = [...(letter.number.trim() === '' ? (['number'] as const) : []), ...(letter.on.trim() === '' ? (['date'] as const) : [])];
	if (fields.length > 0) return refuse({ code: 'letter_missing', fields });
	const letterOn = dateWithin('letterOn', letter.on, first.report.year.opensOn, dayInBeijing(now));
	if (!letterOn.ok) return letterOn;
	for (const { report, version } of items) {
		const refusal = closedOr(report) ?? stateOr(report, ['submitted']) ?? versionOr(report, version);
		if (refusal) return refuse(refusal);
	}
	const lacking = items.map(({ reportId, report }) => ({ reportId, missing: missingOpinions(report) })).filter(({ missing }) => missing.length > 0);
	if (lacking.length > 0) {
		return refuse({
			code: 'opinion_missing',
			departments: [...new Set(lacking.flatMap(({ missing }) => missing))],
			reports: lacking.map(({ reportId }) => reportId)
		});
	}
	return {
		ok: true,
		letterOn: letterOn.on,
		forwarded: items.map(({ reportId, report }) => {
			const firstForwardedAt = report.firstForwardedAt ?? now;
			const next: ReportCase = { ...report, state: 'forwarded', firstForwardedAt, forwardedAt: now };
			return { reportId, next, outcome: outcomeOf(next, now) };
		})
	};
}

/** A ministry records that it has the current version. Received once both have. Possible after the close too: a receipt changes no report. */
export function receive(report: ReportCase, ministry: Ministry, version: number, now: Date): Moved<{ readonly receivedByBoth: boolean }> {
	const mine = ministry === 'mofcom' ? report.mofcomReceivedVersion : report.miitReceivedVersion;
	if ((report.state === 'forwarded' || report.state === 'received') && mine === report.currentVersion) return refuse({ code: 'already_done' });
	const refusal = stateOr(report, ['forwarded']) ?? versionOr(report, version);
	if (refusal) return refuse(refusal);
	const next: ReportCase =
		ministry === 'mofcom' ? { ...report, mofcomReceivedVersion: report.currentVersion } : { ...report, miitReceivedVersion: report.currentVersion };
	const both = next.mofcomReceivedVersion === next.currentVersion && next.miitReceivedVersion === next.currentVersion;
	return { ok: true, receivedByBoth: both, next: both ? { ...next, state: 'received', receivedAt: now } : next };
}

function withoutOpinion(report: ReportCase, department: Department): ReportCase {
	const opinions = { ...report.opinions };
	const opinionAt = { ...report.opinionAt };
	delete opinions[department];
	delete opinionAt[department];
	return { ...report, opinions, opinionAt };
}
