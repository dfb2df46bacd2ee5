/**
 * One rehearsed close of a year (方案第十一条; domain.md 2): an extension kept, an excuse confirmed and one refused, a move, reports their channel never
 * forwarded, receipts and corrections missing, late days of every owner with and without a reason. Every figure is counted again here from the raw
 * rows, by nothing the application uses.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { closeReport } from '#lib/domain/report/report-exceptions.ts';
import { outcomeOf } from '#lib/domain/report/year-outcome.ts';
import { recordEnterpriseEvent } from '#lib/server/acts/register/record-enterprise-event.ts';
import { agreeToCloseYear } from '#lib/server/acts/report/agree-to-close-year.ts';
import { decideExcuse } from '#lib/server/acts/report/decide-excuse.ts';
import { excuseAnnualReport } from '#lib/server/acts/report/excuse-annual-report.ts';
import { giveOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { reopenAnnualReport } from '#lib/server/acts/report/reopen-annual-report.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { ministryHolding } from '#lib/server/reads/ministry/ministry-holding.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { ministryReasons } from '#lib/server/reads/ministry/ministry-reasons.ts';
import { ministryReportsForExport } from '#lib/server/reads/ministry/ministry-reports.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import { viewReport } from '#lib/server/store/report/annual-report.ts';
import { listQueryOf } from '../../../src/routes/ministry/reports/list-query.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const today = dayInBeijing(new Date());
const YEAR = 2026;
const DATES = {
	opensOn: '2026-01-01',
	channelDueOn: '2026-02-05',
	ministryDueOn: '2026-02-10',
	acceptedLateUntilOn: '2026-02-20',
	correctionsUntilOn: '2099-03-31'
};

let database: TestDatabase;
let mofcom: Actor;
let miit: Actor;
let commerce: Actor;
let industry: Actor;
const firms: Record<string, SceneReport> = {};

const idOf = (name: string): string => firms[name]?.reportId ?? '';
const sceneOf = (name: string): SceneReport => {
	const found = firms[name];
	if (!found) throw new Error(name);
	return found;
};
const done = (answer: { ok: boolean }): void => expect(answer).toMatchObject({ ok: true });

async function forwarded(name: string, firstAt: string | null): Promise<void> {
	await submitReport(database, sceneOf(name));
	await signReport(database, idOf(name), [commerce, industry]);
	done(await forwardAnnualReports(commerce, { reports: [{ id: idOf(name), version: 1 }], letterNo: `示例函 ${name}`, letterOn: today, remark: '' }));
	if (firstAt !== null) await database.adminSql`update annual_report set first_forwarded_at = ${firstAt} where id = ${idOf(name)}`;
}

/** The last step of a report as if it had been taken then: whose days the late ones were hangs on it. */
async function backdated(name: string, at: string): Promise<void> {
	const { adminSql: sql } = database;
	await sql`alter table report_event disable trigger user`;
	await sql`update report_event set at = ${at} where id = (select max(id) from report_event where report_id = ${idOf(name)})`;
	await sql`alter table report_event enable trigger user`;
}
const opinion = (by: Actor, name: string, text: string) =>
	giveOpinion(by, idOf(name), { version: 1, remark: '同意报送。', late: { code: text === '' ? '' : 'checking_figures', text } });

const returned = (by: Actor, name: string) =>
	returnAnnualReport(by, idOf(name), { version: 1, reasonCode: 'figure_wrong', remark: '请核对', correctByOn: today, comments: [] });

beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, YEAR, DATES);
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
	commerce = await buildOfficial(database, 'commerce', '320000');
	industry = await buildOfficial(database, 'industry', '320000');
	for (const name of ['kept', 'punctual', 'late', 'moved', 'signed', 'waiting', 'sentBack', 'corrected', 'excused', 'refused', 'never', 'held'])
		firms[name] = await buildReport(database, { channelId: '320000', name: `示例 ${name}` });
	await database.adminSql`update annual_report set extension_on = '2026-02-18' where id = ${idOf('kept')}`;
	await forwarded('kept', '2026-02-17T02:00:00Z');
	await forwarded('punctual', '2026-02-10T15:59:59.999Z');
	await forwarded('late', null);
	await forwarded('corrected', '2026-02-09T02:00:00Z');
	done(await returned(miit, 'corrected'));
	for (const name of ['moved', 'signed', 'waiting', 'sentBack']) await submitReport(database, sceneOf(name));
	await signReport(database, idOf('moved'), [commerce, industry]);
	// Both departments had it from 12 to 14 February; its channel keeps it, and with it what one of them says.
	await backdated('signed', '2026-02-12T02:00:00Z');
	done(await opinion(commerce, 'signed', '等待另一部门。'));
	done(await opinion(industry, 'signed', ''));
	// Enterprise to the 12th, both departments to the 14th, the industry department to the 16th, the channel to the 19th.
	await submitReport(database, sceneOf('held'));
	await backdated('held', '2026-02-12T02:00:00Z');
	done(await opinion(commerce, 'held', '核对审计报告。'));
	await backdated('held', '2026-02-14T02:00:00Z');
	done(await opinion(industry, 'held', ''));
	await backdated('held', '2026-02-16T02:00:00Z');
	const letter = { reports: [{ id: idOf('held'), version: 1 }], letterNo: '示例函 held', letterOn: today, remark: '' };
	done(await forwardAnnualReports(commerce, { ...letter, late: { code: 'collected_to_forward', text: '等待集中转报。' } }));
	await backdated('held', '2026-02-19T02:00:00Z');
	await database.adminSql`update annual_report set first_forwarded_at = '2026-02-19T02:00:00Z' where id = ${idOf('held')}`;
	done(await returned(commerce, 'sentBack'));
	const [enterprise] = await database.adminSql<{ row_version: number }[]>`select row_version from enterprise where id = ${sceneOf('moved').enterpriseId}`;
	done(
		await recordEnterpriseEvent(mofcom, sceneOf('moved').enterpriseId, {
			kind: 'moved',
			effectiveOn: '2026-02-01',
			name: '',
			channelId: '440000',
			note: '迁入登记',
			rowVersion: enterprise?.row_version ?? 0
		})
	);
	for (const name of ['excused', 'refused']) done(await excuseAnnualReport(sceneOf(name).filer, idOf(name), { reasonCode: 'closed', remark: '已办理注销。' }));
});

interface Raw {
	id: string;
	state: string;
	channel_id: string;
	extension_on: string | null;
	first_submitted_at: Date | null;
	first_forwarded_at: Date | null;
}
const rawRows = () =>
	database.adminSql<Raw[]>`
		select id::text, state, channel_id, extension_on::text, first_submitted_at, first_forwarded_at from annual_report where year = ${YEAR} order by id`;

/** The figures, counted by hand: 24:00 in Beijing is 16:00 of the same day in UTC. */
function countedByHand(rows: readonly Raw[]) {
	const inTime = (row: Raw) => row.first_forwarded_at !== null && row.first_forwarded_at < new Date(`${row.extension_on ?? DATES.ministryDueOn}T16:00:00Z`);
	const expected = rows.filter((row) => row.state !== 'excused');
	return {
		expected: expected.length,
		submitted: expected.filter((row) => row.first_submitted_at !== null).length,
		forwarded: expected.filter((row) => row.first_forwarded_at !== null).length,
		missing: expected.filter((row) => row.first_forwarded_at === null).length,
		on_time: expected.filter((row) => row.extension_on === null && inTime(row)).length,
		extended: expected.filter((row) => row.extension_on !== null && inTime(row)).length,
		overdue: expected.filter((row) => !inTime(row)).length,
		excused: rows.filter((row) => row.state === 'excused').length,
		excuse_pending: 0,
		not_filed: rows.filter((row) => row.state === 'not_filed').length,
		not_delivered: rows.filter((row) => row.state === 'not_delivered').length
	};
}

/** Whose each late day was and who said why, day by day from the histories: 00:00 in Beijing is 16:00 of the day before in UTC. */
async function lateByHand(): Promise<{ days: Record<string, number>; explained: Record<string, { late: number; explained: number }> }> {
	const rows = await database.adminSql<{ report: string; court: string; reasons: string[] }[]>`
		select r.id::text as report, coalesce((
				select v.court from report_event v where v.report_id = r.id and v.at <= (d.on_day - interval '8 hours') at time zone 'UTC' order by v.id desc limit 1
			), 'enterprise') as court,
			array(select 'enterprise' from annual_report_version v where v.report_id = r.id and v.forwarded_at is not null and v.late_reason is not null
				union select owner from late_reason l where l.report_id = r.id and r.first_forwarded_at is not null) as reasons
		from annual_report r
		cross join lateral generate_series(coalesce(r.extension_on, ${DATES.ministryDueOn}::date) + 1,
			((coalesce(r.first_forwarded_at, r.closed_at) at time zone 'UTC') + interval '8 hours')::date, interval '1 day') d (on_day)
		where r.year = ${YEAR} and r.state in ('received', 'not_delivered')`;
	const days: Record<string, number> = {};
	const owners = new Map<string, { late: Set<string>; explained: Set<string> }>();
	for (const { report, court, reasons } of rows) {
		days[court] = (days[court] ?? 0) + 1;
		for (const owner of court === 'departments' ? ['commerce', 'industry'] : [court]) {
			const count = owners.get(owner) ?? { late: new Set(), explained: new Set() };
			owners.set(owner, count);
			count.late.add(report);
			if (reasons.includes(owner)) count.explained.add(report);
		}
	}
	return { days, explained: Object.fromEntries([...owners].map(([owner, { late, explained }]) => [owner, { late: late.size, explained: explained.size }])) };
}

