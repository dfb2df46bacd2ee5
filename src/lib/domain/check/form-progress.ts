import { answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import { fieldsOf, isRequired, keysOf, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { FormField, SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import type { Check } from './check.ts';
import { explanationNeeded } from './check-explanation.ts';

/** 未开始 · 未看完 · 已填 · 需说明 · 有错误. Wrong text counts as an error; an empty required box only as unfinished. */
export type SectionState = 'not_started' | 'incomplete' | 'filled' | 'needs_explanation' | 'has_errors';

/** `filled` of `required` boxes (and required attachment slots). */
export interface SectionProgress {
	readonly section: SectionId;
	readonly filled: number;
	readonly required: number;
	readonly state: SectionState;
}

export interface FormProgress {
	readonly filled: number;
	readonly required: number;
	readonly state: SectionState;
	readonly sections: readonly SectionProgress[];
}

/** How far a report is. Without checks the states say only what is filled; with them also what is wrong or unexplained. */
export function progress(
	form: AnnualReportForm,
	answers: Answers,
	known: { readonly checks?: readonly Check[]; readonly attachments?: readonly AttachmentFact[] } = {}
): FormProgress {
	const sections = form.sections.map((section) => {
		const counted = section === 'attachments' ? countSlots(form, known.attachments ?? []) : countBoxes(fieldsOf(form, section), answers);
		const checks = (known.checks ?? []).filter((found) => sectionOfCheck(form, found.fieldId) === section);
		return { section, filled: counted.filled, required: counted.required, state: stateOf(counted, checks) };
	});
	const sum = (count: (section: SectionProgress) => number) => sections.reduce((total, section) => total + count(section), 0);
	return { filled: sum((s) => s.filled), required: sum((s) => s.required), state: stateOfWhole(sections), sections };
}

/** The section in which a check is shown and mended. */
export function sectionOfCheck(form: AnnualReportForm, fieldId: string): SectionId | null {
	if (form.slots.some((slot) => slot.id === fieldId)) return 'attachments';
	return form.fields.find((field) => field.id === fieldId)?.section ?? form.derived.find((formula) => formula.id === fieldId)?.section ?? null;
}

interface Counted {
	readonly filled: number;
	readonly required: number;
	readonly touched: boolean;
}

function countBoxes(fields: readonly FormField[], answers: Answers): Counted {
	const typed = (key: string) => answerAt(answers, key).trim() !== '';
	const mine = fields.filter((field) => !field.shownOnly);
	const boxes = mine.filter((field) => isRequired(field, answers)).flatMap(keysOf);
	return { filled: boxes.filter(typed).length, required: boxes.length, touched: mine.flatMap(keysOf).some(typed) };
}

function countSlots(form: AnnualReportForm, attachments: readonly AttachmentFact[]): Counted {
	const slots = form.slots.filter((slot) => slot.required);
	const filled = slots.filter((slot) => attachments.some((file) => file.slotId === slot.id)).length;
	return { filled, required: slots.length, touched: attachments.length > 0 };
}

const ABSENCES: readonly Check['code'][] = ['missing_required', 'missing_attachment'];

function stateOf(counted: Counted, checks: readonly Check[]): SectionState {
	if (checks.some((found) => found.level === 'error' && !ABSENCES.includes(found.code))) return 'has_errors';
	if (!counted.touched) return 'not_started';
	if (counted.filled < counted.required) return 'incomplete';
	return checks.some((found) => explanationNeeded(found) && found.explanation !== 'given') ? 'needs_explanation' : 'filled';
}

/** The most urgent state of any section; sections with nothing required do not hold the whole back. */
function stateOfWhole(sections: readonly SectionProgress[]): SectionState {
	const states = sections.map((section) => section.state);
	if (states.includes('has_errors')) return 'has_errors';
	if (states.every((state) => state === 'not_started')) return 'not_started';
	if (sections.some((section) => section.filled < section.required)) return 'incomplete';
	return states.includes('needs_explanation') ? 'needs_explanation' : 'filled';
}
