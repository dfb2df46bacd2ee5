import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_REMINDER_POLICY } from '#lib/domain/chase/reminder-policy.ts';
import { dueStep, partyDueOn, type RemindedReport } from '#lib/domain/chase/reminder-ladder.ts';
import { day, type Day } from '#lib/domain/day.ts';
import { yearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Actor } from '#lib/server/actor.ts';
import { askExtension } from '#lib/server/acts/report/ask-extension.ts';
import { decideExtensions } from '#lib/server/acts/report/decide-extensions.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { asActor } from '#lib/server/db/door.ts';
import { channelEnterprise } from '#lib/server/reads/channel/channel-enterprise.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { channelReports, channelReportsForExport } from '#lib/server/reads/channel/channel-reports.ts';
import { readEnterpriseHome } from '#lib/server/reads/enterprise/enterprise-home.ts';
import { readEnterpriseReports } from '#lib/server/reads/enterprise/enterprise-reports.ts';
import { readFilingTasks } from '#lib/server/reads/enterprise/filing-tasks.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { ministryReports, ministryReportsForExport } from '#lib/server/reads/ministry/ministry-reports.ts';
import type { MinistryReportsQuery } from '#lib/server/reads/ministry/ministry-report-filters.ts';
import { readReportFiles } from '#lib/server/reads/enterprise/report-files.ts';
import { reportExceptions } from '#lib/server/reads/office/report-exceptions.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

/**
 * quality.md 7, 8: extended, yet shown late. An extension given before the date is *the* date from then on: for badge, countdown, calendar entry, list,
 * export, lateness and reminder alike; on 5 December nobody says late, on 11 December everybody does.
 */
const ASKED = new Date('2026-11-10T02:00:00Z');
const BETWEEN = new Date('2026-12-05T02:00:00Z');
const AFTER = new Date('2026-12-11T02:00:00Z');
const NEW = day('2026-12-10');
const QUERY: MinistryReportsQuery = {
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
let commerce: Actor;
let industry: Actor;
let extended: SceneReport;
let ordinary: SceneReport;
const setClock = (at: Date) => database.adminSql`update test_clock set at = ${at}`;
beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	await database.adminSql.unsafe(`
		create table test_clock (at timestamptz not null);
		insert into test_clock values (now());
		grant select on test_clock to keyent_app;
		create or replace function app_now() returns timestamptz language sql volatile as 'select at from public.test_clock'`);
	await setClock(ASKED);
	mofcom = await buildOfficial(database, 'mofcom');
	miit = await buildOfficial(database, 'miit');
	commerce = await buildOfficial(database, 'commerce', '320000');
	industry = await buildOfficial(database, 'industry', '320000');
	extended = await buildReport(database, { channelId: '320000' });
	ordinary = await buildReport(database, { channelId: '320000' });
	const asked = await askExtension(extended.filer, extended.reportId, { untilOn: NEW, reasonCode: 'audit_unfinished', reason: '审计报告12月5日出具。' });
	if (!asked.ok) throw new Error(JSON.stringify(asked.refusal));
	for (const ministry of [mofcom, miit])
		expect(await decideExtensions(ministry, [asked.requestId], { verdict: 'granted', reason: '' })).toMatchObject({ ok: true, decided: [asked.requestId] });
});

/** The date as every place that shows or uses it says it. */
async function dates({ reportId, filer }: SceneReport, now: Date): Promise<Readonly<Record<string, Day | null | undefined>>> {
	const list = (await channelReports(commerce, { ...QUERY, court: null, sort: 'name' })).rows.find(({ id }) => id === reportId);
	const reminded: RemindedReport = {
		state: 'not_started',
		court: 'enterprise',
		channelKind: 'province',
		extensionOn: list?.extensionOn ?? null,
		owedOn: null,
		voluntary: false,
		channelOwnOn: null,
		correctByOn: null,
		excusePending: false,
		courtSince: null
	};
	const home = (await readEnterpriseHome(filer, now))[0]?.duties[0];
	return {
		'countdown of the workbench': home?.dueOn,
		'own date of the workbench': home?.ownDueOn,
		'filing pages': (await readFilingTasks(filer, '2026', now))?.head.dueOn,
		'own date of the filing pages': (await readFilingTasks(filer, '2026', now))?.head.ownDueOn,
		'calendar entry': (await readReportFiles(filer, '2026', now))?.head.dueOn,
		'years of the enterprise': (await readEnterpriseReports(filer, now))[0]?.years[0]?.dueOn,
		'channel’s report': (await channelReport(commerce, reportId, null, now))?.dueOn,
		'ministry’s report': (await ministryReport(mofcom, reportId, null, now))?.dueOn,
		'page of extensions': (await reportExceptions(filer, reportId, now))?.dueOn,
		'reminder to the enterprise': partyDueOn(reminded, { channelDueOn: day('2026-11-15'), ministryDueOn: day('2026-11-30') }),
		'reminder to the departments': partyDueOn(
			{ ...reminded, state: 'submitted', court: 'departments' },
			{ channelDueOn: day('2026-11-15'), ministryDueOn: day('2026-11-30') }
		)
	};
}

