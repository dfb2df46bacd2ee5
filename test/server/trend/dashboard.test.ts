/** The dashboard asks few questions whatever the number of enterprises, and every number on it is the list it leads to. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { NO_FILTER, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { keepTrendCells } from '#lib/server/acts/trend/keep-trend-cells.ts';
import { ministryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import { ministryMetric, type MetricQuery } from '#lib/server/reads/ministry/ministry-metric.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import type { MinistryReportsQuery } from '#lib/server/reads/ministry/ministry-report-filters.ts';
import { ministryReports } from '#lib/server/reads/ministry/ministry-reports.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { countStatements, type StatementCount } from '../../support/statement-count.ts';
import { layRecord } from './random-record.ts';

const YEARS = [2023, 2024, 2025, 2026];
const NOW = new Date('2026-12-05T02:00:00Z');
const LIST: MinistryReportsQuery = {
	year: 2026,
	court: null,
	states: [],
	category: null,
	cohort: null,
	channelId: null,
	late: null,
	flags: null,
	figure: null,
	asOf: null,
	reason: null,
	heldSince: null,
	q: '',
	sort: 'name',
	descending: false,
	after: null,
	before: null
};
/** Beside saying who asks, which is the frame of every page. */
const MOST = 8;

/** Questions of a piece of work, without that frame. */
async function questions(work: () => Promise<unknown>): Promise<number> {
	const counted = async (one: () => Promise<unknown>) => {
		await one();
		counter.taken();
		await one();
		return counter.taken();
	};
	const frame = await counted(() => asActor(mofcom, async ({ sql }) => sql`select 1 as one`));
	return (await counted(work)) - frame + 1;
}

let database: TestDatabase;
let counter: StatementCount;
let mofcom: Actor;

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of YEARS) await openYear(database, year);
	await database.adminSql`update reporting_year set opened_at = opens_on - interval '10 days', closed_at = case when year < 2026 then now() end`;
	mofcom = await buildOfficial(database, 'mofcom');
	await layRecord(database.adminSql, seeded(77), { count: 14, years: YEARS, salt: 50 });
	await judge();
	counter = await countStatements(database.url);
	process.env['DATABASE_URL'] = counter.url;
});

/** Verdicts as a submission would have kept them: what they are is another test's matter. */
async function judge(): Promise<void> {
	await database.adminSql`
		insert into version_verdict (report_id, version_no, policy_version, rule, unmet, unknown, outlook_unmet)
		select v.report_id, v.no, '2026-1', 'audited-1',
			case when r.category <> 'manufacturing' then '{}'::text[] when r.id % 3 = 0 then '{M4}'::text[]
				when r.id % 3 = 1 then '{M5,M6}'::text[] else '{}'::text[] end,
			case when r.category = 'manufacturing' and r.id % 2 = 0 and r.id % 3 = 2 then '{M4}'::text[] else '{}'::text[] end, '{}'
		from annual_report_version v join annual_report r on r.id = v.report_id on conflict do nothing`;
}

const FILTERS: readonly [name: string, filter: TrendFilter][] = [
	['everything', NO_FILTER],
	['a category', { ...NO_FILTER, category: 'manufacturing' }],
	['a channel', { ...NO_FILTER, channelId: '320000' }],
	['two cohorts', { ...NO_FILTER, cohorts: [2021, 2022] }],
	['a tier and a cohort', { ...NO_FILTER, tier: 'over5', cohorts: [2021] }],
	['a state', { ...NO_FILTER, statuses: ['forwarded'] }],
	['a past day', { ...NO_FILTER, asOf: '2026-11-20' as never }],
	['a metric', { ...NO_FILTER, metric: 'profit', category: 'manufacturing' }]
];

describe('what it asks', () => {
	test.each(FILTERS)('%s: at most eight questions, as many with three times the enterprises', async (name, filter) => {
		await keepTrendCells({ dry: false });
		const few = await questions(() => ministryCohort(mofcom, filter, NOW));
		expect(few, name).toBeLessThanOrEqual(MOST);
		if (name !== 'everything') return;
		await layRecord(database.adminSql, seeded(78), { count: 28, years: YEARS, salt: 51 });
		await judge();
		await keepTrendCells({ dry: false });
		expect(await questions(() => ministryCohort(mofcom, filter, NOW)), name).toBe(few);
	});

	test('from kept cells it says when they were kept, and says the same', async () => {
		await database.adminSql`update trend_kept set rule = 'another rule'`;
		const live = await ministryCohort(mofcom, NO_FILTER, NOW);
		expect(live.shown?.keptAt).toBeNull();
		await keepTrendCells({ dry: false });
		const kept = await ministryCohort(mofcom, NO_FILTER, NOW);
		expect(kept.shown?.keptAt).not.toBeNull();
		const told = ({ shown }: typeof live) => shown?.series.map(({ metric, facts, series: { final, forecast } }) => ({ id: metric.id, facts, final, forecast }));
		expect(told(kept)).toEqual(told(live));
		const past = await ministryCohort(mofcom, { ...NO_FILTER, asOf: '2026-11-20' as never }, NOW);
		expect(past.shown?.keptAt).toBeNull();
	});
});

