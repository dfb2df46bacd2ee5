/** Whatever the form, its checks and its criteria can say has words in both languages, with its figures and its article. */
import { slotLabel } from '#lib/words/slot-words.ts';
import { industryLabel } from '#lib/words/industry-words.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { FORM_VERSIONS } from '#lib/domain/form/annual-report-form.ts';
import { check, CHECK_LEVELS, type CheckCode } from '#lib/domain/check/check.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { ARTICLE_IDS, citationOf } from '#lib/domain/notice.ts';
import { articleText } from '#lib/words/article-text.ts';
import { boxLabel } from '#lib/words/box-label.ts';
import { frozenText, saidText } from '#lib/words/frozen-text.ts';
import { fieldDefinition, slotReason } from '#lib/words/form-definitions.ts';
import { articleCitation, checkFact, checkSentence, choiceLabel, fieldLabel, headroomText, limitText, unitOf, valueText } from '#lib/words/form-words.ts';

const locales = ['zh-CN', 'en'] as const;
const speak = (locale: (typeof locales)[number]) => overwriteGetLocale(() => locale);
afterEach(() => speak('zh-CN'));

describe.each(locales)('in %s', (locale) => {
	test('every field, figure and slot of every version has a label and a definition of its own', () => {
		speak(locale);
		for (const form of FORM_VERSIONS) {
			const nameOf = (id: string) => (form.slots.some((slot) => slot.id === id) ? slotLabel(id) : fieldLabel(id));
			const entries = [...form.fields, ...form.derived, ...form.slots];
			expect(entries.filter(({ id }) => nameOf(id) === id || fieldDefinition(id) === '').map(({ id }) => id)).toEqual([]);
			const labels = entries.map(({ id }) => nameOf(id));
			expect(labels.filter((label, index) => labels.indexOf(label) !== index).length).toBeLessThanOrEqual(1);
			expect(form.slots.every(({ id }) => slotReason(id) !== '')).toBe(true);
		}
	});

	test('every article is cited as the notice cites it', () => {
		speak(locale);
		expect(ARTICLE_IDS.filter((id) => articleText(id) !== citationOf(id, locale))).toEqual([]);
	});

	test('every choice has a word and every number a unit', () => {
		speak(locale);
		for (const form of FORM_VERSIONS) {
			expect(
				form.fields.flatMap((field) =>
					field.choices
						.filter((choice) => (field.row === undefined ? choiceLabel(field.id, choice) : industryLabel(choice)) === choice)
						.map((choice) => `${field.id} ${choice}`)
				)
			).toEqual([]);
			expect(form.fields.filter((field) => (field.kind === 'money' || field.kind === 'count') && unitOf(field) === '').map((field) => field.id)).toEqual([]);
		}
	});

	test('every check says something, without a hole in it, and cites what it rests on', () => {
		speak(locale);
		for (const code of Object.keys(CHECK_LEVELS) as CheckCode[]) {
			const sentence = checkSentence(
				check({
					code,
					fieldId: 'revenue',
					article: '5.2.6',
					criterion: 'M6',
					year: 2026,
					basis: 'forecast',
					actual: '61000',
					expected: '50000',
					detail: 'times_10'
				})
			);
			expect(sentence, code).not.toMatch(/undefined|null|\{|(form|check)_[a-z]/);
			expect(sentence, code).toContain(articleCitation('5.2.6').text);
		}
	});
});

test('a criterion not met names the figure, the limit and that it does not prevent filing', () => {
	const found = check({
		code: 'criterion_unmet',
		fieldId: 'informatisation',
		article: '5.2.4',
		criterion: 'M4',
		year: 2025,
		basis: 'final',
		actual: '0.047',
		expected: '0.05',
		detail: 'informatisation_share'
	});
	expect(checkSentence(found)).toBe('信息化建设投入占营业收入比例（2025年审计数）为 4.7%，低于限值（不低于 5%）。请说明原因；不影响报送（方案第五条（二）4）');
});

test('a rate just under its limit is not rounded up to it', () => {
	const found = check({
		code: 'criterion_unmet',
		fieldId: 'informatisation',
		article: '5.2.4',
		criterion: 'M4',
		year: 2026,
		basis: 'forecast',
		actual: '0.049996',
		expected: '0.05',
		detail: 'informatisation_share'
	});
	expect(checkFact(found)).toContain('4.9996%');
});

test('a unit slip asks for the unit, a movement says its direction, and audited against forecast is marked', () => {
	const baseline = { year: 2025, basis: 'forecast', reportYear: 2025 } as const;
	const slip = check({
		code: 'unit_slip',
		fieldId: 'revenue',
		article: 'system',
		year: 2025,
		basis: 'final',
		actual: '620000000',
		expected: '62000',
		detail: 'times_10000',
		baseline
	});
	expect(checkFact(slip)).toBe('营业收入（2025年审计数）为 620,000,000 万元，约为2025年预计 62,000 万元的 10,000 倍。请核对单位是否为万元');
	const fell = check({
		code: 'half_moved',
		fieldId: 'profit',
		article: 'system',
		year: 2025,
		basis: 'final',
		actual: '-20',
		expected: '100',
		changeRate: '1.2',
		baseline,
		mixed: true
	});
	expect(checkFact(fell)).toBe('利润总额（2025年审计数）为 −20 万元，比2025年预计 100 万元减少 120.0%。请说明原因（审计数与预计相比）');
	expect(checkSentence(slip)).toContain('非方案规定');
});

test('limits are those of the policy and headroom is in the unit of the figure', () => {
	const years = (tested: number) =>
		Array.from({ length: 3 }, (_, index) => ({ year: 2024 + index, basis: null, actual: null, verdict: 'unknown' as const, tested: index >= 3 - tested }));
	expect(limitText({ unit: 'wan', subject: 'ito_executed', threshold: '5000', perYear: years(3) })).toBe('近三年每年不低于 5,000 万元');
	expect(limitText({ unit: 'rate', subject: 'networking_rate', threshold: '0.6', perYear: years(1) })).toBe('不低于 60%');
	expect(headroomText({ unit: 'count', subject: 'employees', headroom: '2' })).toBe('余量 2 人');
	expect(headroomText({ unit: 'rate', subject: 'networking_rate', headroom: '-0.012' })).toBe('差 1.2 个百分点');
	expect(valueText('profit', '-1234.5')).toBe('−1,234.50 万元');
});

test('an article of the notice is linked to its place in the guide, a rule of our own is not', () => {
	expect(articleCitation('5.2.4')).toEqual({ text: '方案第五条（二）4', href: '/guide#article-5-2-4' });
	expect(articleCitation('system')).toEqual({ text: '非方案规定，系统设置', href: null });
});

test('an amount in English is no row of two numbers', () => {
	speak('en');
	expect(valueText('revenue', '50000')).toBe('50,000 × CNY 10,000');
	expect(valueText('employees', '1260')).toContain('1,260');
});

test('a box is named and read wherever it is spoken of: a figure with basis, separators and unit, a choice and an explanation in words', () => {
	speak('zh-CN');
	expect(boxLabel('revenue@final')).toBe('营业收入（审计数）');
	expect(boxLabel('explain:half_moved/revenue:text')).toBe('营业收入的说明');
	expect(frozenText('revenue@final', '71214.17')).toBe('71,214.17 万元');
	expect(frozenText('ownership', 'private')).toBe('民营');
	expect(saidText('mfg_field_8', 'c13')).toBe(industryLabel('c13'));
	expect(saidText('tax_credit', 'a')).toBe(choiceLabel('tax_credit', 'a'));
	// A postcode is no figure.
	expect(frozenText('postcode', '210000')).toBe('210000');
	// 附件2 业务开展情况二: a field of the table in words, its revenue as a figure; never a raw code
	expect(frozenText('mfg_field_2', 'c36')).toBe(industryLabel('c36'));
	expect(frozenText('mfg_field_2', 'c36')).not.toMatch(/c36/);
	expect(frozenText('mfg_field_2_revenue@final', '1000')).toBe('1,000 万元');
	expect(frozenText('explain:half_moved/revenue:text', '新厂投产')).toBe('新厂投产');
});