/** Lateness as every list, badge and export says it. */
async function lateness({ reportId, enterpriseId, filer }: SceneReport, now: Date): Promise<Readonly<Record<string, unknown>>> {
	const channel = await channelReportsForExport(commerce, { ...QUERY, court: null, sort: 'name' });
	const row = channel.rows.find(({ id }) => id === reportId);
	if (!row || !channel.year) throw new Error('the channel does not see the report');
	const inList = (await ministryReports(mofcom, QUERY, now)).rows.find(({ id }) => id === reportId);
	const inExport = (await ministryReportsForExport(mofcom, QUERY, now)).rows.find(({ id }) => id === reportId);
	const onPage = await ministryReport(mofcom, reportId, null, now);
	return {
		'channel’s list and export': yearOutcome({ ...row, year: channel.year }, now),
		'ministry’s list': inList?.outcome,
		'ministry’s export': inExport?.outcome,
		'ministry’s page': onPage?.outcome,
		'dot of the enterprise': (await readEnterpriseHome(filer, now))[0]?.dots.at(-1)?.outcome,
		'years of the enterprise': (await readEnterpriseReports(filer, now))[0]?.years[0]?.outcome,
		'enterprise, for its channel': (await channelEnterprise(commerce, enterpriseId, now))?.designations[0]?.reports[0]?.outcome,
		'enterprise, for a ministry': (await ministryEnterprise(mofcom, enterpriseId, now))?.enterprise.designations[0]?.reports[0]?.outcome,
		'found as late by the ministry’s filter': (await ministryReports(mofcom, { ...QUERY, late: 'fwd' }, now)).rows.some(({ id }) => id === reportId)
	};
}

describe('an extension until 10 December', () => {
	test('is the date everywhere, and nowhere else', async () => {
		expect(new Set(Object.values(await dates(extended, BETWEEN)))).toEqual(new Set([NEW]));
		const others = await dates(ordinary, BETWEEN);
		expect(new Set(Object.values(others))).toEqual(new Set(['2026-11-30', '2026-11-15']));
	});

	test('on 5 December it is extended and the other one late', async () => {
		expect(await lateness(extended, BETWEEN)).toEqual({
			'channel’s list and export': 'extended',
			'ministry’s list': 'extended',
			'ministry’s export': 'extended',
			'ministry’s page': 'extended',
			'dot of the enterprise': 'extended',
			'years of the enterprise': 'extended',
			'enterprise, for its channel': 'extended',
			'enterprise, for a ministry': 'extended',
			'found as late by the ministry’s filter': false
		});
		expect(new Set(Object.values(await lateness(ordinary, BETWEEN)))).toEqual(new Set(['late', true]));
	});

	test('on 11 December it is late like any other', async () => {
		expect(new Set(Object.values(await lateness(extended, AFTER)))).toEqual(new Set(['late', true]));
	});

	test('is what the ladder counts from: a week before it, not a week before 30 November', async () => {
		const calendar = await asActor(mofcom, loadWorkingCalendar, { readOnly: true });
		const year = { channelDueOn: day('2026-11-15'), ministryDueOn: day('2026-11-30') };
		const reminded: RemindedReport = {
			state: 'draft',
			court: 'enterprise',
			channelKind: 'province',
			extensionOn: NEW,
			owedOn: null,
			voluntary: false,
			channelOwnOn: null,
			correctByOn: null,
			excusePending: false,
			courtSince: null
		};
		const stepOn = (on: string) => dueStep(reminded, year, DEFAULT_REMINDER_POLICY, calendar, day(on));
		expect(JSON.stringify(stepOn('2026-12-03'))).toContain('"T-7"');
		expect(JSON.stringify(stepOn('2026-12-01'))).not.toMatch(/"T\+/);
		expect(JSON.stringify(stepOn('2026-12-11'))).toMatch(/"T\+\d/);
	});

	test('forwarded on its last evening it is on time, counted as extended, and the kept counts agree', async () => {
		await setClock(new Date('2026-12-10T13:00:00Z'));
		await submitReport(database, extended);
		await signReport(database, extended.reportId, [commerce, industry]);
		expect(
			await forwardAnnualReports(commerce, {
				reports: [{ id: extended.reportId, version: 1 }],
				letterNo: '苏商函〔2026〕9号',
				letterOn: '2026-12-10',
				remark: ''
			})
		).toMatchObject({ ok: true });
		expect(await lateness(extended, new Date('2027-02-01T02:00:00Z'))).toEqual({
			'channel’s list and export': 'extended',
			'ministry’s list': 'extended',
			'ministry’s export': 'extended',
			'ministry’s page': 'extended',
			'dot of the enterprise': 'extended',
			'years of the enterprise': 'extended',
			'enterprise, for its channel': 'extended',
			'enterprise, for a ministry': 'extended',
			'found as late by the ministry’s filter': false
		});
		const flow = await database.adminSql<{ kind: string; on_day: string; extension_on: string; n: number }[]>`
			select kind, on_day::text, extension_on::text, sum(n)::int as n from report_flow where year = 2026 group by kind, on_day, extension_on having sum(n) <> 0
				order by kind`;
		expect(flow).toEqual(['forwarded', 'submitted'].map((kind) => ({ kind, on_day: NEW, extension_on: NEW, n: 1 })));
		const [version] = await database.adminSql<
			{ late: boolean }[]
		>`select (detail ->> 'late')::boolean as late from report_event where report_id = ${extended.reportId} and act = 'submit-annual-report'`;
		expect(version?.late).toBe(false);
	});
});
