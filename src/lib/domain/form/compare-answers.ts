import { answerAt, parseAnswerKey, type AnswerKey, type Answers } from './answer-key.ts';
import { fieldById, keysOf, type AnnualReportForm } from './annual-report-form.ts';
import type { AttachmentFact } from './attachment-slot.ts';
import { compare, decimal, decimalText, subtract } from '#lib/domain/decimal.ts';
import { changeRate } from './figures.ts';
import { readNumber } from './number-reading.ts';

/** What a draft or a submitted version holds, as far as it can differ. */
export interface ComparableContent {
	readonly answers: Answers;
	readonly attachments: readonly AttachmentFact[];
}

/** One difference. For numbers `delta` is exact and `deltaRate` its size as a share of `before` with its sign; for files `before`/`after` are hashes. */
export interface Difference {
	/** Answer key, or `attachment:<slotId>`. */
	readonly key: string;
	readonly fieldId: string;
	readonly about: 'number' | 'text' | 'attachment';
	readonly kind: 'added' | 'removed' | 'changed';
	readonly before: string | null;
	readonly after: string | null;
	readonly beforeName: string | null;
	readonly afterName: string | null;
	readonly delta: string | null;
	readonly deltaRate: string | null;
}

/**
 * Compares any two contents field by field: two versions of one year, or two years. Numbers by their exact value ('1.50' is '1.5', 1.501 is
 * not), text by code point after line ends, attachments by hash. Differences come in the order of the form.
 */
export function compareAnswers(form: AnnualReportForm, before: ComparableContent, after: ComparableContent): readonly Difference[] {
	return [
		...allKeys(form, before.answers, after.answers).flatMap((key) => {
			const found = compareBox(form, key, answerAt(before.answers, key), answerAt(after.answers, key));
			return found === null ? [] : [found];
		}),
		...allSlots(form, before.attachments, after.attachments).flatMap((slotId) => compareSlot(slotId, before.attachments, after.attachments))
	];
}

/** The form's own keys first; then explanations and keys of other form versions, so that nothing that differs is left unsaid. */
function allKeys(form: AnnualReportForm, before: Answers, after: Answers): readonly AnswerKey[] {
	const others = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
	return [...new Set([...form.fields.flatMap(keysOf), ...others])];
}

function compareBox(form: AnnualReportForm, key: AnswerKey, before: string, after: string): Difference | null {
	const fieldId = parseAnswerKey(key)?.fieldId ?? key;
	const field = fieldById(form, fieldId);
	const blank = { beforeName: null, afterName: null, delta: null, deltaRate: null };
	if (field?.kind === 'money' || field?.kind === 'count') {
		const [was, is] = [before, after].map((typed) => readNumber(typed, field.kind === 'money' ? 'money' : 'count', { negative: true }));
		// Text that is no number is compared as text below, so that a change in it is seen too.
		if (was?.ok && is?.ok) {
			if (was.value === null || is.value === null) {
				if (was.value === is.value) return null;
				return { ...blank, key, fieldId, about: 'number', kind: was.value === null ? 'added' : 'removed', before: was.value, after: is.value };
			}
			if (compare(decimal(was.value), decimal(is.value)) === 0) return null;
			const delta = subtract(decimal(is.value), decimal(was.value));
			const size = changeRate(is.value, was.value);
			const deltaRate = size !== null && delta.units < 0n && size !== '0' ? `-${size}` : size;
			return { ...blank, key, fieldId, about: 'number', kind: 'changed', before: was.value, after: is.value, delta: decimalText(delta), deltaRate };
		}
	}
	const [was, is] = [before, after].map((typed) => typed.replace(/\r\n?/g, '\n'));
	if (was === undefined || is === undefined || was === is) return null;
	const kind = was === '' ? 'added' : is === '' ? 'removed' : 'changed';
	return { ...blank, key, fieldId, about: 'text', kind, before: was === '' ? null : was, after: is === '' ? null : is };
}

function allSlots(form: AnnualReportForm, before: readonly AttachmentFact[], after: readonly AttachmentFact[]): readonly string[] {
	const others = [...before, ...after].map((file) => file.slotId).sort();
	return [...new Set([...form.slots.map((slot) => slot.id), ...others])];
}

/** A file of the same name with another hash is changed; a renamed one with the same hash is the same file. */
function compareSlot(slotId: string, before: readonly AttachmentFact[], after: readonly AttachmentFact[]): readonly Difference[] {
	const left = before.filter((file) => file.slotId === slotId);
	const right = after.filter((file) => file.slotId === slotId);
	const gone = withoutHashes(left, right);
	const come = withoutHashes(right, left);
	const changed = gone.flatMap((was) => {
		const is = come.find((file) => file.name === was.name);
		return is === undefined ? [] : [{ was, is }];
	});
	const paired = new Set(changed.flatMap(({ was, is }) => [was, is]));
	return [
		...changed.map(({ was, is }) => fileDifference(slotId, was, is)),
		...gone.filter((file) => !paired.has(file)).map((file) => fileDifference(slotId, file, null)),
		...come.filter((file) => !paired.has(file)).map((file) => fileDifference(slotId, null, file))
	];
}

/** The files whose content is not among the others, counting copies. */
function withoutHashes(files: readonly AttachmentFact[], others: readonly AttachmentFact[]): readonly AttachmentFact[] {
	const left = others.map((file) => file.sha256);
	return files.filter((file) => {
		const at = left.indexOf(file.sha256);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}

function fileDifference(slotId: string, was: AttachmentFact | null, is: AttachmentFact | null): Difference {
	return {
		key: `attachment:${slotId}`,
		fieldId: slotId,
		about: 'attachment',
		kind: was === null ? 'added' : is === null ? 'removed' : 'changed',
		before: was?.sha256 ?? null,
		after: is?.sha256 ?? null,
		beforeName: was?.name ?? null,
		afterName: is?.name ?? null,
		delta: null,
		deltaRate: null
	};
}
