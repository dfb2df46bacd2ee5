import type { Browser, Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDoor } from '#lib/server/db/door.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { moveClockTo } from '#lib/server/clock.ts';
import type { Duty } from '#lib/domain/parties.ts';
import { EXPLANATION_REASONS } from '#lib/domain/check/check-explanation.ts';
import { explanationKey } from '#lib/domain/form/answer-key.ts';
import { judgeExplanation } from '#lib/server/acts/report/judge-explanation.ts';
import { fieldLabel } from '#lib/words/form-words.ts';
import { placeLabel } from '#lib/words/answer-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../support/scene.ts';
import { signInByRow } from '../support/sign-in.ts';

/** One report that is queried, sent back, mended and handed in again, as everybody in turn sees it; then on paper and as a table. */
const NOW = '2026-11-12T10:00:00+08:00';
const REPORT = '/enterprise/reports/2026';
let application: Application;
let browser: Browser;
let report: SceneReport;
const visitors: Visitor[] = [];
let hash: string | undefined;

beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: NOW, from: 'empty' }), launchBrowser()]);
	process.env['DATABASE_URL'] = application.databaseUrl;
	process.env['SESSION_SECRET'] ??= 'a secret for tests that nobody else uses';
	moveClockTo(new Date(NOW));
	await openYear(application, 2026);
	report = await buildReport(application, { channelId: '320000', name: '往返企业' });
});
afterAll(async () => {
	for (const { close } of visitors) await close();
	await closeDoor();
	await browser?.close();
	await application?.stop();
});

