/** Kept cells are the live answer to the last digit, whatever was done in between, and nothing but the enumerated cells is kept. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { NO_FILTER, TIERS, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { metricsOf } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { keepTrendCells } from '#lib/server/acts/trend/keep-trend-cells.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';
import { keptRule, loadKeptTallies } from '#lib/server/store/trend/kept-cells.ts';
import { loadTallies } from '#lib/server/store/trend/tallies.ts';
import { scopeOf } from '#lib/server/store/trend/trend-scope.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layRecord } from './random-record.ts';

const YEARS = [2024, 2025, 2026];
const SPAN = { from: 2021, to: 2026 };

let database: TestDatabase;
let mofcom: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of YEARS) await openYear(database, year);
	mofcom = await buildOfficial(database, 'mofcom');
});

/** The kept answer of a filter and the live one. */
async function both(filter: TrendFilter, category: Category) {
	return asActor(
		mofcom,
		async (db) => {
			const channels = await db.sql<{ id: string; tier: string | null }[]>`select id, gdp_tier as tier from channel`;
			const rule = keptRule(await loadReportingYears(db));
			const asked = { [category]: metricsOf(category) };
			const kept = await loadKeptTallies(db, { ...filter, category }, asked, SPAN, rule);
			const live = await loadTallies(db, scopeOf(filter, 2026, channels), asked, SPAN, () => DEFAULT_POLICY);
			return { kept, live };
		},
		{ isolation: 'repeatable read' }
	);
}

describe('after random histories with returns, corrections, excuses and moves', () => {
	test.each([1, 2, 3])('round %i: every enumerated cell equals the live computation', async (round) => {
		await layRecord(database.adminSql, seeded(40 + round), { count: 12, years: YEARS, salt: 10 + round });
		const done = await keepTrendCells({ dry: false });
		expect(done.categories).toBe(2);
		let compared = 0;
		const filters: TrendFilter[] = [
			NO_FILTER,
			...['320000', '440000', '110000'].map((channelId) => ({ ...NO_FILTER, channelId })),
			...[2021, 2022].map((cohort) => ({ ...NO_FILTER, cohorts: [cohort] })),
			...TIERS.map((tier) => ({ ...NO_FILTER, tier }))
		];
		for (const filter of filters)
			for (const category of CATEGORIES) {
				const { kept, live } = await both(filter, category);
				expect(kept, JSON.stringify(filter)).not.toBeNull();
				expect(Object.fromEntries(kept?.tallies ?? [])).toEqual(Object.fromEntries(live));
				compared += live.size;
			}
		expect(compared).toBeGreaterThan(500);
	});

	test('what is not enumerated is not answered by what is kept', async () => {
		for (const filter of [
			{ ...NO_FILTER, cohorts: [2021, 2022] },
			{ ...NO_FILTER, cohorts: [2021], channelId: '320000' },
			{ ...NO_FILTER, statuses: ['received' as const] }
		])
			expect((await both(filter, 'manufacturing')).kept).toBeNull();
	});

	test('nothing is made anew while nothing has changed; another policy of a year makes all of it stale', async () => {
		expect(await keepTrendCells({ dry: false })).toEqual({ categories: 0, cells: 0 });
		const again = await keepTrendCells({ dry: false, all: true });
		expect(again.categories).toBe(2);
		expect(again.cells).toBeGreaterThan(500);
		await database.adminSql`update trend_kept set rule = 'another rule'`;
		expect((await both(NO_FILTER, 'manufacturing')).kept).toBeNull();
		expect((await keepTrendCells({ dry: true })).categories).toBe(2);
		expect((await keepTrendCells({ dry: false })).categories).toBe(2);
		expect((await both(NO_FILTER, 'manufacturing')).kept).not.toBeNull();
	});
});
