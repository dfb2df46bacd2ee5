/**
 * The one rule by which a value is far outside (非方案规定): a modified z of more than 3.5 from the median absolute deviation. It serves the ministries' list
 * and the filer's check alike; the filer learns yes or no and n.
 */
import { absolute, compare, decimal, decimalText, divide, multiply, subtract, ZERO, type Decimal } from '#lib/domain/decimal.ts';
import { coarse } from './disclosure.ts';
import { naturalLogarithm } from './natural-logarithm.ts';
import { medianOf, sumOf } from './quantile.ts';
import type { TrendMetric } from './trend-metric.ts';

/** Fewer values than this prove nothing. */
export const OUTLIERS_FROM = 10;

/** The constants of the rule, printed beside every score. */
export const OUTLIER_RULE = { code: 'modified-z-1', beyond: '3.5', consistency: '0.6745', ofMeanDeviation: '1.2533' } as const;

/** Why there is no score: too few to compare with, no spread among them, or a value of zero or below where amounts are compared by factors. */
export type NoScore = 'few' | 'no_spread' | 'not_on_scale';

export type OutlierAnswer =
	| {
			readonly scored: true;
			/** How many were compared with. */
			readonly n: number;
			/** Two places, with its sign; shown, while `far` is judged exactly. */
			readonly score: string;
			readonly far: boolean;
			/** By the median absolute deviation, or by the mean one where half of the values are equal. */
			readonly by: 'median_deviation' | 'mean_deviation';
			readonly scale: TrendMetric['scale'];
	  }
	| { readonly scored: false; readonly n: number; readonly why: NoScore };

/** What values are held against: made once of a category, asked for each of its values. */
export interface Reference {
	readonly scale: TrendMetric['scale'];
	readonly n: number;
	readonly median: Decimal;
	readonly medianDeviation: Decimal;
	/** The sum of all deviations: the mean deviation times n, which is exact. */
	readonly deviations: Decimal;
}

/** A category's values in one year and on one basis (非方案规定); the value that is judged may be among them. */
export function referenceOf(values: readonly string[], scale: TrendMetric['scale']): Reference {
	return measure(
		values.flatMap((value) => placeOf(value, scale) ?? []),
		scale
	);
}

/** A value against its category, or against the same enterprise's own earlier years: before ten of them are known it has no score (非方案规定). */
export function outlierAgainst(reference: Reference, value: string): OutlierAnswer {
	return judge(reference, placeOf(value, reference.scale));
}

export interface Move {
	readonly before: string;
	readonly after: string;
}

/** A category's steps from one year to the next: what an enterprise's own step is held against, by the same rule (非方案规定). */
export function referenceOfMoves(moves: readonly Move[], scale: TrendMetric['scale']): Reference {
	return measure(
		moves.flatMap((move) => stepOf(move, scale) ?? []),
		scale
	);
}

/** An enterprise's step against the steps of its category over the same two years: its own history, long before it has ten years of one (非方案规定). */
export function outlierOfMove(reference: Reference, own: Move): OutlierAnswer {
	return judge(reference, stepOf(own, reference.scale));
}

/**
 * What the filer is told of a typed figure, judged on the server against the last closed year (非方案规定). The figure is taken as coarsely as benchmarks are
 * shown, or whoever types often enough would find median and deviation to the last digit.
 */
export function outlierForFiler(lastClosed: Reference, typed: string, unit: TrendMetric['unit']): { readonly far: boolean; readonly n: number | null } {
	const answer = outlierAgainst(lastClosed, decimalText(coarse(decimal(typed), unit)));
	// Under ten even n stays unsaid.
	return answer.scored ? { far: answer.far, n: answer.n } : { far: false, n: answer.why === 'few' ? null : answer.n };
}

function placeOf(value: string, scale: TrendMetric['scale']): Decimal | null {
	return scale === 'linear' ? decimal(value) : naturalLogarithm(decimal(value));
}

function stepOf({ before, after }: Move, scale: TrendMetric['scale']): Decimal | null {
	const [from, to] = [placeOf(before, scale), placeOf(after, scale)];
	return from === null || to === null ? null : subtract(to, from);
}

function measure(places: readonly Decimal[], scale: TrendMetric['scale']): Reference {
	const median = medianOf(places) ?? ZERO;
	const deviations = places.map((place) => absolute(subtract(place, median)));
	return { scale, n: places.length, median, medianDeviation: medianOf(deviations) ?? ZERO, deviations: sumOf(deviations) };
}

function judge({ scale, n, median, medianDeviation, deviations }: Reference, place: Decimal | null): OutlierAnswer {
	if (n < OUTLIERS_FROM) return { scored: false, n, why: 'few' };
	if (place === null) return { scored: false, n, why: 'not_on_scale' };
	const distance = subtract(place, median);
	if (compare(medianDeviation, ZERO) > 0) {
		return scoreOf(multiply(decimal(OUTLIER_RULE.consistency), distance), medianDeviation, { n, by: 'median_deviation', scale });
	}
	if (compare(deviations, ZERO) === 0) return { scored: false, n, why: 'no_spread' };
	// Mean deviation × 1.2533, with n brought to the other side: nothing is rounded before the verdict.
	const whole = multiply(deviations, decimal(OUTLIER_RULE.ofMeanDeviation));
	return scoreOf(multiply(decimal(String(n)), distance), whole, { n, by: 'mean_deviation', scale });
}

type Scored = Extract<OutlierAnswer, { scored: true }>;

function scoreOf(part: Decimal, whole: Decimal, told: Pick<Scored, 'n' | 'by' | 'scale'>): OutlierAnswer {
	const far = compare(absolute(part), multiply(decimal(OUTLIER_RULE.beyond), whole)) > 0;
	return { scored: true, ...told, score: decimalText(divide(part, whole, 2) ?? ZERO), far };
}
