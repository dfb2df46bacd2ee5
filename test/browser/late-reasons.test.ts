import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDoor } from '#lib/server/db/door.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { moveClockTo } from '#lib/server/clock.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDay } from '#lib/words/format.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { buildOfficial, buildReport, openYear, signReport, submitReport, type SceneReport } from '../support/scene.ts';
import { signInByRow } from '../support/sign-in.ts';

/** Offices are asked why their late days were late: as they sign, without a script too, and once for all they forward. */
const NOW = '2026-12-08T10:00:00+08:00';
let application: Application;
let browser: Browser;
/** With the departments since before the date; signed by both on 3 December. */
let waiting: SceneReport;
let signed: SceneReport;
const visitors: Visitor[] = [];

beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: NOW, from: 'empty' }), launchBrowser()]);
	process.env['DATABASE_URL'] = application.databaseUrl;
	process.env['SESSION_SECRET'] ??= 'a secret for tests that nobody else uses';
	await openYear(application, 2026);
	waiting = await buildReport(application, { channelId: '320000', name: '待签企业' });
	signed = await buildReport(application, { channelId: '320000', name: '待转企业' });
	moveClockTo(new Date('2026-11-20T10:00:00+08:00'));
	for (const report of [waiting, signed]) await submitReport(application, report);
	moveClockTo(new Date('2026-12-03T10:00:00+08:00'));
	const offices = [await buildOfficial(application, 'commerce', '320000'), await buildOfficial(application, 'industry', '320000')];
	await signReport(application, signed.reportId, offices);
	moveClockTo(new Date(NOW));
});
afterAll(async () => {
	for (const { close } of visitors) await close();
	await closeDoor();
	await browser?.close();
	await application?.stop();
});

async function enter(personId: string, orgId: string, script: boolean): Promise<Page> {
	const { adminSql: sql } = application;
	await sql`insert into person (id, name, email) values (${personId}, ${personId}, ${`${personId}@example.cn`})`;
	await sql`select account_open(${personId}, ${personId}, ${`${personId}@example.cn`}, ${personId}, ${await hashPassword('玉兰花开时 42 次')})`;
	await sql`insert into membership (person_id, org_id, duty) values (${personId}, ${orgId}, 'approver')`;
	const visitor = await openVisitor(browser, application.url, { javaScriptEnabled: script });
	visitors.push(visitor);
	await signInByRow(application, visitor.page, personId, new Date(NOW));
	return visitor.page;
}
const main = (page: Page) => page.locator('main').innerText();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const code = (page: Page) => page.locator('select[name="lateReasonCode"]');
const text = (page: Page) => page.locator('textarea[name="lateReason"]');

test('a department without a script: half a reason is refused at its place and nothing typed is lost', { timeout: 120_000 }, async () => {
	const { orgId } = await buildOfficial(application, 'commerce', '320000');
	const page = await enter('zhao-shangwu', orgId, false);
	await page.goto(`/channel/reports/${waiting.reportId}`);
	const days = { days: 8, from: formatDay('2026-12-01', false), until: formatDay('2026-12-08', false) };
	expect(await main(page)).toContain(m.channel_late_asked(days));
	for (const box of await page.locator('input[name="checklist"]').all()) await box.check();
	await page.locator('#opinion').fill('同意报送，逾期情况见下。');
	await code(page).selectOption('checking_figures');
	await button(page, m.channel_sign({ no: 1 })).click();
	expect(await page.locator('#lateReason-error').innerText()).toContain(m.channel_problem_missing());
	expect(await code(page).inputValue()).toBe('checking_figures');
	expect(await page.locator('#opinion').inputValue()).toBe('同意报送，逾期情况见下。');
	expect(await page.locator('input[name="checklist"]:checked').count()).toBe(3);
	await text(page).fill('核对审计报告用时较长。');
	await code(page).selectOption('');
	await button(page, m.channel_sign({ no: 1 })).click();
	expect(await page.locator('#lateReasonCode-error').innerText()).toContain(m.report_late_reason_missing());
	expect(await text(page).inputValue()).toBe('核对审计报告用时较长。');
	await code(page).selectOption('checking_figures');
	await button(page, m.channel_sign({ no: 1 })).click();
	await page.waitForURL(/done=signed/);
	expect(await main(page)).toContain('核对审计报告用时较长。');
	expect(await page.locator('textarea[name="lateReason"]').count()).toBe(0);
});

test(
	'a channel is asked once for all; the ministries read it of what was forwarded, and are told that they do not of the rest',
	{ timeout: 120_000 },
	async () => {
		const { orgId } = await buildOfficial(application, 'industry', '320000');
		const page = await enter('qian-gongxin', orgId, true);
		await page.goto('/channel/forward?year=2026');
		expect(await main(page)).toContain(m.channel_late_asked_forward({ count: 1, names: '待转企业' }));
		await page.locator('input[name="letterNo"]').fill('苏工信函〔2026〕1号');
		await text(page).fill('等待集中转报。');
		await button(page, m.channel_forward_check({ count: 1 })).click();
		await page.locator('#lateReasonCode-error').waitFor();
		expect(await text(page).inputValue()).toBe('等待集中转报。');
		await code(page).selectOption('collected_to_forward');
		await button(page, m.channel_forward_check({ count: 1 })).click();
		await page.getByText(m.channel_forward_late_said({ count: 1, text: '等待集中转报。' })).waitFor();
		await button(page, m.channel_forward_send()).click();
		await page.waitForURL(/done=sent/);

		const ministry = await enter('sun-buwei', (await buildOfficial(application, 'mofcom')).orgId, true);
		await ministry.goto(`/ministry/reports/${signed.reportId}`);
		expect(await main(ministry)).toContain('等待集中转报。');
		await ministry.goto(`/ministry/reports/${waiting.reportId}`);
		expect(await main(ministry)).not.toContain('核对审计报告用时较长。');
		expect(await main(ministry)).toContain(m.ministry_late_unread());
		await ministry.goto('/ministry/progress/holding?year=2026');
		expect(await main(ministry)).toContain(m.progress_late_explained_what());
		expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
	}
);
