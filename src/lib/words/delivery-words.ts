/** How a reminder and its delivery are called. */
import { DROP_REASONS, type DeliveryState, type DropReason } from '#lib/domain/chase/mail-delivery.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDay } from './format.ts';
import type { Mark, Word } from './words.ts';

export const deliveryMark = {
	queued: { tone: 'info', icon: 'clock', word: m.delivery_state_queued },
	kept: { tone: 'ok', icon: 'inbox', word: m.delivery_state_kept },
	sent: { tone: 'ok', icon: 'check', word: m.delivery_state_sent },
	retrying: { tone: 'warn', icon: 'clock', word: m.delivery_state_retrying },
	failed: { tone: 'late', icon: 'cross', word: m.delivery_state_failed },
	bounced: { tone: 'late', icon: 'cross', word: m.delivery_state_bounced },
	dropped: { tone: 'plain', icon: 'minus', word: m.delivery_state_dropped }
} satisfies Record<DeliveryState, Mark>;

const dropWord = {
	court_changed: m.delivery_drop_court_changed,
	date_moved: m.delivery_drop_date_moved,
	left: m.delivery_drop_left,
	disabled: m.delivery_drop_disabled,
	not_listed: m.delivery_drop_not_listed,
	synthetic: m.delivery_drop_synthetic,
	switched_off: m.delivery_drop_switched_off,
	undone: m.delivery_drop_undone
} satisfies Record<DropReason, Word>;

/** Why a reminder did not leave, in words; what a mail server said stays as it said it. */
export function deliveryProblem(problem: string | null): string {
	if (problem === null) return '';
	const reason = DROP_REASONS.find((one) => one === problem);
	return reason ? dropWord[reason]() : m.delivery_server_said({ answer: problem });
}

/** 'T-7' → seven days before the date, and so on. */
export function stepWord(step: string): string {
	const [, kind = '', rest = ''] = /^(open|T|idle\+|hand:)(.*)$/.exec(step) ?? [];
	switch (kind) {
		case 'open':
			return m.delivery_step_open();
		case 'idle+':
			return m.delivery_step_idle({ days: rest });
		case 'hand:':
			return m.delivery_step_hand({ day: formatDay(rest, false) });
		case 'T': {
			const offset = Number(rest);
			if (offset === 0) return m.delivery_step_on_the_day();
			return offset < 0 ? m.delivery_step_before({ days: -offset }) : m.delivery_step_after({ days: offset });
		}
		default:
			return step;
	}
}
