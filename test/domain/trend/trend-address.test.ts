import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { REPORT_STATES } from '#lib/domain/report-state.ts';
import { keptCellOf, keptCellsFor, KEPT_CELLS } from '#lib/domain/trend/kept-cell.ts';
import { narrowedBy, NO_FILTER, TIER_KEPT, TIERS, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { readTrendAddress, trendAddress } from '#lib/forms/trend-address.ts';
import { OLD_ADDRESSES } from './old-addresses.ts';
import { seeded } from './second-statistics.ts';

const readOf = (address: string, elsewhere: readonly string[] = []) => readTrendAddress(new URLSearchParams(address), elsewhere);

/** Statuses in the order of the list they are chosen from. */
const inOrder = (filter: TrendFilter): TrendFilter => ({ ...filter, statuses: REPORT_STATES.filter((state) => filter.statuses.includes(state)) });

describe('a view is its address', () => {
	test.each(OLD_ADDRESSES)('%s is read for ever', (address, filter) => {
		const { filter: found, ignored } = readOf(address);
		expect([inOrder(found), ignored]).toEqual([inOrder(filter), []]);
	});

	test('there and back, every filter by itself and 200 random views', () => {
		const random = seeded(8);
		const oneOf = <T>(list: readonly T[]): T | null => (random(2) === 0 ? null : (list[random(list.length)] ?? null));
		const single: TrendFilter[] = [
			...TIERS.map((tier) => ({ ...NO_FILTER, tier })),
			...TREND_METRICS.map(({ id }) => ({ ...NO_FILTER, metric: id })),
			...REPORT_STATES.map((state) => ({ ...NO_FILTER, statuses: [state] }))
		];
		const many = Array.from({ length: 200 }, (): TrendFilter => ({
			cohorts: [2019, 2022, 2025].filter(() => random(2) === 0),
			year: oneOf([2024, 2025, 2026]),
			category: oneOf(['manufacturing', 'it_outsourcing']),
			channelId: oneOf(['320000', '660000', 'g017']),
			tier: oneOf(TIERS),
			statuses: REPORT_STATES.filter(() => random(3) === 0),
			asOf: oneOf([day('2026-11-23'), day('2024-02-29')]),
			metric: oneOf(TREND_METRICS)?.id ?? null
		}));
		for (const filter of [...single, ...many]) {
			const address = trendAddress(filter);
			const { filter: found, ignored } = readOf(address);
			expect([inOrder(found), ignored]).toEqual([filter, []]);
			expect(trendAddress(found)).toBe(address);
			expect(address).not.toMatch(/=(&|$)/);
		}
		expect(trendAddress(NO_FILTER)).toBe('');
	});

	test.each([
		['metric=profits', 'metric'],
		['year=twenty', 'year'],
		['class=mining', 'class'],
		['tier=6to9', 'tier'],
		['status=submitted,lost', 'status'],
		['cohort=2022,x', 'cohort'],
		['asof=2026-02-30', 'asof'],
		['region=<script>', 'region'],
		['colour=red', 'colour']
	])('%s is dropped and named; the rest stays', (address, name) => {
		const { filter, ignored } = readOf(`${address}&metric=revenue`.replace(/^metric=profits&metric=revenue$/, 'metric=profits'));
		expect(ignored).toEqual([name]);
		if (name !== 'metric') expect(filter.metric).toBe('revenue');
	});

	test('what is left of a list with a stranger in it stays in force', () => {
		expect(readOf('status=submitted,lost').filter.statuses).toEqual(['submitted']);
		expect(readOf('cohort=2025,x,2022,2025').filter.cohorts).toEqual([2022, 2025]);
	});

	test('keys of the page itself are no filters and no strangers', () => expect(readOf('sort=-days_late&metric=revenue', ['sort']).ignored).toEqual([]));
});

describe('which cells are kept', () => {
	const manufacturing: TrendFilter = { ...NO_FILTER, category: 'manufacturing' };

	test.each<[string, Partial<TrendFilter>, ReturnType<typeof keptCellOf>]>([
		['the nation', {}, { category: 'manufacturing', by: 'nation', key: '' }],
		['any year and metric of it', { year: 2024, metric: 'revenue' }, { category: 'manufacturing', by: 'nation', key: '' }],
		['one channel', { channelId: '320000' }, { category: 'manufacturing', by: 'channel', key: '320000' }],
		['one cohort', { cohorts: [2022] }, { category: 'manufacturing', by: 'cohort', key: '2022' }],
		['one tier', { tier: 'group' }, { category: 'manufacturing', by: 'tier', key: 'group' }],
		['two cohorts', { cohorts: [2022, 2025] }, null],
		['a channel of a cohort', { channelId: '320000', cohorts: [2022] }, null],
		['both categories', { category: null }, null],
		['a status', { statuses: ['returned'] }, null],
		['a past day', { asOf: day('2026-11-23') }, null]
	])('%s', (_, changes, cell) => expect(keptCellOf('point', { ...manufacturing, ...changes })).toEqual(cell));

	test('what is kept of less is computed live for more', () => {
		expect(keptCellOf('forecast_error', { ...manufacturing, cohorts: [2022] })).toBeNull();
		expect(keptCellOf('same_enterprises', { ...manufacturing, tier: 'over5' })).toBeNull();
		expect(keptCellOf('benchmark', { ...manufacturing, channelId: '320000' })).toBeNull();
	});

	test('the list and the question agree: every cell of the list is the answer to its own filter', () => {
		const known = { channels: ['320000', 'g017'], cohorts: [2022, 2025], tiers: TIERS };
		for (const { what } of KEPT_CELLS) {
			for (const cell of keptCellsFor(what, known)) {
				const filter: TrendFilter = {
					...NO_FILTER,
					category: cell.category,
					channelId: cell.by === 'channel' ? cell.key : null,
					cohorts: cell.by === 'cohort' ? [Number(cell.key)] : [],
					tier: TIERS.find((tier) => cell.by === 'tier' && tier === cell.key) ?? null
				};
				expect(keptCellOf(what, filter)).toEqual(cell);
			}
		}
		expect(keptCellsFor('point', known)).toHaveLength(2 * (1 + 2 + 2 + TIERS.length));
	});

	test('a view narrowed beyond category and year is no benchmark', () => {
		expect(narrowedBy(manufacturing)).toEqual([]);
		expect(narrowedBy({ ...manufacturing, cohorts: [2022], channelId: 'x', tier: 'group', statuses: ['returned'] })).toEqual([
			'cohort',
			'channel',
			'tier',
			'status'
		]);
		expect(Object.values(TIER_KEPT)).toEqual(['>5', '3-5', '1-3', 'other', null]);
	});
});
