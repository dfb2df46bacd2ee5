import { describe, expect, test } from 'vitest';
import { CRITERIA_OF, criteriaJudgedByPeople, isNear, judgeCriteria, judgeCriterion, outlookOf, type CriterionFinding } from '#lib/domain/check/criteria.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { isArticleId } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY, type CriterionId } from '#lib/domain/policy.ts';
import { stated } from '../form/filing-examples.ts';

function judge(criterion: CriterionId, known: HistoryFigures, answers: Record<string, string> = {}): CriterionFinding {
	const category: Category = CRITERIA_OF.manufacturing.includes(criterion) ? 'manufacturing' : 'it_outsourcing';
	return judgeCriterion(criterion, { policy: DEFAULT_POLICY, category, runningYear: 2026, known, answers });
}

/** The three audited years of the report for 2026: 2023 to 2025; null leaves the year out. */
function years(make: (value: string) => Parameters<typeof stated>[2], values: readonly (string | null)[]): HistoryFigures {
	return values.flatMap((value, index) => (value === null ? [] : [stated(2023 + index, 'final', make(value))]));
}

describe('方案第五条(二)4 近三年，每年信息化建设投入占营业收入的比例不低于5% (M4)', () => {
	const spending = (values: readonly (string | null)[]) =>
		judge(
			'M4',
			years((value) => ({ informatisationWan: value, revenueWan: '60000' }), values)
		);

	test.each([
		[['3000', '3000', '3000'], 'met', 3],
		[['3000', '3000', '2999.99'], 'unmet', 0],
		[['2999.99', '3000', '3000'], 'unmet', 2],
		[['3000', null, '3000'], 'unknown', 1],
		[[null, null, null], 'unknown', 0],
		[['2000', null, '3000'], 'unmet', 1],
		[[null, null, '2000'], 'unmet', 0],
		[['3000', '3000', null], 'unknown', 0]
	] as const)('spending %j of 60000: %s, %i in a row', (values, verdict, inARow) => {
		expect(spending(values)).toMatchObject({ verdict, yearsInARow: inARow, article: '5.2.4', threshold: '0.05', policyVersion: DEFAULT_POLICY.version });
	});

	test('each year shows its basis and figure', () => {
		expect(spending(['3000', '6000', '2400']).perYear).toEqual([
			{ year: 2023, basis: 'final', actual: '0.05', verdict: 'met', tested: true },
			{ year: 2024, basis: 'final', actual: '0.1', verdict: 'met', tested: true },
			{ year: 2025, basis: 'final', actual: '0.04', verdict: 'unmet', tested: true }
		]);
	});

	test('headroom is that of the worst year', () => {
		expect(spending(['3600', '6000', '4200']).headroom).toBe('0.01');
		expect(spending(['2400', '6000', '4200']).headroom).toBe('-0.01');
	});

	test('rounding for display never tips the verdict', () => {
		const hair = [2023, 2024, 2025].map((year) => stated(year, 'final', { informatisationWan: '4999999.99', revenueWan: '100000000' }));
		expect(judge('M4', hair)).toMatchObject({ verdict: 'unmet', headroom: '-0.0000000001', perYear: [{ actual: '0.0499999999' }, {}, {}] });
	});

	test('revenue zero is unknown, not a pass', () => {
		expect(judge('M4', [stated(2025, 'final', { informatisationWan: '10', revenueWan: '0' })]).verdict).toBe('unknown');
	});

	test('spending and revenue are taken on one basis', () => {
		const mixed = [stated(2025, 'final', { informatisationWan: '3000' }), stated(2025, 'forecast', { revenueWan: '60000' })];
		expect(judge('M4', mixed).perYear.at(-1)?.verdict).toBe('unknown');
	});

	test('years in a row look back beyond the three tested', () => {
		const long = [2019, 2020, 2021, 2022, 2023, 2024, 2025].map((year) => stated(year, 'final', { informatisationWan: '3000', revenueWan: '60000' }));
		expect(judge('M4', long).yearsInARow).toBe(7);
	});
});

