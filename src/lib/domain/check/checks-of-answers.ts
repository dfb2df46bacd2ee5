import { answerAt, answerKey, type Answers } from '#lib/domain/form/answer-key.ts';
import { isRequired, yearOfBasis, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { FormField } from '#lib/domain/form/annual-report-fields.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { check, type Check } from './check.ts';
import { isRegisterCode } from '#lib/domain/credit-code.ts';
import { compare, decimal } from '#lib/domain/decimal.ts';
import type { ReadFigures } from '#lib/domain/form/figures.ts';
import { metricOfField, type FigureBasis, type NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import type { Basis as Source } from '#lib/domain/notice.ts';
import { readNumber, readText } from '#lib/domain/form/number-reading.ts';

const FORMATS: { readonly [F in NonNullable<FormField['format']>]: RegExp } = {
	postcode: /^\d{6}$/,
	// Mobile or fixed line with area code and extension; people write spaces, hyphens and brackets.
	phone: /^\+?\(?\d[\d ()-]{5,24}\d(?: ?(?:转|ext\.?|x|#) ?\d{1,6})?$/i,
	email: /^[^\s@<>,;"]+@[^\s@<>,;".]+(?:\.[^\s@<>,;".]+)+$/
};

/** What is wrong with each box by itself: missing, unreadable, not among the choices, too long. */
export function checksOfBoxes(form: AnnualReportForm, year: number, answers: Answers): readonly Check[] {
	return form.fields.flatMap((field) =>
		field.shownOnly
			? []
			: boxesOf(field).flatMap((basis) => {
					const found = checkOfBox(field, answerAt(answers, answerKey(field.id, basis)), isRequired(field, answers));
					return found === null ? [] : [{ ...found, basis, year: yearOfBasis(year, basis) }];
				})
	);
}

function boxesOf(field: FormField): readonly (FigureBasis | null)[] {
	return field.bases.length === 0 ? [null] : field.bases;
}

function checkOfBox(field: FormField, typed: string, required: boolean): Check | null {
	const head = { fieldId: field.id, article: field.article };
	const missing = () => (required ? check({ ...head, code: 'missing_required' }) : null);
	switch (field.kind) {
		case 'money':
		case 'count': {
			const reading = readNumber(typed, field.kind, { negative: field.negative });
			if (reading.ok) return reading.value === null ? missing() : null;
			if (reading.code === 'negative_not_allowed') {
				return check({ ...head, code: field.kind === 'count' ? 'negative_count' : 'negative_amount', actual: typed, expected: '0' });
			}
			return check({ ...head, code: 'unreadable_number', actual: typed, detail: reading.code, offers: reading.offers });
		}
		case 'yesno':
		case 'choice': {
			if (typed === '') return missing();
			if (!field.choices.includes(typed)) return check({ ...head, code: 'bad_choice', actual: typed });
			const wrong = field.mustBe !== undefined && typed !== field.mustBe;
			return wrong ? check({ ...head, code: 'declaration_missing', actual: typed, expected: field.mustBe ?? null }) : null;
		}
		case 'text':
		case 'narrative': {
			const max = field.max ?? 0;
			const reading = readText(typed, max);
			if (!reading.ok && reading.code === 'text_too_long') {
				return check({ ...head, code: 'text_too_long', actual: String(reading.length), expected: String(max) });
			}
			if (!reading.ok) return check({ ...head, code: 'unreadable_text', detail: reading.code });
			if (reading.value === null) return missing();
			const format = field.format;
			if (format !== undefined && !FORMATS[format].test(reading.value.normalize('NFKC').trim())) {
				return check({ ...head, code: 'bad_format', actual: typed, detail: format });
			}
			return null;
		}
	}
}

/** Each part with its whole, as the form of annex 2 and footnote ① define them. */
const PARTS: readonly { readonly part: NumericFieldId; readonly whole: NumericFieldId; readonly article: Source }[] = [
	{ part: 'bachelor_or_above', whole: 'employees', article: 'annex2' },
	{ part: 'intermediate_title_or_above', whole: 'employees', article: 'annex2' },
	{ part: 'equipment_networked', whole: 'equipment_total', article: 'note.1' },
	{ part: 'manufacturing_revenue', whole: 'revenue', article: '5.3.5' }
];

/** What is wrong or remarkable between boxes of the same year. */
export function checksBetweenBoxes(form: AnnualReportForm, year: number, answers: Answers, read: ReadFigures): readonly Check[] {
	const found: Check[] = [];
	const value = (fieldId: string, basis: FigureBasis) => {
		const metric = metricOfField(fieldId);
		return metric === null ? null : read.rows[basis][metric];
	};
	for (const basis of ['final', 'forecast'] as const) {
		const at = { basis, year: yearOfBasis(year, basis) };
		for (const { part, whole, article } of PARTS) {
			const actual = value(part, basis);
			const expected = value(whole, basis);
			if (actual === null || expected === null || compare(decimal(actual), decimal(expected)) <= 0) continue;
			found.push(check({ ...at, code: 'part_exceeds_whole', fieldId: part, article, actual, expected, detail: whole }));
		}
		const liabilities = value('total_liabilities', basis);
		const assets = value('total_assets', basis);
		if (liabilities !== null && assets !== null && compare(decimal(liabilities), decimal(assets)) > 0) {
			// Annex 2 asks for both and compares neither.
			const article = 'system';
			found.push(check({ ...at, code: 'liabilities_exceed_assets', fieldId: 'total_liabilities', article, actual: liabilities, expected: assets }));
		}
	}
	for (const fieldId of ['revenue', 'profit', 'total_assets', 'ito_executed'] as const) {
		const actual = value(fieldId, 'forecast');
		const expected = value(fieldId, 'final');
		if (actual === null || expected === null || compare(decimal(actual), decimal(expected)) !== 0) continue;
		found.push(check({ code: 'unchanged_figure', fieldId, article: 'system', basis: 'forecast', year, actual, expected }));
	}
	const creditCode = answerAt(answers, 'credit_code');
	// Shown from the register, where an approver may have confirmed a check character that does not fit: nobody who files can change it.
	if (creditCode !== '' && !isRegisterCode(creditCode)) {
		found.push(check({ code: 'bad_format', fieldId: 'credit_code', article: 'annex2.attachments', actual: creditCode, detail: 'credit_code' }));
	}
	return [...found, ...checksOfContacts(form, answers)];
}

/** Two people at least: one person typed twice leaves nobody when that one leaves. */
function checksOfContacts(form: AnnualReportForm, answers: Answers): readonly Check[] {
	if (!form.fields.some((field) => field.id === 'contact2_name')) return [];
	const person = (n: 1 | 2) => ['name', 'phone'].map((part) => answerAt(answers, `contact${n}_${part}`).replace(/\s/g, ''));
	const [first, second] = [person(1), person(2)];
	const same = first.every((text, index) => text !== '' && text === second[index]);
	return same ? [check({ code: 'contacts_same', fieldId: 'contact2_name', article: 'system' })] : [];
}

export function checksOfAttachments(form: AnnualReportForm, attachments: readonly AttachmentFact[]): readonly Check[] {
	return form.slots
		.filter((slot) => (slot.required || slot.advised) && !attachments.some((file) => file.slotId === slot.id))
		.map((slot) => check({ code: slot.required ? 'missing_attachment' : 'attachment_advised', fieldId: slot.id, article: slot.article }));
}
