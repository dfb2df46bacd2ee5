/** A threshold tried on the record: what the groups of the database come to is what the rule says of every report, one by one, and nothing is changed. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { FigureRow, Metric } from '#lib/domain/form/figure-metric.ts';
import { EMPTY_FIGURE_ROW, METRICS } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { dayInBeijing, endOf } from '#lib/domain/day.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import { placeOf, TRIABLE, tryOn, tryThreshold, type Trial, type TriedReport } from '#lib/domain/trend/policy-trial.ts';
import { NO_FILTER, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { Actor } from '#lib/server/actor.ts';
import { ministryTrial, type TrialQuery } from '#lib/server/reads/ministry/ministry-trial.ts';
import { seeded } from '../../domain/trend/second-statistics.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, openYear } from '../../support/scene.ts';
import { layRecord, type LedgerFirm, type RandomRecord } from './random-record.ts';

const YEARS = [2023, 2024, 2025, 2026];
const NOW = new Date('2026-12-05T02:00:00Z');
const STRICT: Policy = {
	...DEFAULT_POLICY,
	version: 'strict',
	criteria: { ...DEFAULT_POLICY.criteria, M4: { ...DEFAULT_POLICY.criteria.M4, minRate: '0.2' } }
};

let database: TestDatabase;
let mofcom: Actor;
let record: RandomRecord;

beforeAll(async () => {
	database = await applicationDatabase();
	await database.adminSql`insert into policy (version, valid_from_on, content) values ('strict', '2026-02-01', ${database.adminSql.json(STRICT as never)})`;
	for (const year of YEARS) await openYear(database, year);
	await database.adminSql`
		update reporting_year set opened_at = opens_on - interval '10 days', policy_version = case year when 2025 then 'strict' else '2026-1' end`;
	mofcom = await buildOfficial(database, 'mofcom');
	record = await layRecord(database.adminSql, seeded(38), { count: 40, years: YEARS, salt: 38 });
}, 120_000);

/** Every report of the ledger as the rule reads it: what it and the reports before it state, each by the version that spoke last. */
function reportsOf(trial: Trial, { before, channel, cohort }: { before?: number; channel?: string; cohort?: number } = {}) {
	const { category } = placeOf(trial.subject);
	const spoke = ({ versions }: LedgerFirm['reports'][number]) =>
		versions.filter(({ forwardedAt }) => forwardedAt !== null && (before === undefined || forwardedAt < before)).at(-1);
	const last = <T extends { readonly at: number }>(changes: readonly T[]) => changes.filter(({ at }) => before === undefined || at < before).at(-1);
	return record.firms
		.filter((firm) => firm.category === category && (cohort === undefined || firm.cohort === cohort))
		.flatMap((firm) =>
			firm.reports.flatMap((report) => {
				const version = spoke(report);
				if (before !== undefined && Date.parse(`${report.year}-09-28T00:00:00Z`) >= before) return [];
				if (!version && last(report.owed)?.is !== true) return [];
				if (channel !== undefined && last(report.channels)?.id !== channel) return [];
				const known: HistoryFigures = firm.reports
					.filter(({ year }) => year <= report.year)
					.flatMap((one) => (spoke(one)?.said ?? []).map(({ year, basis, figures }) => ({ forYear: year, basis, reportYear: one.year, row: rowOf(figures) })));
				const tried: TriedReport = { designationId: firm.designationId, policy: DEFAULT_POLICY, category, runningYear: report.year, known, answers: {} };
				return [{ tried, filed: version !== undefined }];
			})
		);
}

const columnOf = (metric: Metric): string => metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const rowOf = (figures: Readonly<Record<string, string>>): FigureRow => ({
	...EMPTY_FIGURE_ROW,
	...Object.fromEntries(METRICS.map(({ metric }) => [metric, figures[columnOf(metric)] ?? null]))
});

const query = (trial: Trial, filter: Partial<TrendFilter> = {}, more: Partial<TrialQuery> = {}): TrialQuery => ({
	subject: trial.subject,
	trial,
	filter: { ...NO_FILTER, ...filter },
	becomes: null,
	after: null,
	before: null,
	...more
});

const TRIALS: readonly Trial[] = [
	{ subject: 'informatisation_share', threshold: '0.3' },
	{ subject: 'networking_rate', threshold: '0.25' },
	{ subject: 'employees', threshold: '400' },
	{ subject: 'revenue', threshold: '2000' },
	{ subject: 'ito_executed', threshold: '900.5' },
	{ subject: 'manufacturing_customers', threshold: '1200' },
	{ subject: 'manufacturing_share', threshold: '0.5' }
];

test('every threshold there is has its trial here', () =>
	expect(TRIALS.map(({ subject }) => subject).toSorted()).toEqual(TRIABLE.map(({ subject }) => subject).toSorted()));

