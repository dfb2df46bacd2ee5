import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { PROGRESS_FIGURES, type ProgressCounts } from '#lib/domain/report/progress.ts';
import { tileChart } from '#lib/domain/trend/channel-tiles.ts';
import { frozenStatuses, type FrozenBasis } from '#lib/domain/trend/frozen-view.ts';
import { outlierRows } from '#lib/domain/trend/outlier-list.ts';
import { quarterOf } from '#lib/domain/trend/quantile.ts';
import { seeded } from './second-statistics.ts';
import { frameOf, member, metricCalled } from './trend-members.ts';

const counts = (changes: Partial<ProgressCounts>): ProgressCounts => ({
	...(Object.fromEntries(PROGRESS_FIGURES.map((figure) => [figure, 0])) as Record<(typeof PROGRESS_FIGURES)[number], number>),
	...changes
});

describe('channels as tiles', () => {
	const year = { ministryDueOn: day('2026-11-30') };
	const known = new Map([
		['a', counts({ expected: 10, forwarded: 10, on_time: 10 })],
		['b', counts({ expected: 10, forwarded: 9, on_time: 6, overdue: 4, missing: 1 })],
		['c', counts({ expected: 5, overdue: 5, missing: 5 })]
	]);

	test('after the date: in time of in time and overdue; one without a report is empty and not behind', () => {
		expect(tileChart(['a', 'b', 'c', 'd'], known, year, day('2026-12-05'))).toEqual({
			kind: 'on_time',
			nation: { part: 16, whole: 25, missing: 6 },
			tiles: [
				{ channelId: 'a', empty: false, part: 10, whole: 10, step: 6, missing: 0, behind: false },
				{ channelId: 'b', empty: false, part: 6, whole: 10, step: 4, missing: 1, behind: true },
				{ channelId: 'c', empty: false, part: 0, whole: 5, step: 1, missing: 5, behind: true },
				{ channelId: 'd', empty: true, part: 0, whole: 0, step: null, missing: 0, behind: false }
			],
			nBehind: 2,
			nEmpty: 1
		});
	});

	test('before it: how far it is, and that is said', () => {
		const { kind, tiles } = tileChart(['b'], known, year, day('2026-11-30'));
		expect([kind, tiles[0]?.part, tiles[0]?.whole]).toEqual(['so_far', 9, 10]);
	});

	test('nobody at all', () => expect(tileChart([], new Map(), year, day('2026-12-05'))).toMatchObject({ nation: { part: 0, whole: 0 }, tiles: [] }));

	test('behind is exact, and not all can be behind: random nations', () => {
		const random = seeded(13);
		for (let round = 0; round < 60; round += 1) {
			const ids = Array.from({ length: 1 + random(34) }, (_, index) => String(index));
			const of = new Map(ids.map((id) => [id, counts({ on_time: random(20), overdue: random(20) })]));
			const { tiles, nation } = tileChart(ids, of, year, day('2026-12-05'));
			expect(nation.part).toBe(tiles.reduce((sum, { part }) => sum + part, 0));
			for (const { part, whole, behind, empty } of tiles) expect(behind).toBe(!empty && part / whole < nation.part / nation.whole - 1e-12);
			expect(tiles.some(({ behind, empty }) => !behind && !empty) || nation.whole === 0).toBe(true);
		}
	});
});

