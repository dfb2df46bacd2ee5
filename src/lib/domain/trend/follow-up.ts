/**
 * Outliers become work (非方案规定): a ministry asks about a figure that is far outside, through the channel, which passes the question on or answers it
 * itself; the enterprise answers by a date; a ministry accepts, or asks again. Who may at all, `duties.ts` says.
 */
import { addDays, dayInBeijing, daysBetween, type Day } from '#lib/domain/day.ts';
import { followUpCourt, FOLLOW_UP_UNANSWERED, type FollowUpComparison, type FollowUpCourt, type FollowUpState } from '#lib/domain/follow-up-state.ts';
import { isDepartment, isMinistry, type OrganisationKind } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dateWithin } from '#lib/domain/report/reporting-year.ts';
import type { OutlierAnswer } from './outlier.ts';

/** Days an answer is given as the form proposes, and at most. */
export const ANSWER_DAYS = { proposed: 14, most: 60 } as const;

/** So many figures are asked about in one act: more than a list shows is not looked at before it is sent. */
export const ASKED_AT_ONCE = 50;

export interface FollowUp {
	readonly state: FollowUpState;
	/** The first question is round 1; each further one is the next. */
	readonly round: number;
	/** By when the question is to be answered. */
	readonly dueOn: Day;
}

/** A party of the case, as the moves know them. */
export type FollowUpSide = Exclude<FollowUpCourt, 'nobody'>;

export function followUpSide(kind: OrganisationKind): FollowUpSide | null {
	if (isMinistry(kind)) return 'ministries';
	if (isDepartment(kind)) return 'channel';
	return kind === 'enterprise' ? 'enterprise' : null;
}

/** The days an answer may be asked for by: from tomorrow on, so that nobody is late on the day they are asked (非方案规定). */
export function answerDays(today: Day): { readonly earliestOn: Day; readonly latestOn: Day; readonly proposedOn: Day } {
	return { earliestOn: addDays(today, 1), latestOn: addDays(today, ANSWER_DAYS.most), proposedOn: addDays(today, ANSWER_DAYS.proposed) };
}

/** What a ministry says when it asks. */
export interface Question {
	readonly text: string;
	/** As typed. */
	readonly dueOn: string;
}

type Asked = Decision<{ readonly next: FollowUp; readonly text: string }>;

/** Begins a case, or refuses what is said of it (非方案规定). */
export function askFollowUp(question: Question, today: Day): Asked {
	return ask(1, question, today);
}

/** Asks again: an answer that does not settle it, or an ended case whose figure has to be looked at anew. The answers before stay (非方案规定). */
export function askFollowUpAgain(followUp: FollowUp, by: FollowUpSide, question: Question, today: Day): Asked {
	if (by !== 'ministries' || FOLLOW_UP_UNANSWERED.includes(followUp.state)) return refuse(heldBy(followUp));
	return ask(followUp.round + 1, question, today);
}

function ask(round: number, question: Question, today: Day): Asked {
	const text = question.text.trim();
	if (text === '') return refuse({ code: 'invalid_input', fields: { question: 'missing' } });
	const { earliestOn, latestOn } = answerDays(today);
	const due = dateWithin('answerByOn', question.dueOn, earliestOn, latestOn);
	return due.ok ? { ok: true, text, next: { state: 'asked', round, dueOn: due.on } } : due;
}

type Said = Decision<{ readonly next: FollowUp; readonly text: string }>;

/** The channel passes the question on to its enterprise; a remark may go with it (非方案规定). */
export function passOnFollowUp(followUp: FollowUp, by: FollowUpSide, remark: string): Said {
	if (by !== 'channel' || followUp.state !== 'asked') return refuse(heldBy(followUp));
	return { ok: true, text: remark.trim(), next: { ...followUp, state: 'passed_on' } };
}

/** Whoever has the question answers it: the channel for its enterprise, or the enterprise once it was passed on. Late answers are taken (非方案规定). */
export function answerFollowUp(followUp: FollowUp, by: FollowUpSide, answer: string): Said {
	if (by === 'ministries' || followUpCourt(followUp.state) !== by) return refuse(heldBy(followUp));
	const text = answer.trim();
	if (text === '') return refuse({ code: 'invalid_input', fields: { answer: 'missing' } });
	return { ok: true, text, next: { ...followUp, state: 'answered' } };
}

/** A ministry takes the answer as it is; a remark may be left with it (非方案规定). */
export function acceptFollowUp(followUp: FollowUp, by: FollowUpSide, remark: string): Said {
	if (by !== 'ministries' || followUp.state !== 'answered') return refuse(heldBy(followUp));
	return { ok: true, text: remark.trim(), next: { ...followUp, state: 'accepted' } };
}

/** A ministry no longer asks, saying why: what was asked in error, or nobody is left to answer (非方案规定). */
export function withdrawFollowUp(followUp: FollowUp, by: FollowUpSide, remark: string): Said {
	if (by !== 'ministries' || !FOLLOW_UP_UNANSWERED.includes(followUp.state)) return refuse(heldBy(followUp));
	const text = remark.trim();
	if (text === '') return refuse({ code: 'invalid_input', fields: { remark: 'missing' } });
	return { ok: true, text, next: { ...followUp, state: 'withdrawn' } };
}

export const FOLLOW_UP_MOVES = ['passOnFollowUp', 'answerFollowUp', 'acceptFollowUp', 'askFollowUpAgain', 'withdrawFollowUp'] as const;
export type FollowUpMove = (typeof FOLLOW_UP_MOVES)[number];

/** The moves that would be accepted of this side now, given good input (非方案规定). */
export function followUpMoves(followUp: FollowUp, by: FollowUpSide, today: Day): readonly FollowUpMove[] {
	const accepts: Readonly<Record<FollowUpMove, boolean>> = {
		passOnFollowUp: passOnFollowUp(followUp, by, '').ok,
		answerFollowUp: answerFollowUp(followUp, by, 'probe').ok,
		acceptFollowUp: acceptFollowUp(followUp, by, '').ok,
		askFollowUpAgain: askFollowUpAgain(followUp, by, { text: 'probe', dueOn: answerDays(today).proposedOn }, today).ok,
		withdrawFollowUp: withdrawFollowUp(followUp, by, 'probe').ok
	};
	return FOLLOW_UP_MOVES.filter((move) => accepts[move]);
}

/** Days past the date: of a question that waits, until today; of an answer, until it was given; null before the date is over (非方案规定). */
export function followUpDaysLate({ state, dueOn }: Pick<FollowUp, 'state' | 'dueOn'>, answeredAt: Date | null, today: Day): number | null {
	const until = FOLLOW_UP_UNANSWERED.includes(state) ? today : answeredAt === null || state === 'withdrawn' ? null : dayInBeijing(answeredAt);
	const days = until === null ? 0 : daysBetween(dueOn, until);
	return days > 0 ? days : null;
}

/** Which of two comparisons a case is about: the one that is far; both far, the category, which needs no year before. Null: neither (非方案规定). */
export function askedComparison(
	inCategory: OutlierAnswer,
	asStep: OutlierAnswer | null
): { readonly comparison: FollowUpComparison; readonly n: number } | null {
	if (inCategory.scored && inCategory.far) return { comparison: 'category', n: inCategory.n };
	return asStep?.scored && asStep.far ? { comparison: 'step', n: asStep.n } : null;
}

function heldBy({ state }: FollowUp) {
	return { code: 'follow_up_held' as const, state };
}
