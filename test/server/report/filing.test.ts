/** Filing as the enterprise meets it: addresses, what a section is given, saving box by box, and what a stranger gets. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { readEnterpriseHome } from '#lib/server/reads/enterprise/enterprise-home.ts';
import { readOwnReport } from '#lib/server/reads/enterprise/filing-report.ts';
import { readFilingSection } from '#lib/server/reads/enterprise/filing-section.ts';
import { readFilingTasks } from '#lib/server/reads/enterprise/filing-tasks.ts';
import { readReportVersion } from '#lib/server/reads/enterprise/report-version.ts';
import { PATCH } from '../../../src/routes/enterprise/reports/[year]/answers/+server.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, fillDraft, openYear, oweReport, submitReport, type SceneReport } from '../../support/scene.ts';

const JIANGSU = '320000';
const NOW = new Date();
let database: TestDatabase;

beforeAll(async () => {
	database = await applicationDatabase();
	for (const year of [2024, 2025, 2026])
		await openYear(database, year, { opensOn: `${year}-01-02`, acceptedLateUntilOn: `${year + 1}-12-31`, correctionsUntilOn: `${year + 1}-12-31` });
});

/** The endpoint as the browser calls it, with the person the hook would have found. */
async function patch(actor: Actor, year: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
	const request = new Request(`http://localhost/enterprise/reports/${year}/answers`, {
		method: 'PATCH',
		body: typeof body === 'string' ? body : JSON.stringify(body)
	});
	const locals = { actor, person: { seat: { kind: actor.orgKind, duty: actor.duty } }, requestId: 'request' };
	try {
		const response = await PATCH({ request, params: { year }, locals, url: new URL(request.url) } as unknown as Parameters<typeof PATCH>[0]);
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	} catch (thrown) {
		const { status, body } = thrown as { status?: number; body?: Record<string, unknown> };
		if (typeof status !== 'number') throw thrown;
		return { status, body: body ?? {} };
	}
}

/** A year of the past, filed and received. */
async function past(report: SceneReport, year: number, changes: Record<string, string>, forwardedAt: string): Promise<void> {
	const reportId = await oweReport(database, { designationId: report.designationId, year });
	await submitReport(database, { ...report, reportId }, answersFor(report.category, changes));
	await database.adminSql`
		update annual_report set state = 'received', first_submitted_at = ${`${year}-11-01T00:00:00Z`}, submitted_at = ${`${year}-11-01T00:00:00Z`},
			first_forwarded_at = ${forwardedAt}, forwarded_at = ${forwardedAt}, received_at = ${forwardedAt} where id = ${reportId}`;
}

describe('the address of a report', () => {
	test('is its year, or year and category where the enterprise has two; nothing else is found', async () => {
		const one = await buildReport(database, { channelId: JIANGSU, cohortYear: 2022 });
		expect((await readOwnReport(one.filer, '2026'))?.path).toBe('/enterprise/reports/2026');
		expect((await readOwnReport(one.filer, '2026-manufacturing'))?.id).toBe(one.reportId);
		for (const address of ['2026-it_outsourcing', '2025', '2026-', 'x', one.reportId, '2026-manufacturing-1', '99999'])
			expect(await readOwnReport(one.filer, address), address).toBeNull();
		const [second] = await database.adminSql<{ id: string }[]>`
			insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
				values (${one.enterpriseId}, 'it_outsourcing', 2022, '2022-06-01', '示例公告') returning id`;
		const secondId = await oweReport(database, { designationId: String(second?.id), year: 2026 });
		expect(await readOwnReport(one.filer, '2026')).toBeNull();
		expect(await readOwnReport(one.filer, '2026-it_outsourcing')).toMatchObject({ id: secondId, path: '/enterprise/reports/2026-it_outsourcing' });
	});

	test('never leads to another enterprise', async () => {
		const [mine, theirs] = [
			await buildReport(database, { channelId: JIANGSU }),
			await buildReport(database, { channelId: JIANGSU, category: 'it_outsourcing' })
		];
		expect((await readOwnReport(mine.filer, '2026'))?.id).toBe(mine.reportId);
		expect(await readOwnReport(mine.filer, '2026-it_outsourcing')).toBeNull();
		expect(await readFilingSection(mine.filer, '2026-it_outsourcing', 'people', NOW)).toBeNull();
		expect((await patch(mine.filer, '2026-it_outsourcing', { changes: [{ key: 'employees@final', typed: '1', baseVersion: 0 }] })).status).toBe(404);
		expect(await readOwnReport(theirs.filer, '2026-manufacturing')).toBeNull();
	});
});

