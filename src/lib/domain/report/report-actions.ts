/**
 * Which moves of an annual report are open to whom: the table of duties, and the list a screen draws its buttons from. The list asks
 * the same decisions the acts ask, so a screen cannot promise what the server refuses.
 */
import { forward, giveOpinion, open, receive, returnReport, saveAnswer, startDraft, submit, undoReturn, withdraw, withdrawOpinion } from './annual-report.ts';
import { addDays, dayInBeijing, laterOf, type Day } from '#lib/domain/day.ts';
import { isDepartment, isMinistry, type Department, type Duty, type Ministry, type OrganisationKind } from '#lib/domain/parties.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { ReportCase } from './report-case.ts';
import {
	askExtension,
	decideExtension,
	excuse,
	extend,
	liftExcuse,
	remarkOnExtension,
	reopenForOne,
	withdrawExtension,
	type ExtensionRequest
} from './report-exceptions.ts';
import { effectiveDueOn } from './reporting-year.ts';

export const REPORT_MOVES = [
	'startDraft',
	'saveAnswer',
	'submit',
	'withdraw',
	'open',
	'giveOpinion',
	'withdrawOpinion',
	'returnReport',
	'undoReturn',
	'forward',
	'receive',
	'excuse',
	'liftExcuse',
	'extend',
	'reopenForOne'
] as const;
export type ReportMove = (typeof REPORT_MOVES)[number];

/** Moves of a request for more time: they need the request beside the report. */
export const EXTENSION_MOVES = ['askExtension', 'withdrawExtension', 'remarkOnExtension', 'decideExtension'] as const;
export type ExtensionMove = (typeof EXTENSION_MOVES)[number];

/** A person acting for the organisation the report belongs to or passes through. Whether it is theirs is the scope's question. */
export interface ReportActor {
	readonly kind: OrganisationKind;
	readonly duty: Duty;
}

const HANDLING: readonly Duty[] = ['handler', 'approver'];
const APPROVING: readonly Duty[] = ['approver'];
const NONE: readonly Duty[] = [];

/** Which duty each side needs for a move. Only an approver binds the organisation; readers change nothing, not even "opened". */
const DUTIES_FOR: Readonly<
	Record<ReportMove | ExtensionMove, { readonly enterprise: readonly Duty[]; readonly department: readonly Duty[]; readonly ministry: readonly Duty[] }>
> = {
	startDraft: { enterprise: HANDLING, department: NONE, ministry: NONE },
	saveAnswer: { enterprise: HANDLING, department: NONE, ministry: NONE },
	submit: { enterprise: APPROVING, department: NONE, ministry: NONE },
	withdraw: { enterprise: APPROVING, department: NONE, ministry: NONE },
	open: { enterprise: NONE, department: HANDLING, ministry: NONE },
	giveOpinion: { enterprise: NONE, department: APPROVING, ministry: NONE },
	withdrawOpinion: { enterprise: NONE, department: APPROVING, ministry: NONE },
	returnReport: { enterprise: NONE, department: HANDLING, ministry: HANDLING },
	undoReturn: { enterprise: NONE, department: HANDLING, ministry: HANDLING },
	forward: { enterprise: NONE, department: APPROVING, ministry: NONE },
	receive: { enterprise: NONE, department: NONE, ministry: HANDLING },
	excuse: { enterprise: APPROVING, department: APPROVING, ministry: NONE },
	liftExcuse: { enterprise: APPROVING, department: APPROVING, ministry: APPROVING },
	extend: { enterprise: NONE, department: NONE, ministry: APPROVING },
	reopenForOne: { enterprise: NONE, department: NONE, ministry: APPROVING },
	// Asking binds the enterprise to nothing, so whoever fills in may ask.
	askExtension: { enterprise: HANDLING, department: NONE, ministry: NONE },
	withdrawExtension: { enterprise: HANDLING, department: NONE, ministry: NONE },
	remarkOnExtension: { enterprise: NONE, department: HANDLING, ministry: NONE },
	decideExtension: { enterprise: NONE, department: NONE, ministry: APPROVING }
};

/** The duties with which somebody of this kind of organisation may do the move; empty if the kind never does it. */
export function dutiesFor(move: ReportMove | ExtensionMove, kind: OrganisationKind): readonly Duty[] {
	const row = DUTIES_FOR[move];
	if (kind === 'enterprise') return row.enterprise;
	if (isDepartment(kind)) return row.department;
	if (isMinistry(kind)) return row.ministry;
	return NONE;
}

