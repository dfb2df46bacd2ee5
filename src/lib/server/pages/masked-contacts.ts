import { parseAnswerKey } from '#lib/domain/form/answer-key.ts';
import { fieldById, formFor } from '#lib/domain/form/annual-report-form.ts';
import type { Difference } from '#lib/domain/form/compare-answers.ts';
import type { ReportContent } from '#lib/domain/form/report-content.ts';
import { maskEmail, maskPhone } from '#lib/words/format.ts';

/** Contacts are masked before they leave the server: the data of a page is as readable as the page (quality: personal contact data). */

function maskFor(content: ReportContent): (key: string, text: string) => string {
	const form = formFor(content.formVersion, content.category);
	return (key, text) => {
		const fieldId = parseAnswerKey(key)?.fieldId;
		const format = form && fieldId ? fieldById(form, fieldId)?.format : undefined;
		return format === 'phone' ? maskPhone(text) : format === 'email' ? maskEmail(text) : text;
	};
}

/** Whoever can be rung or written to, with both masked. */
export function withMaskedContact<Contact extends { readonly phone: string | null; readonly email: string | null }>(contact: Contact): Contact {
	return { ...contact, phone: contact.phone && maskPhone(contact.phone), email: contact.email && maskEmail(contact.email) };
}

/** A letter with its address masked. */
export function withMaskedAddress<Sent extends { readonly address: string }>(sent: Sent): Sent {
	return { ...sent, address: maskEmail(sent.address) };
}

/** A version as it may be looked at: everything as frozen, telephone and e-mail masked. */
export function withMaskedContacts<Shown extends { readonly content: ReportContent; readonly changes: readonly Difference[] | null }>(shown: Shown): Shown {
	const mask = maskFor(shown.content);
	const answers = Object.fromEntries(Object.entries(shown.content.answers).map(([key, text]) => [key, mask(key, text)]));
	const changes =
		shown.changes?.map((change) => ({
			...change,
			before: change.before && mask(change.key, change.before),
			after: change.after && mask(change.key, change.after)
		})) ?? null;
	return { ...shown, content: { ...shown.content, answers }, changes };
}
