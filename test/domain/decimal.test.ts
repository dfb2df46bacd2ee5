import { describe, expect, test } from 'vitest';
import {
	absolute,
	add,
	compare,
	decimal,
	decimalText,
	divide,
	fixedText,
	formatDecimal,
	multiply,
	negate,
	parseDecimal,
	round,
	shift,
	subtract
} from '#lib/domain/decimal.ts';

const of = decimal;

describe('exact decimals', () => {
	test.each([
		['0.1', '0.2', '0.3'],
		['99999999999999.99', '0.01', '100000000000000'],
		['-1.50', '1.5', '0'],
		['1', '-0.001', '0.999']
	])('%s + %s = %s', (a, b, sum) => {
		expect(decimalText(add(of(a), of(b)))).toBe(sum);
		expect(decimalText(subtract(of(sum), of(b)))).toBe(decimalText(of(a)));
	});

	test.each([
		['1.1', '1.1', '1.21'],
		['-3', '0.05', '-0.15'],
		['50000.01', '0.05', '2500.0005']
	])('%s × %s = %s', (a, b, product) => {
		expect(decimalText(multiply(of(a), of(b)))).toBe(product);
	});

	test.each([
		['1', '3', 4, '0.3333'],
		['2', '3', 4, '0.6667'],
		['1', '8', 2, '0.13'],
		['-1', '8', 2, '-0.13'],
		['1', '-8', 2, '-0.13'],
		['0.05', '1', 1, '0.1'],
		['4.9999', '100', 4, '0.05'],
		['0', '7', 4, '0']
	])('%s ÷ %s to %i places, half up: %s', (a, b, scale, quotient) => {
		const result = divide(of(a), of(b), scale);
		expect(result && decimalText(result)).toBe(quotient);
	});

	test('nothing is divided by zero', () => {
		expect(divide(of('1'), of('0.00'), 2)).toBeNull();
	});

	test.each([
		['1.5', '1.50', 0],
		['1.501', '1.5', 1],
		['-2', '-1', -1],
		['99999999999999.98', '99999999999999.99', -1]
	])('%s against %s: %i', (a, b, order) => {
		expect(compare(of(a), of(b))).toBe(order);
	});

	test.each(['', ' 1', '1e3', '.5', '5.', '+1', '１', '1,000', 'NaN', '--1', '1.2.3', '0x1'])('%j is not canonical', (text) => {
		expect(parseDecimal(text)).toBeNull();
		expect(() => decimal(text)).toThrow(RangeError);
	});

	test.each([
		['-0', '0'],
		['-0.00', '0'],
		['1.500', '1.5'],
		['100', '100'],
		['0.05', '0.05'],
		['-0.05', '-0.05']
	])('%s is written %s', (text, written) => {
		expect(decimalText(of(text))).toBe(written);
	});

	test.each([
		['2.345', 2, '2.35'],
		['-2.345', 2, '-2.35'],
		['2.3', 2, '2.30'],
		['-0.001', 2, '0.00'],
		['1999.5', 0, '2000']
	])('%s with %i places is %s', (text, scale, written) => {
		expect(fixedText(of(text), scale)).toBe(written);
		expect(compare(round(of(text), scale), of(written))).toBe(0);
	});

	test.each([
		['1234567.5', undefined, '1,234,567.5'],
		['1234567.5', 2, '1,234,567.50'],
		['-1234', undefined, '−1,234'],
		['999', 0, '999'],
		['0', 2, '0.00'],
		['-0.004', 2, '0.00'],
		['100000.123456', undefined, '100,000.123456']
	] as const)('%s is shown as %s → %s', (text, scale, shown) => {
		expect(formatDecimal(of(text), scale)).toBe(shown);
	});

	test.each([
		['3.5', 4, '35000'],
		['12345678', -4, '1234.5678'],
		['1.23456', 2, '123.456']
	])('%s shifted by %i is %s', (text, places, shifted) => {
		expect(decimalText(shift(of(text), places))).toBe(shifted);
	});

	test('signs', () => {
		expect(decimalText(negate(of('1.5')))).toBe('-1.5');
		expect(decimalText(absolute(of('-1.5')))).toBe('1.5');
	});
});
