/** Questions about figures that are far outside, in words. */
import type { FollowUpComparison, FollowUpEntry, FollowUpState } from '#lib/domain/follow-up-state.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark, Word } from './words.ts';

export const followUpStateMark = {
	asked: { tone: 'warn', icon: 'forward', word: m.follow_state_asked },
	passed_on: { tone: 'warn', icon: 'clock', word: m.follow_state_passed_on },
	answered: { tone: 'info', icon: 'mail', word: m.follow_state_answered },
	accepted: { tone: 'ok', icon: 'check', word: m.follow_state_accepted },
	withdrawn: { tone: 'plain', icon: 'minus', word: m.follow_state_withdrawn }
} satisfies Record<FollowUpState, Mark>;

export const followUpEntryWord = {
	question: m.follow_entry_question,
	passed_on: m.follow_entry_passed_on,
	answer: m.follow_entry_answer,
	accepted: m.follow_entry_accepted,
	withdrawn: m.follow_entry_withdrawn
} satisfies Record<FollowUpEntry, Word>;

export const followUpComparisonWord = { category: m.follow_comparison_category, step: m.follow_comparison_step } satisfies Record<FollowUpComparison, Word>;