describe('what it says', () => {
	test('the four figures are those of the progress page, the tiles add up to them', async () => {
		const { shown } = await ministryCohort(mofcom, NO_FILTER, NOW);
		const progress = await ministryProgress(mofcom, { year: 2026, by: 'channel', asOf: null, category: null, cohort: null, curve: 'forwarded' }, NOW);
		const part = (figure: string) => shown?.figures.find((one) => one.figure === figure)?.now.part;
		expect([part('expected'), part('overdue'), part('not_filed')]).toEqual([progress.total.expected, progress.total.overdue, progress.total.not_filed]);
		expect(shown?.tiles.tiles.reduce((sum, tile) => sum + tile.whole, 0)).toBe(shown?.tiles.nation.whole);
		expect(shown?.curves.map(({ year, expected, points }) => [year, expected, points])).toEqual(
			progress.curves.map(({ year, expected, points }) => [year, expected, points])
		);
	});

	test.each(FILTERS.filter(([name]) => !['a past day', 'a metric'].includes(name)))('%s: every criterion count is the list behind it', async (_, filter) => {
		const { shown } = await ministryCohort(mofcom, filter, NOW);
		let compared = 0;
		for (const category of CATEGORIES)
			for (const count of shown?.criteria[category] ?? []) {
				expect(count.met + count.unmet + count.unknown).toBe(count.of);
				if (count.year !== 2026) continue;
				for (const verdict of ['met', 'unmet', 'unknown'] as const) {
					const list = await ministryReports(
						mofcom,
						{
							...LIST,
							category,
							channelId: filter.channelId,
							cohorts: filter.cohorts,
							tier: filter.tier,
							states: filter.statuses,
							criterion: { id: count.criterion, verdict }
						},
						NOW
					);
					expect(list.total, `${count.criterion} ${verdict}`).toBe(count[verdict]);
					compared += 1;
				}
			}
		expect(compared).toBeGreaterThan(0);
	});

	test('who is below a threshold is the list behind the mark, and its pages go on and back', async () => {
		const metric = trendMetric('revenue');
		if (!metric) throw new Error('revenue');
		const told = { of: 2024, basis: 'final', reach: null, by: 'channel', descending: false } as const;
		const query: MetricQuery = { metric, filter: NO_FILTER, ...told, after: null, before: null };
		const all = await ministryMetric(mofcom, query, NOW, 1_000);
		const picture = all.shown?.pictures.find(({ category }) => category === 'manufacturing');
		const point = picture?.points.find(({ year, basis }) => year === told.of && basis === told.basis);
		for (const [reach, n] of [
			['below', point?.standing?.unmet],
			['reach', point?.standing?.met],
			['unknown', point?.standing?.unknown]
		] as const)
			expect((await ministryMetric(mofcom, { ...query, reach }, NOW)).shown?.rows.total, reach).toBe(n);
		expect(all.shown?.rows.total).toBe(point?.nOwed);
		expect(all.shown?.parts.reduce((sum, part) => sum + part.point.nOwed, 0)).toBe(point?.nOwed);
		const ids: string[] = [];
		let turn: Pick<MetricQuery, 'after' | 'before'> = { after: null, before: null };
		for (let page = 0; page < 20; page += 1) {
			const found = (await ministryMetric(mofcom, { ...query, ...turn }, NOW, 5)).shown?.rows;
			ids.push(...(found?.rows ?? []).map(({ designationId }) => designationId));
			if (!found?.next) break;
			turn = { after: found.next, before: null };
		}
		expect(ids).toEqual(all.shown?.rows.rows.map(({ designationId }) => designationId));
	});

	test('nearest to a threshold: the least room first, on either side', async () => {
		const { shown } = await ministryCohort(mofcom, NO_FILTER, NOW);
		const rooms = (shown?.nearest ?? []).map(({ headroom, threshold }) => Math.abs(Number(headroom)) / Number(threshold));
		expect(rooms.length).toBeGreaterThan(3);
		expect(rooms).toEqual([...rooms].sort((a, b) => a - b));
		expect(shown?.nearest.every(({ actual, threshold, headroom }) => Math.abs(Number(actual) - Number(threshold) - Number(headroom)) < 1e-9)).toBe(true);
	});

	test('a year, a channel and a day that are not there are left out and named', async () => {
		const found = await ministryCohort(mofcom, { ...NO_FILTER, year: 2090, channelId: 'nowhere', asOf: '2027-01-01' as never, cohorts: [2090] }, NOW);
		expect(found.ignored).toEqual(['year', 'region', 'asof', 'cohort']);
	});
});
