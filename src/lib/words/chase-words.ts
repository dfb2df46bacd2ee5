/** The board's codes as words. */
import type { ChaseList, ChaseStage, NextStep, RiskGround } from '#lib/domain/chase/chase-risk.ts';
import type { ContactMeans, ContactOutcome } from '#lib/domain/chase/contact-log.ts';
import { DROP_REASONS, type DropReason } from '#lib/domain/chase/mail-delivery.ts';
import type { HandSkip } from '#lib/domain/chase/remind-by-hand.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDayShort, missing } from './format.ts';
import { departmentWord } from './standing-words.ts';
import { type Tone, type Word } from './words.ts';

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

const deliveryWords: Readonly<Record<string, Word>> = {
	queued: m.chase_delivery_queued,
	kept: m.chase_delivery_kept,
	sent: m.chase_delivery_sent,
	retrying: m.chase_delivery_retrying,
	failed: m.chase_delivery_failed,
	bounced: m.chase_delivery_bounced,
	dropped: m.chase_delivery_dropped
};
export const deliveryText = (delivery: string): string => deliveryWords[delivery]?.() ?? delivery;
export const deliveryTone = (delivery: string): Tone =>
	delivery === 'failed' || delivery === 'bounced' ? 'late' : delivery === 'retrying' ? 'warn' : delivery === 'dropped' ? 'plain' : 'info';

/** Until the half minute of a batch is over nothing of it has left, whatever it will be then. */
export const deliveryBefore = (batch: { readonly undoUntil: Date; readonly undoneAt: Date | null }, now: Date, delivery: string): string =>
	delivery === 'kept' && batch.undoneAt === null && now < batch.undoUntil ? 'queued' : delivery;

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

/** A step of the ladder by its name: T-7, T0, T+3, idle+5, hand:2026-11-27. */
export function stepText(step: string): string {
	if (step === 'open') return m.chase_step_open();
	if (step === 'T0') return m.chase_step_today();
	const days = Number(/\d+$/.exec(step)?.[0] ?? '0');
	if (step.startsWith('T-')) return m.chase_step_before({ days });
	if (step.startsWith('T+')) return m.chase_step_after({ days });
	if (step.startsWith('idle+')) return m.chase_step_idle({ days });
	return m.chase_step_hand();
}

export const promisedText = (on: string | null): string => (on === null ? missing : formatDayShort(on));

const dropWord = {
	court_changed: m.chase_problem_court_changed,
	date_moved: m.chase_problem_date_moved,
	left: m.chase_skip_left,
	disabled: m.chase_skip_disabled,
	not_listed: m.chase_problem_not_listed,
	synthetic: m.chase_skip_synthetic,
	switched_off: m.chase_problem_switched_off,
	undone: m.chase_problem_undone
} satisfies Record<DropReason, Word>;

/** Why a reminder did not leave or arrive: a reason of ours, or what the mail server said. */
export function problemText(problem: string): string {
	const known = DROP_REASONS.find((reason) => reason === problem);
	return known ? dropWord[known]() : problem;
}

export const skipWord = {
	not_chased: m.chase_skip_not_chased,
	own_office: m.chase_skip_own_office,
	reminded_today: m.chase_skip_reminded_today,
	nobody: m.chase_skip_nobody,
	left: m.chase_skip_left,
	disabled: m.chase_skip_disabled,
	synthetic: m.chase_skip_synthetic,
	no_address: m.chase_skip_no_address,
	bad_address: m.chase_skip_bad_address
} satisfies Record<HandSkip, Word>;

export const audienceText = (audience: Audience): string => (audience === 'enterprise' ? m.ui_org_enterprise() : departmentWord[audience]());
