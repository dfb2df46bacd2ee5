import { describe, expect, test } from 'vitest';
import { decimal, formatDecimal } from '#lib/domain/decimal.ts';
import { readNumber, readText, type NumberRefusal } from '#lib/domain/form/number-reading.ts';

describe('reading a typed amount in 万元', () => {
	test.each([
		['1234', '1234'],
		['１，２３４', '1234'],
		['１２３４．５', '1234.5'],
		['1,234.5', '1234.5'],
		['12,345,678.90', '12345678.9'],
		['1 234.5', '1234.5'],
		['1\u00a0234', '1234'],
		['\u30001234\u3000', '1234'],
		[' 1234\t', '1234'],
		['+5', '5'],
		['0', '0'],
		['007', '7'],
		['.5', '0.5'],
		['5.', '5'],
		['1.500', '1.5'],
		['0.10', '0.1'],
		['99999999999999.99', '99999999999999.99'],
		['00000000000000000001', '1']
	])('%j is %s', (typed, value) => {
		expect(readNumber(typed, 'money')).toEqual({ ok: true, value });
	});

	test.each(['', ' ', '\u3000', '\t\n'])('%j is missing, never zero', (typed) => {
		expect(readNumber(typed, 'money')).toEqual({ ok: true, value: null });
	});

	test.each([
		['-5', '-5'],
		['−5.25', '-5.25'],
		['－５', '-5'],
		['- 5', '-5'],
		['-1,234', '-1234']
	])('%j is %s where the field may be negative', (typed, value) => {
		expect(readNumber(typed, 'money', { negative: true })).toEqual({ ok: true, value });
		expect(readNumber(typed, 'money')).toEqual({ ok: false, code: 'negative_not_allowed', offers: [] });
	});

	test.each([
		['3.5亿', ['35000']],
		['8.1 亿', ['81000']],
		['３．５亿', ['35000']],
		['3.5亿元', ['35000']],
		['500万', ['500']],
		['500 万元', ['500']],
		['500万元人民币', ['500']],
		['1,234万', ['1234']],
		['1.2万亿', ['120000000']],
		['3千万', ['3000']],
		['5百万元', ['500']],
		['8000千元', ['800']],
		['12340000元', ['1234']],
		// A sign alone is 元, or stands in a column of 万元: both are offered.
		['￥12,340,000', ['1234', '12340000']],
		['￥149,163.94', ['149163.94']],
		['RMB 1,234', ['1234']],
		['1200（万元）', ['1200']],
		['1200 [亿元]', ['12000000']],
		['1200(元)', ['0.12']],
		['¥500万', ['500']],
		// 12 345 678 元 is 1234.5678 万元, which the box cannot hold: nothing is offered rather than something rounded.
		['12345678元', []],
		['-3亿', []]
	])('%j has a unit: offers %j and converts nothing by itself', (typed, offers) => {
		expect(readNumber(typed, 'money')).toEqual({ ok: false, code: 'unit_in_text', offers });
	});

	test.each([
		['(149,163.94)', '-149163.94'],
		['（149,163.94）', '-149163.94'],
		['( 5 )', '-5'],
		['1,234.50-', '-1234.5'],
		['1,234.50－', '-1234.5'],
		['△1,234', '-1234'],
		['(￥1,234.50)', '-1234.5'],
		['￥(1,234.50)', '-1234.5']
	])('%j is how accounts write %s: offered where the field may be negative, else refused as negative', (typed, offer) => {
		expect(readNumber(typed, 'money', { negative: true })).toEqual({ ok: false, code: 'accounting', offers: [offer] });
		expect(readNumber(typed, 'money')).toEqual({ ok: false, code: 'negative_not_allowed', offers: [] });
	});
	test.each(['-', '－', '—', '--', '￥-', '¥ -'])(
		'%j stands for nothing in accounts: zero is offered, and an empty box stays the person’s own choice',
		(typed) => {
			expect(readNumber(typed, 'money')).toEqual({ ok: false, code: 'accounting', offers: ['0'] });
			expect(readNumber(typed, 'count')).toEqual({ ok: false, code: 'accounting', offers: ['0'] });
		}
	);
	test('a negative amount in another unit is offered in 万元', () => {
		expect(readNumber('(1.5)亿元', 'money', { negative: true })).toEqual({ ok: false, code: 'unit_in_text', offers: ['-15000'] });
		expect(readNumber('1.5-亿', 'money', { negative: true })).toEqual({ ok: false, code: 'unit_in_text', offers: ['-15000'] });
	});
	test.each(['()', '(1', '1)', '(-5)', '--5', '5--', '(a)', '△'])('%j is no amount', (typed) => {
		expect(readNumber(typed, 'money', { negative: true })).toMatchObject({ ok: false, code: 'not_a_number', offers: [] });
	});

	test.each([
		['1e3', 'exponent'],
		['1E3', 'exponent'],
		['1.5e-2', 'exponent'],
		['１ｅ３', 'exponent'],
		['-0', 'negative_zero'],
		['-0.00', 'negative_zero'],
		['−0', 'negative_zero'],
		['1\u0000', 'nul'],
		['\u0000', 'nul'],
		['\u202e321', 'bidi_mark'],
		['1\u200e2', 'bidi_mark'],
		['\u20661\u2069', 'bidi_mark'],
		['1\u200b2', 'invisible_character'],
		['\ufeff12', 'invisible_character'],
		['1\u00072', 'invisible_character'],
		['1.234', 'too_many_decimals'],
		['0.001', 'too_many_decimals'],
		['100000000000000', 'too_large'],
		['123456789012345', 'too_large'],
		['1,23', 'wrong_grouping'],
		['12,34,567', 'wrong_grouping'],
		['1.234,5', 'wrong_grouping'],
		['1,2345', 'wrong_grouping'],
		['1 2', 'wrong_grouping'],
		['1..2', 'wrong_grouping'],
		['1.2.3', 'wrong_grouping'],
		['5%', 'percent_in_text'],
		['５％', 'percent_in_text'],
		['abc', 'not_a_number'],
		['.', 'not_a_number'],
		['三亿', 'not_a_number'],
		['亿', 'not_a_number'],
		['约500', 'not_a_number'],
		['500左右', 'not_a_number'],
		['0x10', 'not_a_number'],
		['NaN', 'not_a_number'],
		['Infinity', 'not_a_number'],
		['1/2', 'not_a_number'],
		['--5', 'not_a_number'],
		['9'.repeat(65), 'text_too_long'],
		['9'.repeat(1_000_000), 'text_too_long']
	] as [string, NumberRefusal][])('%j is refused: %s', (typed, code) => {
		expect(readNumber(typed, 'money', { negative: true })).toEqual({ ok: false, code, offers: [] });
	});
});

