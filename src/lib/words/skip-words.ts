/** Why somebody is not reminded or a reminder did not leave, and what a step is called, in words: one table for every screen. */
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import { isSkipReason, type SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDay } from './format.ts';
import { offsetWords } from './policy-words.ts';
import { departmentWord } from './standing-words.ts';
import { type Word } from './words.ts';

const skipWord = {
	left: m.reminder_skip_left,
	disabled: m.reminder_skip_disabled,
	synthetic: m.reminder_skip_synthetic,
	not_listed: m.reminder_skip_not_listed,
	no_address: m.reminder_skip_no_address,
	bad_address: m.reminder_skip_bad_address,
	nobody_known: m.reminder_skip_nobody_known,
	reminded_today: m.reminder_skip_reminded_today,
	not_chased: m.reminder_skip_not_chased,
	excuse_pending: m.reminder_skip_excuse_pending,
	own_office: m.reminder_skip_own_office,
	nothing_held: m.reminder_skip_nothing_held,
	already_sent: m.reminder_skip_already_sent,
	overtaken: m.reminder_skip_overtaken,
	no_step_yet: m.reminder_skip_no_step_yet,
	opening_first: m.duty_skip_opening_first,
	calendar_unknown: m.reminder_skip_calendar_unknown,
	not_a_working_day: m.reminder_skip_not_a_working_day,
	court_changed: m.reminder_skip_court_changed,
	date_moved: m.reminder_skip_date_moved,
	switched_off: m.reminder_skip_switched_off,
	undone: m.reminder_skip_undone
} satisfies Record<SkipReason, Word>;

/** An office has people and no contacts: that nobody is known there is said otherwise than of an enterprise. */
export function skipText({ why, audience }: { readonly why: SkipReason; readonly audience: Audience | null }): string {
	return why === 'nobody_known' && audience !== null && audience !== 'enterprise' ? m.reminder_skip_nobody_in_office() : skipWord[why]();
}

/** Why a reminder did not leave or arrive: a reason of ours, or what the mail server said. */
export function problemText(problem: string): string {
	return isSkipReason(problem) ? skipWord[problem]() : m.delivery_server_said({ answer: problem });
}

export const audienceText = (audience: Audience): string => (audience === 'enterprise' ? m.ui_org_enterprise() : departmentWord[audience]());

/** 截止前 7 天 · 5 个工作日未处理 · 人工催报（11月27日） · 年度开启通知 */
export function stepText(step: string): string {
	const [, kind = '', rest = ''] = /^(open|T|idle\+|hand:)(.*)$/.exec(step) ?? [];
	switch (kind) {
		case 'open':
			return m.reminder_step_open();
		case 'idle+':
			return m.reminder_step_idle({ days: rest });
		case 'hand:':
			return m.reminder_step_hand({ day: formatDay(rest, false) });
		case 'T':
			return offsetWords(Number(rest));
		default:
			return step;
	}
}
