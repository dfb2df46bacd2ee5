/** How far forecasts missed what was audited a year later (方案第十一条, 第六条; the two medians are 非方案规定): itself a signal. */
import { absolute, compare, decimal, decimalText, divide, isZero, round, subtract, type Decimal } from '#lib/domain/decimal.ts';
import { medianOf, QUARTILES_FROM } from './quantile.ts';
import type { TrendMetric } from './trend-metric.ts';
import { cellOf, type Member } from './trend-point.ts';

/** Places of one enterprise's own error before the median is taken of it; it is a share of the final, 0.05 = 5 %. */
export const OWN_ERROR_PLACES = 12;
const KEPT_ERROR_PLACES = 6;

export interface ForecastPair {
	readonly forecast: string;
	readonly final: string;
}

export interface ForecastError {
	/** Both known and a final that is not zero. */
	readonly n: number;
	/** The median of (forecast − final) ÷ |final|: above zero, forecasts were too high. Null under five. */
	readonly signed: string | null;
	/** The median of |forecast − final| ÷ |final|. Null under five. */
	readonly absolute: string | null;
	/** Counted apart: nothing is a share of zero. */
	readonly nFinalZero: number;
	readonly nTooHigh: number;
	readonly nTooLow: number;
	readonly nExact: number;
	/** The single errors, ascending, where there are too few for a median. */
	readonly dots: readonly string[];
}

/** Median signed and median absolute error of a group's forecasts of one year, in shares of the final (非方案规定). */
export function forecastError(pairs: readonly ForecastPair[]): ForecastError {
	const missed = pairs.map(({ forecast, final }) => ({ by: subtract(decimal(forecast), decimal(final)), of: absolute(decimal(final)) }));
	const errors = missed.flatMap(({ by, of }) => divide(by, of, OWN_ERROR_PLACES) ?? []);
	const kept = (value: Decimal | null): string | null =>
		value === null || errors.length < QUARTILES_FROM ? null : decimalText(round(value, KEPT_ERROR_PLACES));
	const count = (sign: -1 | 0 | 1): number => missed.filter(({ by, of }) => !isZero(of) && compare(by, { units: 0n, scale: 0 }) === sign).length;
	return {
		n: errors.length,
		signed: kept(medianOf(errors)),
		absolute: kept(medianOf(errors.map(absolute))),
		nFinalZero: missed.filter(({ of }) => isZero(of)).length,
		nTooHigh: count(1),
		nTooLow: count(-1),
		nExact: count(0),
		dots: errors.length < QUARTILES_FROM ? [...errors].sort(compare).map((error) => decimalText(round(error, KEPT_ERROR_PLACES))) : []
	};
}

/** What a year's group (`membersIn`) forecast and what it became, where both are known (方案第十一条). */
export function forecastPairs(members: readonly Member[], metric: TrendMetric, year: number): readonly ForecastPair[] {
	return members.flatMap((member) => {
		const [forecast, final] = [cellOf(member, metric, year, 'forecast'), cellOf(member, metric, year, 'final')];
		return forecast.kind === 'value' && final.kind === 'value' ? [{ forecast: forecast.measured.value, final: final.measured.value }] : [];
	});
}
