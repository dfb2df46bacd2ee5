/**
 * What may happen to an annual report beside its ordinary life (domain.md 2): unable to file, extension, the close of the year and
 * its reopening for one report. The notice is silent on all four, so each is ours and is counted apart.
 */
import { addDays, dayInBeijing, laterOf, type Day } from '#lib/domain/day.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import { EXCUSE_REASONS, EXTENSION_REASONS, type ExcuseReason, type ExtensionReason } from '#lib/domain/policy.ts';
import { refuse, type Decision, type Refusal } from '#lib/domain/refusal.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isClosed, standingReturn, unfiledState as beforeSubmission, type ReportCase } from './report-case.ts';
import { closedOr, oneOf, openOr, stateOr, type Moved } from './report-guards.ts';
import { dateWithin, effectiveDueOn, isPast } from './reporting-year.ts';
import { undeliveredAs } from './year-outcome.ts';

export const EXTENSION_VERDICTS = ['granted', 'refused'] as const;
export type ExtensionVerdict = (typeof EXTENSION_VERDICTS)[number];

/** What one ministry has said to a request, and who said it for it. */
export interface MinistryVerdict {
	readonly verdict: ExtensionVerdict;
	readonly personId: string;
}

/** A request for more time, as far as deciding needs it. */
export interface ExtensionRequest {
	readonly untilOn: Day;
	readonly withdrawnAt: Date | null;
	/** Granted when both ministries grant, refused as soon as one refuses; null until then. */
	readonly outcome: ExtensionVerdict | null;
	readonly verdicts: Partial<Record<Ministry, MinistryVerdict>>;
}

