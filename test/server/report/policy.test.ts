/** What is judged, is judged by the policy that was published for it: no constant of the release stands in for one. */
import { beforeAll, expect, test } from 'vitest';
import { addDays, day } from '#lib/domain/day.ts';
import { POLICY_2026_1, policyInForceOn, type Policy } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { readEnterpriseHome } from '#lib/server/reads/enterprise/enterprise-home.ts';
import { readEnterpriseReports } from '#lib/server/reads/enterprise/enterprise-reports.ts';
import { readFilingTasks } from '#lib/server/reads/enterprise/filing-tasks.ts';
import { readReportCheck } from '#lib/server/reads/enterprise/report-check.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { ministryYearsPage } from '#lib/server/reads/ministry/ministry-years.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { loadPolicies, loadPolicy, loadPolicyInForce } from '#lib/server/store/report/policy.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../../support/scene.ts';

const NOW = new Date('2026-11-20T02:00:00Z');
const LIMIT = '0.57';
const PUBLISHED: readonly Policy[] = [
	{
		...POLICY_2026_1,
		version: 'test-2026-2',
		validFromOn: day('2026-06-01'),
		owedFromYearsAfter: { ...POLICY_2026_1.owedFromYearsAfter, value: 3 },
		criteria: { ...POLICY_2026_1.criteria, M5: { ...POLICY_2026_1.criteria.M5, minRate: LIMIT } }
	},
	{ ...POLICY_2026_1, version: 'test-2027-1', validFromOn: day('2027-01-01') }
];

let database: TestDatabase;
let mofcom: Actor;
let commerce: Actor;
let report: SceneReport;
beforeAll(async () => {
	database = await applicationDatabase();
	const { adminSql } = database;
	for (const policy of PUBLISHED)
		await adminSql`insert into policy (version, valid_from_on, content)
			values (${policy.version}, ${policy.validFromOn}, ${JSON.stringify(policy)}::text::jsonb)`;
	await openYear(database, 2026);
	await adminSql`update reporting_year set policy_version = 'test-2026-2' where year = 2026`;
	mofcom = await buildOfficial(database, 'mofcom');
	commerce = await buildOfficial(database, 'commerce', '320000');
	const industry = await buildOfficial(database, 'industry', '320000');
	report = await buildReport(database, { channelId: '320000' });
	await submitReport(database, report);
	await signReport(database, report.reportId, [commerce, industry]);
	const sent = await forwardAnnualReports(commerce, { reports: [{ id: report.reportId, version: 1 }], letterNo: '函7', letterOn: '2026-11-20', remark: '' });
	if (!sent.ok) throw new Error(JSON.stringify(sent.refusal));
}, 120_000);

test('every page that judges the report names the published limit', async () => {
	const pages = {
		'enterprise’s home': await readEnterpriseHome(report.filer, NOW),
		'enterprise’s years': await readEnterpriseReports(report.filer, NOW),
		'enterprise’s check': await readReportCheck(report.filer, '2026', NOW),
		'channel’s report': await channelReport(commerce, report.reportId, null, NOW),
		'ministry’s report': await ministryReport(mofcom, report.reportId, null, NOW),
		'ministry’s enterprise': await ministryEnterprise(mofcom, report.enterpriseId, NOW)
	};
	const limits = Object.entries(pages).map(([page, read]) => [page, JSON.stringify(read).includes(`"${LIMIT}"`), JSON.stringify(read).includes('"0.6"')]);
	// The home shows one condition alone, whichever is closest to its limit.
	expect(limits.filter(([page]) => page !== 'enterprise’s home')).toEqual(
		Object.keys(pages)
			.filter((page) => page !== 'enterprise’s home')
			.map((page) => [page, true, false])
	);
	expect(await readFilingTasks(report.filer, '2026', NOW)).not.toBeNull();
	expect((await readEnterpriseHome(report.filer, NOW))[0]).toMatchObject({ cohortYear: 2025, firstYear: 2028 });
});

test('the next year is proposed by what is in force, and any day by the same policy as the domain says', async () => {
	const all = [...PUBLISHED, POLICY_2026_1];
	for (const on of ['2020-01-01', '2026-05-31', '2026-06-01', '2026-12-31', '2027-01-01', '2031-01-01'].map((text) => day(text))) {
		const { version } = policyInForceOn(on, [POLICY_2026_1, ...PUBLISHED]);
		expect((await asSystem('test', (db) => loadPolicyInForce(db, on))).version).toBe(version);
		expect((await ministryYearsPage(mofcom, on)).inForce.version).toBe(version);
	}
	for (let back = 0; back < 40; back += 1) {
		const on = addDays(day('2027-02-01'), -back * 17);
		const version = policyInForceOn(
			on,
			[...all].sort((a, b) => (a.validFromOn < b.validFromOn ? -1 : 1))
		).version;
		expect((await asSystem('test', (db) => loadPolicyInForce(db, on))).version).toBe(version);
	}
});

test('a version that is not there is a fault, and a setting that is not there is not lent from another version', async () => {
	await expect(asSystem('test', (db) => loadPolicy(db, '1999-1'))).rejects.toThrow(/1999-1 does not exist/);
	await expect(asSystem('test', (db) => loadPolicies(db, ['2026-1', '1999-1']))).rejects.toThrow(/1999-1 does not exist/);
	const { warnings: _, ...rest } = POLICY_2026_1;
	await database.adminSql`insert into policy (version, valid_from_on, content) values ('test-half', '2090-01-01', ${JSON.stringify(rest)}::text::jsonb)`;
	await expect(asSystem('test', (db) => loadPolicy(db, 'test-half'))).rejects.toThrow(/test-half says nothing of warnings/);
	expect([...(await asSystem('test', (db) => loadPolicies(db, ['2026-1', 'test-2026-2', '2026-1']))).keys()]).toEqual(['2026-1', 'test-2026-2']);
});

test('what came with the release stands in the database as it stands in the code', async () => {
	const [row] = await database.adminSql<{ content: unknown }[]>`select content from policy where version = ${POLICY_2026_1.version}`;
	expect(row?.content).toEqual(JSON.parse(JSON.stringify(POLICY_2026_1)));
});
