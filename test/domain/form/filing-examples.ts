import { formFor, keysOf, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import type { Check, CheckCode } from '#lib/domain/check/check.ts';
import { runChecks, type ChecksInput } from '#lib/domain/check/checks.ts';
import { EMPTY_FIGURE_ROW, type FigureBasis, type FigureRow } from '#lib/domain/form/figure-metric.ts';
import type { HistoryRow } from '#lib/domain/form/figures.ts';
import type { Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';

export function formOf(category: Category, version = '2026-1'): AnnualReportForm {
	const form = formFor(version, category);
	if (!form) throw new Error(`form ${version} is gone`);
	return form;
}

/** Numbers of an unremarkable enterprise: last year, this year. */
const FIGURES: Readonly<Record<string, readonly [string, string]>> = {
	employees: ['1200', '1260'],
	bachelor_or_above: ['400', '430'],
	intermediate_title_or_above: ['200', '210'],
	total_assets: ['90000', '95000'],
	total_liabilities: ['40000', '41000'],
	revenue: ['60000', '66000'],
	profit: ['5000', '5500'],
	rd_spending: ['3000', '3300'],
	informatisation: ['3600', '4000'],
	equipment_total: ['500', '520'],
	equipment_networked: ['350', '370'],
	ito_executed: ['8000', '8800'],
	manufacturing_customers: ['20', '22'],
	manufacturing_revenue: ['15000', '17000'],
	patents_invention: ['10', '12'],
	patents_utility: ['5', '6'],
	patents_design: ['1', '1'],
	software_copyrights: ['30', '33'],
	mfg_field_1_revenue: ['15000', '17000']
};

const TEXTS: Readonly<Record<string, string>> = {
	postcode: '210000',
	ownership: 'private',
	contact1_name: '甲',
	contact1_phone: '138 0000 0001',
	contact1_email: 'one@example.cn',
	legal_representative_phone: '025-83000001',
	legal_representative_mobile: '13800000003',
	contact1_mobile: '13800000001',
	mfg_field_1: 'c34',
	contact2_name: '乙',
	contact2_phone: '025-83000002',
	contact2_email: 'two@example.cn',
	identity_changed: 'no',
	bank_credit: 'aa_plus',
	tax_credit: 'a',
	export_app_registered: 'yes',
	export_app_filing: 'yes',
	content_is_true: 'yes'
};

/** A complete set of answers without errors; `changes` lays others over it. */
export function answersOf(category: Category, changes: Readonly<Record<string, string>> = {}, version = '2026-1'): Record<string, string> {
	const answers: Record<string, string> = {};
	for (const field of formOf(category, version).fields) {
		const figures = FIGURES[field.id];
		if (figures) {
			answers[`${field.id}@final`] = figures[0];
			answers[`${field.id}@forecast`] = figures[1];
		} else if (field.required && !field.shownOnly) {
			for (const key of keysOf(field)) answers[key] = TEXTS[field.id] ?? '示例内容';
		}
	}
	return { ...answers, ...changes };
}

/** A row of earlier reports; by default the report year that states it by its basis. */
export function stated(forYear: number, basis: FigureBasis, row: Partial<FigureRow>, reportYear = basis === 'final' ? forYear + 1 : forYear): HistoryRow {
	return { forYear, basis, reportYear, row: { ...EMPTY_FIGURE_ROW, ...row } };
}

export const AUDITED: AttachmentFact = { slotId: 'audited_statements', name: 'a.pdf', sha256: 'a', sizeBytes: 1 };

/** The checks of the complete example for 2026 with some answers changed. */
export function checksOn(category: Category, changes: Readonly<Record<string, string>> = {}, more: Partial<ChecksInput> = {}): readonly Check[] {
	const form = formOf(category);
	const known = { form, year: 2026, channelKind: 'province', history: [], attachments: [AUDITED], policy: DEFAULT_POLICY } as const;
	return runChecks({ ...known, answers: answersOf(category, changes), ...more });
}

export function onlyCode(checks: readonly Check[], code: CheckCode): readonly Check[] {
	return checks.filter((entry) => entry.code === code);
}
