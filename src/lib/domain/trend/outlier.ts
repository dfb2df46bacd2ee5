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

/** A value against its category in the same year and on the same basis; the value itself may be among them (非方案规定). */
export function outlierInCategory(category: readonly string[], value: string, scale: TrendMetric['scale']): OutlierAnswer {
	return judge(onScale(category, scale), placeOf(value, scale), scale);
}

/** A value against the same enterprise's own earlier years on one basis, by the same rule: before ten years are known it has no score (非方案规定). */
export function outlierInOwnYears(earlier: readonly string[], value: string, scale: TrendMetric['scale']): OutlierAnswer {
	return judge(onScale(earlier, scale), placeOf(value, scale), scale);
}

export interface Move {
	readonly before: string;
	readonly after: string;
}

/** An enterprise's own step from one year to the next against the steps of its category over the same two years, by the same rule (非方案规定). */
export function outlierOfMove(category: readonly Move[], own: Move, scale: TrendMetric['scale']): OutlierAnswer {
	const steps = category.flatMap((move) => stepOf(move, scale) ?? []);
	return judge(steps, stepOf(own, scale), scale);
}

/**
 * What the filer is told of a typed figure, judged on the server against the last closed year (非方案规定). The figure is taken as coarsely as benchmarks are
 * shown, or whoever types often enough would find median and deviation to the last digit.
 */
export function outlierForFiler(
	lastClosed: readonly string[],
	typed: string,
	metric: Pick<TrendMetric, 'unit' | 'scale'>
): { readonly far: boolean; readonly n: number | null } {
	const answer = outlierInCategory(lastClosed, decimalText(coarse(decimal(typed), metric.unit)), metric.scale);
	// Under ten even n stays unsaid.
	return answer.scored ? { far: answer.far, n: answer.n } : { far: false, n: answer.why === 'few' ? null : answer.n };
}

function onScale(values: readonly string[], scale: TrendMetric['scale']): readonly Decimal[] {
	return values.flatMap((value) => placeOf(value, scale) ?? []);
}

function placeOf(value: string, scale: TrendMetric['scale']): Decimal | null {
	return scale === 'linear' ? decimal(value) : naturalLogarithm(decimal(value));
}

function stepOf({ before, after }: Move, scale: TrendMetric['scale']): Decimal | null {
	const [from, to] = [placeOf(before, scale), placeOf(after, scale)];
	return from === null || to === null ? null : subtract(to, from);
}

function judge(reference: readonly Decimal[], place: Decimal | null, scale: TrendMetric['scale']): OutlierAnswer {
	const n = reference.length;
	const median = medianOf(reference);
	if (n < OUTLIERS_FROM || median === null) return { scored: false, n, why: 'few' };
	if (place === null) return { scored: false, n, why: 'not_on_scale' };
	const deviations = reference.map((value) => absolute(subtract(value, median)));
	const distance = subtract(place, median);
	const middle = medianOf(deviations) ?? ZERO;
	if (compare(middle, ZERO) > 0) return scoreOf(multiply(decimal(OUTLIER_RULE.consistency), distance), middle, { n, by: 'median_deviation', scale });
	const sum = sumOf(deviations);
	if (compare(sum, ZERO) === 0) return { scored: false, n, why: 'no_spread' };
	// Mean deviation × 1.2533, with n brought to the other side: nothing is rounded before the verdict.
	return scoreOf(multiply(decimal(String(n)), distance), multiply(sum, decimal(OUTLIER_RULE.ofMeanDeviation)), { n, by: 'mean_deviation', scale });
}

type Scored = Extract<OutlierAnswer, { scored: true }>;

function scoreOf(part: Decimal, whole: Decimal, told: Pick<Scored, 'n' | 'by' | 'scale'>): OutlierAnswer {
	const far = compare(absolute(part), multiply(decimal(OUTLIER_RULE.beyond), whole)) > 0;
	return { scored: true, ...told, score: decimalText(divide(part, whole, 2) ?? ZERO), far };
}
