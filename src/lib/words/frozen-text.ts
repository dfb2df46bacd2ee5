/** What an answer says, as it is read. Beside form-words.ts: the divisions of manufacturing are many words, and few pages show an answer on its own. */
import { parseAnswerKey, type AnswerKey } from '#lib/domain/form/answer-key.ts';
import { choiceLabel, valueText } from './form-words.ts';
import { industryLabel } from './industry-words.ts';

/** The boxes of the table of manufacturing fields that hold a division of GB/T 4754. */
const FIELD_CHOICE = /^mfg_field_\d+$/;

/** A choice in words, also one of the table of manufacturing fields; anything else as typed. */
export function saidText(fieldId: string, value: string): string {
	return FIELD_CHOICE.test(fieldId) ? industryLabel(value) : choiceLabel(fieldId, value);
}

/** What a submitted version has in a box: a figure with separators and unit, a choice in words. */
export function frozenText(key: AnswerKey, value: string): string {
	const parsed = parseAnswerKey(key);
	if (parsed === null) return value;
	return parsed.basis === null ? saidText(parsed.fieldId, value) : valueText(parsed.fieldId, value);
}
