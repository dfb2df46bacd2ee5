/** Extensions, inability to file and reopening in words. */
import type { ExtensionReason } from '#lib/domain/policy.ts';
import type { ExtensionVerdict, RequestState } from '#lib/domain/report/report-exceptions.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark, Word } from './words.ts';

export const extensionReasonWord = {
	audit_unfinished: m.exception_reason_audit_unfinished,
	person_changed: m.exception_reason_person_changed,
	figures_unsettled: m.exception_reason_figures_unsettled,
	reorganisation: m.exception_reason_reorganisation,
	force_majeure: m.exception_reason_force_majeure,
	other: m.exception_reason_other
} satisfies Record<ExtensionReason, Word>;

export const requestStateMark = {
	open: { tone: 'info', icon: 'clock', word: m.exception_state_open },
	half_granted: { tone: 'info', icon: 'clock', word: m.exception_state_half_granted },
	granted: { tone: 'ok', icon: 'check', word: m.exception_state_granted },
	refused: { tone: 'warn', icon: 'cross', word: m.exception_state_refused },
	withdrawn: { tone: 'plain', icon: 'returned', word: m.exception_state_withdrawn },
	lapsed: { tone: 'plain', icon: 'minus', word: m.exception_state_lapsed }
} satisfies Record<RequestState, Mark>;

export const verdictWord = { granted: m.exception_verdict_granted, refused: m.exception_verdict_refused } satisfies Record<ExtensionVerdict, Word>;

/** One sentence after another, as the form's own words end them. */
export const said = (who: string, what: string) => m.exception_said({ who, what });