describe('a section', () => {
	test('shows last year beside the box and never in it', async () => {
		const report = await buildReport(database, { channelId: JIANGSU, cohortYear: 2023 });
		await past(report, 2025, { 'revenue@forecast': '61234' }, '2025-11-20T00:00:00Z');
		expect((await saveAnswers(report.filer, report.reportId, [])).ok).toBe(true);
		const section = await readFilingSection(report.filer, '2026', 'economics', NOW);
		expect(section?.history.find((row) => row.forYear === 2025 && row.basis === 'forecast')?.row.revenueWan).toBe('61234.00');
		expect(Object.keys(section?.boxes ?? {}).filter((key) => key.includes('@'))).toEqual([]);
		expect(section?.boxes['postcode']?.typed).toBe('210000');
		expect(section?.definitions['revenue']).toContain('营业收入');
	});

	test('of the other category, or of no name, does not exist', async () => {
		const { filer } = await buildReport(database, { channelId: JIANGSU });
		for (const section of ['it_outsourcing', 'nothing', '__proto__']) expect(await readFilingSection(filer, '2026', section, NOW), section).toBeNull();
	});

	test('carries the remarks of the standing return, each with what stood in its box', async () => {
		const report = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, report);
		const commerce = await buildOfficial(database, 'commerce', JIANGSU);
		const [row] = await database.adminSql<{ on: string }[]>`select (app_now() + interval '5 days')::date::text as on`;
		const returned = await returnAnnualReport(commerce, report.reportId, {
			version: 1,
			reasonCode: 'figure_wrong',
			remark: '请核对',
			correctByOn: row?.on ?? '',
			comments: [
				{ answerKey: 'rd_spending@final', remark: '与附注不符' },
				{ answerKey: null, remark: '补盖章页' }
			]
		});
		expect(returned).toMatchObject({ ok: true });
		const section = await readFilingSection(report.filer, '2026', 'manufacturing', NOW);
		expect(section?.head.lock).toBeNull();
		expect(section?.head.returned).toMatchObject({
			by: 'commerce',
			reason: 'figure_wrong',
			remarks: [
				{ key: 'rd_spending@final', section: 'manufacturing', oldValue: '3000', answer: '' },
				{ key: null, section: null, oldValue: null }
			]
		});
		expect(section?.boxes['rd_spending@final']).toMatchObject({ typed: '3000', version: 0 });
		// The receipt names the date that is the filer's now, not the channel's.
		expect(await readReportVersion(report.filer, '2026', null)).toMatchObject({ correctByOn: row?.on });
	});

	test('is read-only after submission, with the way back while no department has opened it', async () => {
		const report = await buildReport(database, { channelId: JIANGSU });
		await submitReport(database, report);
		expect((await readFilingSection(report.filer, '2026', 'people', NOW))?.head.lock).toMatchObject({
			kind: 'at_channel',
			court: 'departments',
			withdrawable: true
		});
		await database.adminSql`update annual_report set commerce_opened_at = now() where id = ${report.reportId}`;
		expect((await readFilingTasks(report.filer, '2026', NOW))?.head.lock).toMatchObject({ kind: 'at_channel', withdrawable: false });
		const answer = await patch(report.filer, '2026', { changes: [{ key: 'employees@final', typed: '1', baseVersion: 0 }] });
		expect(answer).toMatchObject({ status: 409, body: { refusal: { code: 'wrong_state', state: 'submitted' } } });
		expect(answer.body['sentence']).toContain('已提交');
	});

	test('is only read by a reader', async () => {
		const report = await buildReport(database, { channelId: JIANGSU });
		await fillDraft(database, report);
		const reader: Actor = { ...report.filer, duty: 'reader' };
		expect((await readFilingSection(reader, '2026', 'people', NOW))?.head.lock).toEqual({ kind: 'reader' });
		expect((await patch(reader, '2026', { changes: [{ key: 'employees@final', typed: '1', baseVersion: 0 }] })).status).toBe(403);
	});
});

