import { describe, expect, test } from 'vitest';
import { checksOn as run, onlyCode as found, stated } from '../form/filing-examples.ts';

describe('warnings: moved by half or more on the year before (非方案规定)', () => {
	test.each([
		['90000', true, '0.5'],
		['89999.99', false, null],
		['30000', true, '0.5'],
		['30000.01', false, null],
		['60000', false, null],
		['0', true, '1']
	] as const)('60000 → %s: %s', (forecast, asked, changeRate) => {
		const checks = found(run('manufacturing', { 'revenue@forecast': forecast }), 'half_moved').filter((entry) => entry.fieldId === 'revenue');
		expect(checks.length === 1).toBe(asked);
		if (asked) {
			expect(checks[0]).toMatchObject({
				article: 'system',
				actual: forecast,
				expected: '60000',
				changeRate,
				year: 2026,
				basis: 'forecast',
				baseline: { year: 2025, basis: 'final', reportYear: 2026 },
				mixed: true
			});
		}
	});

	test('the final figure is set against the year before as earlier reports stated it', () => {
		const history = [stated(2024, 'final', { revenueWan: '40000' })];
		expect(found(run('manufacturing', {}, { history }), 'half_moved')).toMatchObject([
			{
				fieldId: 'revenue',
				year: 2025,
				basis: 'final',
				actual: '60000',
				expected: '40000',
				baseline: { year: 2024, basis: 'final', reportYear: 2025 },
				mixed: false
			}
		]);
	});

	test('against a forecast only when no final is known, and marked', () => {
		const history = [stated(2024, 'forecast', { revenueWan: '40000' })];
		expect(found(run('manufacturing', {}, { history }), 'half_moved')).toMatchObject([{ mixed: true, baseline: { basis: 'forecast' } }]);
	});

	test('a loss that turns to profit is a movement; patents are not watched', () => {
		expect(found(run('manufacturing', { 'profit@final': '-5000', 'profit@forecast': '100' }), 'half_moved')).toMatchObject([{ fieldId: 'profit' }]);
		expect(found(run('it_outsourcing', { 'patents_invention@forecast': '30' }), 'half_moved')).toEqual([]);
	});

	test('from zero there is a movement and no rate', () => {
		expect(found(run('manufacturing', { 'profit@final': '0', 'profit@forecast': '100' }), 'half_moved')).toMatchObject([{ changeRate: null }]);
	});

	test('a report of the same year is not history', () => {
		const history = [stated(2024, 'final', { revenueWan: '1' }, 2026)];
		expect(found(run('manufacturing', {}, { history }), 'half_moved')).toEqual([]);
	});
});

describe('warnings: final missed its forecast by a fifth or more (非方案规定)', () => {
	test.each([
		['75000', true],
		['74999.99', false],
		['50000', true],
		['50000.01', false]
	])('forecast %s, final 60000: %s', (revenueWan, asked) => {
		const history = [stated(2025, 'forecast', { revenueWan })];
		const checks = found(run('manufacturing', {}, { history }), 'forecast_missed');
		expect(checks.length === 1).toBe(asked);
		if (asked)
			expect(checks[0]).toMatchObject({
				key: 'forecast_missed/revenue',
				year: 2025,
				basis: 'final',
				expected: revenueWan,
				mixed: true,
				baseline: { basis: 'forecast', reportYear: 2025 }
			});
	});
});

describe('warnings: slips of unit', () => {
	test.each([
		['600000', 'times_10', '60000'],
		['60000000', 'times_1000', '60000'],
		['600000000', 'times_10000', '60000'],
		['6000', 'by_10', '60000'],
		['60', 'by_1000', '60000'],
		['6', 'by_10000', '60000'],
		['612345678.91', 'times_10000', '61234.57']
	])('60000 → %s is %s, offering %s', (forecast, detail, offer) => {
		const checks = run('manufacturing', { 'revenue@forecast': forecast });
		expect(found(checks, 'unit_slip')).toMatchObject([{ fieldId: 'revenue', detail, offers: [offer], level: 'warning', article: 'system' }]);
		expect(found(checks, 'half_moved').filter((entry) => entry.fieldId === 'revenue')).toEqual([]);
	});

	test.each(['120000', '1200000', '20000'])('60000 → %s is a movement, not a slip', (forecast) => {
		const checks = run('manufacturing', { 'revenue@forecast': forecast });
		expect(found(checks, 'unit_slip')).toEqual([]);
		expect(found(checks, 'half_moved').filter((entry) => entry.fieldId === 'revenue')).toHaveLength(1);
	});

	test('both years typed in 元 are both found, by what was forecast before', () => {
		const history = [stated(2025, 'forecast', { revenueWan: '61000' })];
		const checks = found(run('manufacturing', { 'revenue@final': '600000000', 'revenue@forecast': '660000000' }, { history }), 'unit_slip');
		expect(checks.map((entry) => [entry.basis, entry.detail, entry.offers])).toEqual([
			['final', 'times_10000', ['60000']],
			['forecast', 'times_10000', ['66000']]
		]);
	});
});
