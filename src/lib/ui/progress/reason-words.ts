/** Counted reasons in words: what they are reasons of, and each code. */
import type { ExtensionReason } from '#lib/domain/policy.ts';
import type { ReasonKind } from '#lib/domain/reason-kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import { explanationReasonWords } from '../form-choices.ts';
import { excuseReasonWord, lateReasonWord, returnReasonWord, type Word } from '../words.ts';

export const reasonKindWord = {
	returned: m.progress_reasons_returned,
	explained: m.progress_reasons_explained,
	late: m.progress_reasons_late,
	extension: m.progress_reasons_extension,
	unable: m.progress_reasons_unable
} satisfies Record<ReasonKind, Word>;

const extensionReasonWord = {
	audit_unfinished: m.progress_extension_audit_unfinished,
	person_changed: m.progress_extension_person_changed,
	figures_unsettled: m.progress_extension_figures_unsettled,
	reorganisation: m.progress_extension_reorganisation,
	force_majeure: m.progress_extension_force_majeure,
	other: m.progress_extension_other
} satisfies Record<ExtensionReason, Word>;

const words: Readonly<Record<ReasonKind, Readonly<Record<string, Word>>>> = {
	returned: returnReasonWord,
	explained: explanationReasonWords,
	late: lateReasonWord,
	extension: extensionReasonWord,
	unable: excuseReasonWord
};

/** A code of a policy that is no longer known is shown as it stands. */
export function reasonText(kind: ReasonKind, code: string): string {
	return words[kind][code]?.() ?? code;
}
