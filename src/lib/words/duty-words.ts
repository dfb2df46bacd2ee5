/** What an announcement date changes or notes of a year's duties, in words. */
import type { DutyEffect, DutyNote } from '#lib/domain/report/duty.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export const dutyEffectWord = {
	added: m.duty_effect_added,
	owed_again: m.duty_effect_owed_again,
	not_owed: m.duty_effect_not_owed,
	voluntary: m.duty_effect_voluntary
} satisfies Record<DutyEffect, Word>;

export const dutyNoteWord = { was_not_owed: m.duty_note_was_not_owed, was_owed: m.duty_note_was_owed } satisfies Record<DutyNote, Word>;
