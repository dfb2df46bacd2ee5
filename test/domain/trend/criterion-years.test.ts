/** Years in a row, an own place and benchmarks beside own figures: worked by hand, and held against the verdicts of `domain/check`. */
import { describe, expect, test } from 'vitest';
import { CRITERIA_OF, judgeCriterion } from '#lib/domain/check/criteria.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import { besideBenchmarks } from '#lib/domain/trend/beside-benchmark.ts';
import { criterionYears } from '#lib/domain/trend/criterion-years.ts';
import { ownPlaces } from '#lib/domain/trend/own-place.ts';
import { exactGroup } from '#lib/domain/trend/quantile.ts';
import type { PointTally } from '#lib/domain/trend/trend-point.ts';
import { drawStrip, STRIP } from '#lib/ui/charts/place-strip.ts';
import { sheetMetrics } from '#lib/ui/trend/firm-sheet.ts';
import { stated } from '../form/filing-examples.ts';
import { seeded } from './second-statistics.ts';

const YEARS = [2021, 2022, 2023, 2024, 2025];
const always = () => DEFAULT_POLICY;
const rowOf = (known: HistoryFigures, criterion: string, policyOf: (year: number) => Policy = always) =>
	criterionYears({ category: 'manufacturing', known, declared: new Map() }, YEARS, policyOf).find((row) => row.criterion === criterion);
const spent = (values: readonly (string | null)[]): HistoryFigures =>
	values.flatMap((value, index) => (value === null ? [] : [stated(2021 + index, 'final', { informatisationWan: value, revenueWan: '60000' })]));