describe('方案第五条(二)5 现有数字化生产设备联网率不低于60% (M5)', () => {
	test.each([
		['60', '100', 'met', '0'],
		['59', '100', 'unmet', '-0.01'],
		['599999', '1000000', 'unmet', '-0.000001'],
		['100', '100', 'met', '0.4'],
		['0', '0', 'unknown', null]
	])('%s of %s networked: %s, headroom %s', (networked, total, verdict, headroom) => {
		expect(judge('M5', [stated(2025, 'final', { equipmentNetworked: networked, equipmentTotal: total })])).toMatchObject({
			verdict,
			headroom,
			article: '5.2.5'
		});
	});

	test('现有: only the latest audited year is tested, earlier ones are shown', () => {
		const finding = judge('M5', [
			stated(2024, 'final', { equipmentNetworked: '10', equipmentTotal: '100' }),
			stated(2025, 'final', { equipmentNetworked: '70', equipmentTotal: '100' })
		]);
		expect(finding.verdict).toBe('met');
		expect(finding.perYear.map((entry) => [entry.year, entry.verdict, entry.tested])).toEqual([
			[2023, 'unknown', false],
			[2024, 'unmet', false],
			[2025, 'met', true]
		]);
		expect(finding.yearsInARow).toBe(1);
	});

	test('an earlier year does not stand in for the last audited one', () => {
		expect(judge('M5', [stated(2024, 'final', { equipmentNetworked: '90', equipmentTotal: '100' })]).verdict).toBe('unknown');
	});
});

describe('方案第五条(二)6 从业人员1000人以上，年营业收入5亿元以上 (M6)', () => {
	test.each([
		['1000', '50000', 'met', '0'],
		['999', '50000', 'unmet', '-1'],
		['1000', '49999.99', 'unmet', '-0.01'],
		['1100', '50000.01', 'met', '0.01'],
		[null, '50000', 'unknown', null],
		[null, '49999', 'unmet', '-1'],
		['999', null, 'unmet', '-1'],
		[null, null, 'unknown', null]
	])('%s people and %s 万元: %s, headroom %s', (employees, revenueWan, verdict, headroom) => {
		expect(judge('M6', [stated(2025, 'final', { employees, revenueWan })])).toMatchObject({ verdict, headroom, article: '5.2.6' });
	});

	test('the finding shows the part that decides and keeps both', () => {
		const finding = judge('M6', [stated(2025, 'final', { employees: '5000', revenueWan: '40000' })]);
		expect(finding).toMatchObject({ fieldId: 'revenue', unit: 'wan', threshold: '50000' });
		expect(finding.parts.map((part) => [part.fieldId, part.verdict, part.headroom])).toEqual([
			['employees', 'met', '4000'],
			['revenue', 'unmet', '-10000']
		]);
	});
});

describe('方案第五条(三)1 在“服务外包和软件出口统计管理应用”注册登记并填报数据 (S1)', () => {
	test.each([
		['yes', 'yes', 'met', 'export_app_registered'],
		['yes', 'no', 'unmet', 'export_app_filing'],
		['no', '', 'unmet', 'export_app_registered'],
		['', 'yes', 'unknown', 'export_app_registered'],
		['', '', 'unknown', 'export_app_registered']
	])('registered %j, filing %j: %s', (export_app_registered, export_app_filing, verdict, fieldId) => {
		expect(judge('S1', [], { export_app_registered, export_app_filing })).toMatchObject({ verdict, fieldId, article: '5.3.1', unit: 'declaration' });
	});
});

describe('方案第五条(三)2 近三年，每年承接ITO执行额不低于5000万元 (S2)', () => {
	test.each([
		[['5000', '5000', '5000'], 'met', '0'],
		[['5000', '5000', '4999.99'], 'unmet', '-0.01'],
		[['4999.99', null, null], 'unmet', '-0.01'],
		[['5000', null, '6000'], 'unknown', '0']
	] as const)('executed %j: %s, headroom %s', (values, verdict, headroom) => {
		expect(
			judge(
				'S2',
				years((itoExecutedWan) => ({ itoExecutedWan }), values)
			)
		).toMatchObject({ verdict, headroom, article: '5.3.2' });
	});

	test('a final figure outweighs the forecast of the same year', () => {
		const known = [
			...years((itoExecutedWan) => ({ itoExecutedWan }), ['5000', null, '5000']),
			stated(2024, 'forecast', { itoExecutedWan: '6000' }),
			stated(2024, 'final', { itoExecutedWan: '4000' })
		];
		expect(judge('S2', known).verdict).toBe('unmet');
	});
});

describe('方案第五条(三)4 覆盖制造业客户不少于10个 (S4)', () => {
	test.each([
		['10', 'met', '0'],
		['9', 'unmet', '-1'],
		[null, 'unknown', null]
	])('%s customers: %s, headroom %s', (manufacturingCustomers, verdict, headroom) => {
		expect(judge('S4', [stated(2025, 'final', { manufacturingCustomers })])).toMatchObject({ verdict, headroom, article: '5.3.4' });
	});
});

