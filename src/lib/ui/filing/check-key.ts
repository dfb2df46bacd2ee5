import { answerKey, type AnswerKey } from '#lib/domain/answer-key.ts';
import type { Check } from '#lib/domain/check.ts';

/** The box a check is about. */
export function keyOfCheck(check: Pick<Check, 'fieldId' | 'basis'>): AnswerKey {
	return answerKey(check.fieldId, check.basis);
}

/** The id of a box on the page; an `@` is no part of a plain selector. */
export function boxId(key: AnswerKey): string {
	return `box-${key.replace('@', '-')}`;
}
