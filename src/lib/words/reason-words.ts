/** Counted reasons in words: what they are reasons of, and each code. */
import type { ReasonKind } from '#lib/domain/report/reason-kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import { extensionReasonWord } from './exception-words.ts';
import { explanationReasonWords } from './explanation-words.ts';
import { excuseReasonWord, lateReasonWord, returnReasonWord } from './report-reason-words.ts';
import { type Word, wordOf } from './words.ts';

export const reasonKindWord = {
	returned: m.progress_reasons_returned,
	explained: m.progress_reasons_explained,
	late: m.progress_reasons_late,
	extension: m.progress_reasons_extension,
	unable: m.progress_reasons_unable
} satisfies Record<ReasonKind, Word>;

const words: Readonly<Record<ReasonKind, Readonly<Record<string, Word>>>> = {
	returned: returnReasonWord,
	explained: explanationReasonWords,
	late: lateReasonWord,
	extension: extensionReasonWord,
	unable: excuseReasonWord
};

/** A code of a policy that is no longer known is shown as it stands. */
export function reasonText(kind: ReasonKind, code: string): string {
	return wordOf(words[kind], code) ?? code;
}
