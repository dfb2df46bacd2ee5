import type { FigureBasis } from './figure-metric.ts';

/** `id` for a field without a year, `id@final` or `id@forecast`, `explain:<checkKey>:reason|text`. Values are text as typed. */
export type AnswerKey = string;
export type Answers = Readonly<Record<AnswerKey, string>>;

/** `<code>/<fieldId>`, e.g. half_moved/revenue: one explanation serves every year in which this check meets this field. */
export type CheckKey = string;

/** Key of a field's answer; `basis` null for a field without a year. */
export function answerKey(fieldId: string, basis: FigureBasis | null = null): AnswerKey {
	return basis === null ? fieldId : `${fieldId}@${basis}`;
}

const FIELD_KEY = /^([a-z][a-z0-9_]*)(?:@(final|forecast))?$/;

/** The field and basis an answer key names; null for explanations and anything else. */
export function parseAnswerKey(key: string): { readonly fieldId: string; readonly basis: FigureBasis | null } | null {
	const match = FIELD_KEY.exec(key);
	const fieldId = match?.[1];
	return fieldId === undefined ? null : { fieldId, basis: (match?.[2] as FigureBasis | undefined) ?? null };
}

/** Key under which the explanation of a warning is kept beside the answers. */
export function explanationKey(checkKey: CheckKey, part: 'reason' | 'text'): AnswerKey {
	return `explain:${checkKey}:${part}`;
}

const EXPLANATION_KEY = /^explain:([a-z_]+\/[a-z][a-z0-9_]*):(reason|text)$/;

export function parseExplanationKey(key: string): { readonly checkKey: CheckKey; readonly part: 'reason' | 'text' } | null {
	const match = EXPLANATION_KEY.exec(key);
	const checkKey = match?.[1];
	return checkKey === undefined ? null : { checkKey, part: match?.[2] as 'reason' | 'text' };
}

const ATTACHMENT_KEY = /^attachment:[a-z][a-z0-9_]*$/;

/** Whether a key names a place a comment can be pinned to: a box, an explanation, a slot for files. Whatever a screen offers is one of these. */
export function isPlaceKey(key: string): boolean {
	return parseAnswerKey(key) !== null || parseExplanationKey(key) !== null || ATTACHMENT_KEY.test(key);
}

/** What was typed under a key; prototype names and absent keys are an empty box. */
export function answerAt(answers: Answers, key: AnswerKey): string {
	return Object.hasOwn(answers, key) ? (answers[key] ?? '') : '';
}
