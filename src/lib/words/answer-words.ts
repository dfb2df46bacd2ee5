/** Where something stands in a report, in words: 营业收入 · 2026年预计. */
import { formFor, keysOf, yearOfBasis } from '#lib/domain/form/annual-report-form.ts';
import { parseAnswerKey, parseExplanationKey } from '#lib/domain/form/answer-key.ts';
import { parseCheckKey } from '#lib/domain/check/check.ts';
import type { Category } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldLabel, yearLabel } from './form-words.ts';
import { slotLabel } from './slot-words.ts';

/** The name of a box, a slot or an explanation; '' is the report as a whole. */
export function placeLabel(key: string | null, reportYear: number): string {
	if (key === null || key === '') return m.channel_place_whole();
	if (key.startsWith('attachment:')) return m.channel_place_attachment({ slot: slotLabel(key.slice('attachment:'.length)) });
	const explained = parseExplanationKey(key);
	if (explained) return m.channel_place_explanation({ field: fieldLabel(parseCheckKey(explained.checkKey)?.fieldId ?? explained.checkKey) });
	const answer = parseAnswerKey(key);
	if (!answer) return key;
	const year = yearOfBasis(reportYear, answer.basis);
	return answer.basis === null || year === null
		? fieldLabel(answer.fieldId)
		: m.channel_place_year({ field: fieldLabel(answer.fieldId), year: yearLabel(year, answer.basis) });
}

/** Every place of the form a comment can be pinned to, in its order. */
export function places(formVersion: string, category: Category, reportYear: number): { value: string; label: string }[] {
	const form = formFor(formVersion, category);
	const boxes = (form?.fields ?? []).flatMap((field) => keysOf(field));
	const slots = (form?.slots ?? []).map((slot) => `attachment:${slot.id}`);
	return [...boxes, ...slots].map((value) => ({ value, label: placeLabel(value, reportYear) }));
}

/** Id of the element a field stands in, so that a flag or a comment can lead to it. */
export function anchorOf(fieldId: string): string {
	return `field-${fieldId.replaceAll(':', '-')}`;
}
