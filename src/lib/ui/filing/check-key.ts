import { answerKey, type AnswerKey } from '#lib/domain/form/answer-key.ts';
import type { Check } from '#lib/domain/check/check.ts';

/** The box a check is about. */
export function keyOfCheck(check: Pick<Check, 'fieldId' | 'basis'>): AnswerKey {
	return answerKey(check.fieldId, check.basis);
}

/** The id of a box on the page; an `@` is no part of a plain selector. */
export function boxId(key: AnswerKey): string {
	return `box-${key.replace('@', '-')}`;
}

/** What is said beside its box. Emptiness is said by the count of the section, and how a condition stands by its own column. */
export function linesOf(checks: readonly Check[]): readonly Check[] {
	return checks.filter(({ code }) => code !== 'missing_required' && code !== 'criterion_unknown' && code !== 'criterion_near' && code !== 'criterion_outlook');
}
