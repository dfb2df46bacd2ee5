/**
 * The one quartile rule of the house (非方案规定): linear interpolation at 1 + p(n − 1), as Excel's QUARTILE.INC and R's type 7 do. Exact decimals from the
 * two neighbours, never a float; whatever shows a median, a quartile or a band of the record asks here.
 */
import { absolute, add, compare, decimal, decimalText, isZero, multiply, round, subtract, type Decimal } from '#lib/domain/decimal.ts';

/** Fewer enterprises than this are recognisable behind their quartiles: they are shown as dots, to whoever sees them whole (非方案规定). */
export const QUARTILES_FROM = 5;

/** Below this P10 and P90 lie between the two outermost values and say nothing of their own (非方案规定). */
export const TENTHS_FROM = 10;

/** The name printed beside the figures: the rule stands on the metric page. */
export const QUARTILE_RULE = 'linear-1-plus-p-n-minus-1';

export type Unit = 'wan' | 'count' | 'rate';

/** Places a statistic is kept with, in the unit shown; a rate is 0–1. */
export const KEPT_PLACES: Readonly<Record<Unit, number>> = { wan: 4, count: 4, rate: 6 };

export type Percent = 10 | 25 | 50 | 75 | 90;

/** Ascending, the list itself left as it was (非方案规定). Brought to one scale first: comparing two scales ten thousand times is most of a statistic's time. */
export function ascending(values: readonly Decimal[]): readonly Decimal[] {
	const scale = values.reduce((most, value) => Math.max(most, value.scale), 0);
	const units = values.map((value) => round(value, scale).units).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	return units.map((one) => ({ units: one, scale }));
}

/** The value at 1 + p(n − 1) of an ascending list, exactly (非方案规定). Null for an empty one. */
export function quantileOf(sorted: readonly Decimal[], percent: Percent): Decimal | null {
	const hundredths = (sorted.length - 1) * percent;
	const below = sorted[Math.floor(hundredths / 100)];
	if (below === undefined) return null;
	const rest = hundredths % 100;
	const above = sorted[Math.floor(hundredths / 100) + 1];
	if (rest === 0 || above === undefined) return below;
	return add(below, multiply(subtract(above, below), { units: BigInt(rest), scale: 2 }));
}

/** The median of any list, exactly (非方案规定). */
export function medianOf(values: readonly Decimal[]): Decimal | null {
	return quantileOf(ascending(values), 50);
}

/**
 * A statistic as it is kept: rounded half away from zero to the places of its unit, or to as many more as keep it on its side of the limit it stands
 * beside (非方案规定).
 */
export function keptText(value: Decimal, unit: Unit, limit: string | null = null): string {
	const edge = limit === null ? null : decimal(limit);
	let places = KEPT_PLACES[unit];
	if (edge !== null) {
		const side = compare(value, edge);
		while (places < value.scale && compare(round(value, places), edge) >= 0 !== side >= 0) places += 1;
	}
	return decimalText(round(value, places));
}

/** What a group of values looks like: nothing, a few dots, or a median with its band. Text as `keptText` writes it; dots ascending and unrounded. */
export type Distribution =
	| { readonly kind: 'none'; readonly n: 0 }
	| { readonly kind: 'dots'; readonly n: number; readonly values: readonly string[] }
	| {
			readonly kind: 'quartiles';
			readonly n: number;
			readonly lower: string;
			readonly median: string;
			readonly upper: string;
			/** Null below {@link TENTHS_FROM}. */
			readonly tenths: { readonly low: string; readonly high: string } | null;
	  };

/** A group's quantiles before anything is rounded: what a kept cell holds, so that it is shown by the same rule as a live one. */
export interface ExactGroup {
	readonly n: number;
	/** The values themselves, ascending, where there are fewer than {@link QUARTILES_FROM}; else none. */
	readonly dots: readonly string[];
	/** Null where there are dots. Decimal text, unrounded: the rule leaves two places more than the values have. */
	readonly at: Readonly<Record<Percent, string>> | null;
}

/** The quantiles of a group, exactly (非方案规定). */
export function exactGroup(values: readonly string[]): ExactGroup {
	const sorted = ascending(values.map(decimal));
	const n = sorted.length;
	if (n < QUARTILES_FROM) return { n, dots: sorted.map(decimalText), at: null };
	const at = (percent: Percent): string => decimalText(quantileOf(sorted, percent) ?? impossible());
	return { n, dots: [], at: { 10: at(10), 25: at(25), 50: at(50), 75: at(75), 90: at(90) } };
}

/**
 * Median, quartile band and outer tenths of a group, or its dots under five (非方案规定). For whoever sees the group whole; everybody else asks
 * `disclose`.
 *
 * @param limit where the group stands beside one: see {@link keptText}
 */
export function distributionFrom({ n, dots, at }: ExactGroup, unit: Unit, limit: string | null = null): Distribution {
	if (n === 0) return { kind: 'none', n: 0 };
	if (at === null) return { kind: 'dots', n, values: dots };
	const shown = (percent: Percent): string => keptText(decimal(at[percent]), unit, limit);
	const tenths = n < TENTHS_FROM ? null : { low: shown(10), high: shown(90) };
	return { kind: 'quartiles', n, lower: shown(25), median: shown(50), upper: shown(75), tenths };
}

/** The same of the values themselves (非方案规定). */
export function distributionOf(values: readonly string[], unit: Unit, limit: string | null = null): Distribution {
	return distributionFrom(exactGroup(values), unit, limit);
}

/** Which quarter of its group a value stands in, a value on an edge in the upper one (非方案规定). */
export type Quarter = 'lowest' | 'below_median' | 'above_median' | 'highest';

/** By the quartiles as they are shown to whoever asks: exact ones for the ministries, a benchmark for everybody else (非方案规定). */
export function quarterOf(value: string, { lower, median, upper }: { readonly lower: string; readonly median: string; readonly upper: string }): Quarter {
	const reaches = (edge: string): boolean => compare(decimal(value), decimal(edge)) >= 0;
	return reaches(upper) ? 'highest' : reaches(median) ? 'above_median' : reaches(lower) ? 'below_median' : 'lowest';
}

/** The sum, unrounded (非方案规定). Zero of nothing: say n beside it. */
export function sumOf(values: readonly Decimal[]): Decimal {
	return values.reduce<Decimal>(add, { units: 0n, scale: 0 });
}

/** Rounds to so many significant digits, half away from zero (非方案规定). */
export function significant(value: Decimal, digits: number): Decimal {
	if (isZero(value)) return { units: 0n, scale: 0 };
	const { units } = absolute(value);
	const surplus = units.toString().length - digits;
	if (surplus <= 0) return value;
	const places = value.scale - surplus;
	if (places >= 0) return round(value, places);
	// Left of the point: 123,456 becomes 123,000.
	const coarse = round({ units: value.units, scale: value.scale - places }, 0);
	return { units: coarse.units * 10n ** BigInt(-places), scale: 0 };
}

function impossible(): never {
	throw new RangeError('a group that is not empty has a quantile');
}
