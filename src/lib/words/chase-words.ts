/** The board's codes as words. */
import type { ChaseList, ChaseStage, NextStep, RiskGround } from '#lib/domain/chase/chase-risk.ts';
import type { ContactMeans, ContactOutcome } from '#lib/domain/chase/contact-log.ts';
import type { Department } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDayShort, missing } from './format.ts';
import type { Word } from './words.ts';

export const listWord = {
	not_started: m.chase_list_not_started,
	unfinished: m.chase_list_unfinished,
	waiting: m.chase_list_waiting,
	overdue: m.chase_list_overdue
} satisfies Record<ChaseList, Word>;

export const stageWord = {
	owed: m.chase_stage_owed,
	started: m.chase_stage_started,
	submitted: m.chase_stage_submitted,
	commerce: m.chase_stage_commerce,
	industry: m.chase_stage_industry,
	group: m.chase_stage_group,
	forwarded: m.chase_stage_forwarded,
	received: m.chase_stage_received
} satisfies Record<ChaseStage, Word>;

/** Two characters where the column's head says what stands there; the title has the whole name. */
export const departmentShortWord = {
	commerce: m.chase_short_commerce,
	industry: m.chase_short_industry,
	group: m.chase_short_group
} satisfies Record<Department, Word>;

export const nextStepWord = {
	ask_promise: m.chase_next_ask_promise,
	await_promise: m.chase_next_await_promise,
	check_contact: m.chase_next_check_contact,
	ring_start: m.chase_next_ring_start,
	ring_correction: m.chase_next_ring_correction,
	ring_stuck: m.chase_next_ring_stuck,
	ring_submit: m.chase_next_ring_submit,
	remind: m.chase_next_remind,
	sign: m.chase_next_sign,
	ask_other: m.chase_next_ask_other,
	forward: m.chase_next_forward,
	none: m.chase_next_none
} satisfies Record<NextStep, Word>;

/** The next step as this person may take it: who does not sign reads, and who does not forward waits for the approver. */
export function nextStepText(step: NextStep, may: { readonly sign: boolean; readonly forward: boolean }): string {
	if (step === 'sign' && !may.sign) return m.chase_next_read();
	if (step === 'forward' && !may.forward) return m.chase_next_forward_approver();
	return nextStepWord[step]();
}

export const meansWord = { phone: m.chase_means_phone, wechat: m.chase_means_wechat, visit: m.chase_means_visit, mail: m.chase_means_mail } satisfies Record<
	ContactMeans,
	Word
>;

export const outcomeWord = {
	promised: m.chase_outcome_promised,
	working_on_it: m.chase_outcome_working_on_it,
	no_answer: m.chase_outcome_no_answer,
	person_changed: m.chase_outcome_person_changed,
	refused: m.chase_outcome_refused,
	other: m.chase_outcome_other
} satisfies Record<ContactOutcome, Word>;

export function groundText(ground: RiskGround, idleDays: number | null): string {
	switch (ground) {
		case 'promise_reached':
			return m.chase_ground_promise_reached();
		case 'overdue':
			return m.chase_ground_overdue();
		case 'last_year_late':
			return m.chase_ground_last_year_late();
		case 'idle':
			return m.chase_ground_idle({ days: idleDays ?? 0 });
	}
}

/** 剩 3 天, 今日截止, 逾期 2 天 */
export function daysLeftText(daysLeft: number | null): string {
	if (daysLeft === null) return missing;
	return daysLeft < 0 ? m.chase_days_late({ days: -daysLeft }) : daysLeft === 0 ? m.chase_due_today() : m.chase_days_left({ days: daysLeft });
}

export const promisedText = (on: string | null): string => (on === null ? missing : formatDayShort(on));
