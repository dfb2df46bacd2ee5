/** What enterprises ask for (方案第十二条), in words. */
import type { NeedKind, NeedOffice, NeedState } from '#lib/domain/need-state.ts';
import { m } from '#lib/paraglide/messages.js';
import { ministryWord } from './standing-words.ts';
import type { Mark, Word } from './words.ts';

export const needKindWord = { support: m.need_kind_support, problem: m.need_kind_problem } satisfies Record<NeedKind, Word>;

export const needStateMark = {
	open: { tone: 'warn', icon: 'clock', word: m.need_state_open },
	taken_up: { tone: 'info', icon: 'edit', word: m.need_state_taken_up },
	passed_on: { tone: 'warn', icon: 'forward', word: m.need_state_passed_on },
	answered: { tone: 'ok', icon: 'check', word: m.need_state_answered },
	withdrawn: { tone: 'plain', icon: 'minus', word: m.need_state_withdrawn }
} satisfies Record<NeedState, Mark>;

export const needOfficeWord = { mofcom: ministryWord.mofcom, miit: ministryWord.miit, channel: m.need_office_channel } satisfies Record<NeedOffice, Word>;

/** Who has it: the office, and of it the person; both ministries where nobody does. */
export function needOfficeText({ office, personName }: { readonly office: NeedOffice | null; readonly personName: string | null }): string {
	if (office === null) return m.need_office_none();
	return personName === null ? needOfficeWord[office]() : m.need_office_person({ office: needOfficeWord[office](), name: personName });
}
