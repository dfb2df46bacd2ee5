import { answerAt, answerKey, parseAnswerKey, parseExplanationKey, type AnswerKey, type Answers } from './answer-key.ts';
import { FIELDS_2026_1, FIELDS_2027_1, SECTION_IDS, type FormField, type SectionId } from './annual-report-fields.ts';
import { SLOTS_2026_1, SLOTS_2027_1, type AttachmentSlot } from './attachment-slot.ts';
import { DERIVED_2026_1, type DerivedFormula } from './derived-figure.ts';
import type { FigureBasis } from './figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';

/** A version of the form as everybody of one category sees it. An old year is rendered with the version it was filed on. */
export interface AnnualReportForm {
	readonly version: string;
	readonly category: Category;
	readonly sections: readonly SectionId[];
	readonly fields: readonly FormField[];
	readonly derived: readonly DerivedFormula[];
	readonly slots: readonly AttachmentSlot[];
}

/** A version before it is narrowed to a category. */
export interface FormVersion {
	readonly version: string;
	/** The first report year it may be opened for. */
	readonly fromYear: number;
	readonly fields: readonly FormField[];
	readonly derived: readonly DerivedFormula[];
	readonly slots: readonly AttachmentSlot[];
}

/** Oldest first. A year keeps the version it was opened with, and an old report is shown as it was filed. */
export const FORM_VERSIONS: readonly FormVersion[] = [
	{ version: '2026-1', fromYear: 2022, fields: FIELDS_2026_1, derived: DERIVED_2026_1, slots: SLOTS_2026_1 },
	{ version: '2027-1', fromYear: 2027, fields: FIELDS_2027_1, derived: DERIVED_2026_1, slots: SLOTS_2027_1 }
];

/** The versions a year may be opened with, newest first. */
export function formVersionsFor(year: number): readonly string[] {
	return FORM_VERSIONS.filter((form) => form.fromYear <= year)
		.map((form) => form.version)
		.reverse();
}

/** The version a year is opened with unless the ministries choose another. */
export function formVersionFor(year: number): string {
	const [newest] = formVersionsFor(year);
	if (newest === undefined) throw new RangeError(`no form is meant for ${year}`);
	return newest;
}

export function formByVersion(version: string): FormVersion | null {
	return FORM_VERSIONS.find((form) => form.version === version) ?? null;
}

const FORMS = new Map<string, AnnualReportForm>();

/** The form of one category; null for an unknown version. The same object each time, so it can be compared by identity. */
export function formFor(version: string, category: Category): AnnualReportForm | null {
	const cacheKey = `${version}/${category}`;
	const cached = FORMS.get(cacheKey);
	if (cached) return cached;
	const source = formByVersion(version);
	if (source === null) return null;
	const applies = (entry: { readonly category: Category | 'both' }) => entry.category === 'both' || entry.category === category;
	const form: AnnualReportForm = {
		version,
		category,
		sections: SECTION_IDS.filter((section) => section !== otherCategory(category)),
		fields: source.fields.filter(applies),
		derived: source.derived.filter(applies),
		slots: source.slots.filter(applies)
	};
	FORMS.set(cacheKey, form);
	return form;
}

function otherCategory(category: Category): SectionId {
	return category === 'manufacturing' ? 'it_outsourcing' : 'manufacturing';
}

export function fieldById(form: AnnualReportForm, fieldId: string): FormField | null {
	return form.fields.find((field) => field.id === fieldId) ?? null;
}

export function fieldsOf(form: AnnualReportForm, section: SectionId): readonly FormField[] {
	return form.fields.filter((field) => field.section === section);
}

/** The keys of a field's boxes. */
export function keysOf(field: FormField): readonly AnswerKey[] {
	return field.bases.length === 0 ? [answerKey(field.id)] : field.bases.map((basis) => answerKey(field.id, basis));
}

/** The year a box speaks of: `final` is the year before the report year, `forecast` the report year itself; null for a box without a year. */
export function yearOfBasis(reportYear: number, basis: FigureBasis): number;
export function yearOfBasis(reportYear: number, basis: FigureBasis | null): number | null;
export function yearOfBasis(reportYear: number, basis: FigureBasis | null): number | null {
	return basis === null ? null : basis === 'final' ? reportYear - 1 : reportYear;
}

/** Whether a key may be stored in a draft of this form: one of its typed boxes, or the explanation of a check on one of its fields or derived figures. */
export function acceptsKey(form: AnnualReportForm, key: string): boolean {
	const explained = parseExplanationKey(key);
	if (explained) {
		const subject = explained.checkKey.slice(explained.checkKey.indexOf('/') + 1);
		return fieldById(form, subject) !== null || form.derived.some((formula) => formula.id === subject);
	}
	const parsed = parseAnswerKey(key);
	const field = parsed === null ? null : fieldById(form, parsed.fieldId);
	return field !== null && !field.shownOnly && keysOf(field).includes(key);
}

/**
 * The draft a new year opens with: only fields declared `copied`, so that no result of last year can be submitted by pressing Enter.
 * Pass the identity as it is now (name, credit code) over it; those are shown, not typed.
 */
export function prefill(form: AnnualReportForm, previousAnswers: Answers): Record<AnswerKey, string> {
	const draft: Record<AnswerKey, string> = {};
	for (const field of form.fields) {
		if (field.carries !== 'copied') continue;
		for (const key of keysOf(field)) {
			const typed = answerAt(previousAnswers, key);
			if (typed !== '') draft[key] = typed;
		}
	}
	return draft;
}

/** Whether a box must be filled, given the other answers. Shown fields are the register's, not the filer's. */
export function isRequired(field: FormField, answers: Answers): boolean {
	if (field.shownOnly) return false;
	if (field.required) return true;
	const when = field.requiredWhen;
	return when !== undefined && answerAt(answers, when.fieldId) === when.equals;
}
