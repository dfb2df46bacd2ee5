import { describe, expect, test } from 'vitest';
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import { ascending, distributionOf, keptText, medianOf, quantileOf, significant, sumOf, type Percent } from '#lib/domain/trend/quantile.ts';
import { amount, quantile, read, seeded, sum, text } from './second-statistics.ts';

const at = (values: readonly string[], percent: Percent) => {
	const found = quantileOf(ascending(values.map(decimal)), percent);
	return found === null ? null : decimalText(found);
};

describe('the quartile rule: linear interpolation at 1 + p(n − 1)', () => {
	// Worked by hand. n = 5: ranks 2, 3, 4. n = 6: 2.25, 3.5, 4.75. n = 7: 2.5, 4, 5.5. n = 8: 2.75, 4.5, 6.25.
	test.each([
		[['7'], '7', '7', '7'],
		[['1', '2'], '1.25', '1.5', '1.75'],
		[['1', '2', '3'], '1.5', '2', '2.5'],
		[['1', '2', '3', '4'], '1.75', '2.5', '3.25'],
		[['10', '20', '30', '40', '50'], '20', '30', '40'],
		[['10', '20', '30', '40', '50', '60'], '22.5', '35', '47.5'],
		[['0.01', '0.02', '0.04', '0.08', '0.16', '0.32', '0.64'], '0.03', '0.08', '0.24'],
		[['1', '2', '3', '4', '5', '6', '7', '100'], '2.75', '4.5', '6.25'],
		[['-10', '-1', '0', '5', '6'], '-1', '0', '5'],
		[['3', '3', '3', '3', '3', '3'], '3', '3', '3']
	])('%j: %s, %s, %s', (values, lower, median, upper) => {
		expect([at(values, 25), at(values, 50), at(values, 75)]).toEqual([lower, median, upper]);
	});

	test('the order they come in is nothing to it, and the list stays as it was', () => {
		const values = ['5', '1', '4', '2', '3'].map(decimal);
		expect(decimalText(medianOf(values) ?? decimal('0'))).toBe('3');
		expect(values.map(decimalText)).toEqual(['5', '1', '4', '2', '3']);
	});

	test('nothing has no quartile', () => expect(at([], 50)).toBeNull());

	test('a float would say 0.30000000000000004', () => {
		expect(at(['0.1', '0.2', '0.3', '0.4'], 90)).toBe('0.37');
		expect(decimalText(sumOf(['0.1', '0.2'].map(decimal)))).toBe('0.3');
	});

	test('agrees with the second implementation on 150 random groups', () => {
		const random = seeded(20261130);
		for (let round = 0; round < 150; round += 1) {
			const values = Array.from({ length: 1 + random(40) }, () => amount(random));
			for (const percent of [10, 25, 50, 75, 90] as const) expect(at(values, percent)).toBe(text(quantile(values.map(read), percent), 6));
			expect(decimalText(sumOf(values.map(decimal)))).toBe(text(sum(values.map(read)), 6));
		}
	});
});

describe('what is kept', () => {
	test.each([
		['1.00005', 'wan', null, '1.0001'],
		['1.00004999', 'wan', null, '1'],
		['-1.00005', 'wan', null, '-1.0001'],
		['12.5', 'count', null, '12.5'],
		['0.0499995', 'rate', null, '0.05'],
		['0.05000049', 'rate', null, '0.05'],
		// Beside a limit: a hair below is not at it, and a hair above is not below.
		['0.0499999', 'rate', '0.05', '0.0499999'],
		['0.0499995', 'rate', '0.05', '0.0499995'],
		['0.05', 'rate', '0.05', '0.05'],
		['0.05000001', 'rate', '0.05', '0.05'],
		['0.048', 'rate', '0.05', '0.048'],
		['4999.99996', 'wan', '5000', '4999.99996']
	] as const)('%s as %s beside %s: %s', (value, unit, limit, kept) => expect(keptText(decimal(value), unit, limit)).toBe(kept));

	test.each([
		['123456', '123000'],
		['123500', '124000'],
		['-123500', '-124000'],
		['0.0123456', '0.0123'],
		['999.6', '1000'],
		['1000.00', '1000'],
		['12.5', '12.5'],
		['0.00', '0'],
		['7', '7']
	])('%s to three digits: %s', (value, shown) => expect(decimalText(significant(decimal(value), 3))).toBe(shown));
});

describe('small groups are dots', () => {
	const values = (n: number) => Array.from({ length: n }, (_, index) => String((n - index) * 10));

	test('none, one and four', () => {
		expect(distributionOf([], 'wan')).toEqual({ kind: 'none', n: 0 });
		expect(distributionOf(['7.10'], 'wan')).toEqual({ kind: 'dots', n: 1, values: ['7.1'] });
		expect(distributionOf(values(4), 'wan')).toEqual({ kind: 'dots', n: 4, values: ['10', '20', '30', '40'] });
	});

	test('five have quartiles, ten have tenths too', () => {
		expect(distributionOf(values(5), 'wan')).toEqual({ kind: 'quartiles', n: 5, lower: '20', median: '30', upper: '40', tenths: null });
		expect(distributionOf(values(9), 'wan')).toMatchObject({ tenths: null });
		// n = 10: ranks 1.9, 3.25, 5.5, 7.75, 9.1.
		expect(distributionOf(values(10), 'wan')).toEqual({
			kind: 'quartiles',
			n: 10,
			lower: '32.5',
			median: '55',
			upper: '77.5',
			tenths: { low: '19', high: '91' }
		});
	});

	test('all equal', () => expect(distributionOf(Array<string>(12).fill('0.6'), 'rate', '0.6')).toMatchObject({ lower: '0.6', median: '0.6', upper: '0.6' }));
});
