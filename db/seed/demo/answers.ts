import { formFor, formVersionFor, keysOf, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import { METRICS } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { DemoDesignation, DemoEnterprise } from './parties.ts';
import { chanceOf } from './random.ts';
import { isMoney, typedFigure, type TrueYear } from './figures.ts';
import { narrativeFor } from './narratives.ts';

/** What is odd about one report, beside what its figures say. */
export interface ReportOddities {
	/** The first version has this figure in another unit; `confirmed` = it is so indeed and stays. */
	readonly slip: { readonly field: NumericFieldId; readonly factor: number; readonly confirmed: boolean } | null;
	/** By how much this year's forecast misses what the year will bring; 0.3 = 30 % too high. */
	readonly forecastMiss: number;
	/** After the audit: last year's revenue and profit as first filed were higher by this share. */
	readonly restatedBy: number;
	readonly identityChange: string | null;
}

export function formOfCategory(category: Category, year: number): AnnualReportForm {
	const form = formFor(formVersionFor(year), category);
	if (form === null) throw new Error(`no form for ${year}`);
	return form;
}

/** Everything the filer of one report types, in the order of the form, as a version `no` of it; later versions have mended what was odd in the first. */
export function answersOfReport(
	firm: DemoEnterprise,
	designation: DemoDesignation,
	year: number,
	books: ReadonlyMap<number, TrueYear>,
	oddities: ReportOddities,
	no: number
): Record<string, string> {
	const form = formOfCategory(designation.category, year);
	const chance = chanceOf(`answers/${designation.id}/${year}`);
	const answers: Record<string, string> = {};
	for (const field of form.fields) {
		if (field.shownOnly) continue;
		const numeric = METRICS.find((entry) => entry.fieldId === field.id);
		if (numeric) continue;
		const text =
			plainAnswer(field.id, firm, designation, year, oddities) ??
			(field.kind === 'narrative' ? narrativeFor(field.id, { line: firm.line, year, no, designationId: designation.id }) : null);
		if (text !== null && text !== '') for (const key of keysOf(field)) answers[key] = text;
	}
	const lastYear = books.get(year - 1) ?? {};
	const thisYear = books.get(year) ?? {};
	const miss = oddities.forecastMiss;
	for (const { fieldId } of METRICS) {
		const final = lastYear[fieldId];
		const coming = thisYear[fieldId];
		if (final === undefined || coming === undefined) continue;
		answers[`${fieldId}@final`] = typedFigure(fieldId, odd(fieldId, final, oddities, no));
		const guess = isMoney(fieldId)
			? Math.round(coming * (1 + miss) * (1 + chance.between(-0.05, 0.05)))
			: Math.round(coming * (1 + miss / 3) * (1 + chance.between(-0.02, 0.02)));
		answers[`${fieldId}@forecast`] = typedFigure(fieldId, forecastWithin(fieldId, guess, answers));
	}
	for (const { id, earlier } of form.fields) {
		// Later reports find these years stated.
		const audited = earlier === undefined || year !== designation.cohortYear + 1 ? undefined : books.get(year - earlier.back)?.[earlier.of];
		if (earlier !== undefined && audited !== undefined) answers[id] = typedFigure(earlier.of, audited);
	}
	if (form.fields.some((field) => field.row !== undefined)) fillFields(answers, designation.id);
	return Object.fromEntries(form.fields.flatMap(keysOf).flatMap((key) => (answers[key] === undefined ? [] : [[key, answers[key]]])));
}

/** Two manufacturing fields, the first with two thirds of what comes from manufacturing. */
function fillFields(answers: Record<string, string>, designationId: number): void {
	const first = 34 + (designationId % 3);
	for (const [index, industry] of [first, first + 4].entries()) {
		answers[`mfg_field_${index + 1}`] = `c${industry}`;
		for (const basis of ['final', 'forecast'] as const) {
			const whole = Math.floor(Number(answers[`manufacturing_revenue@${basis}`] ?? '0'));
			const larger = Math.floor((whole * 2) / 3);
			answers[`mfg_field_${index + 1}_revenue@${basis}`] = String(index === 0 ? larger : whole - larger);
		}
	}
}

/** The figure as this version states it. */
function odd(fieldId: NumericFieldId, final: number, { slip, restatedBy }: ReportOddities, no: number): number {
	if (slip && slip.field === fieldId && (no === 1 || slip.confirmed)) return Math.round(final * slip.factor);
	if (no === 1 && restatedBy !== 0 && (fieldId === 'revenue' || fieldId === 'profit')) return Math.round(final * (1 + restatedBy));
	return final;
}

const WHOLE: Partial<Record<NumericFieldId, NumericFieldId>> = {
	bachelor_or_above: 'employees',
	intermediate_title_or_above: 'employees',
	equipment_networked: 'equipment_total',
	manufacturing_revenue: 'revenue'
};

/** A guessed part must not exceed its guessed whole. */
function forecastWithin(fieldId: NumericFieldId, guess: number, answers: Readonly<Record<string, string>>): number {
	const whole = WHOLE[fieldId];
	const typed = whole === undefined ? undefined : answers[`${whole}@forecast`];
	if (typed === undefined) return guess;
	const most = Number(typed) * (isMoney(fieldId) ? 100 : 1);
	return Math.min(guess, Math.floor(most));
}

function plainAnswer(fieldId: string, firm: DemoEnterprise, designation: DemoDesignation, year: number, oddities: ReportOddities): string | null {
	const chance = chanceOf(`plain/${firm.id}/${fieldId}`);
	const [first, second] = firm.contacts;
	switch (fieldId) {
		case 'address':
			return firm.address;
		case 'postcode':
			return firm.postcode;
		case 'legal_representative':
			return firm.legalRepresentative;
		case 'ownership':
			return firm.ownership;
		case 'contact1_name':
			return first?.name ?? null;
		case 'contact1_phone':
		case 'contact1_mobile':
			return first?.phone ?? null;
		case 'legal_representative_phone':
		case 'legal_representative_mobile':
			return second?.phone ?? null;
		case 'contact1_email':
			return first?.email ?? null;
		case 'contact2_name':
			return second?.name ?? null;
		case 'contact2_phone':
			return second?.phone ?? null;
		case 'contact2_email':
			return second?.email ?? null;
		case 'identity_changed':
			return oddities.identityChange === null ? 'no' : 'yes';
		case 'identity_change':
			return oddities.identityChange;
		case 'bank_credit':
			return chance.pick(['aaa', 'aaa', 'aa_plus', 'aa', 'aa_minus', 'a_plus', 'unrated']);
		case 'tax_credit':
			return chance.pick(['a', 'a', 'a', 'b', 'b', 'm']);
		case 'export_app_registered':
			return 'yes';
		case 'export_app_filing':
			return chanceOf(`app/${designation.id}/${year}`).odds(0.96) ? 'yes' : 'no';
		case 'content_is_true':
			return 'yes';
		case 'declared_by':
			return firm.legalRepresentative;
		case 'declared_by_position':
			return '法定代表人';
		default:
			return null;
	}
}
