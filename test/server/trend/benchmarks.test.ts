/** Benchmarks: made once by the close of a year, shown as `disclose` says, and nothing else of the cohort readable by anybody but the ministries. */
import { beforeAll, describe, expect, test } from 'vitest';
import { decimal, decimalText } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { coarse } from '#lib/domain/trend/disclosure.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { keepBenchmarks } from '#lib/server/acts/trend/keep-benchmarks.ts';
import { asActor, asVisitor } from '#lib/server/db/door.ts';
import { loadBenchmarks, type ShownBenchmark } from '#lib/server/store/trend/benchmarks.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layRecord, type LedgerFirm, type RandomRecord } from './random-record.ts';
import { RECIPES, secondTally } from './second-tallies.ts';

const YEARS = [2024, 2025, 2026];
const BOTH: readonly Category[] = ['manufacturing', 'it_outsourcing'];

let database: TestDatabase;
let record: RandomRecord;
let closedAt: number;
let mofcom: Actor;
let departments: Actor[];

const firmActor = (firm: LedgerFirm): Actor => ({
	...mofcom,
	orgKind: 'enterprise',
	orgId: '999999',
	channelId: firm.channel,
	enterpriseId: firm.enterpriseId
});
const shownTo = (actor: Actor) => asActor(actor, (db) => loadBenchmarks(db, BOTH), { readOnly: true });
const close = (year: number) => database.adminSql`update reporting_year set closed_at = ${new Date(closedAt)} where year = ${year}`;
const everybody = () => [...departments, ...record.firms.slice(0, 12).map(firmActor)];

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of YEARS) await openYear(database, year, { opensOn: '2024-01-01' });
	mofcom = await buildOfficial(database, 'mofcom');
	departments = await Promise.all(['320000', '440000', '110000', '650000'].map((channel) => buildOfficial(database, 'commerce', channel)));
	record = await layRecord(database.adminSql, seeded(77), { count: 60, years: YEARS, salt: 60 });
	closedAt = record.instants[Math.floor(record.instants.length * 0.7)] ?? 0;
});

describe('before a year is closed', () => {
	test('nothing is made and nothing is shown, to whoever asks', async () => {
		expect(await keepBenchmarks({ dry: false })).toEqual({ years: 0, benchmarks: 0 });
		for (const actor of everybody()) expect(await shownTo(actor)).toEqual([]);
	});
});

