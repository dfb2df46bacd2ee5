import { yearOfBasis, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { check, type Check } from './check.ts';
import { absolute, add, compare, decimal, decimalText, divide, isZero, multiply, subtract, type Decimal } from '#lib/domain/decimal.ts';
import type { ReadFigures } from '#lib/domain/form/figures.ts';
import { metricOfField, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { WarningPolicy } from '#lib/domain/policy.ts';

/** Median and median absolute deviation of one figure over the category's cohort. `subject` is a field or a derived figure. */
export interface CohortStat {
	readonly subject: string;
	readonly forYear: number;
	readonly basis: FigureBasis;
	readonly n: number;
	readonly median: string;
	readonly mad: string;
}

export type CohortStats = readonly CohortStat[];

/** Median and MAD of decimal texts, exact; null for an empty list. */
export function medianAndMad(values: readonly string[]): { readonly n: number; readonly median: string; readonly mad: string } | null {
	const numbers = values.map(decimal);
	const middle = medianOf(numbers);
	if (middle === null) return null;
	const deviation = medianOf(numbers.map((value) => absolute(subtract(value, middle))));
	return { n: values.length, median: decimalText(middle), mad: deviation === null ? '0' : decimalText(deviation) };
}

function medianOf(values: readonly Decimal[]): Decimal | null {
	const sorted = [...values].sort(compare);
	const half = Math.floor(sorted.length / 2);
	const upper = sorted[half];
	const lower = sorted.length % 2 === 1 ? upper : sorted[half - 1];
	// Half of an exact decimal is exact with one more place.
	return upper && lower ? multiply(add(lower, upper), { units: 5n, scale: 1 }) : null;
}

/**
 * Figures far outside their cohort: `cohortMadFactor` MADs or more from the median, and only where the cohort has `cohortMinCount` enterprises.
 * A cohort without spread (MAD 0) says nothing. Subjects already in question for their unit are left out.
 */
export function checksOfCohort(
	form: AnnualReportForm,
	year: number,
	read: ReadFigures,
	cohort: CohortStats,
	policy: WarningPolicy,
	inQuestion: ReadonlySet<string>
): readonly Check[] {
	return cohort.flatMap((stat) => {
		if (stat.forYear !== yearOfBasis(year, stat.basis) || stat.n < policy.cohortMinCount.value || inQuestion.has(stat.subject)) return [];
		const actual = valueOf(form, read, stat);
		const mad = decimal(stat.mad);
		if (actual === null || isZero(mad)) return [];
		const distance = absolute(subtract(decimal(actual), decimal(stat.median)));
		if (compare(distance, multiply(mad, decimal(policy.cohortMadFactor.value))) < 0) return [];
		const times = divide(distance, mad, 1);
		return [
			check({
				code: 'cohort_outlier',
				fieldId: stat.subject,
				article: policy.cohortMadFactor.basis,
				basis: stat.basis,
				year: stat.forYear,
				actual,
				expected: stat.median,
				detail: times === null ? null : decimalText(times),
				n: stat.n
			})
		];
	});
}

function valueOf(form: AnnualReportForm, read: ReadFigures, stat: CohortStat): string | null {
	const metric = metricOfField(stat.subject);
	if (metric !== null) return form.fields.some((field) => field.id === stat.subject) ? read.rows[stat.basis][metric] : null;
	const derived = read.derived.find((entry) => entry.id === stat.subject && entry.basis === stat.basis);
	return derived === undefined || derived.unit === 'yesno' ? null : derived.value;
}
