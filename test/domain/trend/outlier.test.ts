import { describe, expect, test } from 'vitest';
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import { naturalLogarithm } from '#lib/domain/trend/natural-logarithm.ts';
import { outlierAgainst, outlierForFiler, outlierOfMove, referenceOf, referenceOfMoves, type Move } from '#lib/domain/trend/outlier.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { fraction, less, minus, over, quantile, read, seeded, size, sum, text, times, type Fraction } from './second-statistics.ts';

describe('the logarithm, the same digits everywhere', () => {
	// The first twelve places of the constants as tables print them.
	test.each([
		['1', '0'],
		['2', '0.69314718056'],
		['10', '2.302585092994'],
		['0.5', '-0.69314718056'],
		['2.718281828459045', '1'],
		['0.000001', '-13.815510557964'],
		['123456789.01', '18.631401766249'],
		['100000000000000', '32.236191301917']
	])('ln %s', (value, log) => expect(decimalText(naturalLogarithm(decimal(value)) ?? decimal('999'))).toBe(log));

	test('of zero and below there is none', () => expect([naturalLogarithm(decimal('0')), naturalLogarithm(decimal('-3'))]).toEqual([null, null]));

	test('agrees with the engine’s own to the digits a float has, from a fen to a million billion', () => {
		const random = seeded(5);
		for (let round = 0; round < 500; round += 1) {
			const value = `${String(random(10 ** (1 + random(9))))}.${String(1 + random(99)).padStart(2, '0')}`;
			expect(Number(decimalText(naturalLogarithm(decimal(value)) ?? decimal('999')))).toBeCloseTo(Math.log(Number(value)), 10);
		}
	});
});

const among = (values: readonly string[], value: string, scale: TrendMetric['scale']) => outlierAgainst(referenceOf(values, scale), value);

/** Median 10, deviations 1, 2, 3, 4, 5 on either side and one at the median: MAD 3. */
const ELEVEN = ['5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15'];

describe('far outside: modified z beyond 3.5', () => {
	test.each([
		// 3.5 × 3 ÷ 0.6745 = 15.567…: a distance of 15.56 is within, 15.57 beyond.
		['25.56', false, '3.5'],
		['25.57', true, '3.5'],
		['-5.56', false, '-3.5'],
		['-5.57', true, '-3.5'],
		['10', false, '0'],
		['1000', true, '222.59']
	])('%s among 5 … 15: far %s, score %s', (value, far, score) => {
		expect(among(ELEVEN, value, 'linear')).toEqual({ scored: true, n: 11, far, score, by: 'median_deviation', scale: 'linear' });
	});

	test('exactly 3.5 is not beyond', () => {
		// MAD 0.6745: ten values, five on either side at that distance; a distance of 3.5 scores 3.5.
		const group = [...Array<string>(5).fill('-0.6745'), ...Array<string>(5).fill('0.6745')];
		expect(among(group, '3.5', 'linear')).toMatchObject({ score: '3.5', far: false });
		expect(among(group, '3.50001', 'linear')).toMatchObject({ far: true });
	});

	test('half of the values equal: the mean deviation × 1.2533', () => {
		// Median 0, MAD 0; mean deviation (1 + 1 + 2) ÷ 10 = 0.4: beyond 3.5 × 1.2533 × 0.4 = 1.75462.
		const group = [...Array<string>(7).fill('0'), '1', '-1', '2'];
		expect(among(group, '1.75', 'linear')).toMatchObject({ by: 'mean_deviation', score: '3.49', far: false });
		expect(among(group, '1.76', 'linear')).toMatchObject({ by: 'mean_deviation', score: '3.51', far: true });
	});

	test('no score: too few, all equal, none', () => {
		expect(among(ELEVEN.slice(0, 9), '1000', 'linear')).toEqual({ scored: false, n: 9, why: 'few' });
		expect(among(Array<string>(12).fill('5'), '1000', 'linear')).toEqual({ scored: false, n: 12, why: 'no_spread' });
		expect(among([], '1', 'log')).toEqual({ scored: false, n: 0, why: 'few' });
	});

	test('amounts are compared by factors: a giant among small ones is nothing strange, a slip of unit is', () => {
		const group = ['100', '200', '400', '800', '1600', '3200', '6400', '12800', '25600', '51200', '102400'];
		expect(among(group, '409600', 'linear')).toMatchObject({ far: true });
		expect(among(group, '409600', 'log')).toMatchObject({ far: false, n: 11 });
		expect(among(group, '320000000', 'log')).toMatchObject({ far: true });
	});

	test('zero is on no scale of factors: it is no score, and none of those compared with', () => {
		const group = [...Array.from({ length: 10 }, (_, index) => String((index + 1) * 100)), '0', '0'];
		expect(among(group, '0', 'log')).toEqual({ scored: false, n: 10, why: 'not_on_scale' });
		expect(among(group, '500', 'log')).toMatchObject({ scored: true, n: 10 });
	});

	test('agrees with the second implementation', () => {
		const random = seeded(9);
		const judge = (values: readonly Fraction[], value: Fraction): { score: string; far: boolean } | null => {
			const median = quantile(values, 50);
			const deviations = values.map((one) => size(minus(one, median)));
			const middle = quantile(deviations, 50);
			const mean = over(sum(deviations), fraction(BigInt(values.length)));
			if (mean.top === 0n) return null;
			const away = minus(value, median);
			const z = middle.top > 0n ? over(times(fraction(6745n, 10000n), away), middle) : over(away, times(fraction(12533n, 10000n), mean));
			return { score: text(z, 2), far: less(fraction(7n, 2n), size(z)) };
		};
		for (let round = 0; round < 300; round += 1) {
			const values = Array.from({ length: 10 + random(20) }, () => String(random(round % 3 === 0 ? 3 : 60) - 20));
			const value = String(random(200) - 60);
			const answer = among(values, value, 'linear');
			expect(answer.scored ? { score: answer.score, far: answer.far } : null).toEqual(judge(values.map(read), read(value)));
		}
	});
});

