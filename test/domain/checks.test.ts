import { describe, expect, test } from 'vitest';
import type { CheckCode } from '#lib/domain/check.ts';
import { blocking, runChecks, type ChecksInput } from '#lib/domain/checks.ts';
import { medianAndMad, type CohortStat } from '#lib/domain/checks-of-cohort.ts';
import { progress } from '#lib/domain/form-progress.ts';
import type { Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { answersOf, formOf, stated } from './filing-examples.ts';

const AUDITED = { slotId: 'audited_statements', name: 'a.pdf', sha256: 'a', sizeBytes: 1 };

function run(category: Category, changes: Record<string, string> = {}, more: Partial<ChecksInput> = {}) {
	const form = formOf(category);
	return runChecks({ form, year: 2026, answers: answersOf(category, changes), history: [], attachments: [AUDITED], policy: DEFAULT_POLICY, ...more });
}

const found = (checks: ReturnType<typeof run>, code: CheckCode) => checks.filter((entry) => entry.code === code);

describe('a complete report', () => {
	test.each(['manufacturing', 'it_outsourcing'] as const)('%s: nothing blocks', (category) => {
		const checks = run(category);
		expect(checks.filter((entry) => entry.level !== 'note')).toEqual([]);
		expect(blocking(checks)).toEqual([]);
	});

	test('an empty one never throws and is full of missing boxes', () => {
		const form = formOf('manufacturing');
		const checks = runChecks({ form, year: 2026, answers: {}, history: [], attachments: [], policy: DEFAULT_POLICY });
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
		['credit_code', '91110000000000000X', 'bad_format', 'credit_code', 'annex2.attachments', 'credit_code']
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

	test.each(['025-83000002', '13800000001', '+86 138 0000 0001', '010-12345678转8001', '(010) 1234 5678', '０２５－８３００００２２'])('%j is a phone number', (phone) => {
		expect(found(run('manufacturing', { contact1_phone: phone }), 'bad_format')).toEqual([]);
	});

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
			{ fieldId: 'revenue', year: 2025, basis: 'final', actual: '60000', expected: '40000', baseline: { year: 2024, basis: 'final', reportYear: 2025 }, mixed: false }
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
		if (asked) expect(checks[0]).toMatchObject({ key: 'forecast_missed/revenue', year: 2025, basis: 'final', expected: revenueWan, mixed: true, baseline: { basis: 'forecast', reportYear: 2025 } });
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

describe('warnings: far outside the cohort (median and MAD, only with enough enterprises)', () => {
	const stat = (changes: Partial<CohortStat> = {}): CohortStat => ({
		subject: 'networking_rate',
		forYear: 2025,
		basis: 'final',
		n: 20,
		median: '0.9',
		mad: '0.04',
		...changes
	});
	const outliers = (...cohort: CohortStat[]) => found(run('manufacturing', {}, { cohort }), 'cohort_outlier');

	test('five MADs or more, with n shown', () => {
		expect(outliers(stat())).toMatchObject([{ fieldId: 'networking_rate', n: 20, actual: '0.7', expected: '0.9', detail: '5', article: 'system' }]);
		expect(outliers(stat({ mad: '0.0401' }))).toEqual([]);
	});

	test('nineteen are too few, no spread says nothing, another year is not compared', () => {
		expect(outliers(stat({ n: 19 }))).toEqual([]);
		expect(outliers(stat({ mad: '0' }))).toEqual([]);
		expect(outliers(stat({ forYear: 2024 }))).toEqual([]);
		expect(outliers(stat({ subject: 'ito_executed' }))).toEqual([]);
	});

	test.each([
		[['1', '2', '3', '4', '100'], '3', '1'],
		[['1', '2', '3', '4'], '2.5', '1'],
		[['0.1', '0.2'], '0.15', '0.05'],
		[['7'], '7', '0']
	])('median and MAD of %j: %s, %s', (values, median, mad) => {
		expect(medianAndMad(values)).toEqual({ n: values.length, median, mad });
	});

	test('nobody has no median', () => {
		expect(medianAndMad([])).toBeNull();
	});
});

describe('方案第五条 in the yearly report: cite, ask, never block saving', () => {
	test.each([
		['manufacturing', { 'informatisation@forecast': '3299' }, 'M4', 'informatisation', '5.2.4', '0.05'],
		['manufacturing', { 'equipment_networked@forecast': '311' }, 'M5', 'equipment_networked', '5.2.5', '0.6'],
		['manufacturing', { 'employees@forecast': '999' }, 'M6', 'employees', '5.2.6', '1000'],
		['manufacturing', { 'revenue@forecast': '49999' }, 'M6', 'revenue', '5.2.6', '50000'],
		['it_outsourcing', { export_app_registered: 'no' }, 'S1', 'export_app_registered', '5.3.1', 'yes'],
		['it_outsourcing', { 'ito_executed@forecast': '4999.99' }, 'S2', 'ito_executed', '5.3.2', '5000'],
		['it_outsourcing', { 'manufacturing_customers@forecast': '9' }, 'S4', 'manufacturing_customers', '5.3.4', '10'],
		['it_outsourcing', { 'manufacturing_revenue@forecast': '13199' }, 'S5', 'manufacturing_revenue', '5.3.5', '0.2']
	] as const)('%s %j: %s asks at %s', (category, changes, criterion, fieldId, article, expected) => {
		const checks = run(category, { ...changes });
		const unmet = found(checks, 'criterion_unmet');
		expect(unmet).toMatchObject([{ criterion, fieldId, article, expected, year: 2026, level: 'warning', key: `criterion_unmet/${fieldId}` }]);
	});

	test('an unknown year is a note', () => {
		expect(found(run('manufacturing'), 'criterion_unknown')).toMatchObject([{ criterion: 'M4', year: 2024, level: 'note', article: '5.2.4' }]);
	});

	test('little room is a note', () => {
		expect(found(run('manufacturing', { 'employees@forecast': '1049' }), 'criterion_near')).toMatchObject([{ criterion: 'M6', actual: '49', expected: '1000' }]);
		expect(found(run('manufacturing', { 'employees@forecast': '1050' }), 'criterion_near')).toEqual([]);
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
	const stops = (changes: Record<string, string>) => blocking(run('manufacturing', changes)).map((entry) => [entry.key, entry.explanation, entry.explanationRefusal]);

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
			const checks = runChecks({ form, year: 2026, answers, history: [], attachments: [AUDITED], policy: DEFAULT_POLICY });
			const done = progress(form, answers, { checks, attachments: [AUDITED] });
			return [done.sections.find((section) => section.section === 'economics')?.state, done.state];
		};
		expect(state({})).toEqual(['filled', 'filled']);
		expect(state(moved)).toEqual(['needs_explanation', 'needs_explanation']);
		expect(state({ ...moved, 'profit@final': 'x' })).toEqual(['has_errors', 'has_errors']);
		expect(state({ ...moved, 'profit@final': '' })).toEqual(['incomplete', 'incomplete']);
	});
});
