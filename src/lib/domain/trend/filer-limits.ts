/**
 * What a filer's figures are held against (非方案规定; domain.md 5): the two figures from which on the one outlier rule says yes, for a category, metric and
 * basis of the last closed year. Made once when the year is closed and never again, and coarser than any benchmark.
 *
 * What can be learned by trying: whoever saves figure after figure finds these two numbers and no more. They have two significant digits where a benchmark
 * shows three: their middle tells the median several times less exactly than the benchmark every enterprise may read, and their distance a spread as
 * roughly. A correction afterwards changes neither, so that no difference tells of one enterprise; under ten there are none.
 */
import { compare, decimal, decimalText, type Decimal } from '#lib/domain/decimal.ts';
import { outlierForFiler, referenceOf } from './outlier.ts';
import type { TrendMetric } from './trend-metric.ts';

export interface FilerLimits {
	readonly n: number;
	/** At or below it is far; null where nothing is too small. */
	readonly below: string | null;
	/** At or above it is far; null where nothing is too large. */
	readonly above: string | null;
}

/** Whether a figure is far by the limits of its category (非方案规定). */
export function isFar({ below, above }: FilerLimits, typed: string): boolean {
	const value = decimal(typed);
	return (above !== null && compare(value, decimal(above)) >= 0) || (below !== null && compare(value, decimal(below)) <= 0);
}

/** The limits of a category's figures by `outlierForFiler`; null where the rule gives no score (非方案规定). */
export function filerLimits(values: readonly string[], { scale, unit }: Pick<TrendMetric, 'scale' | 'unit'>): FilerLimits | null {
	const reference = referenceOf(values, scale);
	const answerAt = (place: number) => outlierForFiler(reference, atPlace(place), unit);
	const sorted = values.map(decimal).sort(compare);
	const middle = sorted[Math.floor((sorted.length - 1) / 2)];
	if (middle === undefined) return null;
	const start = nearPlace(middle);
	const { n, far } = answerAt(start);
	if (n === null || far) return null;
	const [least, most] = [scale === 'log' ? 1 : -LAST_PLACE, LAST_PLACE];
	const [below, above] = [firstFar(start, least, answerAt), firstFar(start, most, answerAt)];
	return below === null && above === null ? null : { n, below: below === null ? null : atPlace(below), above: above === null ? null : atPlace(above) };
}

/** From a place that is not far towards an end: the first that is; far is far for all beyond. */
function firstFar(from: number, end: number, answerAt: (place: number) => { readonly far: boolean }): number | null {
	if (!answerAt(end).far) return null;
	let [near, far] = [from, end];
	while (Math.abs(far - near) > 1) {
		const between = Math.trunc((near + far) / 2);
		if (answerAt(between).far) far = between;
		else near = between;
	}
	return far;
}

/*
 * Figures of two significant digits, numbered: 0 is zero, 1 to 90 are 0.010 to 0.099, the next ninety ten times as much, and so on; below zero the same.
 */
const FIRST_POWER = -3;
const POWERS = 18;
const PER_POWER = 90;
const LAST_PLACE = POWERS * PER_POWER;

function atPlace(place: number): string {
	if (place === 0) return '0';
	const index = Math.abs(place) - 1;
	const digits = String(10 + (index % PER_POWER));
	const power = FIRST_POWER + Math.floor(index / PER_POWER);
	const text = power >= 0 ? `${digits}${'0'.repeat(power)}` : `0.${digits.padStart(-power, '0')}`;
	return decimalText(decimal(place < 0 ? `-${text}` : text));
}

/** The greatest place that is not above the figure. */
function nearPlace(value: Decimal): number {
	let [low, high] = [-LAST_PLACE, LAST_PLACE];
	while (high - low > 1) {
		const between = Math.floor((low + high) / 2);
		if (compare(decimal(atPlace(between)), value) <= 0) low = between;
		else high = between;
	}
	return low;
}