const progress = (actor: Actor) =>
	ministryProgress(actor, { year: YEAR, by: 'channel', asOf: null, category: null, cohort: null, curve: 'forwarded' }, new Date());
const OUTCOMES = {
	kept: ['received', 'extended'],
	punctual: ['received', 'on_time'],
	late: ['received', 'late'],
	held: ['received', 'late'],
	corrected: ['received', 'on_time'],
	moved: ['not_delivered', 'not_delivered'],
	signed: ['not_delivered', 'not_delivered'],
	waiting: ['not_delivered', 'not_delivered'],
	sentBack: ['not_filed', 'not_filed'],
	excused: ['excused', 'excused'],
	refused: ['not_filed', 'not_filed'],
	never: ['not_filed', 'not_filed']
} as const;

describe('the close of a year', () => {
	test('waits for the ministries’ own answers, and says beforehand what it will make of the reports', async () => {
		expect(await agreeToCloseYear(mofcom, YEAR)).toMatchObject({ refusal: { code: 'closing_waits', excuses: 2, extensions: 0 } });
		done(await decideExcuse(mofcom, idOf('excused'), { verdict: 'confirmed', reason: '' }));
		done(await decideExcuse(miit, idOf('refused'), { verdict: 'refused', reason: '登记仍为存续。' }));
		const [year] = (await ministryYearsPage(mofcom, today)).years;
		expect(year).toMatchObject({
			unfiled: 3,
			unfiledSubmitted: 1,
			undelivered: 3,
			toReceive: { mofcom: 4, miit: 4 },
			corrections: 1,
			forwarded: 5,
			received: 0,
			excused: 1,
			excusePending: 0
		});
	});

	test('makes of each report what the rule says, and of the year the same figures as a count by hand', async () => {
		const before = new Map(
			await asSystem('test', async (db) => {
				const cases = [];
				for (const name of Object.keys(firms)) cases.push([name, await viewReport(db, idOf(name))] as const);
				return cases;
			})
		);
		done(await agreeToCloseYear(mofcom, YEAR));
		expect(await agreeToCloseYear(miit, YEAR)).toEqual({ ok: true, closed: true, became: { received: 5, not_delivered: 3, not_filed: 3 } });
		const now = new Date();
		for (const [name, [state, outcome]] of Object.entries(OUTCOMES)) {
			const found = await asSystem('test', (db) => viewReport(db, idOf(name)));
			const was = before.get(name);
			if (!found || !was) throw new Error(name);
			expect([name, found.case.state, outcomeOf(found.case, now)]).toEqual([name, state, outcome]);
			const closedAt = found.case.year.closedAt ?? now;
			expect({ name, ...found.case }).toEqual({ name, ...closeReport(was.case, closedAt).next });
		}
		const rows = await rawRows();
		const found = await progress(mofcom);
		expect(found.total).toEqual(countedByHand(rows));
		expect(found.rate).toMatchObject({ kind: 'on_time', part: 2, whole: 10, withUnable: { whole: 11 } });
		for (const { key, counts } of found.groups) expect({ key, ...counts }).toEqual({ key, ...countedByHand(rows.filter((row) => row.channel_id === key)) });
		expect(found.groups.map(({ key }) => key)).toEqual(['320000', '440000']);
	});

	test('list, filter, file and the page of holders say the same of each', async () => {
		const now = new Date();
		const list = async (address: string) =>
			(await ministryReportsForExport(mofcom, listQueryOf(new URLSearchParams(`year=${YEAR}&${address}`)).query, now)).rows;
		const named = (rows: readonly { enterpriseName: string }[]) => rows.map(({ enterpriseName }) => enterpriseName.replace('示例 ', '')).sort();
		const of = (outcome: string) =>
			Object.entries(OUTCOMES)
				.filter(([, [, one]]) => one === outcome)
				.map(([name]) => name)
				.sort();
		expect(Object.fromEntries((await list('')).map((row) => [row.enterpriseName.replace('示例 ', ''), row.outcome]))).toEqual(
			Object.fromEntries(Object.entries(OUTCOMES).map(([name, [, outcome]]) => [name, outcome]))
		);
		expect(named(await list('late=no'))).toEqual(of('on_time'));
		expect(named(await list('late=ext'))).toEqual(of('extended'));
		expect(named(await list('late=fwd'))).toEqual(of('late'));
		for (const figure of ['not_filed', 'not_delivered', 'excused'] as const) expect(named(await list(`figure=${figure}`))).toEqual(of(figure));
		expect((await list('figure=excused')).map(({ lateness }) => [lateness.daysLate, lateness.onTime])).toEqual([[0, null]]);
		const held = await ministryHolding(mofcom, YEAR, now);
		// What was never filed is apart from the late days. All five said why; the ministries read it of the two that were forwarded to them.
		expect([held.late.reports, held.neverFiled.reports]).toEqual([5, 3]);
		const byHand = await lateByHand();
		expect(held.late.byOwner).toEqual(byHand.days);
		expect(held.explained).toEqual(byHand.explained);
		expect(held.explained).toEqual({
			enterprise: { late: 5, explained: 2 },
			commerce: { late: 2, explained: 1 },
			industry: { late: 2, explained: 0 },
			channel: { late: 1, explained: 1 }
		});
		expect(held.late.days).toBe(Object.values(held.late.byOwner).reduce((sum, days) => sum + days, 0));
		// The page of reasons counts each statement once, the list behind a code finds the same reports.
		const reasons = (await ministryReasons(mofcom, YEAR, now)).reasons.late.filter(({ reports }) => reports > 0);
		expect(reasons.map(({ code, reports }) => [code, reports])).toEqual([
			['other', 5],
			['checking_figures', 1],
			['collected_to_forward', 1]
		]);
		expect(named(await list('reason=late:collected_to_forward'))).toEqual(['held']);
	});

	test('each ministry has received by its own agreement, and the history keeps what the close made of a report that is taken up again', async () => {
		const { adminSql: sql } = database;
		const receptions = await sql<{ ministry: string; person_name: string; n: number }[]>`
			select ministry, person_name, count(*)::int as n from reception group by 1, 2 order by 1`;
		expect(receptions.map(({ ministry, person_name: by, n }) => [ministry, by, n])).toEqual([
			['miit', miit.personName, 5],
			['mofcom', mofcom.personName, 5]
		]);
		done(await reopenAnnualReport(mofcom, idOf('signed'), '渠道补报。'));
		const [event] = await sql<{ outcome: string }[]>`
			select detail ->> 'outcome' as outcome from report_event where report_id = ${idOf('signed')} and act = 'close-year'`;
		expect(event?.outcome).toBe('not_delivered');
		const [row] = await sql<{ state: string; court: string }[]>`select state, court from annual_report where id = ${idOf('signed')}`;
		expect(row).toEqual({ state: 'submitted', court: 'channel' });
		const total = (await progress(miit)).total;
		expect(total.not_delivered).toBe(2);
		const counted = countedByHand(await rawRows());
		expect(total).toEqual(counted);
		await expect(sql`update annual_report set state = 'not_delivered' where id = ${idOf('signed')}`).rejects.toThrow(
			'annual_report_not_delivered_was_submitted'
		);
	});
});