/** Why this person may not do the move at all, whatever the report's state; null if the duty is theirs. */
export function dutyRefusal(actor: ReportActor, move: ReportMove | ExtensionMove): Refusal | null {
	const needed = dutiesFor(move, actor.kind);
	return needed.includes(actor.duty) ? null : { code: 'not_your_duty', needed };
}

/**
 * The moves that would be accepted from this person now, given good input: what depends on what is typed (checks, answers to
 * comments, reasons, dates, letters) is taken as in order.
 */
export function actionsOpen(report: ReportCase, actor: ReportActor, now: Date): readonly ReportMove[] {
	return REPORT_MOVES.filter((move) => isActionOpen(report, actor, move, now));
}

/** Whether one move is among `actionsOpen`. */
export function isActionOpen(report: ReportCase, actor: ReportActor, move: ReportMove, now: Date): boolean {
	return dutyRefusal(actor, move) === null && wouldAccept(report, actor.kind, move, now);
}

/** The moves of a request that would be accepted from this person now; `request` is the latest one, `channelOwnOn` the channel's own date. */
export function extensionActionsOpen(
	report: ReportCase,
	request: ExtensionRequest | null,
	actor: ReportActor & { readonly personId: string },
	channelOwnOn: Day | null,
	now: Date
): readonly ExtensionMove[] {
	const { kind, personId } = actor;
	const wish = { untilOn: laterOf(addDays(effectiveDueOn(report.year, report.extensionOn), 1), dayInBeijing(now)), reasonCode: 'other', reason: 'probe' };
	const accepts: Readonly<Record<ExtensionMove, () => boolean>> = {
		askExtension: () => askExtension(report, request, wish, channelOwnOn, now).ok,
		withdrawExtension: () => request !== null && withdrawExtension(report, request).ok,
		remarkOnExtension: () => request !== null && remarkOnExtension(report, request, 'probe').ok,
		decideExtension: () =>
			request !== null && isMinistry(kind) && decideExtension(report, request, { ministry: kind, personId }, { verdict: 'refused', reason: 'probe' }, now).ok
	};
	return EXTENSION_MOVES.filter((move) => dutyRefusal(actor, move) === null && accepts[move]());
}

function wouldAccept(report: ReportCase, kind: OrganisationKind, move: ReportMove, now: Date): boolean {
	const version = report.currentVersion;
	switch (move) {
		case 'startDraft':
			return startDraft(report, now).ok;
		case 'saveAnswer':
			return saveAnswer(report, now).ok;
		case 'submit':
			return submit(withCommentsAnswered(report), { blockingChecks: [], changedSinceReturn: true, answeredComments: 0, lateReasonCode: 'other' }, now).ok;
		case 'withdraw':
			return withdraw(report, now).ok;
		case 'open': {
			const opened = isDepartment(kind) && open(report, kind, now);
			return opened !== false && opened.ok && opened.first;
		}
		case 'giveOpinion':
			return isDepartment(kind) && giveOpinion(report, kind, version, now).ok;
		case 'withdrawOpinion':
			return isDepartment(kind) && withdrawOpinion(report, kind).ok;
		case 'returnReport':
			return isOfficial(kind) && returnReport(report, kind, { id: '', reasonCode: 'other', correctByOn: dayInBeijing(now), comments: 0, version }, now).ok;
		case 'undoReturn':
			return isOfficial(kind) && undoReturn(report, kind, now).ok;
		case 'forward':
			return forward([{ reportId: '', version, report }], { number: '1', on: dayInBeijing(now) }, now).ok;
		case 'receive':
			return isMinistry(kind) && receive(report, kind, version, now).ok;
		case 'excuse':
			return excuse(report, 'other').ok;
		case 'liftExcuse':
			return liftExcuse(report).ok;
		case 'extend':
			return extend(report, laterOf(dayInBeijing(now), addDays(report.year.ministryDueOn, 1)), now).ok;
		case 'reopenForOne':
			return reopenForOne(report, 'probe', now).ok;
	}
}

function isOfficial(kind: OrganisationKind): kind is Department | Ministry {
	return isDepartment(kind) || isMinistry(kind);
}

function withCommentsAnswered(report: ReportCase): ReportCase {
	return report.return === null ? report : { ...report, return: { ...report.return, commentsUnanswered: 0 } };
}