describe('saving', () => {
	test('keeps half-known and wrong answers, and gives each box its next version', async () => {
		const { filer } = await buildReport(database, { channelId: JIANGSU });
		const first = await patch(filer, '2026', {
			changes: [
				{ key: 'revenue@final', typed: '3.5亿', baseVersion: 0 },
				{ key: 'employees@final', typed: '１，２３４', baseVersion: 0 }
			]
		});
		expect(first).toMatchObject({
			status: 200,
			body: {
				saved: [
					{ key: 'revenue@final', version: 1 },
					{ key: 'employees@final', version: 1 }
				],
				conflicts: [],
				unsavable: []
			}
		});
		expect((await readFilingSection(filer, '2026', 'economics', NOW))?.boxes['revenue@final']).toMatchObject({ typed: '3.5亿', version: 1, byName: '王填报' });
	});

	test('names a box that cannot be stored and saves the others', async () => {
		const { filer } = await buildReport(database, { channelId: JIANGSU });
		const change = (key: string, typed: string) => ({ key, typed, baseVersion: 0 });
		const answer = await patch(filer, '2026', {
			changes: [
				change('address', '南京\u0000路'),
				change('networking_status', '字'.repeat(20_001)),
				change('digital_team', '\ud800'),
				change('postcode', '210000')
			]
		});
		expect(answer).toMatchObject({
			status: 200,
			body: {
				saved: [{ key: 'postcode' }],
				unsavable: [
					{ key: 'address', code: 'nul' },
					{ key: 'networking_status', code: 'text_too_long' },
					{ key: 'digital_team', code: 'broken_character' }
				]
			}
		});
	});

	test('shows two people in one box to each other', async () => {
		const { filer } = await buildReport(database, { channelId: JIANGSU });
		const colleague: Actor = { ...filer, personId: 'colleague', personName: '李同事' };
		await patch(colleague, '2026', { changes: [{ key: 'profit@final', typed: '7', baseVersion: 0 }] });
		const answer = await patch(filer, '2026', {
			changes: [
				{ key: 'profit@final', typed: '6', baseVersion: 0 },
				{ key: 'profit@forecast', typed: '8', baseVersion: 0 }
			]
		});
		expect(answer.body).toMatchObject({
			saved: [{ key: 'profit@forecast' }],
			conflicts: [{ key: 'profit@final', mine: '6', theirs: '7', version: 1, byName: '李同事' }]
		});
	});

	test.each([
		['no JSON', '{"changes":'],
		['nothing', {}],
		['an empty list', { changes: [] }],
		['no version', { changes: [{ key: 'profit@final', typed: '1' }] }],
		['a negative version', { changes: [{ key: 'profit@final', typed: '1', baseVersion: -1 }] }],
		['a number for text', { changes: [{ key: 'profit@final', typed: 1, baseVersion: 0 }] }],
		['a field the form does not have', { changes: [{ key: 'it_secret', typed: '1', baseVersion: 0 }] }],
		['a shown field', { changes: [{ key: 'credit_code', typed: '1', baseVersion: 0 }] }],
		['too many boxes', { changes: Array.from({ length: 301 }, () => ({ key: 'profit@final', typed: '1', baseVersion: 0 })) }]
	])('refuses %s in words and saves nothing', async (_, body) => {
		const { filer, reportId } = await buildReport(database, { channelId: JIANGSU });
		expect(await patch(filer, '2026', body)).toMatchObject({ status: 400, body: { refusal: { code: 'invalid_input' } } });
		expect(await database.adminSql`select 1 from draft_answer where report_id = ${reportId}`).toHaveLength(0);
	});
});

test('the task list counts what is filled, says what is wrong and who was there last', async () => {
	const report = await buildReport(database, { channelId: JIANGSU });
	await fillDraft(database, report, answersFor('manufacturing', { 'bachelor_or_above@final': '9999' }));
	const tasks = await readFilingTasks(report.filer, '2026', NOW);
	expect(tasks?.sections.find(({ section }) => section === 'people')).toMatchObject({ filled: 6, required: 6, state: 'has_errors', lastByName: '王填报' });
	expect(tasks?.offices.map(({ kind }) => kind)).toEqual(['commerce', 'industry']);
	expect(tasks?.contacts.map(({ name }) => name)).toEqual(['甲', '乙']);
});

describe('the workbench', () => {
	test('tells a newly designated enterprise its first year (方案第十一条)', async () => {
		const { filer } = await buildReport(database, { channelId: JIANGSU, cohortYear: 2025 });
		const [card] = await readEnterpriseHome(filer, NOW);
		expect(card).toMatchObject({
			cohortYear: 2025,
			firstYear: 2026,
			closest: null,
			duties: [{ year: 2026, state: 'not_started', path: '/enterprise/reports/2026' }]
		});
	});

	test('shows each past year by its first forwarding, and the condition with the least room', async () => {
		const report = await buildReport(database, { channelId: JIANGSU, cohortYear: 2023 });
		await past(report, 2024, {}, '2024-11-30T15:59:59.999Z');
		await past(report, 2025, { 'employees@final': '1030', 'employees@forecast': '1100' }, '2025-11-30T16:00:00Z');
		const [card] = await readEnterpriseHome(report.filer, new Date('2026-11-20T00:00:00Z'));
		expect(card?.dots.map(({ year, outcome }) => [year, outcome])).toEqual([
			[2024, 'on_time'],
			[2025, 'late'],
			[2026, 'open']
		]);
		expect(card?.closest).toMatchObject({ criterion: 'M6', article: '5.2.6', part: { subject: 'employees', headroom: '30' } });
		expect(card?.closest?.years.slice(-2)).toEqual([
			{ year: 2024, value: '1030', basis: 'final' },
			{ year: 2025, value: '1100', basis: 'forecast' }
		]);
	});
});
