/** Years × metrics of one designation, as the enterprise and the ministries read it: each figure with its basis, never a final one mistaken for a forecast. */
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { judgeCriteria, type CriterionFinding } from './criteria.ts';
import { METRICS, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { derive, statedOn, type HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Policy } from '#lib/domain/policy.ts';

/** A figure of one year: final where a report stated it, else the forecast, and which of the two it is. */
export interface MatrixCell {
	readonly year: number;
	readonly value: string | null;
	readonly basis: FigureBasis | null;
	/** What had been forecast, beside a final figure: how far it missed is itself a signal (domain.md 2). */
	readonly forecastThen: string | null;
}

export interface MatrixRow {
	/** A field or a computed share of the form. */
	readonly id: string;
	/** Oldest first, one for each of `figureYearsOf`. */
	readonly cells: readonly MatrixCell[];
	/** The limit the criterion sets for it, where one does. */
	readonly limit: { readonly value: string; readonly article: CriterionFinding['article'] } | null;
}

/** The columns of the matrix, oldest first. */
export function figureYearsOf(history: HistoryFigures): readonly number[] {
	return [...new Set(history.map((row) => row.forYear))].sort((a, b) => a - b);
}

/** The rows of the matrix: what is typed, then the shares computed from it. Empty without a form or without figures. */
export function figureMatrix(form: AnnualReportForm | null, policy: Policy, history: HistoryFigures): readonly MatrixRow[] {
	const years = figureYearsOf(history);
	const newest = years.at(-1);
	if (form === null || newest === undefined) return [];
	const parts = judgeCriteria({ policy, category: form.category, runningYear: newest, known: history, answers: {} }).flatMap((finding) =>
		finding.parts.map((part) => ({ part, article: finding.article }))
	);
	const limitOf = (id: string): MatrixRow['limit'] => {
		const found = parts.find(({ part }) => part.subject === id && part.unit !== 'declaration');
		return found === undefined ? null : { value: found.part.threshold, article: found.article };
	};
	const rowOf = (id: string, on: (year: number, basis: FigureBasis) => string | null): MatrixRow => ({
		id,
		cells: years.map((year) => cellOf(year, on(year, 'final'), on(year, 'forecast'))),
		limit: limitOf(id)
	});
	return [
		...METRICS.filter(({ fieldId }) => form.fields.some((field) => field.id === fieldId)).map(({ metric, fieldId }) =>
			rowOf(fieldId, (year, basis) => statedOn(history, metric, year, basis)?.value ?? null)
		),
		...form.derived
			.filter((formula) => formula.kind === 'share')
			.map((formula) => rowOf(formula.id, (year, basis) => derive(formula, history, year, basis, limitOf(formula.id)?.value).value))
	];
}

function cellOf(year: number, final: string | null, forecast: string | null): MatrixCell {
	if (final !== null) return { year, value: final, basis: 'final', forecastThen: forecast };
	return { year, value: forecast, basis: forecast === null ? null : 'forecast', forecastThen: null };
}
