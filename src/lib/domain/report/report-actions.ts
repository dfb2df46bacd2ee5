/**
 * Which moves of an annual report are open to whom: the list a screen draws its buttons from. It asks the table of duties and the same
 * decisions the acts ask, so a screen cannot promise what the server refuses.
 */
import { forward, giveOpinion, open, receive, returnReport, saveAnswer, startDraft, submit, undoReturn, withdraw, withdrawOpinion } from './annual-report.ts';
import { addDays, dayInBeijing, laterOf } from '#lib/domain/day.ts';
import { dutyRefusal, type Acting, type Act } from '#lib/domain/duties.ts';
import { isDepartment, isMinistry, type Department, type Ministry, type OrganisationKind } from '#lib/domain/parties.ts';
import type { ReportCase } from './report-case.ts';
import {
	askExtension,
	decideExcuse,
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
	'decideExcuse',
	'liftExcuse',
	'extend',
	'reopenForOne'
] as const satisfies readonly Act[];
export type ReportMove = (typeof REPORT_MOVES)[number];

/** Moves of a request for more time: they need the request beside the report. */
export const EXTENSION_MOVES = ['askExtension', 'withdrawExtension', 'remarkOnExtension', 'decideExtension'] as const satisfies readonly Act[];
export type ExtensionMove = (typeof EXTENSION_MOVES)[number];

/**
 * The moves that would be accepted from this person now, given good input: what depends on what is typed (checks, answers to
 * comments, reasons, dates, letters) is taken as in order.
 */
export function actionsOpen(report: ReportCase, actor: Acting, now: Date): readonly ReportMove[] {
	return REPORT_MOVES.filter((move) => isActionOpen(report, actor, move, now));
}

/** Whether one move is among `actionsOpen`. */
export function isActionOpen(report: ReportCase, actor: Acting, move: ReportMove, now: Date): boolean {
	return dutyRefusal(actor, move) === null && wouldAccept(report, actor.kind, move, now);
}

/** The moves of a request that would be accepted from this person now; `request` is the latest one. */
export function extensionActionsOpen(
	report: ReportCase,
	request: ExtensionRequest | null,
	actor: Acting & { readonly personId: string },
	now: Date
): readonly ExtensionMove[] {
	const { kind, personId } = actor;
	const wish = {
		untilOn: laterOf(addDays(effectiveDueOn(report.year, report.extensionOn, report.owedOn), 1), dayInBeijing(now)),
		reasonCode: 'other',
		reason: 'probe'
	};
	const accepts: Readonly<Record<ExtensionMove, () => boolean>> = {
		askExtension: () => askExtension(report, request, wish, now).ok,
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
		case 'decideExcuse':
			return decideExcuse(report, 'confirmed', '').ok;
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
