/** 附件2 in form 2027-1: what 2026-1 left out. An old year is shown as it was filed. */
import { describe, expect, test } from 'vitest';
import { judgeCriterion } from '#lib/domain/check/criteria.ts';
import { runChecks } from '#lib/domain/check/checks.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { acceptsKey, fieldById, FORM_VERSIONS, formVersionFor, formVersionsFor, keysOf } from '#lib/domain/form/annual-report-form.ts';
import { earlierOf, FIELDS_2026_1 } from '#lib/domain/form/annual-report-fields.ts';
import { parseAnswerKey } from '#lib/domain/form/answer-key.ts';
import { compareAnswers } from '#lib/domain/form/compare-answers.ts';
import { fieldRevenues, INDUSTRIES } from '#lib/domain/form/field-revenue.ts';
import { isStatedBefore, readFigures, withReport } from '#lib/domain/form/figures.ts';
import { frozenAnswers } from '#lib/domain/form/report-content.ts';
import { isArticleId } from '#lib/domain/notice.ts';
import { places } from '#lib/words/answer-words.ts';
import { AUDITED, answersOf, formOf, onlyCode, stated } from './filing-examples.ts';

const V = '2027-1';
const checksOn = (category: Category, changes: Readonly<Record<string, string>> = {}, history: Parameters<typeof runChecks>[0]['history'] = []) =>
	runChecks({
		form: formOf(category, V),
		year: 2027,
		channelKind: 'province',
		answers: answersOf(category, changes, V),
		history,
		attachments: [AUDITED],
		policy: DEFAULT_POLICY
	});

test('2027-1 opens from 2027; 2026 and before stay on 2026-1', () => {
	expect([2022, 2026, 2027, 2030].map(formVersionFor)).toEqual(['2026-1', '2026-1', '2027-1', '2027-1']);
	expect(formVersionsFor(2026)).toEqual(['2026-1']);
	expect(formVersionsFor(2027)).toEqual(['2027-1', '2026-1']);
});

test('2026-1 has the boxes it was filed with', () => {
	expect(FORM_VERSIONS[0]?.fields).toBe(FIELDS_2026_1);
	expect(FIELDS_2026_1.filter((field) => field.earlier !== undefined || field.row !== undefined || /mobile|fax/.test(field.id))).toEqual([]);
	expect(FORM_VERSIONS[0]?.slots.map(({ id }) => id)).not.toContain('credit_code_certificate');
	expect(acceptsKey(formOf('it_outsourcing'), 'mfg_field_1')).toBe(false);
});

describe.each(CATEGORIES)('%s', (category) => {
	const form = formOf(category, V);
	const fresh = form.fields.filter(({ id }) => !FIELDS_2026_1.some((old) => old.id === id));

	test('every box of 2026-1 is still asked, in its order', () => {
		const old = formOf(category).fields.map(({ id }) => id);
		expect(form.fields.map(({ id }) => id).filter((id) => old.includes(id))).toEqual(old);
		expect(fresh.length).toBeGreaterThan(5);
	});

	test('each new key has the shape the draft table takes, its parser reads it, the form takes it, and a return can be pinned to it', () => {
		const pinned = places(V, category, 2027);
		for (const field of fresh) {
			expect(field.article === 'system' || isArticleId(field.article)).toBe(true);
			for (const key of keysOf(field)) {
				expect(key).toMatch(/^[a-z][a-z0-9_]*(@(final|forecast))?$/);
				expect(parseAnswerKey(key)?.fieldId).toBe(field.id);
				expect(acceptsKey(form, key)).toBe(true);
				const place = pinned.find(({ value }) => value === key);
				expect(place?.label, key).not.toContain(field.id);
				expect(place?.label, key).toBeTruthy();
			}
		}
	});

	test('a complete report of the new version has nothing that blocks', () => {
		expect(checksOn(category).filter(({ level }) => level !== 'note')).toEqual([]);
	});

	test('no new figure is carried over, and telephone numbers are', () => {
		for (const field of fresh) expect([field.id, field.carries]).toEqual([field.id, field.section === 'basics' ? 'copied' : 'never']);
	});
});