describe('what is shown can be typed back', () => {
	test.each(['0', '0.05', '1234567.5', '-1234.56', '99999999999999.99', '-0.01'])('%s', (value) => {
		expect(readNumber(formatDecimal(decimal(value)), 'money', { negative: true })).toEqual({ ok: true, value });
		expect(readNumber(formatDecimal(decimal(value), 2), 'money', { negative: true })).toEqual({ ok: true, value });
	});
});

describe('reading a typed count', () => {
	test.each([
		['1200', '1200'],
		['１，２００', '1200'],
		['0', '0'],
		['12.0', '12'],
		['12.', '12']
	])('%j is %s', (typed, value) => {
		expect(readNumber(typed, 'count')).toEqual({ ok: true, value });
	});

	test.each([
		['1.5', 'not_whole'],
		['-1', 'negative_not_allowed'],
		['-0', 'negative_zero'],
		['1e3', 'exponent'],
		['一千', 'not_a_number']
	] as [string, NumberRefusal][])('%j is refused: %s', (typed, code) => {
		expect(readNumber(typed, 'count', { negative: true })).toEqual({ ok: false, code, offers: [] });
	});

	test.each([
		['1200人', ['1200']],
		['1.2万', ['12000']],
		['1.2万人', ['12000']],
		['35 台', ['35']],
		['1.00005万', []]
	])('%j has a unit: offers %j', (typed, offers) => {
		expect(readNumber(typed, 'count')).toEqual({ ok: false, code: 'unit_in_text', offers });
	});
});

describe('reading typed text', () => {
	test('counts code points, not UTF-16 halves', () => {
		expect(readText('𠮷野家', 3)).toEqual({ ok: true, value: '𠮷野家', length: 3 });
		expect(readText('𠮷野家店', 3)).toEqual({ ok: false, code: 'text_too_long', length: 4 });
	});

	test('takes text as typed but for line ends', () => {
		expect(readText(' 一\r\n二\r三\t', 20)).toEqual({ ok: true, value: ' 一\n二\n三\t', length: 7 });
	});

	test.each(['', '  ', '\n\u3000'])('%j is missing', (typed) => {
		expect(readText(typed, 10)).toMatchObject({ ok: true, value: null });
	});

	test.each([
		['a\u0000b', 'nul'],
		['a\u202eb', 'bidi_mark'],
		['a\u2067b', 'bidi_mark'],
		['a\u061cb', 'bidi_mark'],
		['a\u001bb', 'control_character'],
		['a\u0085b', 'control_character'],
		['a\ud800b', 'broken_character']
	])('%j is refused: %s', (typed, code) => {
		expect(readText(typed, 10)).toMatchObject({ ok: false, code });
	});

	test('what comes along from Word and the web does not stop anybody', () => {
		expect(readText('一\u000b二\u200b三\u00ad', 20)).toMatchObject({ ok: true, value: '一\n二\u200b三\u00ad' });
	});

	test('a megabyte is refused by its length', () => {
		expect(readText('文'.repeat(1_000_000), 2000)).toEqual({ ok: false, code: 'text_too_long', length: 1_000_000 });
	});
});
