import { METRICS } from './figure-metric.ts';
import { bestStated, growth, statedOn, type Growth, type HistoryFigures, type ReadFigures, type StatedFigure } from './figures.ts';
import type { AnnualReportForm } from './annual-report-form.ts';

/** One figure as an official reads it: what was forecast a year ago, what it became, and what is forecast now. Decimal text in the field's unit. */
export interface FigureLine {
	readonly fieldId: string;
	readonly kind: 'money' | 'count';
	/** Last year as last year's report forecast it; null without one. */
	readonly forecastThen: StatedFigure | null;
	/** Last year, final, in this report. */
	readonly final: string | null;
	/** final against forecastThen. */
	readonly missed: Growth | null;
	/** This year, forecast, in this report. */
	readonly forecast: string | null;
	/** forecast against the best known figure of last year. */
	readonly change: Growth | null;
}

/** The figures of a report beside what earlier reports stated, in the order of the form. */
export function figureLines(form: AnnualReportForm, year: number, rows: ReadFigures['rows'], history: HistoryFigures): readonly FigureLine[] {
	return METRICS.flatMap(({ metric, fieldId, kind }): FigureLine[] => {
		if (!form.fields.some((field) => field.id === fieldId)) return [];
		const final = rows.final[metric];
		const forecast = rows.forecast[metric];
		const forecastThen = statedOn(history, metric, year - 1, 'forecast');
		const base = final === null ? bestStated(history, metric, year - 1) : { value: final, basis: 'final' as const };
		return [
			{
				fieldId,
				kind,
				forecastThen,
				final,
				forecast,
				missed: final !== null && forecastThen ? growth({ value: final, basis: 'final' }, forecastThen) : null,
				change: forecast !== null && base ? growth({ value: forecast, basis: 'forecast' }, base) : null
			}
		];
	});
}
