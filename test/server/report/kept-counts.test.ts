/** Kept counts are what the rows say, to the last one, whatever was done and however much at once; and every figure of the overview is its list. */
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayInBeijing, type Day } from '#lib/domain/day.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { PROGRESS_FIGURES, totalOf } from '#lib/domain/report/progress.ts';
import { REASON_KINDS } from '#lib/domain/report/reason-kinds.ts';
import type { Actor } from '#lib/server/actor.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { giveOpinion, withdrawOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { receiveAnnualReports } from '#lib/server/acts/report/receive-annual-reports.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { returnAnnualReport, undoReturn } from '#lib/server/acts/report/return-annual-report.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { withdrawAnnualReport } from '#lib/server/acts/report/withdraw-annual-report.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { ministryHolding } from '#lib/server/reads/ministry/ministry-holding.ts';
import { ministryHome } from '#lib/server/reads/ministry/ministry-home.ts';
import { ministryProgress, type ProgressQuery } from '#lib/server/reads/ministry/ministry-progress.ts';
import { ministryReasons } from '#lib/server/reads/ministry/ministry-reasons.ts';
import type { MinistryReportsQuery } from '#lib/server/reads/ministry/ministry-report-filters.ts';
import { ministryReports } from '#lib/server/reads/ministry/ministry-reports.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const CHANNELS = ['320000', '440000'] as const;
const QUERY: ProgressQuery = { year: 2026, by: 'channel', asOf: null, category: null, cohort: null, curve: 'submitted' };
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

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;
const offices = new Map<string, readonly [Actor, Actor]>();
const scenes: (SceneReport & { channelId: string })[] = [];
const now = new Date();
const today = dayInBeijing(now);

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026, {
		opensOn: '2026-01-01',
		channelDueOn: '2099-11-15',
		ministryDueOn: '2099-11-30',
		acceptedLateUntilOn: '2099-12-31',
		correctionsUntilOn: '2100-03-31'
	});
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
	for (const channelId of CHANNELS)
		offices.set(channelId, [await buildOfficial(database, 'commerce', channelId), await buildOfficial(database, 'industry', channelId)]);
	for (let n = 0; n < 16; n += 1) {
		const channelId = CHANNELS[n % 2] ?? '320000';
		scenes.push({
			...(await buildReport(database, { channelId, category: CATEGORIES[n % 3 === 0 ? 1 : 0] as Category, cohortYear: n % 4 === 0 ? 2022 : 2025 })),
			channelId
		});
	}
}, 120_000);

/** What is counted, by every column: kept and counted anew, with groups of nothing left out. */
async function keptAndLive() {
	const { adminSql: sql } = database;
	const kept = {
		tally: await sql`select year, channel_id, category, cohort_year, state, court, extension_on::text, since_on::text, awaits, excuse_pending, sum(n)::int as n
				from report_tally group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
		flow: await sql`select year, channel_id, category, cohort_year, kind, on_day::text, extension_on::text, sum(n)::int as n from report_flow
			group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6, 7`,
		reasons: await sql`select report_id, kind, check_key, code, year, category from report_reason order by 1, 2, 3`
	};
	const live = {
		tally: await sql`
			select year, channel_id, category, cohort_year, state, court, extension_on::text,
				(case court when 'channel' then greatest(commerce_approved_at, industry_approved_at, group_approved_at) when 'enterprise' then null when 'ministries'
					then null when 'nobody' then null else submitted_at end at time zone 'Asia/Shanghai')::date::text as since_on,
				case when state = 'forwarded' then case when mofcom_received_version = current_version then 'miit' when miit_received_version = current_version
					then 'mofcom' else 'both' end end as awaits, excuse_pending, count(*)::int as n
			from annual_report group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
		flow: await sql`
			select r.year, r.channel_id, r.category, r.cohort_year, k.kind, (k.at at time zone 'Asia/Shanghai')::date::text
				as on_day, r.extension_on::text, count(*)::int as n
			from annual_report r cross join lateral (values ('submitted', first_submitted_at), ('forwarded', first_forwarded_at)) k (kind, at)
			where k.at is not null and r.state <> 'excused' group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7`,
		reasons: kept.reasons
	};
	const plain = (rows: { tally: Iterable<unknown>; flow: Iterable<unknown> }) => ({ tally: [...rows.tally], flow: [...rows.flow] });
	return { kept: plain(kept), live: plain(live) };
}

