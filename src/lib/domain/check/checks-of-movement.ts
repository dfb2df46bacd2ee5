import { fieldById, yearOfBasis, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { check, type Check } from './check.ts';
import { absolute, compare, decimal, decimalText, divide, isZero, multiply, round, subtract, type Decimal } from '#lib/domain/decimal.ts';
import { bestStated, changeRate, statedOn, type HistoryFigures, type ReadFigures, type StatedFigure } from '#lib/domain/form/figures.ts';
import { METRICS, type FigureBasis, type Metric } from '#lib/domain/form/figure-metric.ts';
import type { WarningPolicy } from '#lib/domain/policy.ts';

/**
 * Compares each watched figure with the year before, and last year's final with the forecast made of it. A jump that looks like a slip of
 * unit is asked as such and not again as a movement. History holds what earlier reports stated, not this one.
 */
export function checksOfMovement(form: AnnualReportForm, year: number, read: ReadFigures, history: HistoryFigures, policy: WarningPolicy): readonly Check[] {
	return METRICS.filter((entry) => entry.watched && fieldById(form, entry.fieldId) !== null).flatMap(({ metric, fieldId, kind }) => {
		const figures: FiguresOfMetric = { fieldId, kind, year, final: read.rows.final[metric], forecast: read.rows.forecast[metric] };
		return checksOfMetric(figures, metric, history, policy);
	});
}

interface FiguresOfMetric {
	readonly fieldId: string;
	readonly kind: 'money' | 'count';
	readonly year: number;
	readonly final: string | null;
	readonly forecast: string | null;
}

function checksOfMetric(figures: FiguresOfMetric, metric: Metric, history: HistoryFigures, policy: WarningPolicy): readonly Check[] {
	const { year, final, forecast } = figures;
	const found: Check[] = [];
	const yearBefore = bestStated(history, metric, year - 2);
	const forecastThen = statedOn(history, metric, year - 1, 'forecast');
	let finalSlipped = false;
	if (final !== null) {
		const slip = slipAgainst(figures, 'final', final, [yearBefore, forecastThen], policy);
		finalSlipped = slip !== null;
		if (slip) found.push(slip);
		else {
			found.push(...moved(figures, 'final', final, yearBefore, policy), ...missed(figures, final, forecastThen, policy));
		}
	}
	if (forecast !== null) {
		// A final in the wrong unit would excuse a forecast in the same wrong unit, so then history is asked.
		const own: StatedFigure | null = final === null || finalSlipped ? null : { forYear: year - 1, basis: 'final', reportYear: year, value: final };
		const base = own ?? forecastThen ?? yearBefore;
		const slip = slipAgainst(figures, 'forecast', forecast, [base], policy);
		if (slip) found.push(slip);
		else if (base?.forYear === year - 1) found.push(...moved(figures, 'forecast', forecast, base, policy));
	}
	return found;
}

function moved(figures: FiguresOfMetric, basis: FigureBasis, actual: string, base: StatedFigure | null, policy: WarningPolicy): readonly Check[] {
	if (base === null || !changedBy(actual, base.value, policy.movedRate.value)) return [];
	return [check({ ...against(figures, basis, actual, base), code: 'half_moved', article: policy.movedRate.basis })];
}

function missed(figures: FiguresOfMetric, actual: string, base: StatedFigure | null, policy: WarningPolicy): readonly Check[] {
	if (base === null || !changedBy(actual, base.value, policy.forecastMissedRate.value)) return [];
	return [check({ ...against(figures, 'final', actual, base), code: 'forecast_missed', article: policy.forecastMissedRate.basis })];
}

/** Whether the change is `rate` of the base or more, exactly; any move away from zero counts. */
function changedBy(actual: string, base: string, rate: string): boolean {
	const from = decimal(base);
	const delta = absolute(subtract(decimal(actual), from));
	return !isZero(delta) && compare(delta, multiply(absolute(from), decimal(rate))) >= 0;
}

function against(figures: FiguresOfMetric, basis: FigureBasis, actual: string, base: StatedFigure) {
	return {
		fieldId: figures.fieldId,
		basis,
		year: yearOfBasis(figures.year, basis),
		actual,
		expected: base.value,
		changeRate: changeRate(actual, base.value),
		baseline: { year: base.forYear, basis: base.basis, reportYear: base.reportYear },
		mixed: basis !== base.basis
	};
}

function slipAgainst(
	figures: FiguresOfMetric,
	basis: FigureBasis,
	actual: string,
	bases: readonly (StatedFigure | null)[],
	policy: WarningPolicy
): Check | null {
	for (const base of bases) {
		const slip = base === null ? null : slipBetween(actual, base.value, policy.unitSlipFactors.value);
		if (base === null || slip === null) continue;
		const correction = slip.tooLarge ? divide(decimal(actual), slip.factor, 6) : multiply(decimal(actual), slip.factor);
		const offer = correction === null ? [] : [decimalText(round(correction, figures.kind === 'money' ? 2 : 0))];
		return check({
			...against(figures, basis, actual, base),
			code: 'unit_slip',
			article: policy.unitSlipFactors.basis,
			detail: `${slip.tooLarge ? 'times' : 'by'}_${decimalText(slip.factor)}`,
			offers: offer
		});
	}
	return null;
}

/** The factor by which two figures seem to differ in unit. Ten-fold is narrow (8 to 12.5), for a firm may grow; larger factors span half to double. */
function slipBetween(actual: string, base: string, factors: readonly string[]): { readonly factor: Decimal; readonly tooLarge: boolean } | null {
	const now = absolute(decimal(actual));
	const before = absolute(decimal(base));
	if (isZero(now) || isZero(before)) return null;
	for (const text of factors) {
		const factor = decimal(text);
		const [low, high] = compare(factor, decimal('100')) < 0 ? [decimal('0.8'), decimal('1.25')] : [decimal('0.5'), decimal('2')];
		for (const tooLarge of [true, false]) {
			const [large, small] = tooLarge ? [now, before] : [before, now];
			const expected = multiply(small, factor);
			if (compare(large, multiply(expected, low)) >= 0 && compare(large, multiply(expected, high)) <= 0) return { factor, tooLarge };
		}
	}
	return null;
}
