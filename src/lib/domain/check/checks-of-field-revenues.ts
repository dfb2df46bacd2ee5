import type { Answers } from '#lib/domain/form/answer-key.ts';
import { yearOfBasis, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { add, compare, decimal, decimalText, ZERO } from '#lib/domain/decimal.ts';
import { fieldRevenues } from '#lib/domain/form/field-revenue.ts';
import type { ReadFigures } from '#lib/domain/form/figures.ts';
import { check, type Check } from './check.ts';

/** 附件2 每个领域的收入情况: a row that is begun is finished, no field stands twice, and the fields together are no more than the whole. */
export function checksOfFieldRevenues(form: AnnualReportForm, year: number, answers: Answers, read: ReadFigures): readonly Check[] {
	if (!form.fields.some((field) => field.row !== undefined)) return [];
	const article = 'annex2.it_outsourcing';
	const rows = fieldRevenues(answers);
	const found: Check[] = [];
	for (const { row, industry, revenue } of rows) {
		// The first row is asked for by the form itself.
		if (row > 1 && industry === null) found.push(check({ code: 'missing_required', fieldId: `mfg_field_${row}`, article }));
		for (const basis of ['final', 'forecast'] as const) {
			if (row === 1 || industry === null || revenue[basis] !== null) continue;
			found.push(check({ code: 'missing_required', fieldId: `mfg_field_${row}_revenue`, article, basis, year: yearOfBasis(year, basis) }));
		}
		if (industry !== null && rows.some((other) => other.row < row && other.industry === industry))
			found.push(check({ code: 'industry_twice', fieldId: `mfg_field_${row}`, article, actual: industry }));
	}
	for (const basis of ['final', 'forecast'] as const) {
		const expected = read.rows[basis].manufacturingRevenueWan;
		const sum = rows.reduce((total, { revenue }) => (revenue[basis] === null ? total : add(total, decimal(revenue[basis] ?? '0'))), ZERO);
		if (expected === null || compare(sum, decimal(expected)) <= 0) continue;
		const at = { basis, year: yearOfBasis(year, basis), actual: decimalText(sum), expected };
		found.push(check({ ...at, code: 'industries_exceed_whole', fieldId: 'manufacturing_revenue', article }));
	}
	return found;
}
