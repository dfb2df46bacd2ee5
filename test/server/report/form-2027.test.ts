/** 附件2 in form 2027-1, on the database: opened from 2027, filed, stored, and next year's history. */
import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { openReportingYear } from '#lib/server/acts/report/open-reporting-year.ts';
import { saveAnswers } from '#lib/server/acts/report/save-answers.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { answerLines } from '#lib/server/reads/enterprise/report-check.ts';
import { readReportVersion } from '#lib/server/reads/enterprise/report-version.ts';
import { loadHistory } from '#lib/server/store/report/annual-figure.ts';
import { readContent } from '#lib/domain/form/report-content.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, submitReport, type SceneReport } from '../../support/scene.ts';

const CHANNEL = '320000';
let database: TestDatabase;
let mofcom: Actor;
let report: SceneReport;
const TYPED = {
	ito_executed_y2: '7500',
	ito_executed_y3: '7000',
	mfg_field_2: 'c36',
	'mfg_field_1_revenue@final': '14000',
	'mfg_field_2_revenue@final': '1000',
	'mfg_field_2_revenue@forecast': '0'
};

beforeAll(async () => {
	database = await applicationDatabase();
	mofcom = await buildOfficial(database, 'mofcom');
	const open = { opensOn: '2026-01-01', channelDueOn: '2027-11-15', acceptedLateUntilOn: '2027-12-31', correctionsUntilOn: '2028-03-31' };
	await openYear(database, 2027, open, '2027-1');
	report = await buildReport(database, { channelId: CHANNEL, year: 2027, category: 'it_outsourcing', cohortYear: 2026 });
});

const DATES = (year: number) => ({
	opensOn: `${year}-10-08`,
	channelDueOn: `${year}-11-15`,
	ministryDueOn: `${year}-11-30`,
	acceptedLateUntilOn: `${year}-12-31`,
	correctionsUntilOn: `${year + 1}-03-31`,
	policyVersion: '2026-1'
});

test('2026 cannot be opened with it; 2028 can', async () => {
	expect(await openReportingYear(mofcom, 2026, { ...DATES(2026), formVersion: '2027-1' })).toMatchObject({
		ok: false,
		refusal: { code: 'invalid_input', fields: { formVersion: 'unknown' } }
	});
	expect(await openReportingYear(mofcom, 2026, { ...DATES(2026), formVersion: '2026-1' })).toMatchObject({ ok: true });
	expect(await openReportingYear(mofcom, 2028, { ...DATES(2028), formVersion: '2027-1' })).toMatchObject({ ok: true });
});

test('a submission stores revenue by field and the earlier years beside the figures', async () => {
	await submitReport(database, report, answersFor('it_outsourcing', TYPED, '2027-1'));
	const fields = await database.adminSql`
		select figure_year, basis, industry, revenue_wan from annual_field_revenue where report_id = ${report.reportId} order by figure_year, industry`;
	expect([...fields]).toEqual([
		{ figure_year: 2026, basis: 'final', industry: 'c34', revenue_wan: '14000.00' },
		{ figure_year: 2026, basis: 'final', industry: 'c36', revenue_wan: '1000.00' },
		{ figure_year: 2027, basis: 'forecast', industry: 'c34', revenue_wan: '17000.00' },
		{ figure_year: 2027, basis: 'forecast', industry: 'c36', revenue_wan: '0.00' }
	]);
	const figures = await database.adminSql`
		select figure_year, basis, ito_executed_wan, revenue_wan is null as empty from annual_figure where report_id = ${report.reportId} order by figure_year`;
	expect([...figures]).toEqual([
		{ figure_year: 2024, basis: 'final', ito_executed_wan: '7000.00', empty: true },
		{ figure_year: 2025, basis: 'final', ito_executed_wan: '7500.00', empty: true },
		{ figure_year: 2026, basis: 'final', ito_executed_wan: '8000.00', empty: false },
		{ figure_year: 2027, basis: 'forecast', ito_executed_wan: '8800.00', empty: false }
	]);
	const [verdict] = await database.adminSql`select unmet, unknown, outlook_unmet from version_verdict where report_id = ${report.reportId}`;
	expect(verdict).toEqual({ unmet: [], unknown: [], outlook_unmet: [] });
});

test('nobody changes what a version states of a field', async () => {
	await expect(database.adminSql`update annual_field_revenue set revenue_wan = 1 where report_id = ${report.reportId}`).rejects.toThrow();
	await expect(database.adminSql`delete from annual_field_revenue where report_id = ${report.reportId}`).rejects.toThrow();
	await expect(
		database.adminSql`insert into annual_field_revenue values (${report.reportId}, 1, 2026, 'final', ${report.designationId}, 'c12', 1)`
	).rejects.toThrow(/industry_known/);
});

test('next year finds the earlier years stated', async () => {
	const history = await asSystem('test', (db) => loadHistory(db, report.designationId, 2028));
	expect(history.map(({ forYear, basis }) => [forYear, basis])).toEqual([
		[2024, 'final'],
		[2025, 'final'],
		[2026, 'final'],
		[2027, 'forecast']
	]);
});

test('paper and table say the fields by name, the earlier years by year, growth and three profitable years', async () => {
	const version = await readReportVersion(report.filer, '2027', 1);
	const content = readContent(version?.content ?? '');
	const form = formFor('2027-1', 'it_outsourcing');
	if (form === null || version === null) throw new Error('no version');
	const lines = answerLines(form, 2027, content.answers, version.history, version.limits).flatMap((section) => section.lines);
	expect(lines.filter(({ industry }) => industry !== null).map(({ industry, final, forecast }) => [industry, final, forecast])).toEqual([
		['c34', '14000', '17000'],
		['c36', '1000', '0']
	]);
	expect(lines.filter(({ forYear }) => forYear !== null).map(({ fieldId, forYear, text }) => [fieldId, forYear, text])).toEqual([
		['ito_executed_y2', 2025, '7500'],
		['ito_executed_y3', 2024, '7000']
	]);
	const growth = lines.find(({ fieldId }) => fieldId === 'revenue_growth');
	expect(growth).toMatchObject({ final: null, forecast: '0.1', mixed: true });
	expect(lines.some(({ fieldId }) => fieldId === 'profitable_three_years')).toBe(true);
	const table = await downloadVersion(report.filer, report.reportId, 1, 'xlsx');
	expect(table).toMatchObject({ ok: true, history: [] });
});

test('new boxes are saved one by one in a draft of 2027, and refused in one of 2026', async () => {
	const next = await buildReport(database, { channelId: CHANNEL, year: 2027, category: 'it_outsourcing', cohortYear: 2026 });
	const change = (key: string, typed: string) => ({ key, typed, baseVersion: 0 });
	const keys = ['legal_representative_mobile', 'contact1_fax', 'ito_executed_y3', 'mfg_field_8', 'mfg_field_8_revenue@forecast'];
	const saved = await saveAnswers(
		next.filer,
		next.reportId,
		keys.map((key) => change(key, '1'))
	);
	expect(saved).toMatchObject({ ok: true });
	const stored = await database.adminSql<{ answer_key: string }[]>`
		select answer_key from draft_answer where report_id = ${next.reportId} and typed = '1' order by answer_key`;
	expect(stored.map(({ answer_key }) => answer_key)).toEqual([...keys].sort());
});
