import { describe, expect, test } from 'vitest';
import { bestStated, changeRate, growth, readFigures, shareOf, statedOn } from '#lib/domain/form/figures.ts';
import type { DerivedId } from '#lib/domain/form/derived-figure.ts';
import { answersOf, formOf, stated } from './filing-examples.ts';

const manufacturing = formOf('manufacturing');
const itOutsourcing = formOf('it_outsourcing');

describe('方案第六条 figures keep year, basis and exact value', () => {
	test('last year is final, this year forecast', () => {
		const { figures, rows } = readFigures(manufacturing, 2026, { 'revenue@final': '１２,345.60', 'revenue@forecast': '13000' });
		expect(figures).toEqual([
			{ metric: 'revenueWan', fieldId: 'revenue', forYear: 2025, basis: 'final', value: '12345.6' },
			{ metric: 'revenueWan', fieldId: 'revenue', forYear: 2026, basis: 'forecast', value: '13000' }
		]);
		expect(rows.final.revenueWan).toBe('12345.6');
		expect(rows.forecast.revenueWan).toBe('13000');
		expect(rows.final.employees).toBeNull();
	});

	test('an empty or unreadable box is missing, never zero', () => {
		const read = readFigures(manufacturing, 2026, { 'revenue@final': ' ', 'revenue@forecast': '3.5亿', 'employees@final': '-1', 'profit@final': '-5' });
		expect(read.rows.final.revenueWan).toBeNull();
		expect(read.rows.forecast.revenueWan).toBeNull();
		expect(read.rows.final.employees).toBeNull();
		expect(read.rows.final.profitWan).toBe('-5');
		expect(read.unreadable).toEqual([
			{ key: 'employees@final', fieldId: 'employees', basis: 'final', code: 'negative_not_allowed', offers: [] },
			{ key: 'revenue@forecast', fieldId: 'revenue', basis: 'forecast', code: 'unit_in_text', offers: ['35000'] }
		]);
	});

	test('figures of the other category are not read', () => {
		expect(readFigures(manufacturing, 2026, answersOf('it_outsourcing')).rows.final.itoExecutedWan).toBeNull();
	});
});

describe('computed figures', () => {
	const of = (id: DerivedId, basis: 'final' | 'forecast', answers: Record<string, string>, history = [] as ReturnType<typeof stated>[]) => {
		const form = id === 'manufacturing_share' || id === 'patents_total' ? itOutsourcing : manufacturing;
		return readFigures(form, 2026, answers, history).derived.find((entry) => entry.id === id && entry.basis === basis);
	};

	test.each([
		['debt_ratio', { 'total_liabilities@final': '30', 'total_assets@final': '90' }, '0.333333'],
		['debt_ratio', { 'total_liabilities@final': '0', 'total_assets@final': '90' }, '0'],
		['debt_ratio', { 'total_liabilities@final': '30', 'total_assets@final': '0' }, null],
		['debt_ratio', { 'total_liabilities@final': '30' }, null],
		['informatisation_share', { 'informatisation@final': '3000', 'revenue@final': '60000' }, '0.05'],
		['networking_rate', { 'equipment_networked@final': '2', 'equipment_total@final': '3' }, '0.666667'],
		['manufacturing_share', { 'manufacturing_revenue@final': '1', 'revenue@final': '5' }, '0.2'],
		['patents_total', { 'patents_invention@final': '10', 'patents_utility@final': '5', 'patents_design@final': '0' }, '15'],
		['patents_total', { 'patents_invention@final': '10', 'patents_utility@final': '5' }, null]
	] as const)('%s of %j is %s', (id, answers, value) => {
		expect(of(id, 'final', { ...answers })?.value).toBe(value);
	});

	test('a share never takes its parts from different bases', () => {
		expect(of('informatisation_share', 'forecast', { 'informatisation@forecast': '3000', 'revenue@final': '60000' })?.value).toBeNull();
	});

	test('growth of a final over a final is plain, of a forecast over a final is marked', () => {
		const answers = { 'revenue@final': '60000', 'revenue@forecast': '66000' };
		const history = [stated(2024, 'final', { revenueWan: '50000' })];
		expect(of('revenue_growth', 'final', answers, history)).toMatchObject({ value: '0.2', mixed: false });
		expect(of('revenue_growth', 'forecast', answers, history)).toMatchObject({ value: '0.1', mixed: true });
	});

	test('growth over a loss or over nothing is unknown', () => {
		const history = [stated(2024, 'final', { profitWan: '-100' })];
		expect(of('profit_growth', 'final', { 'profit@final': '50' }, history)?.value).toBeNull();
		expect(of('profit_growth', 'final', { 'profit@final': '50' })?.value).toBeNull();
	});

	test.each([
		['1', '1', '1', 'yes'],
		['1', '0', '1', 'no'],
		['-1', null, null, 'no'],
		['1', null, '1', null],
		[null, '1', '1', null],
		['1', '1', '-0.01', 'no']
	])('profits %s, %s, %s (newest first): three profitable years %s', (last, before, first, value) => {
		const history = [stated(2024, 'final', { profitWan: before }), stated(2023, 'final', { profitWan: first })];
		expect(of('profitable_three_years', 'final', last === null ? {} : { 'profit@final': last }, history)?.value).toBe(value);
	});
});

describe('what earlier reports stated', () => {
	const history = [
		stated(2024, 'forecast', { revenueWan: '48000' }),
		stated(2024, 'final', { revenueWan: '50000' }, 2025),
		stated(2024, 'final', { revenueWan: '50500' }, 2026),
		stated(2025, 'forecast', { revenueWan: '55000', profitWan: null })
	];

	test('final where known, from the latest report that states it, else forecast', () => {
		expect(bestStated(history, 'revenueWan', 2024)).toEqual({ forYear: 2024, basis: 'final', reportYear: 2026, value: '50500' });
		expect(bestStated(history, 'revenueWan', 2025)).toEqual({ forYear: 2025, basis: 'forecast', reportYear: 2025, value: '55000' });
		expect(statedOn(history, 'revenueWan', 2024, 'forecast')?.value).toBe('48000');
	});

	test('a year nobody stated, and a null, are unknown', () => {
		expect(bestStated(history, 'revenueWan', 2020)).toBeNull();
		expect(bestStated(history, 'profitWan', 2025)).toBeNull();
	});
});

describe('growth', () => {
	test.each([
		['110', '100', '10', '0.1'],
		['90', '100', '-10', '-0.1'],
		['100', '100', '0', '0'],
		['1', '3', '-2', '-0.666667'],
		['5', '0', '5', null],
		['5', '-5', '10', null]
	])('from %s over %s: %s, rate %s', (current, previous, delta, rate) => {
		expect(growth({ value: current, basis: 'final' }, { value: previous, basis: 'final' })).toEqual({ delta, rate, points: null, mixed: false });
	});

	test('rates move in percentage points', () => {
		expect(growth({ value: '0.065', basis: 'forecast' }, { value: '0.05', basis: 'final' }, 'rate')).toEqual({
			delta: '0.015',
			rate: null,
			points: '1.5',
			mixed: true
		});
	});

	test('shares and changes of nothing are null', () => {
		expect(shareOf('1', '0.00')).toBeNull();
		expect(shareOf('1', '-5')).toBeNull();
		expect(changeRate('1', '0')).toBeNull();
		expect(changeRate('-50', '-100')).toBe('0.5');
	});
});
