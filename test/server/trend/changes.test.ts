/** What moved and how far forecasts missed, counted by the database: the same as the rules say of the values one by one, to the last digit. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { errorTally } from '#lib/domain/trend/forecast-error.ts';
import { sameTally, sameFrom, type YearGroup } from '#lib/domain/trend/same-enterprises.ts';
import { decimal, decimalText, add, subtract } from '#lib/domain/decimal.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { changeKey, loadErrors, loadSame } from '#lib/server/store/trend/changes.ts';
import type { TrendScope } from '#lib/server/store/trend/trend-scope.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layRecord } from './random-record.ts';
import { RECIPES } from './second-tallies.ts';

const YEARS = [2023, 2024, 2025, 2026];
const SPAN = { from: 2020, to: 2026 };
const ALL: TrendScope = { cohorts: [], channels: null, standing: null, asOf: null };

let database: TestDatabase;
let mofcom: Actor;
/** Every cell of the record: the cells themselves are another test's matter. */
let cells: readonly {
	designation: string;
	channel: string;
	cohort: number;
	category: string;
	metric: string;
	year: number;
	basis: string;
	value: string | null;
}[];

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of YEARS) await openYear(database, year);
	mofcom = await buildOfficial(database, 'mofcom');
	await layRecord(database.adminSql, seeded(5), { count: 40, years: YEARS, salt: 5 });
	const pairs = CATEGORIES.flatMap((category) => Object.keys(RECIPES[category]).map((metric) => ({ category, metric })));
	cells = await database.adminSql`
		select r.designation_id::text as designation, r.channel_id as channel, r.cohort_year as cohort, r.category, r.metric, r.figure_year as year, r.basis,
			trim_scale(r.value)::text as value
		from trend_cells(null, ${pairs.map(({ category }) => category)}::text[], ${pairs.map(({ metric }) => metric)}::text[], 2020, 2026) r`;
}, 120_000);

const SCOPES: readonly [name: string, scope: Partial<TrendScope>, of: (cell: (typeof cells)[number]) => boolean][] = [
	['the nation', {}, () => true],
	['a channel', { channels: ['320000'] }, ({ channel }) => channel === '320000'],
	['a cohort', { cohorts: [2022] }, ({ cohort }) => cohort === 2022]
];

describe.each(SCOPES)('%s', (_, narrowed, of) => {
	test('who stayed, came and left, and the parts of the change add up', async () => {
		let compared = 0;
		for (const category of CATEGORIES)
			for (const id of Object.keys(RECIPES[category])) {
				const metric = trendMetric(id);
				if (!metric) throw new Error(id);
				const found = await asActor(mofcom, (db) => loadSame(db, { scope: { ...ALL, ...narrowed }, metric, categories: [category], years: SPAN }));
				const groupOf = (year: number): YearGroup => {
					const ofYear = cells.filter((cell) => of(cell) && cell.category === category && cell.metric === id && cell.year === year && cell.basis === 'final');
					return {
						year,
						basis: 'final',
						values: new Map(ofYear.flatMap(({ designation, value }) => (value === null ? [] : [[designation, value] as const]))),
						present: new Set(ofYear.map(({ designation }) => designation))
					};
				};
				for (let year = 2021; year <= 2026; year += 1) {
					const [from, to] = [groupOf(year - 1), groupOf(year)];
					const said = found.get(changeKey(category, year));
					if (from.present.size + to.present.size === 0) {
						expect(said).toBeUndefined();
						continue;
					}
					expect(said, `${category} ${id} ${year}`).toEqual(sameTally(from, to));
					const answer = said && sameFrom(said, { from: year - 1, to: year, basis: 'final' }, metric);
					if (answer?.known !== true || answer.parts.amounts === null) continue;
					const { total, stayers, entries, exits, from: before, to: after } = answer.parts.amounts;
					expect(total).toBe(decimalText(subtract(add(decimal(stayers), decimal(entries)), decimal(exits))));
					expect(total).toBe(decimalText(subtract(decimal(after), decimal(before))));
					compared += 1;
				}
			}
		expect(compared).toBeGreaterThan(20);
	});

	test('how far forecasts missed, of all and by channel', async () => {
		let compared = 0;
		for (const category of CATEGORIES as readonly Category[])
			for (const id of Object.keys(RECIPES[category])) {
				const metric = trendMetric(id);
				if (!metric) throw new Error(id);
				const found = await asActor(mofcom, (db) => loadErrors(db, 'channel', { scope: { ...ALL, ...narrowed }, metric, categories: [category], years: SPAN }));
				const told = (part: string, year: number, basis: string) =>
					cells.filter(
						(cell) =>
							of(cell) &&
							cell.category === category &&
							cell.metric === id &&
							cell.year === year &&
							cell.basis === basis &&
							(part === '' || cell.channel === part)
					);
				for (const part of ['', '320000', '440000', '110000'])
					for (let year = 2020; year <= 2026; year += 1) {
						const finals = new Map(told(part, year, 'final').map((cell) => [cell.designation, cell.value]));
						const pairs = told(part, year, 'forecast').flatMap(({ designation, value }) => {
							const final = finals.get(designation) ?? null;
							return value === null || final === null ? [] : [{ forecast: value, final }];
						});
						const said = found.get(part)?.get(changeKey(category, year));
						if (pairs.length === 0) expect(said).toBeUndefined();
						else {
							expect(said, `${part} ${category} ${id} ${year}`).toEqual(errorTally(pairs));
							compared += 1;
						}
					}
			}
		expect(compared).toBeGreaterThan(20);
	});
});