describe('when a year is closed', () => {
	let before: readonly (readonly ShownBenchmark[])[];

	test('its benchmarks are made from the record as it stood then, by a second computation', async () => {
		await close(2025);
		expect(await keepBenchmarks({ dry: true })).toMatchObject({ years: 1 });
		expect((await keepBenchmarks({ dry: false })).benchmarks).toBeGreaterThan(60);
		const made = await shownTo(mofcom);
		expect([...new Set(made.map(({ year, basis }) => `${year} ${basis}`))]).toEqual(['2025 forecast', '2024 final']);
		let compared = 0;
		for (const category of BOTH)
			for (const [metric, recipe] of Object.entries(RECIPES[category]))
				for (const [year, basis] of [
					[2024, 'final'],
					[2025, 'forecast']
				] as const satisfies readonly (readonly [number, FigureBasis])[]) {
					const tally = secondTally(record.firms, { category, before: closedAt }, recipe, year, basis);
					const found = made.find((one) => one.category === category && one.metric === metric && one.year === year && one.basis === basis)?.shown;
					const at = tally?.group.at;
					if (!at || (tally.group.n ?? 0) < 10) expect(found).toMatchObject({ shown: 'masked', why: 'few' });
					else if (found?.shown === 'benchmark') {
						const rough = (text: string) => decimalText(coarse(decimal(text), trendMetric(metric)?.unit ?? 'wan'));
						expect(found).toMatchObject({ n: tally.group.n, lower: rough(at[25]), median: rough(at[50]), upper: rough(at[75]) });
						compared += 1;
					}
				}
		expect(compared).toBeGreaterThan(8);
	});

	test('a channel is shown those with five others it does not see, an enterprise those with ten', async () => {
		const all = await shownTo(mofcom);
		for (const actor of departments) {
			const shown = await shownTo(actor);
			expect(shown.map(({ metric, year }) => [metric, year])).toEqual(all.map(({ metric, year }) => [metric, year]));
			for (const { category, metric, year, basis, shown: cell } of shown) {
				const recipe = RECIPES[category][metric];
				if (!recipe || cell.shown !== 'benchmark') continue;
				// Whoever it sees, or has seen, is none of the others.
				const others = record.firms.filter(
					(firm) => firm.channel !== actor.channelId && !firm.reports.some(({ channels }) => channels.at(-1)?.id === actor.channelId)
				);
				expect(secondTally(others, { category, before: closedAt }, recipe, year, basis)?.group.n ?? 0).toBeGreaterThanOrEqual(5);
			}
		}
		before = await Promise.all(everybody().map(shownTo));
		expect(before.flat().filter(({ shown }) => shown.shown === 'benchmark').length).toBeGreaterThan(100);
	});

	test('whatever is reported, corrected or forwarded afterwards moves nothing that is shown', async () => {
		await database.adminSql`alter table annual_figure disable trigger user`;
		await database.adminSql`update annual_figure set revenue_wan = coalesce(revenue_wan, 0) + 4321, employees = coalesce(employees, 0) + 77`;
		await database.adminSql`alter table annual_figure enable trigger user`;
		await database.adminSql`select keep_trend_figures(null)`;
		const firm = record.firms[0];
		await database.adminSql`update annual_report set state = 'excused' where designation_id = ${String(firm?.designationId)}`;
		expect(await keepBenchmarks({ dry: false })).toEqual({ years: 0, benchmarks: 0 });
		expect(await Promise.all(everybody().map(shownTo))).toEqual(before);
	});

	test('an enterprise that moves takes a benchmark from its new channel and gives none to it', async () => {
		const [far] = departments.filter(({ channelId }) => channelId === '650000');
		if (!far) throw new RangeError('no department of 650000');
		const seen = (rows: readonly ShownBenchmark[]) => rows.filter(({ shown }) => shown.shown === 'benchmark').length;
		const had = seen(await shownTo(far));
		for (const firm of record.firms.slice(0, 56)) {
			await database.adminSql`update enterprise set channel_id = '650000' where id = ${firm.enterpriseId}`;
			await database.adminSql`insert into enterprise_event (enterprise_id, kind, effective_on, before, after, recorded_by)
				values (${firm.enterpriseId}, 'moved', '2026-11-01', ${database.adminSql.json({ channelId: firm.channel })}, '{"channelId":"650000"}', 'scene')`;
		}
		expect((await keepBenchmarks({ dry: false })).years).toBe(1);
		expect(had).toBeGreaterThan(10);
		expect(seen(await shownTo(far))).toBe(0);
		// To everybody else it is what it was.
		const [jiangsu] = departments;
		if (jiangsu) expect(await shownTo(jiangsu)).toEqual(before[0]);
	});

	test('no figure of one that was made is ever changed, or one taken away', async () => {
		for (const change of ['update trend_benchmark set median = median + 1 where n is not null', 'delete from trend_benchmark'])
			await expect(database.adminSql.unsafe(change)).rejects.toMatchObject({ constraint_name: 'trend_benchmark_made_once' });
		await expect(database.adminSql`update trend_benchmark set hidden_channels = '{}'`).rejects.toMatchObject({ constraint_name: 'trend_benchmark_made_once' });
	});
});

describe('the second lock', () => {
	test('neither the benchmarks with whom they are hidden from, nor a figure of the cohort, is a row to anybody but the ministries', async () => {
		const counts = (actor: Actor) =>
			asActor(actor, async ({ sql }) => {
				const [row] = await sql<{ benchmarks: number; years: number; figures: number; cells: number }[]>`
					select (select count(*)::int from trend_benchmark) as benchmarks, (select count(*)::int from trend_benchmark_year) as years,
						(select count(*)::int from trend_figure) as figures, (select count(*)::int from trend_cell) as cells`;
				return row;
			});
		for (const actor of everybody()) expect(await counts(actor)).toEqual({ benchmarks: 0, years: 0, figures: 0, cells: 0 });
		expect((await counts(mofcom))?.benchmarks).toBeGreaterThan(60);
	});

	test('whoever is no party of the reports is given no row by the function', async () => {
		for (const orgKind of ['expert_pool', 'administration', 'audit'] as const) expect(await shownTo({ ...mofcom, orgKind, channelId: '320000' })).toEqual([]);
		expect(await asVisitor((db) => loadBenchmarks(db, BOTH)).catch((error: { code?: string }) => error.code)).toEqual([]);
		for (const actor of everybody())
			await expect(
				asActor(
					actor,
					({ sql }) => sql`insert into trend_benchmark (category, metric, figure_year, basis, report_year, why)
					values ('manufacturing', 'x', 2020, 'final', 2025, 'few')`
				)
			).rejects.toThrow();
	});
});