describe.each(TRIALS)('$subject at $threshold', (trial) => {
	const SCOPES: readonly [name: string, filter: Partial<TrendFilter>, ledger: Parameters<typeof reportsOf>[1]][] = [
		['the nation', {}, {}],
		['a channel', { channelId: '320000' }, { channel: '320000' }],
		['a cohort', { cohorts: [2021] }, { cohort: 2021 }]
	];

	test.each(SCOPES)('%s: counts and names are those of the rule, report by report', async (_, filter, ledger) => {
		const { shown } = await ministryTrial(mofcom, query(trial, filter), NOW, 1_000);
		const reports = reportsOf(trial, ledger);
		const expected = YEARS.flatMap((year) => {
			const ofYear = reports.filter(({ tried }) => tried.runningYear === year);
			if (ofYear.length === 0) return [];
			const filed = tryThreshold(
				ofYear.filter((one) => one.filed).map(({ tried }) => tried),
				trial
			).years[0];
			const nothing = ofYear.filter((one) => !one.filed).length;
			const plus = (counts: { met: number; unmet: number; unknown: number } | undefined) => ({
				met: counts?.met ?? 0,
				unmet: counts?.unmet ?? 0,
				unknown: (counts?.unknown ?? 0) + nothing
			});
			return [{ year, of: ofYear.length, now: plus(filed?.now), tried: plus(filed?.tried), nMoved: filed?.moved.length ?? 0 }];
		});
		expect(shown?.counts).toEqual(expected);
		const moved = reports
			.filter((one) => one.filed)
			.map(({ tried }) => ({ id: tried.designationId, year: tried.runningYear, ...tryOn(tried, trial) }))
			.filter(({ from, to }) => from !== to);
		const named = (shown?.rows.rows ?? []).map(({ designationId: id, year, from, to }) => ({ id, year, from, to }));
		expect(named.toSorted((a, b) => b.year - a.year || Number(a.id) - Number(b.id))).toEqual(
			moved.toSorted((a, b) => b.year - a.year || Number(a.id) - Number(b.id))
		);
		expect(named).toEqual(named.toSorted((a, b) => b.year - a.year || Number(a.id) - Number(b.id)));
		expect(shown?.total).toBe(moved.length);
	});
});

test('something moves in most of them, or the comparison would compare nothing', async () => {
	const moved = await Promise.all(TRIALS.map(async (trial) => (await ministryTrial(mofcom, query(trial), NOW)).shown?.total ?? 0));
	expect(moved.filter((n) => n > 0).length).toBeGreaterThanOrEqual(5);
});

const SHARE: Trial = { subject: 'informatisation_share', threshold: '0.3' };

test('each year is held against its own threshold otherwise', async () => {
	await database.adminSql`alter table annual_report_version disable trigger all`;
	await database.adminSql`update annual_report_version v set policy_version = 'strict' from annual_report r where r.id = v.report_id and r.year = 2025`;
	try {
		const { shown, inForce } = await ministryTrial(mofcom, query({ ...SHARE, threshold: '0.2' }), NOW);
		expect(inForce.map(({ threshold }) => threshold)).toEqual(['0.05', '0.05', '0.2', '0.05']);
		expect(shown?.counts.find(({ year }) => year === 2025)?.nMoved).toBe(0);
		expect(shown?.counts.some(({ nMoved }) => nMoved > 0)).toBe(true);
	} finally {
		await database.adminSql`update annual_report_version v set policy_version = '2026-1'`;
		await database.adminSql`alter table annual_report_version enable trigger all`;
	}
});

test('a past day is told from the history', async () => {
	const instant = record.instants[Math.floor(record.instants.length / 2)] ?? 0;
	const asOf = dayInBeijing(new Date(instant));
	const year = Number(asOf.slice(0, 4));
	const { shown } = await ministryTrial(mofcom, query(SHARE, { asOf, year }), NOW, 1_000);
	expect(shown?.asOf).toBe(asOf);
	const reports = reportsOf(SHARE, { before: endOf(asOf).getTime() });
	expect(shown?.counts.reduce((all, { of }) => all + of, 0)).toBe(reports.length);
	const moved = reports.filter(({ filed, tried }) => filed && tried.runningYear === year && tryOn(tried, SHARE).from !== tryOn(tried, SHARE).to);
	expect(shown?.total).toBe(moved.length);
});

test('pages go on and back; a year and what they would become narrow the names and not the counts', async () => {
	const all = await ministryTrial(mofcom, query(SHARE), NOW, 1_000);
	const ids: string[] = [];
	let turn: Pick<TrialQuery, 'after' | 'before'> = { after: null, before: null };
	for (let page = 0; page < 30; page += 1) {
		const { shown } = await ministryTrial(mofcom, query(SHARE, {}, turn), NOW, 3);
		ids.push(...(shown?.rows.rows ?? []).map(({ reportId }) => reportId));
		if (page === 1) {
			const back = await ministryTrial(mofcom, query(SHARE, {}, { after: null, before: shown?.rows.previous ?? null }), NOW, 3);
			expect(back.shown?.rows.rows.map(({ reportId }) => reportId)).toEqual(ids.slice(0, 3));
		}
		if (!shown?.rows.next) break;
		turn = { after: shown.rows.next, before: null };
	}
	expect(ids).toEqual(all.shown?.rows.rows.map(({ reportId }) => reportId));
	const narrowed = await ministryTrial(mofcom, query(SHARE, { year: 2025 }, { becomes: 'unmet' }), NOW, 1_000);
	expect(narrowed.shown?.counts).toEqual(all.shown?.counts);
	const wanted = all.shown?.rows.rows.filter(({ year, to }) => year === 2025 && to === 'unmet') ?? [];
	expect(narrowed.shown?.rows.rows).toEqual(wanted);
	expect(narrowed.shown?.total).toBe(wanted.length);
});

test('a trial changes nothing that is kept', async () => {
	const kept = () => database.adminSql`
		select (select count(*)::int from version_verdict) as verdicts,
			(select md5(string_agg(p.version || p.content::text, '' order by p.version)) from policy p) as policies,
			(select count(*)::int from journal) as entries`;
	const before = await kept();
	await ministryTrial(mofcom, query(SHARE), NOW);
	expect(await kept()).toEqual(before);
});

test('nobody but the ministries is answered', async () => {
	const office = await buildOfficial(database, 'commerce', '320000');
	const { shown } = await ministryTrial(office, query(SHARE, { channelId: '440000' }), NOW);
	expect(shown?.counts ?? []).toEqual([]);
});
