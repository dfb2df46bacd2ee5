/** A filer is told that a figure lies far from its category, and among how many (非方案规定): by the limits of the last closed year, which nobody can read. */
import { beforeAll, describe, expect, test } from 'vitest';
import { blocking } from '#lib/domain/check/checks.ts';
import { isFar } from '#lib/domain/trend/filer-limits.ts';
import { keepFilerLimits } from '#lib/server/acts/trend/keep-filer-limits.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, asSystem } from '#lib/server/db/door.ts';
import { readReportCheck } from '#lib/server/reads/enterprise/report-check.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, fillDraft, openYear, oweReport, type SceneReport } from '../../support/scene.ts';

const now = new Date();
const OPEN = {
	opensOn: '2026-01-01',
	channelDueOn: '2099-11-15',
	ministryDueOn: '2099-11-30',
	acceptedLateUntilOn: '2099-12-31',
	correctionsUntilOn: '2100-03-31'
};

let database: TestDatabase;
let sql: TestDatabase['adminSql'];
let firm: SceneReport;
let thisYear: SceneReport;

beforeAll(async () => {
	database = await applicationDatabase();
	sql = database.adminSql;
	await openYear(database, 2025);
	await openYear(database, 2026, OPEN);
	for (let n = 0; n < 12; n += 1) {
		firm = await buildReport(database, { channelId: '110000', name: `同类企业${n}`, year: 2025 });
		await state(firm, 1, String(50_000 + n * 3_000));
	}
	await oweReport(database, { designationId: firm.designationId, year: 2026 });
	const [row] = await sql<{ id: string }[]>`select id from annual_report where designation_id = ${firm.designationId} and year = 2026`;
	thisYear = { ...firm, reportId: String(row?.id) };
	await fillDraft(database, thisYear);
});

/** A forwarded version that states revenue alone. */
async function state(report: SceneReport, no: number, revenue: string): Promise<void> {
	await sql`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash, forwarded_at)
		values (${report.reportId}, ${no}, '2026-1', '2026-1', now(), 's', 's', ${`limit-${report.reportId}-${no}`}, '{"explained":[]}',
			encode(sha256('{"explained":[]}'), 'hex'), now())`;
	await sql`
		insert into annual_figure (report_id, version_no, figure_year, basis, designation_id, revenue_wan)
		values (${report.reportId}, ${no}, 2024, 'final', ${report.designationId}, ${revenue})`;
}

async function type(revenue: string): Promise<void> {
	await sql`update draft_answer set typed = ${revenue} where report_id = ${thisYear.reportId} and answer_key = 'revenue@final'`;
}
const found = async () => (await readReportCheck(firm.filer, '2026', now))?.checks.map(({ check }) => check).find(({ code }) => code === 'cohort_outlier');

describe('before any year is closed', () => {
	test('nothing is far', async () => {
		expect(await keepFilerLimits({ dry: false })).toEqual({ years: 0, limits: 0 });
		await type('600000000');
		expect(await found()).toBeUndefined();
	});
});

describe('once the year before is closed', () => {
	beforeAll(async () => {
		await sql`update reporting_year set closed_at = now() where year = 2025`;
		expect(await keepFilerLimits({ dry: true })).toEqual({ years: 1, limits: 0 });
		expect(await keepFilerLimits({ dry: false })).toEqual({ years: 1, limits: 1 });
	});

	test('its limits are made, once', async () => expect(await keepFilerLimits({ dry: false })).toEqual({ years: 0, limits: 0 }));

	test('a figure far outside asks for an explanation, with n and no other figure; one that is usual does not', async () => {
		await type('600000000');
		const check = await found();
		expect(check).toMatchObject({
			level: 'warning',
			key: 'cohort_outlier/revenue',
			basis: 'final',
			n: 12,
			actual: '600000000',
			expected: null,
			explanation: 'missing'
		});
		expect(blocking(check ? [check] : [])).toHaveLength(1);
		await type('60000');
		expect(await found()).toBeUndefined();
	});

	test('the database judges by the limits as the rule does', async () => {
		const [limits] = await sql<{ n: number; below: string | null; above: string | null }[]>`select n, below, above from filer_limit`;
		if (!limits) throw new Error('no limits');
		for (const value of ['1', '30000', '50000', '66000', '90000', '140000', '900000', String(limits.below), String(limits.above)]) {
			await type(value);
			expect((await found()) !== undefined, value).toBe(isFar(limits, value));
		}
	});

	test('it stands in the way of a submission until it is explained', async () => {
		await type('600000000');
		const refused = await submitAnnualReport(firm.filer, thisYear.reportId, { afterVersion: 0, lateReasonCode: null, lateReason: '' });
		expect(refused).toMatchObject({ refusal: { code: 'incomplete' } });
		expect(JSON.stringify(refused)).toContain('cohort_outlier/revenue');
	});

	test('a correction afterwards moves nothing: no difference tells of one enterprise', async () => {
		const before = await sql`select * from filer_limit`;
		await state({ ...firm }, 2, '900000');
		await keepFilerLimits({ dry: false });
		expect(await sql`select * from filer_limit`).toEqual(before);
		await expect(sql`update filer_limit set above = 1`).rejects.toMatchObject({ constraint_name: 'filer_limit_is_immutable' });
	});
});

describe('whoever asks', () => {
	const typed = JSON.stringify([{ metric: 'revenue', basis: 'final', value: 600_000_000 }]);
	const ask = (actor: Actor, category: string) =>
		asActor(
			actor,
			({ sql: db }) =>
				db<{ metric: string; basis: string; n: number }[]>`select f.metric, f.basis, f.n from far_from_cohort(${category}, 2026, ${typed}::text::jsonb) f`
		);

	test('of a report’s parties gets yes and n; an enterprise of its own category alone; everybody else nothing', async () => {
		const yes = [{ metric: 'revenue', basis: 'final', n: 12 }];
		for (const actor of [firm.filer, await buildOfficial(database, 'commerce', '110000'), await buildOfficial(database, 'mofcom')])
			expect([...(await ask(actor, 'manufacturing'))], actor.orgKind).toEqual(yes);
		expect([...(await ask(firm.filer, 'it_outsourcing'))]).toEqual([]);
		const other = await buildReport(database, { channelId: '110000', name: '外包企业', category: 'it_outsourcing' });
		expect([...(await ask(other.filer, 'manufacturing'))]).toEqual([]);
		for (const kind of ['administration', 'audit', 'expert_pool'] as const)
			expect([...(await ask(await buildOfficial(database, kind), 'manufacturing'))], kind).toEqual([]);
	});

	test('never reads the limits themselves, and is nobody else for having asked', async () => {
		for (const actor of [firm.filer, await buildOfficial(database, 'mofcom')]) {
			const seen = await asActor(actor, async ({ sql: db }) => {
				await db`select 1 from far_from_cohort('manufacturing', 2026, ${typed}::text::jsonb)`;
				const [limits] = await db<{ n: number }[]>`select count(*)::int as n from filer_limit`;
				const [kind] = await db<{ kind: string }[]>`select scope_kind() as kind`;
				return { limits: limits?.n, kind: kind?.kind };
			});
			expect(seen).toEqual({ limits: 0, kind: actor.orgKind });
		}
		const system = await asSystem('test', async ({ sql: db }) => (await db`select 1 from filer_limit`).length, { readOnly: true });
		expect(system).toBe(1);
	});
});