test('附件2, first table: 法人代表 电话、手机; 联系人 手机; 传真', () => {
	const form = formOf('manufacturing', V);
	for (const id of ['legal_representative_phone', 'legal_representative_mobile', 'contact1_mobile', 'contact1_fax'])
		expect(fieldById(form, id)).toMatchObject({ section: 'basics', article: 'annex2', format: 'phone' });
	expect(onlyCode(checksOn('manufacturing', { contact1_mobile: 'none' }), 'bad_format')).toMatchObject([{ fieldId: 'contact1_mobile' }]);
	expect(onlyCode(checksOn('manufacturing', { legal_representative_phone: '' }), 'missing_required')).toHaveLength(1);
	expect(onlyCode(checksOn('manufacturing', { contact1_fax: '' }), 'missing_required')).toEqual([]);
});

test('附件2 业务开展情况: slots for the code’s certificate and for proof of competitiveness', () => {
	const slots = (category: Category) => formOf(category, V).slots.map(({ id, article }) => [id, article]);
	for (const category of CATEGORIES) expect(slots(category)).toContainEqual(['credit_code_certificate', 'annex2.attachments']);
	expect(slots('it_outsourcing')).toContainEqual(['competitiveness_proof', 'annex2.it_outsourcing']);
	expect(slots('manufacturing').map(([id]) => id)).not.toContain('competitiveness_proof');
	expect(onlyCode(checksOn('manufacturing'), 'attachment_advised').map(({ fieldId }) => fieldId)).toContain('credit_code_certificate');
});

describe('附件2 每个领域的收入情况', () => {
	const rows = { mfg_field_2: 'c36', 'mfg_field_2_revenue@final': '1000', 'mfg_field_2_revenue@forecast': '1100' };
	const first = { 'mfg_field_1_revenue@final': '14000', 'mfg_field_1_revenue@forecast': '15900' };

	test('rows are read with their field and both figures; an empty row is none', () => {
		expect(INDUSTRIES).toHaveLength(31);
		expect(fieldRevenues(answersOf('it_outsourcing', { ...rows, ...first }, V))).toEqual([
			{ row: 1, industry: 'c34', revenue: { final: '14000', forecast: '15900' } },
			{ row: 2, industry: 'c36', revenue: { final: '1000', forecast: '1100' } }
		]);
		expect(fieldRevenues(answersOf('it_outsourcing'))).toEqual([]);
	});

	test.each([
		[{ mfg_field_1: '' }, 'missing_required', 'mfg_field_1'],
		[{ 'mfg_field_1_revenue@final': '' }, 'missing_required', 'mfg_field_1_revenue'],
		[{ mfg_field_3: 'c36' }, 'missing_required', 'mfg_field_3_revenue'],
		[{ 'mfg_field_3_revenue@final': '0' }, 'missing_required', 'mfg_field_3'],
		[{ ...rows, ...first, mfg_field_2: 'c34' }, 'industry_twice', 'mfg_field_2'],
		[{ ...rows, ...first, 'mfg_field_2_revenue@final': '1000.01' }, 'industries_exceed_whole', 'manufacturing_revenue'],
		[{ mfg_field_1: 'c12' }, 'bad_choice', 'mfg_field_1'],
		[{ 'mfg_field_1_revenue@final': '-1' }, 'negative_amount', 'mfg_field_1_revenue']
	] as const)('%j: %s at %s', (changes, code, fieldId) => {
		const found = onlyCode(checksOn('it_outsourcing', { ...changes }), code);
		expect(found.map((check) => check.fieldId)).toContain(fieldId);
		expect(found.every(({ level }) => level === 'error')).toBe(true);
	});

	test('together they may be exactly the whole, or less', () => {
		expect(checksOn('it_outsourcing', { ...rows, ...first }).filter(({ level }) => level === 'error')).toEqual([]);
	});

	test('they are frozen as canonical figures and compared to the cent', () => {
		const form = formOf('it_outsourcing', V);
		const frozen = frozenAnswers(form, answersOf('it_outsourcing', { 'mfg_field_1_revenue@final': '１４，０００.50' }, V));
		expect(frozen['mfg_field_1_revenue@final']).toBe('14000.5');
		const after = { ...frozen, 'mfg_field_1_revenue@final': '14000.51' };
		expect(compareAnswers(form, { answers: frozen, attachments: [] }, { answers: after, attachments: [] })).toMatchObject([
			{ key: 'mfg_field_1_revenue@final', delta: '0.01' }
		]);
	});
});