describe('what became of a frozen view', () => {
	const at = new Date('2026-12-01T02:00:00Z');
	const later = new Date('2026-12-02T02:00:00Z');
	const frozen: FrozenBasis = { rules: ['2026-1', 'linear-1-plus-p-n-minus-1'], statements: 98, latestForwardedAt: new Date('2026-11-30T02:00:00Z') };

	test.each([
		['nothing', {}, ['current']],
		['a report more', { statements: 99, latestForwardedAt: later }, ['newer_reports']],
		['one put right', { latestForwardedAt: later, latestCorrectedAt: later }, ['corrected_since']],
		['one put right and one more', { statements: 99, latestForwardedAt: later, latestCorrectedAt: later }, ['corrected_since', 'newer_reports']],
		['one put right before it was frozen', { latestCorrectedAt: new Date('2026-11-29T02:00:00Z') }, ['current']],
		['another rule', { rules: ['2027-1', 'linear-1-plus-p-n-minus-1'] }, ['rule_changed']],
		['the rules in another order', { rules: ['linear-1-plus-p-n-minus-1', '2026-1'] }, ['current']],
		['all of it', { rules: ['2027-1'], statements: 97, latestCorrectedAt: later }, ['rule_changed', 'corrected_since', 'newer_reports']]
	] as const)('%s: %j', (_, changes, statuses) => {
		expect(frozenStatuses(frozen, at, { ...frozen, latestCorrectedAt: null, ...changes })).toEqual(statuses);
	});
});

describe('the list of what is far outside', () => {
	const revenue = metricCalled('revenue');
	const usual = Array.from({ length: 12 }, (_, index) =>
		member(`d${String(index)}`, { '2023': { revenueWan: String(50000 + index * 4000) }, '2024': { revenueWan: String(52000 + index * 4100) } })
	);

	test('a slip of unit stands out by its category and by its own step, with rule and n', () => {
		const slip = member('slip', { '2023': { revenueWan: '60000' }, '2024': { revenueWan: '620000000' } });
		const rows = outlierRows([...usual, slip], revenue, 2024, 'final', frameOf());
		expect(rows).toMatchObject([
			{
				designationId: 'slip',
				metric: 'revenue',
				year: 2024,
				basis: 'final',
				reportYear: 2025,
				value: '620000000',
				before: '60000',
				inCategory: { scored: true, n: 13, far: true, by: 'median_deviation', scale: 'log' },
				asStep: { scored: true, n: 13, far: true }
			}
		]);
	});

	test('a step that none of the others made is seen though the value is usual', () => {
		const fall = member('fall', { '2023': { revenueWan: '150000' }, '2024': { revenueWan: '60000' } });
		expect(outlierRows([...usual, fall], revenue, 2024, 'final', frameOf())).toMatchObject([
			{ designationId: 'fall', inCategory: { far: false }, asStep: { far: true } }
		]);
	});

	test('first year, changed definition: the value alone', () => {
		const slip = member('slip', { '2023': { revenueWan: '60000' }, '2024': { revenueWan: '620000000' } });
		const frame = frameOf({ definitionBreaks: [{ metric: 'revenue', year: 2024 }] });
		expect(outlierRows([...usual, slip], revenue, 2024, 'final', frame)).toMatchObject([{ asStep: null, before: '60000' }]);
		expect(outlierRows([...usual, slip], revenue, 2023, 'final', frameOf())).toEqual([]);
	});

	test('narrowed to one channel, the value is still held against the nation', () => {
		const slip = member('slip', { '2024': { revenueWan: '620000000' } }, { reports: { 2025: { channelId: '440000' } } });
		const all = [...usual, slip];
		const shown = (channel: string) => outlierRows(all, revenue, 2024, 'final', frameOf({ channels: new Set([channel]) }));
		expect([shown('440000').map(({ inCategory }) => inCategory.n), shown('320000')]).toEqual([[13], []]);
	});

	test('too few, or nobody: no list', () => {
		expect(outlierRows(usual.slice(0, 8), revenue, 2024, 'final', frameOf())).toEqual([]);
		expect(outlierRows([], revenue, 2024, 'final', frameOf())).toEqual([]);
	});
});

test.each([
	['1', 'lowest'],
	['2', 'below_median'],
	['2.99', 'below_median'],
	['3', 'above_median'],
	['4', 'highest'],
	['9', 'highest']
] as const)('%s among quartiles 2, 3, 4 is %s', (value, quarter) => expect(quarterOf(value, { lower: '2', median: '3', upper: '4' })).toBe(quarter));
