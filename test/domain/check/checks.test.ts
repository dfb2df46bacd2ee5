import { describe, expect, test } from 'vitest';
import { blocking, runChecks } from '#lib/domain/check/checks.ts';
import { progress } from '#lib/domain/check/form-progress.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { AUDITED, answersOf, checksOn as run, formOf, onlyCode as found } from '../form/filing-examples.ts';

describe('a complete report', () => {
	test.each(['manufacturing', 'it_outsourcing'] as const)('%s: nothing blocks', (category) => {
		const checks = run(category);
		expect(checks.filter((entry) => entry.level !== 'note')).toEqual([]);
		expect(blocking(checks)).toEqual([]);
	});

	test('an empty one never throws and is full of missing boxes', () => {
		const form = formOf('manufacturing');
		const checks = runChecks({ form, year: 2026, channelKind: 'province', answers: {}, history: [], attachments: [], policy: DEFAULT_POLICY });
		expect(found(checks, 'missing_required').length).toBe(progress(form, {}).required - 1);
		expect(found(checks, 'missing_attachment').map((entry) => entry.fieldId)).toEqual(['audited_statements']);
	});

	test('errors come first, then warnings, then notes, each in the order of the form', () => {
		const checks = run('manufacturing', { 'employees@final': '', address: '', 'equipment_networked@forecast': '100' }, { attachments: [] });
		const levels = checks.map((entry) => ['error', 'warning', 'note'].indexOf(entry.level));
		expect(levels).toEqual([...levels].sort());
		expect(checks.filter((entry) => entry.level === 'error').map((entry) => entry.fieldId)).toEqual(['address', 'employees', 'audited_statements']);
	});
});

describe('errors: what cannot be right', () => {
	test.each([
		['revenue@final', '', 'missing_required', 'revenue', 'annex2', null],
		['revenue@final', '3.5亿', 'unreadable_number', 'revenue', 'annex2', 'unit_in_text'],
		['revenue@forecast', '1e3', 'unreadable_number', 'revenue', 'annex2', 'exponent'],
		['revenue@forecast', '-1', 'negative_amount', 'revenue', 'annex2', null],
		['employees@final', '-1', 'negative_count', 'employees', 'annex2', null],
		['employees@final', '1.5', 'unreadable_number', 'employees', 'annex2', 'not_whole'],
		['ownership', 'feudal', 'bad_choice', 'ownership', 'annex2', null],
		['identity_changed', 'maybe', 'bad_choice', 'identity_changed', 'system', null],
		['content_is_true', 'no', 'declaration_missing', 'content_is_true', 'fill.3', null],
		['content_is_true', '', 'missing_required', 'content_is_true', 'fill.3', null],
		['address', 'x'.repeat(201), 'text_too_long', 'address', 'annex2', null],
		['transformation_plan', '文'.repeat(2001), 'text_too_long', 'transformation_plan', '5.2.1', null],
		['transformation_plan', 'a\u202eb', 'unreadable_text', 'transformation_plan', '5.2.1', 'bidi_mark'],
		['address', 'a\u0000', 'unreadable_text', 'address', 'annex2', 'nul'],
		['postcode', '21000', 'bad_format', 'postcode', 'annex2', 'postcode'],
		['contact1_phone', 'call me', 'bad_format', 'contact1_phone', 'annex2', 'phone'],
		['contact2_email', 'two@example', 'bad_format', 'contact2_email', 'system', 'email'],
		['contact2_email', 'a@b.cn,c@d.cn', 'bad_format', 'contact2_email', 'system', 'email'],
		['credit_code', '9111000000000000X', 'bad_format', 'credit_code', 'annex2.attachments', 'credit_code']
	] as const)('%s = %j: %s', (key, typed, code, fieldId, article, detail) => {
		const checks = run('manufacturing', { [key]: typed });
		expect(found(checks, code)).toMatchObject([{ level: 'error', key: `${code}/${fieldId}`, fieldId, article, detail }]);
		expect(blocking(checks).map((entry) => entry.code)).toContain(code);
	});

	test('each error names the year and basis of its box', () => {
		expect(found(run('manufacturing', { 'revenue@final': '' }), 'missing_required')).toMatchObject([{ year: 2025, basis: 'final' }]);
		expect(found(run('manufacturing', { 'revenue@forecast': '' }), 'missing_required')).toMatchObject([{ year: 2026, basis: 'forecast' }]);
	});

	test('a unit in the text comes with the value it offers', () => {
		expect(found(run('manufacturing', { 'revenue@final': '6亿' }), 'unreadable_number')[0]?.offers).toEqual(['60000']);
	});

	test.each(['025-83000002', '13800000001', '+86 138 0000 0001', '010-12345678转8001', '(010) 1234 5678', '０２５－８３００００２２'])(
		'%j is a phone number',
		(phone) => {
			expect(found(run('manufacturing', { contact1_phone: phone }), 'bad_format')).toEqual([]);
		}
	);

	test('identity changed: then what changed must be said', () => {
		expect(found(run('manufacturing', { identity_changed: 'yes' }), 'missing_required')).toMatchObject([{ fieldId: 'identity_change' }]);
		expect(found(run('manufacturing', { identity_changed: 'yes', identity_change: '迁址' }), 'missing_required')).toEqual([]);
	});

	test('one person typed twice is not two contacts', () => {
		expect(found(run('manufacturing', { contact2_name: '甲', contact2_phone: '13800000001' }), 'contacts_same')).toHaveLength(1);
		expect(found(run('manufacturing', { contact2_name: '甲' }), 'contacts_same')).toEqual([]);
	});

	test.each([
		['manufacturing', 'bachelor_or_above', 'employees', '1201', '1200', 'annex2'],
		['manufacturing', 'intermediate_title_or_above', 'employees', '1201', '1200', 'annex2'],
		['manufacturing', 'equipment_networked', 'equipment_total', '501', '500', 'note.1'],
		['it_outsourcing', 'manufacturing_revenue', 'revenue', '60000.01', '60000', '5.3.5']
	] as const)('%s: %s above %s', (category, part, whole, more, limit, article) => {
		const checks = found(run(category, { [`${part}@final`]: more }), 'part_exceeds_whole');
		expect(checks).toMatchObject([{ fieldId: part, detail: whole, actual: more, expected: limit, year: 2025, basis: 'final', article, level: 'error' }]);
		expect(found(run(category, { [`${part}@final`]: limit }), 'part_exceeds_whole')).toEqual([]);
	});
});

