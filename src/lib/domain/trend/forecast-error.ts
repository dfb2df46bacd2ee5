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

/** What an error is made from, counted and not yet rounded: of pairs here, or by a question to the record, always the same. */
export interface ErrorTally extends Pick<ForecastError, 'n' | 'nFinalZero' | 'nTooHigh' | 'nTooLow' | 'nExact' | 'dots'> {
	/** Unrounded; null under five, where there are dots. */
	readonly signed: string | null;
	readonly absolute: string | null;
}

/** Counts and orders the errors of a group's forecasts (非方案规定). */
export function errorTally(pairs: readonly ForecastPair[]): ErrorTally {
	const missed = pairs.map(({ forecast, final }) => ({ by: subtract(decimal(forecast), decimal(final)), of: absolute(decimal(final)) }));
	const errors = missed.flatMap(({ by, of }) => divide(by, of, OWN_ERROR_PLACES) ?? []);
	const few = errors.length < QUARTILES_FROM;
	const exact = (value: Decimal | null): string | null => (value === null || few ? null : decimalText(value));
	const count = (sign: -1 | 0 | 1): number => missed.filter(({ by, of }) => !isZero(of) && compare(by, { units: 0n, scale: 0 }) === sign).length;
	return {
		n: errors.length,
		signed: exact(medianOf(errors)),
		absolute: exact(medianOf(errors.map(absolute))),
		nFinalZero: missed.filter(({ of }) => isZero(of)).length,
		nTooHigh: count(1),
		nTooLow: count(-1),
		nExact: count(0),
		dots: few ? [...errors].sort(compare).map(decimalText) : []
	};
}

/** The error of a tally, rounded (非方案规定). */
export function errorFrom(tally: ErrorTally): ForecastError {
	const kept = (text: string): string => decimalText(round(decimal(text), KEPT_ERROR_PLACES));
	const { signed, absolute: size, dots } = tally;
	return { ...tally, signed: signed === null ? null : kept(signed), absolute: size === null ? null : kept(size), dots: dots.map(kept) };
}

/** Median signed and median absolute error of a group's forecasts of one year, in shares of the final (非方案规定). */
export function forecastError(pairs: readonly ForecastPair[]): ForecastError {
	return errorFrom(errorTally(pairs));
}

/** What a year's group (`membersIn`) forecast and what it became, where both are known (方案第十一条). */
export function forecastPairs(members: readonly Member[], metric: TrendMetric, year: number): readonly ForecastPair[] {
	return members.flatMap((member) => {
		const [forecast, final] = [cellOf(member, metric, year, 'forecast'), cellOf(member, metric, year, 'final')];
		return forecast.kind === 'value' && final.kind === 'value' ? [{ forecast: forecast.measured.value, final: final.measured.value }] : [];
	});
}