/** Somebody seated, in a window of their own. */
async function enter(personId: string, orgId: string, duty: Duty, script = true): Promise<Page> {
	await application.adminSql`insert into person (id, name, email) values (${personId}, ${personId}, ${`${personId}@example.cn`}) on conflict do nothing`;
	hash ??= await hashPassword('玉兰花开时 42 次');
	const [known] = await application.adminSql`select 1 from auth."user" where id = ${personId}`;
	if (!known) await application.adminSql`select account_open(${personId}, ${personId}, ${`${personId}@example.cn`}, ${personId}, ${hash})`;
	await application.adminSql`insert into membership (person_id, org_id, duty) select ${personId}, ${orgId}, ${duty}
		where not exists (select from membership where person_id = ${personId} and ended_at is null)`;
	const visitor = await openVisitor(browser, application.url, { javaScriptEnabled: script });
	visitors.push(visitor);
	await signInByRow(application, visitor.page, personId, new Date(NOW));
	return visitor.page;
}
const main = (page: Page) => page.locator('main').innerText();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('query → return → answer → ask again → resubmit → print → xlsx', { timeout: 180_000 }, async () => {
	const commerce = await buildOfficial(application, 'commerce', '320000');
	const industry = await buildOfficial(application, 'industry', '320000');
	const filer = await enter('wang-tianbao', report.filer.orgId, 'handler');
	const approver = await enter('li-shenhe', report.filer.orgId, 'approver');
	const official = await enter('zhao-shangwu', commerce.orgId, 'handler');
	const colleague = await enter('qian-gongxin', industry.orgId, 'handler');

	// Two thirds more staff in a year ask for an explanation, which the department will doubt.
	await submitReport(application, report, {
		...answersFor('manufacturing'),
		'employees@forecast': '2000',
		[explanationKey('half_moved/employees', 'reason')]: EXPLANATION_REASONS.half_moved[0],
		[explanationKey('half_moved/employees', 'text')]: '三月新生产线投产，全年新招八百人。'
	});
	const address = `/channel/reports/${report.reportId}`;

	// The handler reads and asks; nothing offers them to sign.
	await official.goto(address);
	expect(await button(official, m.channel_sign({ no: 1 })).count()).toBe(0);
	await official.goto('/channel/chase?year=2026&list=waiting');
	expect(await main(official)).not.toContain(m.chase_sign_many({ count: 1 }));
	await official.goto(address);
	const query = { version: 1, checkKey: 'half_moved/employees', verdict: 'queried', remark: '请附用工合同份数' } as const;
	expect(await judgeExplanation({ ...commerce, duty: 'handler' }, report.reportId, query)).toMatchObject({ ok: true });
	await official.goto(address);
	await official.locator('#return > summary').click();
	const place = placeLabel(explanationKey(query.checkKey, 'text'), 2026);
	await button(official, m.channel_comment_from_query({ place })).click();
	await official.locator('#return select[name="reasonCode"]').selectOption({ index: 1 });
	await official.locator('#return-remark').fill('请一次改齐。');
	await button(official, m.channel_return_check()).click();
	await button(official, m.channel_return_send()).click();
	await official.waitForURL(/done=returned/);
	const [comment] = await application.adminSql<{ answer_key: string | null }[]>`
		select c.answer_key from return_comment c join report_return t on t.id = c.return_id where t.report_id = ${report.reportId}`;
	expect(comment?.answer_key).toBe(explanationKey(query.checkKey, 'text'));

	// Not answered yet: nothing is said to be complete, nobody can be asked, and one banner says why.
	await filer.goto(`${REPORT}/check`);
	expect(await main(filer)).toContain(m.report_returned_open({ count: 1 }));
	expect(await main(filer)).not.toContain(m.report_nothing_blocks());
	expect(await button(filer, m.report_ask()).count()).toBe(0);
	await filer.goto(REPORT);
	await filer.locator('textarea[name="answer"]').first().fill('共签订 420 份，附后。');
	await button(filer, m.filing_answer_save()).first().click();
	await filer.getByText(m.filing_remarks_all_answered({ count: 1 })).waitFor();
	await filer.goto(`${REPORT}/check`);
	expect(await main(filer)).not.toContain(m.report_returned_open({ count: 0 }));
	await button(filer, m.report_ask()).click();
	await filer
		.getByText(m.report_asked({ names: '王填报、li-shenhe' }))
		.or(filer.getByText(m.report_asked({ names: 'li-shenhe' })))
		.first()
		.waitFor();
	expect(await button(filer, m.report_ask()).count()).toBe(0);

	// The approver is told who asked, and is offered what is theirs to do. An old window, without script, posts a second time.
	await approver.goto('/enterprise/home');
	expect(await main(approver)).toContain(m.filing_check_and_submit());
	expect(await main(approver)).not.toContain(m.filing_continue());
	const old = await enter('li-shenhe', report.filer.orgId, 'approver', false);
	await old.goto(`${REPORT}/check`);
	await approver.goto(`${REPORT}/check`);
	await approver.locator('#submit form button').click();
	await approver.waitForURL(/\/receipt/);
	await old.locator('#submit form button').click();
	expect(new URL(old.url()).pathname).toBe(`${REPORT}/receipt`);
	expect(await old.locator('h1').innerText()).toBe(m.report_receipt_title());
	expect(await main(approver)).toContain(m.report_receipt_arrived());
	expect(await main(approver)).not.toContain(m.report_receipt_received());

	// The other department finds the return and its answer above the report, and after both signed nobody calls it submitted.
	await colleague.goto(address);
	const told = colleague.getByText('共签订 420 份，附后。').first();
	expect(await told.isVisible()).toBe(true);
	expect((await told.boundingBox())?.y).toBeLessThan((await colleague.locator('#flags').boundingBox())?.y ?? 0);
	await signReport(application, report.reportId, [commerce, industry]);
	await colleague.goto(address);
	expect(await colleague.locator('.bar').first().innerText()).toContain(m.ui_state_approved());
	await approver.goto(`${REPORT}/receipt`);
	expect(await main(approver)).toContain(m.report_receipt_approved());

	// On paper and as a table: whose it is, and the rates.
	await approver.goto(`${REPORT}/print`);
	const paper = await main(approver);
	expect(paper).toContain('往返企业');
	expect(paper).toContain(fieldLabel('debt_ratio'));
	const sheet = await approver.request.get(`${REPORT}/versions/2/data.xlsx`);
	const text = JSON.stringify(await readXlsxFile(await sheet.body()));
	expect(text).toContain('往返企业');
	const [{ code = '' } = {}] = await application.adminSql<{ code: string }[]>`select credit_code as code from enterprise where id = ${report.enterpriseId}`;
	expect(text.split(code).length).toBeGreaterThan(2);
	expect(text).toContain(fieldLabel('debt_ratio'));
	expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
});
