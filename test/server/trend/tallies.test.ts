/** What the database counts and adds up is what the definitions say of the raw figures, now and on any past day, whatever was done in between. */
import { beforeAll, describe, expect, test } from 'vitest';
import { dayInBeijing, endOf, type Day } from '#lib/domain/day.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import { asActor } from '#lib/server/db/door.ts';
import type { Actor } from '#lib/server/actor.ts';
import { loadTallies, tallyKey } from '#lib/server/store/trend/tallies.ts';
import type { TrendScope } from '#lib/server/store/trend/trend-scope.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layRecord, type RandomRecord } from './random-record.ts';
import { RECIPES, secondTally } from './second-tallies.ts';

const YEARS = [2023, 2024, 2025, 2026];
const FIGURE_YEARS = [2020, 2021, 2022, 2023, 2024, 2025, 2026];

let database: TestDatabase;
let mofcom: Actor;
let record: RandomRecord;

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of YEARS) await openYear(database, year);
	// Opened when they were due, not when the scene is set: a past day knows the years of its time.
	await database.adminSql`update reporting_year set opened_at = opens_on - interval '10 days'`;
	mofcom = await buildOfficial(database, 'mofcom');
	record = await layRecord(database.adminSql, seeded(10), { count: 26, years: YEARS, salt: 1 });
}, 120_000);

/** Every metric, year and basis of a scope by both, and how many cells were compared. */
async function compare({ category, ...scope }: TrendScope & { category: Category }): Promise<number> {
	const recipes = RECIPES[category];
	const metrics = Object.keys(recipes).flatMap((id) => trendMetric(id) ?? []);
	const years = { from: 2020, to: 2026 };
	const tallies = await asActor(mofcom, (db) => loadTallies(db, scope, { [category]: metrics }, years, () => DEFAULT_POLICY));
	const second = {
		category,
		before: scope.asOf === null ? null : endOf(scope.asOf).getTime(),
		...(scope.cohorts.length > 0 && { cohorts: scope.cohorts }),
		...(scope.channels !== null && { channels: scope.channels })
	};
	// A past day knows only the reports of years that were open by then.
	const firms = record.firms.map((firm) => ({
		...firm,
		reports: firm.reports.filter(({ year }) => second.before === null || Date.parse(`${year}-09-28T00:00:00Z`) < second.before)
	}));
	let compared = 0;
	for (const { id } of metrics)
		for (const year of FIGURE_YEARS)
			for (const basis of ['final', 'forecast'] as const) {
				const recipe = recipes[id];
				if (!recipe) throw new Error(id);
				const said = tallies.get(tallyKey(category, id, year, basis)) ?? null;
				expect(said, `${JSON.stringify(scope)} ${category} ${id} ${year} ${basis}`).toEqual(secondTally(firms, second, recipe, year, basis));
				compared += said === null ? 0 : 1;
			}
	return compared;
}

const ALL: TrendScope = { cohorts: [], channels: null, standing: null, asOf: null };

describe('of a random record with returns, corrections, excuses and moves', () => {
	test('the record has what it is meant to have', () => {
		const reports = record.firms.flatMap((firm) => firm.reports);
		expect(reports.some(({ versions }) => versions.filter(({ forwardedAt }) => forwardedAt !== null).length > 1)).toBe(true);
		expect(reports.some(({ channels }) => channels.length > 1)).toBe(true);
		expect(reports.some(({ owed }) => owed.length > 1)).toBe(true);
		expect(record.instants.length).toBeGreaterThan(5);
	});

	test.each(CATEGORIES)('%s: the nation, a channel, two channels, a cohort, a channel of a cohort', async (category) => {
		let compared = 0;
		for (const narrowed of [
			{},
			{ channels: ['320000'] },
			{ channels: ['320000', '110000'] },
			{ cohorts: [2021] },
			{ cohorts: [2021, 2022] },
			{ cohorts: [2022], channels: ['440000'] },
			{ channels: [] as string[] }
		])
			compared += await compare({ ...ALL, ...narrowed, category });
		expect(compared).toBeGreaterThan(100);
	});

	test('any past day, told from the history', async () => {
		let compared = 0;
		for (const instant of record.instants) {
			const asOf: Day = dayInBeijing(new Date(instant));
			for (const category of CATEGORIES) compared += await compare({ ...ALL, category, asOf });
			compared += await compare({ ...ALL, category: 'manufacturing', asOf, channels: ['440000'] });
		}
		expect(compared).toBeGreaterThan(300);
	});

	test('those whose report of a year stands so now', async () => {
		const standing = { year: 2026, states: ['forwarded'] as const };
		const scope: TrendScope = { ...ALL, standing };
		const metric = trendMetric('revenue');
		if (!metric) throw new Error('revenue');
		const tallies = await asActor(mofcom, (db) => loadTallies(db, scope, { manufacturing: [metric] }, { from: 2024, to: 2025 }, () => DEFAULT_POLICY));
		const firms = record.firms.filter(({ reports }) => reports.some(({ year, state }) => year === 2026 && state === 'forwarded'));
		const recipe = RECIPES.manufacturing['revenue'];
		if (!recipe) throw new Error('revenue');
		expect(tallies.get(tallyKey('manufacturing', 'revenue', 2025, 'final'))).toEqual(
			secondTally(firms, { category: 'manufacturing', before: null }, recipe, 2025, 'final')
		);
		expect(firms.length).toBeGreaterThan(0);
	});

	test('what is kept is what the history says, to the last figure', async () => {
		const [row] = await database.adminSql<{ kept: number; history: number; differing: number }[]>`
			with history as (select * from trend_stated(null, null))
			select (select count(*)::int from trend_figure) as kept, (select count(*)::int from history) as history,
				(select count(*)::int from (
					(select to_jsonb(k) from trend_figure k except select to_jsonb(h) from history h)
					union all (select to_jsonb(h) from history h except select to_jsonb(k) from trend_figure k)) d) as differing`;
		expect(row).toMatchObject({ differing: 0, kept: row?.history });
		expect(row?.kept).toBeGreaterThan(100);
	});

	test('nobody but the ministries reads it', async () => {
		for (const kind of ['commerce', 'industry'] as const) {
			const office = await buildOfficial(database, kind, '320000');
			const rows = await asActor(
				office,
				(db) =>
					db.sql<
						{ n: number }[]
					>`select ((select count(*) from trend_figure) + (select count(*) from trend_cell) + (select count(*) from trend_kept))::int as n`
			);
			expect(rows[0]?.n).toBe(0);
			await expect(asActor(office, (db) => db.sql`delete from trend_cell where true returning category`)).resolves.toHaveLength(0);
			const metric = trendMetric('employees');
			if (!metric) throw new Error('employees');
			const own = await asActor(office, (db) => loadTallies(db, ALL, { manufacturing: [metric] }, { from: 2022, to: 2026 }, () => DEFAULT_POLICY));
			expect(own.size).toBe(0);
		}
	});
});
