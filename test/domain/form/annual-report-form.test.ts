import { describe, expect, test } from 'vitest';
import { acceptsKey, fieldById, formByVersion, formFor, keysOf, prefill, yearOfBasis, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { answerAt, answerKey, explanationKey, parseAnswerKey, parseExplanationKey } from '#lib/domain/form/answer-key.ts';
import { slotRefused } from '#lib/domain/form/attachment-slot.ts';
import { METRICS, fieldOfMetric, metricOfField } from '#lib/domain/form/figure-metric.ts';
import { progress } from '#lib/domain/check/form-progress.ts';
import { isArticleId } from '#lib/domain/notice.ts';
import { answersOf, formOf } from './filing-examples.ts';

const forms: [string, AnnualReportForm][] = [
	['manufacturing', formOf('manufacturing')],
	['it_outsourcing', formOf('it_outsourcing')]
];

describe('附件2 the form, version 2026-1', () => {
	test('an unknown version has no form', () => {
		expect(formByVersion('1999-1')).toBeNull();
		expect(formFor('1999-1', 'manufacturing')).toBeNull();
		expect(formByVersion('2026-1')?.version).toBe('2026-1');
	});

	test.each(forms)('%s: every field declares carries, article and limits', (_, form) => {
		expect(new Set(form.fields.map((field) => field.id)).size).toBe(form.fields.length);
		for (const field of form.fields) {
			expect(['copied', 'never']).toContain(field.carries);
			expect(field.article === 'system' || isArticleId(field.article)).toBe(true);
			expect(form.sections).toContain(field.section);
			expect(field.max === null).toBe(field.kind !== 'text' && field.kind !== 'narrative');
			expect(field.choices.length > 0).toBe(field.kind === 'choice' || field.kind === 'yesno');
			expect(field.id).toMatch(/^[a-z][a-z0-9_]*$/);
		}
	});

	test.each(forms)('%s: no number and no narrative is ever carried over', (_, form) => {
		for (const field of form.fields) {
			if (['money', 'count', 'narrative'].includes(field.kind)) expect([field.id, field.carries]).toEqual([field.id, 'never']);
		}
	});

	test('only profit may be negative', () => {
		for (const [, form] of forms) expect(form.fields.filter((field) => field.negative).map((field) => field.id)).toEqual(['profit']);
	});

	test('the narrative items are those annex 2 lists for the category', () => {
		const narratives = (form: AnnualReportForm) => form.fields.filter((field) => field.section === 'progress').map((field) => [field.id, field.article]);
		expect(narratives(formOf('manufacturing'))).toEqual([
			['transformation_plan', '5.2.1'],
			['outsourcing_application', '5.2.2'],
			['industry_position', '5.2.3'],
			['networking_status', '5.2.5'],
			['digital_processes_products', '5.2.7'],
			['digital_team', '5.2.7']
		]);
		expect(narratives(formOf('it_outsourcing')).map(([id]) => id)).toEqual([
			'business_and_plan',
			'core_products',
			'mature_cases',
			'customers_and_fields',
			'ito_three_years',
			'intellectual_property',
			'competitiveness',
			'staff_capability'
		]);
	});

	test('each category sees its own section only', () => {
		expect(formOf('manufacturing').sections).not.toContain('it_outsourcing');
		expect(formOf('it_outsourcing').sections).not.toContain('manufacturing');
		expect(fieldById(formOf('manufacturing'), 'ito_executed')).toBeNull();
		expect(fieldById(formOf('it_outsourcing'), 'informatisation')).toBeNull();
		expect(formOf('it_outsourcing').slots.some((slot) => slot.id.startsWith('evidence_5_2'))).toBe(false);
	});

	test('every metric is a numeric field of some category, asked for both years', () => {
		const all = formByVersion('2026-1')?.fields ?? [];
		for (const { metric, fieldId, kind } of METRICS) {
			const field = all.find((entry) => entry.id === fieldId);
			expect([fieldId, field?.kind, field?.bases]).toEqual([fieldId, kind, ['final', 'forecast']]);
			expect(metricOfField(fieldId)).toBe(metric);
			expect(fieldOfMetric(metric)).toBe(fieldId);
		}
		expect(all.filter((field) => field.kind === 'money' || field.kind === 'count')).toHaveLength(METRICS.length);
	});

	test('方案第六条2: audited statements are required; 30 MB and five kinds of file', () => {
		const slot = formOf('manufacturing').slots.find((entry) => entry.id === 'audited_statements');
		if (!slot) throw new Error('slot missing');
		expect(slot).toMatchObject({ required: true, article: '6.2' });
		expect(slotRefused(slot, { type: 'pdf', sizeBytes: 30 * 1024 * 1024 }, 0)).toBeNull();
		expect(slotRefused(slot, { type: 'pdf', sizeBytes: 30 * 1024 * 1024 + 1 }, 0)).toBe('attachment_too_large');
		expect(slotRefused(slot, { type: 'pdf', sizeBytes: 0 }, 0)).toBe('attachment_empty');
		expect(slotRefused(slot, { type: 'docx', sizeBytes: 1 }, 0)).toBe('attachment_type_refused');
		expect(slotRefused(slot, { type: null, sizeBytes: 1 }, 0)).toBe('attachment_type_refused');
		expect(slotRefused(slot, { type: 'pdf', sizeBytes: 1 }, slot.maxFiles)).toBe('too_many_attachments');
	});
});

describe('answer keys', () => {
	test.each([
		['address', 'address', null],
		['revenue@final', 'revenue', 'final'],
		['revenue@forecast', 'revenue', 'forecast']
	] as const)('%s', (key, fieldId, basis) => {
		expect(answerKey(fieldId, basis)).toBe(key);
		expect(parseAnswerKey(key)).toEqual({ fieldId, basis });
	});

	test.each(['', 'revenue@', 'revenue@last', 'Revenue', 'a b', 'revenue@final@final', '__proto__', 'explain:half_moved/revenue:text'])(
		'%j is no answer key',
		(key) => {
			expect(parseAnswerKey(key)).toBeNull();
		}
	);

	test('explanations live beside the answers', () => {
		expect(explanationKey('half_moved/revenue', 'reason')).toBe('explain:half_moved/revenue:reason');
		expect(parseExplanationKey('explain:half_moved/revenue:text')).toEqual({ checkKey: 'half_moved/revenue', part: 'text' });
		expect(parseExplanationKey('explain:half_moved:text')).toBeNull();
	});

	test.each([
		['revenue@final', true],
		['revenue', false],
		['address', true],
		['address@final', false],
		['credit_code', false],
		['enterprise_name', false],
		['ito_executed@final', false],
		['explain:half_moved/revenue:text', true],
		['explain:forecast_missed/revenue:reason', true],
		['explain:half_moved/nothing:text', false],
		['constructor', false],
		['toString', false]
	])('a manufacturing draft takes %s: %s', (key, taken) => {
		expect(acceptsKey(formOf('manufacturing'), key)).toBe(taken);
	});

	test('prototype names read as an empty box', () => {
		expect(answerAt({}, 'constructor')).toBe('');
	});

	test('方案第十一条: 2026 states 2025 final and 2026 forecast', () => {
		expect([yearOfBasis(2026, 'final'), yearOfBasis(2026, 'forecast'), yearOfBasis(2026, null)]).toEqual([2025, 2026, null]);
	});
});

describe('prefill', () => {
	test.each(forms)('%s: carries exactly the fields declared copied, whatever the old answers hold', (_, form) => {
		const previous = Object.fromEntries([...form.fields.flatMap(keysOf), 'explain:half_moved/revenue:text', 'unknown'].map((key) => [key, 'x']));
		const copied = form.fields.filter((field) => field.carries === 'copied').flatMap(keysOf);
		expect(Object.keys(prefill(form, previous)).sort()).toEqual([...copied].sort());
		expect(Object.keys(prefill(form, previous)).some((key) => key.includes('@'))).toBe(false);
	});

	test('empty boxes are not carried', () => {
		expect(prefill(formOf('manufacturing'), { address: '', postcode: '210000' })).toEqual({ postcode: '210000' });
	});
});

describe('progress', () => {
	const form = formOf('manufacturing');
	const audited = { slotId: 'audited_statements', name: 'a.pdf', sha256: 'a', sizeBytes: 1 };

	test('nothing typed', () => {
		const found = progress(form, {});
		expect(found).toMatchObject({ filled: 0, state: 'not_started' });
		expect(found.sections.every((section) => section.state === 'not_started')).toBe(true);
	});

	test('shown fields are not work to do', () => {
		expect(progress(form, { enterprise_name: 'x', credit_code: 'y' })).toMatchObject({ filled: 0, state: 'not_started' });
	});

	test('one box begun', () => {
		const people = progress(form, { 'employees@final': '1200' }).sections.find((section) => section.section === 'people');
		expect(people).toEqual({ section: 'people', filled: 1, required: 6, state: 'incomplete' });
	});

	test('a full report', () => {
		const full = progress(form, answersOf('manufacturing'), { attachments: [audited] });
		expect(full.filled).toBe(full.required);
		expect(full.state).toBe('filled');
	});

	test('a box that is required only by another answer is counted once it is', () => {
		const basics = (identity_changed: string) => progress(form, { ...answersOf('manufacturing'), identity_changed }).sections[0];
		expect(basics('yes')?.required).toBe((basics('no')?.required ?? 0) + 1);
		expect(basics('yes')?.state).toBe('incomplete');
	});
});
