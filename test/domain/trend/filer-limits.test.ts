/** What filers' figures are held against (非方案规定): the one outlier rule, as two coarse numbers. */
import { describe, expect, test } from 'vitest';
import { compare, decimal, decimalText } from '#lib/domain/decimal.ts';
import { coarse } from '#lib/domain/trend/disclosure.ts';
import { filerLimits, isFar } from '#lib/domain/trend/filer-limits.ts';
import { outlierAgainst, outlierForFiler, referenceOf } from '#lib/domain/trend/outlier.ts';
import { seeded } from './second-statistics.ts';

const LOG = { scale: 'log', unit: 'wan' } as const;
const LINEAR = { scale: 'linear', unit: 'wan' } as const;
/** Significant digits of decimal text. */
const digits = (text: string): number => text.replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;

describe('the limits', () => {
	test('of twelve revenues: a slip of unit is far on either side, and what is usual is not', () => {
		const values = Array.from({ length: 12 }, (_, n) => String(50_000 + n * 3_000));
		const limits = filerLimits(values, LOG);
		if (limits === null) throw new Error('no limits');
		expect(limits.n).toBe(12);
		for (const far of ['600000000', '6.5']) expect(isFar(limits, far), far).toBe(true);
		for (const usual of ['50000', '66500', '83000', '40000']) expect(isFar(limits, usual), usual).toBe(false);
		for (const limit of [limits.below, limits.above]) expect(digits(limit ?? ''), limit ?? '').toBeLessThanOrEqual(2);
	});

	test.each([
		['fewer than ten', Array.from({ length: 9 }, (_, n) => String(n + 1)), LOG],
		['none at all', [], LOG],
		['all equal', Array.from({ length: 20 }, () => '7'), LOG],
		['zeros on a scale of factors', Array.from({ length: 20 }, () => '0'), LOG]
	] as const)('%s: none', (_, values, metric) => expect(filerLimits(values, metric)).toBeNull());

	test('a figure of zero or below has no score where amounts are compared by factors', () => {
		const limits = filerLimits(
			Array.from({ length: 12 }, (_, n) => String(50_000 + n)),
			LOG
		);
		if (limits === null) throw new Error('no limits');
		// Nothing lies at or below zero on that scale: the limit below is a figure above zero, and zero is asked about by another check.
		expect(compare(decimal(limits.below ?? '0'), decimal('0'))).toBeGreaterThan(0);
	});

	test('profits of both signs are compared by differences', () => {
		const limits = filerLimits(
			Array.from({ length: 15 }, (_, n) => String((n - 7) * 100)),
			LINEAR
		);
		if (limits === null) throw new Error('no limits');
		for (const [value, far] of [
			['0', false],
			['-700', false],
			['700', false],
			['99999', true],
			['-99999', true]
		] as const)
			expect(isFar(limits, value), value).toBe(far);
	});

	test('random categories: at every figure of two digits the rule’s own answer, and never yes where the exact rule says no', () => {
		const random = seeded(91);
		let [compared, far] = [0, 0];
		for (let round = 0; round < 25; round += 1) {
			const metric = round % 3 === 0 ? LINEAR : LOG;
			const size = 10 ** (1 + random(6));
			const values = Array.from({ length: 10 + random(30) }, () => String((metric === LINEAR ? -size / 2 : 1) + random(size)));
			const limits = filerLimits(values, metric);
			if (limits === null) continue;
			const reference = referenceOf(values, metric.scale);
			for (let tries = 0; tries < 40; tries += 1) {
				const grid = `${metric === LINEAR && random(2) === 0 ? '-' : ''}${10 + random(90)}${'0'.repeat(random(8))}`;
				expect(isFar(limits, grid), grid).toBe(outlierForFiler(reference, grid, metric.unit).far);
				const typed = `${random(size * 40)}.${random(100)}`;
				const answer = outlierAgainst(reference, typed);
				if (isFar(limits, typed)) {
					far += 1;
					expect(answer.scored && answer.far, typed).toBe(true);
				}
				compared += 1;
			}
		}
		expect([compared > 500, far > 50]).toEqual([true, true]);
	});

	test('whoever tries every figure learns the median several times less exactly than a benchmark tells it', () => {
		const random = seeded(17);
		const errors: { byTrying: number; byBenchmark: number }[] = [];
		for (let round = 0; round < 60; round += 1) {
			const values = Array.from({ length: 11 + 2 * random(10) }, () => 10_000 + random(90_000)).sort((a, b) => a - b);
			const limits = filerLimits(values.map(String), LOG);
			const median = values[(values.length - 1) / 2] ?? 0;
			if (!limits?.below || !limits.above) continue;
			const off = (told: number): number => Math.abs(told / median - 1);
			errors.push({
				byTrying: off(Math.sqrt(Number(limits.below) * Number(limits.above))),
				byBenchmark: off(Number(decimalText(coarse(decimal(String(median)), 'wan'))))
			});
		}
		expect(errors.length).toBeGreaterThan(40);
		const mean = (of: (one: (typeof errors)[number]) => number): number => errors.reduce((sum, one) => sum + of(one), 0) / errors.length;
		expect(mean(({ byTrying }) => byTrying)).toBeGreaterThan(3 * mean(({ byBenchmark }) => byBenchmark));
	});
});