describe('近三年 are Y−1 to Y−3, also for whoever reports for the first time', () => {
	const typed = { informatisation_y2: '3000', revenue_y2: '60000', informatisation_y3: '2990', revenue_y3: '60000' };
	const judged = (changes: Readonly<Record<string, string>>, history: ReturnType<typeof stated>[] = []) => {
		const answers = answersOf('manufacturing', { 'informatisation@final': '3600', 'revenue@final': '60000', ...changes }, V);
		const read = readFigures(formOf('manufacturing', V), 2027, answers, history);
		const known = withReport(history, 2027, read.rows, read.earlier);
		return { read, finding: judgeCriterion('M4', { policy: DEFAULT_POLICY, category: 'manufacturing', runningYear: 2027, known, answers }) };
	};

	test('方案第五条(二)4: without the earlier years unknown, with them judged; shares are computed', () => {
		expect(judged({}).finding.verdict).toBe('unknown');
		const { finding, read } = judged(typed);
		expect(finding.perYear.map(({ year, actual, verdict }) => [year, actual, verdict])).toEqual([
			[2024, '0.049833', 'unmet'],
			[2025, '0.05', 'met'],
			[2026, '0.06', 'met']
		]);
		expect(finding.verdict).toBe('unmet');
		expect(read.earlier.map(({ forYear, basis, reportYear }) => [forYear, basis, reportYear])).toEqual([
			[2025, 'final', 2027],
			[2024, 'final', 2027]
		]);
	});

	test('方案第五条(三)2: the same for ITO executed', () => {
		const answers = answersOf('it_outsourcing', { ito_executed_y2: '5000', ito_executed_y3: '4999.99' }, V);
		const read = readFigures(formOf('it_outsourcing', V), 2027, answers);
		const known = withReport([], 2027, read.rows, read.earlier);
		const finding = judgeCriterion('S2', { policy: DEFAULT_POLICY, category: 'it_outsourcing', runningYear: 2027, known, answers });
		expect(finding).toMatchObject({ verdict: 'unmet', headroom: '-0.01' });
	});

	test('what an earlier report states as final is neither asked nor taken from here; a forecast does not count as stated', () => {
		const field = fieldById(formOf('manufacturing', V), 'revenue_y2') ?? {};
		const final = stated(2025, 'final', { revenueWan: '70000', informatisationWan: '3000' });
		expect(isStatedBefore(field, 2027, [final])).toBe(true);
		expect(isStatedBefore(field, 2027, [stated(2025, 'forecast', { revenueWan: '70000' })])).toBe(false);
		const { read, finding } = judged(typed, [final]);
		expect(read.earlier.map(({ forYear }) => forYear)).toEqual([2024]);
		expect(finding.perYear[1]).toMatchObject({ year: 2025, verdict: 'unmet' });
	});

	test('text that is no number is an error at its box and no figure', () => {
		expect(onlyCode(checksOn('manufacturing', { revenue_y2: '6亿' }), 'unreadable_number')).toMatchObject([{ fieldId: 'revenue_y2', offers: ['60000'] }]);
		expect(judged({ ...typed, revenue_y2: 'x' }).finding.perYear[1]?.verdict).toBe('unknown');
		expect(earlierOf('revenue_y4')).toBeNull();
	});
});
