import { yearOfBasis } from '#lib/domain/form/annual-report-form.ts';
import { METRICS, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { ReadFigures } from '#lib/domain/form/figures.ts';
import { check, type Check } from './check.ts';

/** A figure the server found far outside its category (`filer-limits.ts`): nothing but that, and among how many. */
export interface JudgedFar {
	readonly fieldId: string;
	readonly basis: FigureBasis;
	/** As it was judged: once another figure is typed, nothing is known of it. */
	readonly value: string;
	readonly n: number;
}

/** 非方案规定: far outside the category in the last closed year, as the server judged it; neither median nor limit is known here. */
export function checksOfCohort(year: number, { rows }: Pick<ReadFigures, 'rows'>, far: readonly JudgedFar[]): readonly Check[] {
	return far.flatMap(({ fieldId, basis, value, n }) => {
		const metric = METRICS.find((one) => one.fieldId === fieldId)?.metric;
		if (metric === undefined || rows[basis][metric] !== value) return [];
		return [check({ code: 'cohort_outlier', fieldId, article: 'system', basis, year: yearOfBasis(year, basis), actual: value, n })];
	});
}