describe('方案第五条 in the yearly report: cite, ask, never block saving', () => {
	const BELOW = [
		['manufacturing', { 'informatisation@final': '2999' }, { 'informatisation@forecast': '3299' }, 'M4', 'informatisation', '5.2.4', '0.05'],
		['manufacturing', { 'equipment_networked@final': '299' }, { 'equipment_networked@forecast': '311' }, 'M5', 'equipment_networked', '5.2.5', '0.6'],
		['manufacturing', { 'employees@final': '999' }, { 'employees@forecast': '999' }, 'M6', 'employees', '5.2.6', '1000'],
		['manufacturing', { 'revenue@final': '49999' }, { 'revenue@forecast': '49999' }, 'M6', 'revenue', '5.2.6', '50000'],
		['it_outsourcing', { 'ito_executed@final': '4999.99' }, { 'ito_executed@forecast': '4999.99' }, 'S2', 'ito_executed', '5.3.2', '5000'],
		['it_outsourcing', { 'manufacturing_customers@final': '9' }, { 'manufacturing_customers@forecast': '9' }, 'S4', 'manufacturing_customers', '5.3.4', '10'],
		['it_outsourcing', { 'manufacturing_revenue@final': '11999' }, { 'manufacturing_revenue@forecast': '13199' }, 'S5', 'manufacturing_revenue', '5.3.5', '0.2']
	] as const;

	test.each(BELOW)('%s %j audited: %s asks', (category, audited, _forecast, criterion, fieldId, article, expected) => {
		const unmet = found(run(category, { ...audited }), 'criterion_unmet');
		const asked = { criterion, fieldId, article, expected, year: 2025, basis: 'final', level: 'warning', key: `criterion_unmet/${fieldId}` };
		expect(unmet).toMatchObject([asked]);
	});

	test.each(BELOW)(
		'%s: the forecast beside %j asks nothing: an outlook, 非方案规定',
		(category, _audited, forecast, criterion, fieldId, _article, expected) => {
			const checks = run(category, { ...forecast });
			expect(found(checks, 'criterion_unmet')).toEqual([]);
			const noted = { criterion, fieldId, article: 'system', expected, year: 2026, basis: 'forecast', level: 'note', key: `criterion_outlook/${fieldId}` };
			expect(found(checks, 'criterion_outlook')).toMatchObject([noted]);
			expect(blocking(checks).filter((check) => check.criterion !== null)).toEqual([]);
		}
	);

	test('S1 is declared and asked at once', () => {
		const unmet = found(run('it_outsourcing', { export_app_registered: 'no' }), 'criterion_unmet');
		expect(unmet).toMatchObject([{ criterion: 'S1', fieldId: 'export_app_registered', article: '5.3.1', expected: 'yes', year: 2026 }]);
	});

	test('an unknown year is a note', () => {
		expect(found(run('manufacturing'), 'criterion_unknown')).toMatchObject([{ criterion: 'M4', year: 2024, level: 'note', article: '5.2.4' }]);
	});

	test('little room is a note', () => {
		expect(found(run('manufacturing', { 'employees@final': '1049' }), 'criterion_near')).toMatchObject([
			{ criterion: 'M6', actual: '49', expected: '1000', article: 'system' }
		]);
		expect(found(run('manufacturing', { 'employees@final': '1050' }), 'criterion_near')).toEqual([]);
	});
});

