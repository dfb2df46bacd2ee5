import { describe, expect, test } from 'vitest';
import { CHECK_LEVELS, checkKey, parseCheckKey, type CheckCode, type ExplanationRefusal } from '#lib/domain/check/check.ts';
import { EXPLANATION_REASONS, explanationRefused, reasonsFor } from '#lib/domain/check/check-explanation.ts';

describe('explaining a warning', () => {
	test('every warning has reasons to choose from, 其他 among them; nothing else has', () => {
		for (const [code, level] of Object.entries(CHECK_LEVELS)) {
			const reasons = reasonsFor(code as CheckCode);
			expect([code, reasons.includes('other')]).toEqual([code, level === 'warning']);
			expect(new Set(reasons).size).toBe(reasons.length);
		}
	});

	test.each([
		'新签两个整车厂长期订单，产能翻倍',
		'核实无误，因新厂房六月投产，收入增加',
		'无锡工厂今年停产检修三个月',
		'The new plant started production in June.'
	])('%j is taken', (sentence) => {
		expect(explanationRefused('half_moved', 'order_change', sentence)).toBeNull();
	});

	test.each([
		['', 'sentence_missing'],
		['   ', 'sentence_missing'],
		['核实无误', 'sentence_empty_phrase'],
		['核实无误。', 'sentence_empty_phrase'],
		['经核实，数据无误，情况属实。', 'sentence_empty_phrase'],
		['我公司已核对，以上数据真实准确！！！', 'sentence_empty_phrase'],
		['情况属实情况属实情况属实', 'sentence_empty_phrase'],
		['无', 'sentence_empty_phrase'],
		['没有', 'sentence_empty_phrase'],
		['无无无无无无无无无无', 'sentence_empty_phrase'],
		['N/A', 'sentence_empty_phrase'],
		['none', 'sentence_empty_phrase'],
		['……………………………', 'sentence_empty_phrase'],
		['增增增增增增增增增增', 'sentence_repeats'],
		['订单订单订单订单订单订单', 'sentence_repeats'],
		['订单增加订单增加订单增加', 'sentence_repeats'],
		['1111111111', 'sentence_repeats'],
		['订单增加了', 'sentence_too_short'],
		['订 单 增 加 了 很 多', 'sentence_too_short'],
		['说'.repeat(501), 'sentence_too_long'],
		['新签两个整车厂长期订单\u0000', 'sentence_unreadable'],
		['新签两个整车厂长期订单\u202e', 'sentence_unreadable']
	] as [string, ExplanationRefusal][])('%j: %s', (sentence, refusal) => {
		expect(explanationRefused('half_moved', 'order_change', sentence)).toBe(refusal);
	});

	test('ten characters are enough, nine are not', () => {
		expect(explanationRefused('half_moved', 'order_change', '新签长期订单产能翻倍')).toBeNull();
		expect(explanationRefused('half_moved', 'order_change', '新签长期订单产能翻')).toBe('sentence_too_short');
	});

	test.each([
		['half_moved', '', 'reason_missing'],
		['half_moved', 'equipment_renewal', 'reason_unknown'],
		['criterion_unmet', 'equipment_renewal', null],
		['missing_required', 'other', 'reason_unknown'],
		['half_moved', 'constructor', 'reason_unknown']
	] as const)('%s with reason %j: %s', (code, reason, refusal) => {
		expect(explanationRefused(code, reason, '新签两个整车厂长期订单，产能翻倍')).toBe(refusal);
	});

	test('each family has its own list', () => {
		expect(Object.keys(EXPLANATION_REASONS).sort()).toEqual([
			'channel_mismatch',
			'cohort_outlier',
			'criterion_unmet',
			'forecast_missed',
			'half_moved',
			'unit_slip'
		]);
	});
});

describe('check keys', () => {
	test('code and field', () => {
		expect(checkKey('half_moved', 'revenue')).toBe('half_moved/revenue');
		expect(parseCheckKey('half_moved/revenue')).toEqual({ code: 'half_moved', fieldId: 'revenue' });
	});

	test.each(['', '/', 'half_moved', 'half_moved/', 'nothing/revenue', 'constructor/revenue', 'half_moved/a/b'])('%j is none', (key) => {
		expect(parseCheckKey(key)).toBeNull();
	});
});