/** The same numbers each time: a walk that fails can be walked again. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

async function step(scene: SceneReport & { channelId: string }, chance: () => number): Promise<void> {
	const { reportId, filer } = scene;
	const [row] = await database.adminSql<
		{ state: string; current_version: number; category: Category }[]
	>`select state, current_version, category from annual_report where id = ${reportId}`;
	const [commerce, industry] = offices.get(scene.channelId) ?? [];
	if (!row || !commerce || !industry) throw new Error('no such scene');
	const version = row.current_version;
	const correctByOn = addDays(today, 5);
	const comments = [{ answerKey: 'revenue@final', remark: '请核对' }];
	const reasons = ['figure_wrong', 'figure_doubtful', 'other'] as const;
	const reasonCode = reasons[Math.floor(chance() * 3)] ?? 'other';
	const acts: readonly (() => Promise<unknown>)[] = [
		() => saveAnswers(filer, reportId, [{ key: 'problems_met', typed: `第 ${Math.floor(chance() * 99)} 稿`, baseVersion: 0 }]),
		async () => {
			await database.adminSql`update return_comment c set answer = '已更正', answered_at = now() from report_return t where t.id = c.return_id
				and t.report_id = ${reportId}`;
			await submitReport(database, scene, { ...answersFor(scene.category), 'employees@forecast': String(1_300 + Math.floor(chance() * 50)) }).catch(
				() => undefined
			);
		},
		() => withdrawAnnualReport(filer, reportId, version),
		() => giveOpinion(commerce, reportId, { version, remark: '同意' }),
		() => giveOpinion(industry, reportId, { version, remark: '同意' }),
		() => withdrawOpinion(commerce, reportId, version),
		() => returnAnnualReport(industry, reportId, { version, reasonCode, remark: '请核对', correctByOn, comments }),
		() => returnAnnualReport(miit, reportId, { version, reasonCode, remark: '请核对', correctByOn, comments }),
		() => undoReturn(industry, reportId),
		() => forwardAnnualReports(commerce, { reports: [{ id: reportId, version }], letterNo: '示例函', letterOn: today, remark: '' }),
		() => receiveAnnualReports(mofcom, [{ id: reportId, version }]),
		() => receiveAnnualReports(miit, [{ id: reportId, version }]),
		// What the acts of other rooms write into the row: more time, unable to file, and back.
		() =>
			database.adminSql`update annual_report set extension_on = case when extension_on is null then date '2099-12-10' end,
				excuse_pending = extension_on is null where id = ${reportId}
				and first_forwarded_at is null and state in ('not_started', 'draft')`,
		() =>
			database.adminSql`update annual_report set state = case state when 'excused' then 'draft' else 'excused' end, excuse_pending = false
				where id = ${reportId} and state in ('draft', 'excused')`
	];
	await acts[Math.floor(chance() * acts.length)]?.();
}

describe('kept counts', () => {
	test('equal the rows to the last one after a random walk, folded or not', { timeout: 300_000 }, async () => {
		const chance = random(20_261_127);
		for (let n = 0; n < 160; n += 1) {
			await step(scenes[Math.floor(chance() * scenes.length)] ?? fail(), chance);
			if (n % 40 === 39) await asSystem('fold', ({ sql }) => sql<{ done: unknown | null }[]>`select fold_report_counts(2026) as done`);
		}
		const { kept, live } = await keptAndLive();
		expect(kept).toEqual(live);
		// The walk has to have been somewhere.
		const states = await database.adminSql<{ state: string }[]>`select distinct state from annual_report`;
		expect(states.length).toBeGreaterThan(3);
		expect(live.tally.some((row) => (row as { excuse_pending: boolean }).excuse_pending)).toBe(true);
	});

	test("the tabs of the ministries' list, read off them, hold as many as the rows say, under every filter they answer", async () => {
		const { adminSql: sql } = database;
		const filters: readonly Partial<MinistryReportsQuery>[] = [
			{},
			{ category: 'manufacturing' },
			{ cohort: 2022 },
			{ channelId: '320000' },
			{ states: ['draft', 'forwarded', 'received'] },
			{ category: 'it_outsourcing', cohort: 2025, channelId: '440000', states: ['submitted', 'forwarded'] }
		];
		for (const actor of [mofcom, miit]) {
			for (const filter of filters) {
				const { courts, cohorts, total } = await ministryReports(actor, { ...LIST, ...filter }, now);
				const rows = await sql<{ court: string; n: number; mine: number }[]>`
					select court, count(*)::int as n, count(*) filter (where state = 'forwarded' and (case ${actor.orgKind} when 'mofcom' then mofcom_received_version
						else miit_received_version end) is distinct from current_version)::int as mine
					from annual_report where year = 2026 and category = coalesce(${filter.category ?? null}, category)
						and cohort_year = coalesce(${filter.cohort ?? null}::int, cohort_year) and channel_id = coalesce(${filter.channelId ?? null}, channel_id)
						and (${filter.states ?? null}::text[] is null or state = any(${filter.states ?? null}::text[])) group by court`;
				const { mine, ...byCourt } = courts;
				expect(Object.fromEntries(Object.entries(byCourt).filter(([, count]) => count > 0))).toEqual(Object.fromEntries(rows.map((row) => [row.court, row.n])));
				expect(mine).toBe(rows.reduce((sum, row) => sum + row.mine, 0));
				expect(total).toBe(rows.reduce((sum, row) => sum + row.n, 0));
				expect(cohorts).toEqual([2022, 2025]);
			}
		}
	});

	test('moving to another channel takes the counts along', async () => {
		const moved = scenes[0] ?? fail();
		const [row] = await database.adminSql<{ row_version: number }[]>`select row_version from enterprise where id = ${moved.enterpriseId}`;
		await recordEnterpriseEvent(mofcom, moved.enterpriseId, {
			kind: 'moved',
			effectiveOn: today,
			name: '',
			channelId: '330000',
			note: '迁址',
			rowVersion: row?.row_version ?? 1
		});
		const { kept, live } = await keptAndLive();
		expect(kept).toEqual(live);
	});

	test('lose nothing when sixteen write while others fold', { timeout: 120_000 }, async () => {
		const { adminSql: sql } = database;
		let writing = true;
		const folds = Array.from({ length: 2 }, async () => {
			for (; writing;) await asSystem('fold', ({ sql: own }) => own<{ done: unknown | null }[]>`select fold_report_counts(2026) as done`);
		});
		const writers = scenes.map(async ({ reportId }, index) => {
			for (let n = 0; n < 12; n += 1) {
				const day = `2026-11-${String(1 + ((index + n) % 28)).padStart(2, '0')}`;
				await sql.begin(async (tx) => {
					await tx`update annual_report set state = case when state = 'draft' then 'not_started' else 'draft' end where id = ${reportId} and state
						in ('draft', 'not_started')`;
					await tx`update annual_report set first_submitted_at = ${`${day}T01:00:00Z`}, submitted_at = greatest(submitted_at,
						${`${day}T01:00:00Z`}::timestamptz) where id = ${reportId}`;
				});
			}
		});
		await Promise.all(writers);
		writing = false;
		await Promise.all(folds);
		const before = await keptAndLive();
		expect(before.kept).toEqual(before.live);
		await asSystem('fold', ({ sql: own }) => own<{ done: unknown | null }[]>`select fold_report_counts(2026) as done`);
		const after = await keptAndLive();
		expect(after.kept).toEqual(after.live);
		const [rows] = await sql<{ tally: number; groups: number }[]>`
			select (select count(*)::int from report_tally where year = 2026) as tally, (select count(*)::int from (select 1 from annual_report where year = 2026
				group by channel_id, category, cohort_year, state, court, extension_on) g) as groups`;
		expect(rows?.tally).toBeLessThanOrEqual(scenes.length + 1);
	});
});

describe('the overview', () => {
	const lists = async (query: Partial<MinistryReportsQuery>) => (await ministryReports(mofcom, { ...LIST, ...query }, now)).total;

	test('every figure is as long as the list behind it, by channel, category and cohort', { timeout: 120_000 }, async () => {
		const byChannel = await ministryProgress(mofcom, QUERY, now);
		for (const figure of PROGRESS_FIGURES) expect(await lists({ figure, asOf: byChannel.asOf }), figure).toBe(byChannel.total[figure]);
		for (const { key, counts } of byChannel.groups)
			for (const figure of ['expected', 'submitted', 'missing'] as const)
				expect(await lists({ figure, channelId: key }), `${key} ${figure}`).toBe(counts[figure]);
		for (const by of ['category', 'cohort'] as const)
			expect(totalOf((await ministryProgress(mofcom, { ...QUERY, by }, now)).groups.map(({ counts }) => counts))).toEqual(byChannel.total);
		const filtered = await ministryProgress(mofcom, { ...QUERY, category: 'manufacturing', cohort: 2025 }, now);
		for (const figure of PROGRESS_FIGURES) expect(await lists({ figure, category: 'manufacturing', cohort: 2025 }), figure).toBe(filtered.total[figure]);
		expect(await ministryProgress(miit, QUERY, now)).toEqual(byChannel);
	});

	test('a department shows what waits for it, as the list of its court does', async () => {
		const { departments } = await ministryProgress(mofcom, { ...QUERY, by: 'department' }, now);
		for (const { channelId, department, waiting } of departments) {
			const own = await lists({ channelId, court: department });
			const both = department === 'group' ? 0 : await lists({ channelId, court: 'departments' });
			expect(waiting, `${channelId} ${department}`).toBe(own + both);
		}
	});

	test('is as of a day in Beijing, to the second, with an extension counted by its own date', { timeout: 120_000 }, async () => {
		await openYear(database, 2024, {});
		const { adminSql: sql } = database;
		const firms: SceneReport[] = [];
		for (let n = 0; n < 6; n += 1) firms.push(await buildReport(database, { channelId: '650000', year: 2024, cohortYear: 2022 }));
		const at = (index: number, instant: string | null, extensionOn: string | null = null) =>
			sql`update annual_report set state = ${instant === null ? 'not_started' : 'forwarded'}, current_version = ${instant === null ? 0 : 1},
				first_submitted_at = ${instant === null ? null : '2024-11-10T02:00:00Z'}, submitted_at = ${instant === null ? null : '2024-11-10T02:00:00Z'},
				first_forwarded_at = ${instant}, forwarded_at = ${instant}, extension_on = ${extensionOn} where id = ${firms[index]?.reportId ?? ''}`;
		await at(0, '2024-11-30T15:59:59.999Z');
		await at(1, '2024-11-30T16:00:00.000Z');
		await at(2, '2024-12-10T15:59:59.999Z', '2024-12-10');
		await at(3, '2024-12-10T16:00:00.000Z', '2024-12-10');
		await at(4, null);
		await at(5, null, '2024-12-20');
		const on = async (asOf: string) => {
			const found = await ministryProgress(mofcom, { ...QUERY, year: 2024, asOf: asOf as Day }, now);
			for (const figure of PROGRESS_FIGURES) expect(await lists({ year: 2024, figure, asOf: asOf as Day }), `${asOf} ${figure}`).toBe(found.total[figure]);
			const { forwarded, on_time: onTime, extended, overdue, missing } = found.total;
			return [forwarded, onTime, extended, overdue, missing, found.rate.kind, found.rate.part, found.rate.whole];
		};
		expect(await on('2024-11-29')).toEqual([0, 0, 3, 0, 6, 'so_far', 0, 6]);
		expect(await on('2024-11-30')).toEqual([1, 1, 3, 0, 5, 'so_far', 1, 6]);
		expect(await on('2024-12-01')).toEqual([2, 1, 3, 2, 4, 'on_time', 1, 3]);
		expect(await on('2024-12-10')).toEqual([3, 1, 3, 2, 3, 'on_time', 1, 3]);
		expect(await on('2024-12-11')).toEqual([4, 1, 2, 3, 2, 'on_time', 1, 4]);
		expect(await on('2024-12-21')).toEqual([4, 1, 1, 4, 2, 'on_time', 1, 5]);
		const curve = (await ministryProgress(mofcom, { ...QUERY, year: 2024, curve: 'forwarded', asOf: '2024-12-10' as Day }, now)).curves[0];
		expect(curve?.points.map(({ offset, count }) => [offset, count])).toEqual([
			[0, 1],
			[1, 2],
			[10, 3]
		]);
	});

	test('a day that has not come is left out, and said', async () => {
		const found = await ministryProgress(mofcom, { ...QUERY, asOf: addDays(today, 1) }, now);
		expect(found).toMatchObject({ asOf: today, asOfIgnored: true });
	});

	test('an office that is no ministry reads its own counts at most', async () => {
		const [commerce] = offices.get('320000') ?? [];
		const found = await ministryProgress(commerce ?? fail(), QUERY, now);
		expect(found.groups.map(({ key }) => key)).toEqual(['320000']);
	});
});

test('every counted reason is as long as its list', { timeout: 120_000 }, async () => {
	const scene = await buildReport(database, { channelId: '510000' });
	const signers = [await buildOfficial(database, 'commerce', '510000'), await buildOfficial(database, 'industry', '510000')];
	await submitReport(database, scene, {
		...answersFor('manufacturing'),
		'equipment_networked@final': '1',
		'explain:criterion_unmet/equipment_networked:reason': 'equipment_renewal',
		'explain:criterion_unmet/equipment_networked:text': '产线改造尚未完成,设备分批联网。'
	}).catch(() => submitReport(database, scene));
	await signReport(database, scene.reportId, signers);
	await forwardAnnualReports(signers[0] ?? fail(), { reports: [{ id: scene.reportId, version: 1 }], letterNo: '川函1', letterOn: today, remark: '' });
	await database.adminSql`insert into report_excuse (report_id, reason_code, remark, declared_by, person_id, person_name)
		values (${scenes[3]?.reportId ?? ''}, 'merged', '合并', 'enterprise', 'p', 'p')`;
	await database.adminSql`insert into extension_request (report_id, until_on, reason_code, reason, person_id, person_name)
		values (${scenes[5]?.reportId ?? ''}, '2099-12-10', 'force_majeure', '水灾', 'p', 'p')`;
	const { reasons } = await ministryReasons(miit, 2026, now);
	let told = 0;
	for (const kind of REASON_KINDS) {
		for (const { code, times, reports } of reasons[kind]) {
			told += times.manufacturing + times.it_outsourcing;
			expect((await ministryReports(miit, { ...LIST, reason: { kind, code } }, now)).total, `${kind} ${code}`).toBe(reports);
			expect(times.manufacturing + times.it_outsourcing).toBeGreaterThanOrEqual(reports);
		}
	}
	expect(told).toBeGreaterThanOrEqual(2);
});

test('late days by owner add up to the days late, by channel and in all, and every late report is counted', async () => {
	const found = await ministryHolding(mofcom, 2024, now);
	const sum = (byOwner: Partial<Record<string, number>>) => Object.values(byOwner).reduce((all: number, days) => all + (days ?? 0), 0);
	expect(found.late.reports).toBe((await ministryReports(mofcom, { ...LIST, year: 2024, figure: 'overdue' }, now)).total);
	expect(found.late.days).toBeGreaterThan(0);
	expect(sum(found.late.byOwner)).toBe(found.late.days);
	for (const channel of found.lateByChannel) expect(sum(channel.byOwner)).toBe(channel.days);
	expect(found.lateByChannel.reduce((all, { days }) => all + days, 0)).toBe(found.late.days);
});

test('what is held is as long as its list, since when included', async () => {
	const { approved, departments } = await ministryHolding(miit, 2026, now);
	for (const { channelId, waiting, oldestOn } of approved) {
		expect((await ministryReports(miit, { ...LIST, channelId, court: 'channel' }, now)).total).toBe(waiting);
		expect((await ministryReports(miit, { ...LIST, channelId, court: 'channel', heldSince: oldestOn }, now)).total).toBeGreaterThan(0);
		expect((await ministryReports(miit, { ...LIST, channelId, court: 'channel', heldSince: addDays(oldestOn, -1) }, now)).total).toBe(0);
	}
	expect(departments.every(({ waiting, idle }) => waiting > 0 && (idle === null || idle <= waiting))).toBe(true);
});

test('the workbench reads the same standing from the kept counts', async () => {
	const home = await ministryHome(mofcom);
	const [live] = await database.adminSql<{ owed: number; forwarded: number; mine: number }[]>`
		select count(*) filter (where state <> 'excused')::int as owed, count(*) filter (where state <> 'excused' and first_forwarded_at is not null)::int
			as forwarded,
			count(*) filter (where state = 'forwarded' and mofcom_received_version is distinct from current_version)::int as mine from annual_report
				where year = 2026`;
	expect({ owed: home.total.owed, forwarded: home.total.forwarded, mine: home.toReceive.mine }).toEqual(live);
});

function fail(): never {
	throw new Error('the scene is incomplete');
}