/** 'half_granted': one ministry has granted. 'lapsed': nobody decided, and it could no longer be granted. Computed, never stored. */
export const REQUEST_STATES = ['open', 'half_granted', 'granted', 'refused', 'withdrawn', 'lapsed'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * "Unable to file": said by the enterprise or its channel with a reason, for a report of which no version stands. It is asked for until a ministry
 * confirms it: till then the report is expected and stays where it is.
 */
export function excuse(report: ReportCase, reasonCode: string | null): Moved<{ readonly reasonCode: ExcuseReason }> {
	const refusal = closedOr(report) ?? stateOr(report, ['not_started', 'draft']) ?? (report.excusePending ? { code: 'already_done' as const } : null);
	if (refusal) return refuse(refusal);
	const reason = oneOf(EXCUSE_REASONS, reasonCode);
	if (reason === null) return refuse({ code: 'reason_required', allowed: EXCUSE_REASONS });
	return { ok: true, reasonCode: reason, next: { ...report, excusePending: true } };
}

export const EXCUSE_VERDICTS = ['confirmed', 'refused'] as const;
export type ExcuseVerdict = (typeof EXCUSE_VERDICTS)[number];

/** A ministry confirms what was asked for, or refuses it and says why: then the report is late from its own date, as if nothing had been asked. */
export function decideExcuse(report: ReportCase, verdict: ExcuseVerdict, reason: string): Moved {
	const refusal = closedOr(report) ?? (report.excusePending ? null : { code: 'already_done' as const });
	if (refusal) return refuse(refusal);
	if (verdict === 'refused' && reason.trim() === '') return refuse({ code: 'invalid_input', fields: { reason: 'missing' } });
	return { ok: true, next: { ...report, excusePending: false, state: verdict === 'confirmed' ? 'excused' : report.state } };
}

/** A ministry has recorded that the enterprise ended or was merged: that is the confirmation, whether anybody had asked or not. */
export function excuseByEvent(report: ReportCase): Moved {
	const refusal = closedOr(report) ?? stateOr(report, ['not_started', 'draft']);
	return refusal ? refuse(refusal) : { ok: true, next: { ...report, excusePending: false, state: 'excused' } };
}

/** Takes that declaration back, asked for or confirmed: the report is owed again and goes on where it stood. */
export function liftExcuse(report: ReportCase): Moved {
	const refusal = closedOr(report) ?? (report.excusePending ? null : stateOr(report, ['excused']));
	if (refusal) return refuse(refusal);
	return { ok: true, next: { ...report, excusePending: false, state: report.state === 'excused' ? unfiledState(report) : report.state } };
}

/** Gives a date later than the ministries' for one report; `year.ministryDueOn` < date ≤ the year's last day for late reports. */
export function extend(report: ReportCase, extensionOn: string, now: Date): Moved<{ readonly extensionOn: Day }> {
	const refusal =
		closedOr(report) ??
		stateOr(report, ['not_started', 'draft', 'submitted', 'returned']) ??
		(report.firstForwardedAt === null ? null : { code: 'already_done' as const });
	if (refusal) return refuse(refusal);
	const earliestOn = laterOf(addDays(report.year.ministryDueOn, 1), dayInBeijing(now));
	const given = dateWithin('extensionOn', extensionOn, earliestOn, laterOf(earliestOn, report.year.acceptedLateUntilOn));
	if (!given.ok) return given;
	return { ok: true, extensionOn: given.on, next: { ...report, extensionOn: given.on } };
}

/** What an enterprise asks for, as typed. */
export interface ExtensionWish {
	readonly untilOn: string;
	readonly reasonCode: string | null;
	readonly reason: string;
}

/**
 * Asks the ministries for a later date: by the enterprise, on or before the ministries' date (a channel's earlier one takes no right away) and for a later
 * day than it has already; one request
 * at a time. The day is held to the same bounds as when it is given, so that nobody asks for what cannot be granted.
 */
export function askExtension(
	report: ReportCase,
	standing: ExtensionRequest | null,
	wish: ExtensionWish,
	now: Date
): Decision<{ readonly untilOn: Day; readonly reasonCode: ExtensionReason }> {
	const refusal = closedOr(report) ?? stateOr(report, ['not_started', 'draft', 'returned']) ?? openOr(report, now);
	if (refusal) return refuse(refusal);
	if (standing !== null && isUndecided(standing)) return refuse({ code: 'already_done' });
	const askUntilOn = effectiveDueOn(report.year, report.extensionOn, report.owedOn);
	if (isPast(askUntilOn, now)) return refuse({ code: 'asked_too_late', askUntilOn });
	const reasonCode = oneOf(EXTENSION_REASONS, wish.reasonCode);
	if (reasonCode === null) return refuse({ code: 'reason_required', allowed: EXTENSION_REASONS });
	if (wish.reason.trim() === '') return refuse({ code: 'invalid_input', fields: { reason: 'missing' } });
	const given = extend(report, wish.untilOn, now);
	if (!given.ok) return given;
	if (report.extensionOn !== null && given.extensionOn <= report.extensionOn) {
		const earliestOn = addDays(report.extensionOn, 1);
		return refuse({
			code: 'date_out_of_range',
			field: 'extensionOn',
			given: wish.untilOn,
			earliestOn,
			latestOn: laterOf(earliestOn, report.year.acceptedLateUntilOn)
		});
	}
	return { ok: true, untilOn: given.extensionOn, reasonCode };
}

/** Takes a request back, also after one ministry has granted it; what is decided stays decided. */
export function withdrawExtension(report: ReportCase, request: ExtensionRequest): Decision<object> {
	const refusal = closedOr(report) ?? undecidedOr(request, { code: 'nothing_to_undo' });
	return refusal ? refuse(refusal) : { ok: true };
}

/** What a department says to a request, for the ministries to read; each for itself, and again until it is decided. */
export function remarkOnExtension(report: ReportCase, request: ExtensionRequest, remark: string): Decision<object> {
	const refusal = closedOr(report) ?? undecidedOr(request, { code: 'already_done' });
	if (refusal) return refuse(refusal);
	return remark.trim() === '' ? refuse({ code: 'invalid_input', fields: { remark: 'missing' } }) : { ok: true };
}

/**
 * A ministry decides, each for itself (会同) and by a person of its own: one refusal decides, and says why; two grants give the date.
 * What can no longer be given (`extend`) can still be refused.
 */
export function decideExtension(
	report: ReportCase,
	request: ExtensionRequest,
	by: { readonly ministry: Ministry; readonly personId: string },
	given: { readonly verdict: ExtensionVerdict; readonly reason: string },
	now: Date
): Moved<{ readonly outcome: ExtensionVerdict | null }> {
	const refusal =
		closedOr(report) ?? undecidedOr(request, { code: 'already_done' }) ?? (request.verdicts[by.ministry] ? { code: 'already_done' as const } : null);
	if (refusal) return refuse(refusal);
	const other = request.verdicts[by.ministry === 'mofcom' ? 'miit' : 'mofcom'];
	if (other?.personId === by.personId) return refuse({ code: 'same_person' });
	if (given.verdict === 'refused') {
		return given.reason.trim() === '' ? refuse({ code: 'invalid_input', fields: { reason: 'missing' } }) : { ok: true, outcome: 'refused', next: report };
	}
	const extended = extend(report, request.untilOn, now);
	if (!extended.ok) return extended;
	return other?.verdict === 'granted' ? { ok: true, outcome: 'granted', next: extended.next } : { ok: true, outcome: null, next: report };
}

/** Where a request stands. */
export function requestState(report: ReportCase, request: ExtensionRequest, now: Date): RequestState {
	if (request.withdrawnAt !== null) return 'withdrawn';
	if (request.outcome !== null) return request.outcome;
	if (!extend(report, request.untilOn, now).ok) return 'lapsed';
	return Object.values(request.verdicts).some(({ verdict }) => verdict === 'granted') ? 'half_granted' : 'open';
}

function isUndecided(request: ExtensionRequest): boolean {
	return request.withdrawnAt === null && request.outcome === null;
}

function undecidedOr(request: ExtensionRequest, refusal: Refusal): Refusal | null {
	return isUndecided(request) ? null : refusal;
}

/** What a report became when its year was closed. */
export type ClosingOutcome = 'received' | 'not_delivered' | 'not_filed' | 'excused';

/** What stood open of a report that had been forwarded, and is settled by the close: a ministry's receipt, or a correction it had asked for. */
export type Settled = 'reception' | 'correction';

/**
 * What closing the year does to one report. What was ever forwarded is received: a missing receipt is given, and of a correction that did not come the
 * version that was forwarded stands. What never was is not delivered, or not filed. Both ministries see the numbers before they agree.
 */
export function closeReport(
	report: ReportCase,
	closedAt: Date
): { readonly next: ReportCase; readonly outcome: ClosingOutcome; readonly settled: Settled | null } {
	const closed: ReportCase = { ...report, year: { ...report.year, closedAt }, reopenedAt: null };
	if (report.state === 'excused') return { next: closed, outcome: 'excused', settled: null };
	const undelivered = undeliveredAs(report.state, true, report.firstForwardedAt !== null);
	if (undelivered !== null) return { next: { ...closed, state: undelivered }, outcome: undelivered, settled: null };
	if (report.state === 'received') return { next: closed, outcome: 'received', settled: null };
	const settled = report.state === 'forwarded' ? 'reception' : 'correction';
	// A correction that was never forwarded is not the ministries': they have received what they had.
	const theirs = report.forwardedAt === null ? {} : { mofcomReceivedVersion: report.currentVersion, miitReceivedVersion: report.currentVersion };
	const next: ReportCase = {
		...closed,
		...theirs,
		state: 'received',
		receivedAt: report.receivedAt ?? closedAt
	};
	return { next, outcome: 'received', settled };
}

/** Why a year cannot be closed while somebody waits for an answer of the ministries: numbers of "unable to file" and of extensions. */
export function waitsRefusal(waiting: { readonly excuses: number; readonly extensions: number }): Refusal | null {
	return waiting.excuses + waiting.extensions === 0 ? null : { code: 'closing_waits', ...waiting };
}

/** The ministries take one report up again in a closed year, with a reason; it goes on where it stood. What the close made of it stays in its history. */
export function reopenForOne(report: ReportCase, reason: string, now: Date): Moved {
	if (!isClosed(report))
		return refuse(report.year.closedAt === null ? { code: 'wrong_state', state: report.state, allowed: ['not_filed'] } : { code: 'already_done' });
	if (reason.trim() === '') return refuse({ code: 'reason_required', allowed: [] });
	const state = stateBeforeClose(report);
	const receivedAt = state === 'submitted' ? null : report.receivedAt;
	return { ok: true, next: { ...report, reopenedAt: now, state, receivedAt } };
}

/** Where a report stood before its year was closed. A correction that was still to come is told by its return, one under way by its missing forwarding. */
function stateBeforeClose(report: ReportCase): ReportState {
	switch (report.state) {
		case 'not_filed':
			return unfiledState(report);
		case 'not_delivered':
			return 'submitted';
		case 'received': {
			const asked = standingReturn(report);
			if (asked !== null && (report.submittedAt === null || report.submittedAt < asked.returnedAt)) return 'returned';
			return report.forwardedAt === null ? 'submitted' : 'received';
		}
		default:
			return report.state;
	}
}

/** Where a report that no version stands of goes on: at its correction, its draft or the beginning. */
function unfiledState(report: ReportCase): 'draft' | 'not_started' | 'returned' {
	if (standingReturn(report) !== null) return 'returned';
	return beforeSubmission(report);
}
