import { maskEmail, maskPhone } from '#lib/domain/contact-mask.ts';
import { parseAnswerKey } from './answer-key.ts';
import { fieldById, formFor } from './annual-report-form.ts';
import type { Difference } from './compare-answers.ts';
import type { ReportContent } from './report-content.ts';

type OfForm = Pick<ReportContent, 'formVersion' | 'category'>;

function maskFor({ formVersion, category }: OfForm): (key: string, text: string) => string {
	const form = formFor(formVersion, category);
	return (key, text) => {
		const fieldId = parseAnswerKey(key)?.fieldId;
		const format = form && fieldId ? fieldById(form, fieldId)?.format : undefined;
		return format === 'phone' ? maskPhone(text) : format === 'email' ? maskEmail(text) : text;
	};
}

/** A version as an office may look at it: everything as frozen, telephone and e-mail of people masked. */
export function maskContent(content: ReportContent): ReportContent {
	const mask = maskFor(content);
	return { ...content, answers: Object.fromEntries(Object.entries(content.answers).map(([key, text]) => [key, mask(key, text)])) };
}

/** The same for what two versions say differently: that a number changed is seen, the number is not. */
export function maskDifferences(form: OfForm, changes: readonly Difference[]): readonly Difference[] {
	const mask = maskFor(form);
	return changes.map((change) => ({
		...change,
		before: change.before && mask(change.key, change.before),
		after: change.after && mask(change.key, change.after)
	}));
}