describe('方案第五条(三)5 制造业收入占营业收入不低于20% (S5)', () => {
	test.each([
		['2000', '10000', 'met'],
		['1999.99', '10000', 'unmet'],
		[null, '10000', 'unknown'],
		['2000', null, 'unknown']
	])('%s of %s: %s', (manufacturingRevenueWan, revenueWan, verdict) => {
		expect(judge('S5', [stated(2025, 'final', { manufacturingRevenueWan, revenueWan })])).toMatchObject({ verdict, article: '5.3.5' });
	});
});

describe('方案第六条: audited figures decide, the running year is an outlook (展望)', () => {
	const known = (final: string, forecast: string) => [
		...years((value) => ({ informatisationWan: value, revenueWan: '60000' }), ['3000', '3000', final]),
		stated(2026, 'forecast', { informatisationWan: forecast, revenueWan: '60000' })
	];

	test.each([
		['3000', '2999.99', 'met', 'unmet'],
		['2999.99', '3000', 'unmet', 'met'],
		['3000', '3000', 'met', 'met'],
		['2999.99', '2999.99', 'unmet', 'unmet']
	] as const)('M4: %s audited and %s forecast: %s, outlook %s', (final, forecast, verdict, outlook) => {
		const finding = judge('M4', known(final, forecast));
		expect(finding.verdict).toBe(verdict);
		expect(finding.outlook).toMatchObject({ year: 2026, basis: 'forecast', verdict: outlook, tested: false });
		expect(outlookOf(finding)).toBe(outlook);
	});

	test.each([
		['M5', { equipmentNetworked: '59', equipmentTotal: '100' }],
		['M6', { employees: '999', revenueWan: '60000' }],
		['S2', { itoExecutedWan: '4999.99' }],
		['S4', { manufacturingCustomers: '9' }],
		['S5', { manufacturingRevenueWan: '1', revenueWan: '10' }]
	] as const)('%s: a forecast below the limit is no verdict, alone or beside an audited year', (criterion, row) => {
		const alone = judge(criterion, [stated(2026, 'forecast', row)]);
		expect(alone.verdict).toBe('unknown');
		expect(outlookOf(alone)).toBe('unmet');
		const lastForecast = judge(criterion, [stated(2025, 'forecast', row)]);
		expect([lastForecast.verdict, outlookOf(lastForecast)]).toEqual(['unknown', 'unknown']);
	});

	test('an outlook leaves headroom and years in a row as the audited years have them', () => {
		const finding = judge('M4', known('3600', '600'));
		expect(finding).toMatchObject({ headroom: '0', yearsInARow: 3 });
		expect(finding.parts[0]?.outlook?.actual).toBe('0.01');
	});

	test('a declaration is of the day it is made and has no outlook', () => {
		expect(outlookOf(judge('S1', [], { export_app_registered: 'no' }))).toBeNull();
	});

	test('near the limit is met with less than a twentieth to spare', () => {
		const near = (employees: string) => judge('M6', [stated(2025, 'final', { employees, revenueWan: '99999' })]).parts.map(isNear);
		expect([near('999'), near('1000'), near('1049'), near('1050')]).toEqual([
			[false, false],
			[true, false],
			[true, false],
			[false, false]
		]);
	});
});

describe('方案第五条 as a whole', () => {
	test('each category is judged by its own criteria', () => {
		const judged = (category: Category) =>
			judgeCriteria({ policy: DEFAULT_POLICY, category, runningYear: 2026, known: [], answers: {} }).map((finding) => finding.criterion);
		expect(judged('manufacturing')).toEqual(['M4', 'M5', 'M6']);
		expect(judged('it_outsourcing')).toEqual(['S1', 'S2', 'S4', 'S5']);
	});

	test('what people judge is listed with its article', () => {
		expect(criteriaJudgedByPeople('manufacturing').map((entry) => entry.criterion)).toEqual(['G1', 'M1', 'M2', 'M3', 'M7']);
		expect(criteriaJudgedByPeople('it_outsourcing').map((entry) => entry.criterion)).toEqual(['G1', 'S3', 'S6', 'S7']);
		expect(criteriaJudgedByPeople('manufacturing').every((entry) => isArticleId(entry.article))).toBe(true);
	});

	test('thresholds come from the policy, not from code', () => {
		const stricter = { ...DEFAULT_POLICY, version: 'test', criteria: { ...DEFAULT_POLICY.criteria, S4: { ...DEFAULT_POLICY.criteria.S4, minCount: '20' } } };
		const known = [stated(2025, 'final', { manufacturingCustomers: '15' })];
		const finding = judgeCriterion('S4', { policy: stricter, category: 'it_outsourcing', runningYear: 2026, known, answers: {} });
		expect(finding).toMatchObject({ verdict: 'unmet', threshold: '20', policyVersion: 'test' });
	});
});