describe('against the enterprise’s own years', () => {
	test('by the same rule, and so not before ten of them are known', () => {
		expect(among(['100', '101', '102'], '9000', 'log')).toEqual({ scored: false, n: 3, why: 'few' });
		expect(among(ELEVEN, '1000', 'linear')).toMatchObject({ far: true, n: 11 });
	});

	const step = (moves: readonly Move[], own: Move) => outlierOfMove(referenceOfMoves(moves, 'log'), own);

	test('its step against the steps of the others over the same two years', () => {
		const steps = Array.from({ length: 12 }, (_, index) => ({ before: '1000', after: String(1000 + index * 20) }));
		expect(step(steps, { before: '50000', after: '55000' })).toMatchObject({ scored: true, n: 12, far: false });
		expect(step(steps, { before: '50000', after: '5.5' })).toMatchObject({ far: true });
		expect(step(steps, { before: '0', after: '5' })).toEqual({ scored: false, n: 12, why: 'not_on_scale' });
		expect(step(steps.slice(3), { before: '1', after: '5' })).toMatchObject({ why: 'few' });
	});
});

describe('what the filer is told', () => {
	const told = (values: readonly string[], typed: string) => outlierForFiler(referenceOf(values, 'linear'), typed, 'wan');

	test('yes or no and n, and nothing else', () => {
		expect(told(ELEVEN, '1000')).toEqual({ far: true, n: 11 });
		expect(told(ELEVEN, '11')).toEqual({ far: false, n: 11 });
		expect(told(ELEVEN.slice(0, 9), '1000')).toEqual({ far: false, n: null });
	});

	test('whoever halves the way again and again finds the edge to three digits only, for any two cohorts whose edges agree so far', () => {
		const edgeOf = (values: readonly string[]): number => {
			const reference = referenceOf(values, 'linear');
			let [low, high] = [10_000_000, 100_000_000];
			while (high - low > 1) {
				const middle = Math.floor((low + high) / 2);
				// In ten-thousandths, so that 25.5671 can be told from 25.5672 if anything tells it.
				if (outlierForFiler(reference, `${String(Math.floor(middle / 10_000))}.${String(middle % 10_000).padStart(4, '0')}`, 'wan').far) high = middle;
				else low = middle;
			}
			return high;
		};
		const scaled = (by: string) => ELEVEN.map((value) => decimalText({ units: decimal(value).units * decimal(by).units, scale: decimal(by).scale }));
		expect(edgeOf(scaled('100'))).toBe(edgeOf(scaled('100.01')));
	});
});