describe('years in a row against 方案第五条(二)4 (5 %)', () => {
	test.each([
		[['3000', '3000', '3000', '3000', '3000'], 5],
		[['3000', '3000', '2999.99', '3000', '3000'], 2],
		[['3000', '3000', '3000', null, '3000'], 1],
		[['3000', '3000', '3000', '3000', null], 0],
		[['3000', '3000', '3000', '3000', '2000'], 0]
	] as const)('spending %j of 60000: %i', (values, inARow) => {
		const row = rowOf(spent(values), 'M4');
		expect(row).toMatchObject({ inARow, article: '5.2.4', outlook: null });
		expect(row?.years.map(({ verdict }) => verdict)).toEqual(values.map((value) => (value === null ? 'unknown' : Number(value) >= 3000 ? 'met' : 'unmet')));
	});

	test('each year by the threshold of that year', () => {
		const lower: Policy = {
			...DEFAULT_POLICY,
			version: 'lower',
			criteria: { ...DEFAULT_POLICY.criteria, M4: { ...DEFAULT_POLICY.criteria.M4, minRate: '0.04' } }
		};
		const row = rowOf(spent(['2400', '2400', '2400', '3000', '3000']), 'M4', (year) => (year < 2024 ? lower : DEFAULT_POLICY));
		expect(row?.inARow).toBe(5);
		expect(rowOf(spent(['2400', '2400', '2400', '3000', '3000']), 'M4')?.inARow).toBe(2);
	});

	test('a forecast is an outlook and never a year', () => {
		const known = [...spent(['3000', '3000', '3000', '3000', '3000']), stated(2026, 'forecast', { informatisationWan: '100', revenueWan: '60000' })];
		expect(rowOf(known, 'M4')).toMatchObject({ inARow: 5, outlook: 'unmet' });
	});

	test('with one policy it is what the report’s own verdict counts, over random histories', () => {
		const random = seeded(9);
		const seen = new Set<number>();
		for (let round = 0; round < 200; round += 1) {
			const known = YEARS.flatMap((year) =>
				random(6) === 0
					? []
					: [
							stated(year, 'final', {
								informatisationWan: String(2_000 + random(2_000) * (random(4) === 0 ? 1 : 5)),
								revenueWan: '60000',
								employees: String(600 + random(2_000)),
								equipmentTotal: '100',
								equipmentNetworked: String(40 + random(60))
							})
						]
			);
			for (const criterion of CRITERIA_OF.manufacturing) {
				const found = judgeCriterion(criterion, { policy: DEFAULT_POLICY, category: 'manufacturing', runningYear: 2026, known, answers: {} });
				const row = rowOf(known, criterion);
				expect(row?.inARow).toBe(found.yearsInARow);
				seen.add(row?.inARow ?? -1);
			}
		}
		expect(seen.size).toBeGreaterThan(4);
	});

	test('a declaration counts for the year it was made in', () => {
		const declared = new Map([
			[2024, { export_app_registered: 'yes', export_app_filing: 'yes' }],
			[2025, { export_app_registered: 'yes', export_app_filing: 'yes' }],
			[2026, { export_app_registered: 'yes', export_app_filing: 'no' }]
		]);
		const row = criterionYears({ category: 'it_outsourcing', known: [], declared }, YEARS, always).find(({ criterion }) => criterion === 'S1');
		expect(row?.years.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown', 'met', 'met']);
		expect(row).toMatchObject({ inARow: 2, outlook: 'unmet' });
	});
});

describe('the own place', () => {
	const tally = (values: readonly string[]): PointTally => ({
		nKnown: values.length,
		nOwed: values.length,
		absent: { notFiled: 0, notAnswered: 0, notApplicable: 0 },
		group: exactGroup(values),
		total: '0',
		parts: null,
		met: null,
		corrected: false
	});
	const placed = (values: readonly string[], own: string) =>
		ownPlaces('manufacturing', [stated(2025, 'final', { revenueWan: own })], YEARS, (metric) => (metric.id === 'revenue' ? tally(values) : null), always)[0];

	test.each([
		['10', 'lowest'],
		['20', 'below_median'],
		['30', 'above_median'],
		['39.99', 'above_median'],
		['40', 'highest']
	])('%s among 10, 20, 30, 40, 50 is %s', (own, quarter) => expect(placed(['10', '20', '30', '40', '50'], own)).toMatchObject({ year: 2025, quarter }));

	test('under five there is no quarter, but the others one by one', () =>
		expect(placed(['10', '20', '30', '40'], '20')).toMatchObject({ quarter: null, distribution: { kind: 'dots', n: 4 } }));
});

describe('beside benchmarks', () => {
	const cell = (year: number, basis: 'final' | 'forecast', shown: object) => ({ category: 'manufacturing', metric: 'revenue', year, basis, shown }) as never;
	const benchmark = { shown: 'benchmark', n: 12, lower: '100', median: '200', upper: '300', mayOrderBy: false };
	const years = besideBenchmarks(
		'manufacturing',
		[stated(2024, 'final', { revenueWan: '250' }), stated(2025, 'forecast', { revenueWan: '50' })],
		[
			cell(2024, 'final', benchmark),
			cell(2024, 'forecast', benchmark),
			cell(2025, 'forecast', benchmark),
			cell(2023, 'final', { shown: 'masked', why: 'few' })
		],
		DEFAULT_POLICY
	);

	test('newest first, a forecast only until the audited ones are made', () =>
		expect(years.map(({ year, basis }) => `${year} ${basis}`)).toEqual(['2025 forecast', '2024 final', '2023 final']));

	test('the quarter is named by what is shown, and by nothing where it is masked', () =>
		expect(years.map(({ rows }) => rows[0]?.quarter)).toEqual(['lowest', 'above_median', null]));
});

describe('the strip', () => {
	test('has a place for all of it inside its box, also where all are alike', () => {
		for (const own of ['5', '-3', '100', null])
			for (const quartiles of [{ lower: '5', median: '5', upper: '5' }, { lower: '-4', median: '0', upper: '9' }, null]) {
				const drawing = drawStrip({ own, quartiles, dots: quartiles === null ? ['1', '2'] : [], limit: '5' });
				const places = [
					drawing?.own,
					drawing?.median,
					drawing?.limit,
					drawing?.band?.x,
					(drawing?.band?.x ?? 0) + (drawing?.band?.width ?? 0),
					...(drawing?.dots ?? [])
				];
				for (const place of places) if (place !== null && place !== undefined) expect(place >= 0 && place <= STRIP.width, JSON.stringify(drawing)).toBe(true);
			}
	});

	test('is none where there is nothing to stand among', () => expect(drawStrip({ own: '5', quartiles: null })).toBeNull());
});

test('the sheet shows at most six figures, those with a limit first', () => {
	const limit = { value: '1', article: '5.2.4' } as const;
	const rows = ['total_assets', 'revenue', 'profit', 'rd_spending', 'employees', 'patents_invention', 'software_copyrights', 'informatisation_share'].map(
		(id) => ({
			id,
			limit: ['employees', 'informatisation_share'].includes(id) ? limit : null
		})
	);
	expect(sheetMetrics(rows).map(({ id }) => id)).toEqual(['employees', 'informatisation_share', 'revenue', 'profit', 'rd_spending', 'software_copyrights']);
});
