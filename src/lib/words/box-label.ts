import { parseAnswerKey, parseExplanationKey, type AnswerKey } from '#lib/domain/form/answer-key.ts';
import { parseCheckKey } from '#lib/domain/check/check.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldLabel } from './form-words.ts';
import { basisWord } from './words.ts';

/** What a box is called where it is spoken of away from its place: a figure with its year's basis, an explanation with what it explains. */
export function boxLabel(key: AnswerKey): string {
	const explained = parseExplanationKey(key);
	if (explained) return m.filing_remark_explanation({ field: fieldLabel(parseCheckKey(explained.checkKey)?.fieldId ?? explained.checkKey) });
	const parsed = parseAnswerKey(key);
	const label = fieldLabel(parsed?.fieldId ?? key);
	return parsed?.basis ? m.filing_remark_field({ field: label, basis: basisWord[parsed.basis]() }) : label;
}
