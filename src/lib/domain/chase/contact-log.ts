/** What is written down of a call (domain.md 4: a call is logged in two clicks). The notice asks for none of it (「非方案规定，系统设置」). */
import { addDays, dayInBeijing, earlierOf, laterOf, type Day } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dateWithin } from '#lib/domain/report/reporting-year.ts';

export const CONTACT_MEANS = ['phone', 'wechat', 'visit', 'mail'] as const;
export type ContactMeans = (typeof CONTACT_MEANS)[number];

export const CONTACT_OUTCOMES = ['promised', 'working_on_it', 'no_answer', 'person_changed', 'refused', 'other'] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

/** Outcomes after which an earlier promise no longer stands. */
export const OUTCOMES_ENDING_A_PROMISE: readonly ContactOutcome[] = ['promised', 'person_changed', 'refused'];

/** A slip of the finger can be struck by whoever made it; later it is part of the record. */
export const STRIKE_MINUTES = 30;

/** A promise lies no further away than the last day for corrections, but at least a month. */
export function latestPromiseOn(today: Day, correctionsUntilOn: Day): Day {
	return laterOf(addDays(today, 31), correctionsUntilOn);
}

/** The day offered for a promise: in three days, but while the enterprise's date is ahead, not after it. */
export function proposePromiseOn(today: Day, dueOn: Day | null): Day {
	const soon = addDays(today, 3);
	return dueOn !== null && dueOn > today ? earlierOf(soon, dueOn) : soon;
}

/** The promised day of an entry: needed and judged for a promise, left out for every other outcome. */
export function promiseOf(outcome: ContactOutcome, typed: string, correctionsUntilOn: Day, now: Date): Decision<{ promisedOn: Day | null }> {
	if (outcome !== 'promised') return { ok: true, promisedOn: null };
	const today = dayInBeijing(now);
	const given = dateWithin('promisedOn', typed, today, latestPromiseOn(today, correctionsUntilOn));
	return given.ok ? { ok: true, promisedOn: given.on } : given;
}

/** Whether an entry can still be struck: by its author, within half an hour, once. */
export function strikeEntry(
	entry: { readonly personId: string; readonly at: Date; readonly struckAt: Date | null },
	personId: string,
	now: Date
): Decision<object> {
	if (entry.struckAt !== null) return refuse({ code: 'already_done' });
	if (entry.personId !== personId) return refuse({ code: 'nothing_to_undo' });
	const untilAt = new Date(entry.at.getTime() + STRIKE_MINUTES * 60_000);
	return now > untilAt ? refuse({ code: 'undo_over', untilAt }) : { ok: true };
}