test('what was closed before keeps its states, and its outcome is computed by the same rule', async () => {
	const { adminSql: sql } = database;
	await openYear(database, 2022, {});
	const [old, back] = [
		await buildReport(database, { channelId: '320000', year: 2022, cohortYear: 2021 }),
		await buildReport(database, { channelId: '320000', year: 2022, cohortYear: 2021 })
	];
	await sql`update annual_report set state = case when id = ${old.reportId} then 'submitted' else 'returned' end, current_version = 1,
		first_submitted_at = '2022-11-10T02:00:00Z', submitted_at = '2022-11-10T02:00:00Z', closed_at = '2023-04-02T02:00:00Z' where year = 2022`;
	await sql`update reporting_year set closed_at = '2023-04-02T02:00:00Z' where year = 2022`;
	const found = await ministryProgress(mofcom, { year: 2022, by: 'channel', asOf: null, category: null, cohort: null, curve: 'forwarded' }, new Date());
	expect(found.total).toMatchObject({ not_delivered: 1, not_filed: 1 });
	const rows = (await ministryReportsForExport(mofcom, listQueryOf(new URLSearchParams('year=2022')).query, new Date())).rows;
	expect(rows.map(({ id, outcome }) => [id, outcome]).sort()).toEqual(
		[
			[old.reportId, 'not_delivered'],
			[back.reportId, 'not_filed']
		].sort()
	);
	expect((await ministryYearsPage(mofcom, today as Day)).years.find(({ year }) => year === 2022)).toMatchObject({ undelivered: 1, unfiled: 1 });
});
