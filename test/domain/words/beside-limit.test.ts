/** 方案第五条 sets limits; a figure beside one is never rounded over to its other side. */
import { expect, test } from 'vitest';
import { criterionLimits } from '#lib/domain/check/criteria.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { readFigures, shareOf } from '#lib/domain/form/figures.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { answerLines } from '#lib/server/reads/enterprise/report-check.ts';
import { figureText, tableFigure } from '#lib/words/figure-text.ts';
import { headroomText, valueText } from '#lib/words/form-words.ts';
import { check } from '#lib/domain/check/check.ts';
import { checkFact } from '#lib/words/form-words.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';

overwriteGetLocale(() => 'zh-CN');

test.each([
	// 方案第五条(二)4: 5 %, (二)5: 60 %, (三)5: 20 %
	['informatisation_share', '0.049822', '0.05', '4.98%'],
	['informatisation_share', '0.0499999999', '0.05', '4.99999999%'],
	['informatisation_share', '0.05', '0.05', '5.0%'],
	['informatisation_share', '0.050001', '0.05', '5.0%'],
	['networking_rate', '0.599999', '0.6', '59.9999%'],
	['manufacturing_share', '0.1996', '0.2', '19.96%'],
	// a limit finer than the usual place: what reaches it is not shown below it either
	['manufacturing_share', '0.2004', '0.2004', '20.04%'],
	// without a limit the usual place
	['informatisation_share', '0.049822', null, '5.0%']
])('%s %s beside %s reads %s', (id, value, limit, text) => {
	expect(valueText(id, value, limit)).toBe(text);
	expect(`${figureText(id, value, limit)}%`).toBe(text);
	expect(`${tableFigure(id, value, { limit }).text}%`).toBe(text);
});

test.each([
	// 方案第五条(二)6: 50 000 万元; (三)2: 5 000 万元. A table of years shows whole numbers, unless that would say the opposite.
	['revenue', '49999.60', '50000', '49,999.6'],
	['revenue', '50000.40', '50000', '50,000'],
	['ito_executed', '4999.996', '5000', '4,999.996'],
	['ito_executed', '4999.60', null, '5,000']
])('%s %s beside %s reads %s in a table of years', (id, value, limit, text) => {
	expect(tableFigure(id, value, { limit }).text).toBe(text);
});

test('the room to a limit is never nothing while there is some', () => {
	const room = (headroom: string) => headroomText({ unit: 'rate', subject: 'informatisation_share', headroom });
	expect(room('-0.000178')).toBe('差 0.02 个百分点');
	expect(room('-0.000007')).toBe('差 0.001 个百分点');
	expect(room('-0.0000000001')).toBe('差 0.00000001 个百分点');
	expect(room('0')).toBe('余量 0 个百分点');
	const near = check({
		code: 'criterion_near',
		fieldId: 'informatisation',
		article: 'system',
		criterion: 'M4',
		actual: '0.00001',
		detail: 'informatisation_share'
	});
	expect(checkFact(near)).toContain('0.001 个百分点');
});

test('a share is kept with the places that show its side, and with six where none is asked for', () => {
	expect(shareOf('49999.60', '1000000')).toBe('0.05');
	expect(shareOf('49999.60', '1000000', '0.05')).toBe('0.0499996');
	expect(shareOf('50000.00', '1000000', '0.05')).toBe('0.05');
	expect(shareOf('50000.40', '1000000', '0.05')).toBe('0.05');
	expect(shareOf('1', '3', '0.6')).toBe('0.333333');
});

test.each(['0.05', '0.6', '0.2', '0.2004', '0.123456'])('any figure stands on its side of %s', (limit) => {
	for (let step = -300; step <= 300; step += 1) {
		const value = (Number(limit) + step * 1e-7).toFixed(7);
		const shown = Number(valueText('networking_rate', value, limit).slice(0, -1));
		expect(shown >= Number(limit) * 100 - 1e-9, `${value} beside ${limit} reads ${shown}`).toBe(Number(value) >= Number(limit));
	}
	expect(valueText('networking_rate', 'text', limit)).toBe('text');
});

test('the lines of a report know their limits, and a share is not rounded onto its limit before it is shown', () => {
	const form = formFor('2026-1', 'manufacturing');
	if (form === null) throw new Error('no form');
	const limits = criterionLimits(DEFAULT_POLICY, 'manufacturing');
	expect(Object.fromEntries(limits)).toEqual({ informatisation_share: '0.05', networking_rate: '0.6', employees: '1000', revenue: '50000' });
	const answers = { 'revenue@final': '100000', 'informatisation@final': '4999.9', 'employees@final': '999' };
	const shown = (given: ReadonlyMap<string, string>) =>
		Object.fromEntries(
			answerLines(form, 2026, answers, [], given)
				.flatMap(({ lines }) => lines)
				.map((line) => [line.fieldId, valueText(line.fieldId, line.final, line.limit)])
		);
	expect(shown(limits)).toMatchObject({ informatisation_share: '4.9999%', employees: '999 人', revenue: '100,000 万元' });
	expect(shown(new Map())['informatisation_share']).toBe('5.0%');
	// As an office reads it: the computed shares of a judged version.
	const derived = readFigures(form, 2026, answers, [], limits).derived.find(({ id, basis }) => id === 'informatisation_share' && basis === 'final');
	expect(derived?.value).toBe('0.049999');
});
