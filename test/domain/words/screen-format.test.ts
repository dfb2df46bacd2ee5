/** What figures, days and instants look like on screen, in both languages. */
import { afterEach, describe, expect, test } from 'vitest';
import { keptPairs, rowsShown, staying, stayingPairs, withoutValue, withQuery, withRow } from '#lib/ui/kit/table/address.ts';
import {
	formatDay,
	formatDayShort,
	formatInstant,
	formatInstantExact,
	formatFigure,
	formatNumber,
	formatRate,
	formatTime,
	missing,
	shortHash,
	withSign
} from '#lib/words/format.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import { day } from '#lib/domain/day.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';

const speak = (locale: 'zh-CN' | 'en') => overwriteGetLocale(() => locale);
afterEach(() => speak('zh-CN'));

describe('figures', () => {
	test('万元 have two places in forms and none in tables, grouped, with a real minus', () => {
		expect(formatFigure('90116.5', 'money', { place: 'form' })).toBe('90,116.50');
		expect(formatFigure('90116.5', 'money')).toBe('90,117');
		expect(formatFigure('-1234567.005', 'money', { place: 'form' })).toBe('−1,234,567.01');
		expect(formatFigure('99999999999999.99', 'money', { place: 'form' })).toBe('99,999,999,999,999.99');
	});
	test('nothing is —, never 0, and a rounded nothing has no minus', () => {
		expect([
			formatFigure(null, 'money'),
			formatFigure('', 'money'),
			formatNumber(undefined),
			formatNumber('abc'),
			formatNumber(Number.NaN),
			formatRate(null)
		]).toEqual(Array(6).fill(missing));
		expect(formatNumber('0')).toBe('0');
		expect(formatNumber('-0.4')).toBe('0');
	});
	test('rates show one place of a percent, exactly', () => {
		expect(formatRate('0.047')).toBe('4.7%');
		expect(formatRate('0.0495')).toBe('5.0%');
		expect(formatRate('0.04949')).toBe('4.9%');
		expect(formatRate(-0.157)).toBe('−15.7%');
		expect(formatFigure('1', 'rate')).toBe('100.0');
	});
	test('only a change above zero gets a plus', () => {
		expect([
			withSign(formatRate('0.074')),
			withSign(formatRate('-0.005')),
			withSign(formatRate('0')),
			withSign(formatRate(null)),
			withSign(formatRate('12.5'))
		]).toEqual(['+7.4%', '−0.5%', '0.0%', missing, '+1,250.0%']);
	});
});

describe('days and instants', () => {
	test('a day says its weekday', () => {
		expect(formatDay('2026-11-30')).toBe('2026年11月30日（星期一）');
		expect(formatDay('2028-02-29', false)).toBe('2028年2月29日');
		expect(formatDayShort('2026-11-30')).toBe('11月30日');
		speak('en');
		expect(formatDay('2026-11-30')).toBe('Monday, 30 November 2026');
		expect(formatDayShort('2026-11-30')).toBe('30 Nov');
	});
	test('what is no day is —', () => {
		expect([formatDay('2026-02-30'), formatDay(null), formatDay('')]).toEqual([missing, missing, missing]);
	});
	test('an instant is told in Beijing time over 24 hours, wherever the server stands', () => {
		const lastSecond = new Date('2026-11-30T15:59:59.999Z');
		expect(formatInstant(lastSecond)).toBe('2026-11-30 23:59');
		expect(formatInstantExact('2026-11-30T16:00:00Z')).toBe('2026-12-01 00:00:00');
		expect(formatTime(new Date('2026-11-23T06:32:08Z'))).toBe('14:32:08');
		expect(formatInstant('nonsense')).toBe(missing);
	});
});

test('a hash keeps its ends', () => {
	expect(shortHash('a'.repeat(8) + 'b'.repeat(48) + 'c'.repeat(8))).toBe('aaaaaaaa…cccccccc');
});

describe('addresses', () => {
	const url = new URL('https://reports.test/ministry/reports?state=late&state=none,draft&sort=-days&after=k9&density=s');
	test('a change of order keeps the filters and forgets the place in the list', () => {
		expect(withQuery(url, { sort: 'name' })).toBe('/ministry/reports?state=late&state=none%2Cdraft&density=s&sort=name');
		expect(withQuery(url, { after: 'k10', sort: null, density: '' })).toBe('/ministry/reports?state=late&state=none%2Cdraft&after=k10');
	});
	test('taking one value away keeps the others of its filter', () => {
		expect(new URL(withoutValue(url, 'state', 'none'), url).searchParams.getAll('state')).toEqual(['late', 'draft']);
	});
	test('a form carries along what is not its own', () => {
		expect(keptPairs(url, ['state'])).toEqual([
			{ name: 'sort', value: '-days' },
			{ name: 'density', value: 's' }
		]);
	});
	test('a page of a list says which of all its rows it shows, if the turn that led there said where it went on', () => {
		const at = (query: string) => new URL(`/audit?${query}`, url);
		const between = { shown: 50, total: 1_234, first: false, last: false };
		expect(rowsShown(at(''), { ...between, first: true })).toEqual({ from: 1, to: 50 });
		expect(rowsShown(new URL(withRow('/audit?after=k9', 51), url), between)).toEqual({ from: 51, to: 100 });
		expect(rowsShown(new URL(withRow('/audit?before=k9', 100), url), between)).toEqual({ from: 51, to: 100 });
		expect(rowsShown(at('after=k9'), { ...between, shown: 34, last: true })).toEqual({ from: 1_201, to: 1_234 });
		expect(rowsShown(at('after=k9&row=51'), { ...between, total: undefined })).toEqual({ from: 51, to: 100 });
		for (const shortened of ['after=k9', 'after=k9&row=1', 'after=k9&row=1200', 'after=k9&row=-3', 'after=k9&row=x', 'after=k9&row=1.5'])
			expect(rowsShown(at(shortened), between)).toBeNull();
	});
	test('opening a row stays on the page of the list', () => {
		const open = new URL('https://reports.test/audit?sort=-days&after=k9&row=51&peek=7&q=');
		expect(stayingPairs(open, 'peek')).toEqual([
			['sort', '-days'],
			['after', 'k9'],
			['row', '51']
		]);
		expect(staying(open, 'peek')).toBe('?sort=-days&after=k9&row=51');
		expect(withQuery(open, { sort: 'name' })).toBe('/audit?q=&sort=name');
	});
});

test('a refusal says its days, names and figures', () => {
	expect(refusalText({ code: 'opinion_missing', departments: ['commerce', 'industry'], reports: ['a', 'b'] })).toBe(
		'当前版本尚缺审核意见：商务主管部门、工信主管部门（2 份报告）'
	);
	expect(refusalText({ code: 'not_open_yet', opensOn: day('2026-10-08') })).toBe('最早可于 2026年10月8日（星期四） 起填报');
	expect(refusalText({ code: 'file_too_large', sizeBytes: 36 * 1024 * 1024, limitBytes: 30 * 1024 * 1024 })).toContain('36.0 MB');
	speak('en');
	expect(refusalText({ code: 'wrong_state', state: 'received', allowed: ['draft', 'returned'] })).toBe(
		'The report is “Received by both ministries”; this is only possible when it is “Draft, Returned”'
	);
});
