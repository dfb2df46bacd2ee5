/** Why somebody is not reminded, and what a step is called, in words. */
import type { Audience, Step } from '#lib/domain/chase/reminder-ladder.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SkipReason } from '#lib/server/store/chase/reminder-plan.ts';
import { departmentWord } from './standing-words.ts';
import { type Word } from './words.ts';
import { offsetWords } from './policy-words.ts';

export const skipWord = {
	left: m.reminder_skip_left,
	disabled: m.reminder_skip_disabled,
	synthetic: m.reminder_skip_synthetic,
	no_address: m.reminder_skip_no_address,
	bad_address: m.reminder_skip_bad_address,
	already_sent: m.reminder_skip_already_sent,
	overtaken: m.reminder_skip_overtaken,
	no_step_yet: m.reminder_skip_no_step_yet,
	calendar_unknown: m.reminder_skip_calendar_unknown,
	not_a_working_day: m.reminder_skip_not_a_working_day,
	nobody_known: m.reminder_skip_nobody_known,
	reminded_today: m.reminder_skip_reminded_today,
	not_chased: m.reminder_skip_not_chased
} satisfies Record<SkipReason, Word>;

export const audienceText = (audience: Audience): string => (audience === 'enterprise' ? m.ui_court_enterprise() : departmentWord[audience]());

/** 截止前7天 · 闲置5个工作日 · 人工提醒 · 年度开放 */
export function stepText(step: Step): string {
	if (step === 'open') return m.reminder_step_open();
	if (step.startsWith('hand:')) return m.reminder_step_hand();
	if (step.startsWith('idle+')) return m.reminder_step_idle({ days: step.slice(5) });
	return offsetWords(Number(step.slice(1).replace('+', '')));
}