describe('notes', () => {
	test.each([
		[{ 'total_liabilities@final': '90000.01' }, 'liabilities_exceed_assets', 'total_liabilities'],
		[{ 'revenue@forecast': '60000.00' }, 'unchanged_figure', 'revenue']
	] as const)('%j: %s', (changes, code, fieldId) => {
		expect(found(run('manufacturing', { ...changes }), code)).toMatchObject([{ fieldId, level: 'note', explanation: 'not_needed' }]);
	});

	test('填写说明第二条: a missing sealed page is noted, not demanded', () => {
		expect(found(run('manufacturing'), 'attachment_advised').map((entry) => entry.fieldId)).toEqual(['tax_credit_certificate', 'sealed_page']);
	});
});

describe('what blocks submission', () => {
	const moved = { 'revenue@forecast': '120000', 'informatisation@forecast': '7000', 'manufacturing_revenue@forecast': '' };
	const explained = (text: string, reason = 'order_change') => ({
		...moved,
		'explain:half_moved/revenue:reason': reason,
		'explain:half_moved/revenue:text': text,
		'explain:half_moved/informatisation:reason': 'investment_cycle',
		'explain:half_moved/informatisation:text': '二期数字化工厂在今年集中投入建设'
	});
	const stops = (changes: Record<string, string>) =>
		blocking(run('manufacturing', changes)).map((entry) => [entry.key, entry.explanation, entry.explanationRefusal]);

	test('a warning without explanation, until it has one', () => {
		expect(stops(moved)).toEqual([
			['half_moved/revenue', 'missing', null],
			['half_moved/informatisation', 'missing', null]
		]);
		expect(stops(explained('新签两个整车厂长期订单，产能翻倍'))).toEqual([]);
	});

	test('a bare 核实无误 does not count', () => {
		expect(stops(explained('经核实，数据无误。'))).toEqual([['half_moved/revenue', 'refused', 'sentence_empty_phrase']]);
		expect(stops(explained('新签两个整车厂长期订单，产能翻倍', 'equipment_renewal'))).toEqual([['half_moved/revenue', 'refused', 'reason_unknown']]);
	});

	test('a section with an unexplained warning needs explanation, with an error has errors', () => {
		const form = formOf('manufacturing');
		const state = (changes: Record<string, string>) => {
			const answers = answersOf('manufacturing', changes);
			const checks = runChecks({ form, year: 2026, channelKind: 'province', answers, history: [], attachments: [AUDITED], policy: DEFAULT_POLICY });
			const done = progress(form, answers, { checks, attachments: [AUDITED] });
			return [done.sections.find((section) => section.section === 'economics')?.state, done.state];
		};
		expect(state({})).toEqual(['filled', 'filled']);
		expect(state(moved)).toEqual(['needs_explanation', 'needs_explanation']);
		expect(state({ ...moved, 'profit@final': 'x' })).toEqual(['has_errors', 'has_errors']);
		expect(state({ ...moved, 'profit@final': '' })).toEqual(['incomplete', 'incomplete']);
	});
});
