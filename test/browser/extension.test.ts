import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { accountsFor } from '../support/accounts-opened.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { buildReport, openYear } from '../support/scene.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * 非方案规定: an enterprise asks for more time before its date, its department remarks, both ministries grant it one after the other, and the new date
 * is what everybody sees. Then a channel declares another one unable to file, and a ministry enters the working days of a year nobody knew.
 */
const PASSWORD = 'plum blossom in the first snow';
const say = { locale: 'zh-CN' } as const;

let application: Application;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: '2026-11-10T10:00:00+08:00', from: 'empty' }), launchBrowser()]);
	await openYear(application, 2026);
	const { account, official } = await accountsFor(application, PASSWORD, 'approver');
	await official('mofcom');
	await official('miit');
	await official('commerce', '320000');
	const { filer } = await buildReport(application, { channelId: '320000', name: '示例延期制造有限公司' });
	await account('filer', filer.orgId);
	await buildReport(application, { channelId: '320000', name: '示例注销制造有限公司' });
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

async function enter(username: string): Promise<Page> {
	const visitor = await openVisitor(browser, application.url);
	visitors.push(visitor);
	await signInAs(visitor.page, { username, password: PASSWORD });
	return visitor.page;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('beside the ordinary life of a report', () => {
	test('an extension: asked, remarked on, granted by two, seen everywhere', { timeout: 180_000 }, async () => {
		const filer = await enter('filer');
		await filer.getByRole('link', { name: m.exception_entry({}, say) }).click();
		await filer.getByLabel(m.exception_ask_until({}, say)).fill('2026-12-10');
		await button(filer, m.exception_ask_send({}, say)).click();
		// Nothing is lost by what is missing, and it is said at its box.
		await filer.locator('#reason-error').waitFor();
		expect(await filer.getByLabel(m.exception_ask_until({}, say)).inputValue()).toBe('2026-12-10');
		await filer.getByLabel(m.exception_ask_reason_code({}, say)).first().selectOption('audit_unfinished');
		await filer.getByLabel(m.exception_ask_reason({}, say)).fill('审计报告12月5日出具。');
		await button(filer, m.exception_ask_send({}, say)).click();
		await filer.getByText(m.exception_asked({}, say)).waitFor();
		expect(await filer.locator('article').first().textContent()).toContain(m.exception_state_open({}, say));

		const commerce = await enter('commerce');
		await commerce.goto('/channel/extensions');
		await commerce.getByText(m.exception_remark_write({}, say)).click();
		await commerce.getByLabel(m.exception_remark_title({}, say)).fill('情况属实,建议同意。');
		await button(commerce, m.exception_remark_send({}, say)).click();
		await commerce.getByText(m.exception_remark_saved({}, say)).waitFor();

		for (const [username, settled] of [
			['mofcom', 0],
			['miit', 1]
		] as const) {
			const ministry = await enter(username);
			await ministry.goto('/ministry/extensions');
			await ministry.getByText('情况属实,建议同意。').waitFor();
			await ministry.getByRole('checkbox', { name: /示例延期/ }).check();
			// A refusal wants its reason, and says so before anything is decided.
			if (settled === 0) {
				await button(ministry, m.exception_decide_refuse({}, say)).click();
				await ministry.locator('#decide-reason-error').waitFor();
				await ministry.getByRole('checkbox', { name: /示例延期/ }).check();
			}
			await button(ministry, m.exception_decide_grant({}, say)).click();
			await ministry.getByText(m.exception_decided({ decided: 1, settled }, say)).waitFor();
		}

		await filer.goto('/enterprise/home');
		expect(await filer.locator('main').textContent()).toContain('2026年12月10日');
		await filer.goto('/enterprise/reports/2026/extension');
		expect(await filer.locator('main').textContent()).toContain(m.exception_state_granted({}, say));
		const ics = await filer.evaluate(async () => (await fetch('/enterprise/reports/2026/calendar.ics')).text());
		expect(ics).toContain('20261210');
		expect(ics).not.toContain('20261130');
		await filer.goto('/inbox');
		await filer
			.getByText(m.exception_mail_granted_subject({ year: 2026 }, say))
			.first()
			.waitFor();
		await commerce.goto('/channel/reports?year=2026');
		expect(await commerce.locator('tr', { hasText: '示例延期' }).textContent()).toContain(m.ui_timeliness_extended({}, say));
	});

	test('inability to file: declared by the channel, confirmed and lifted by a ministry', { timeout: 120_000 }, async () => {
		const commerce = await enter('commerce');
		await commerce.goto('/channel/reports?year=2026');
		await commerce.getByRole('link', { name: '示例注销制造有限公司' }).click();
		await commerce.locator('summary', { hasText: m.exception_excuse_title({}, say) }).click();
		await commerce.locator('#excuse-reason').selectOption('closed');
		await commerce.locator('#excuse-remark').fill('已于2026年6月办理注销。');
		await button(commerce, m.exception_excuse_send({}, say)).click();
		await commerce.getByText(m.exception_excused_done({}, say)).waitFor();
		const id = /reports\/(\d+)/.exec(commerce.url())?.[1] ?? '';
		const mofcom = await enter('mofcom');
		await mofcom.goto(`/ministry/reports/${id}`);
		await mofcom.getByText(m.exception_excuse_pending({}, say)).waitFor();
		await button(mofcom, m.exception_excuse_confirm({}, say)).click();
		await mofcom.getByText(m.exception_excuse_confirmed_done({}, say)).waitFor();
		await mofcom.getByText(m.exception_excused({}, say), { exact: true }).waitFor();
		await mofcom.locator('.more > summary').first().click();
		await mofcom.locator('summary', { hasText: m.exception_lift({}, say) }).click();
		await button(mofcom, m.exception_lift({}, say)).click();
		await mofcom.getByText(m.exception_lifted_done({}, say)).waitFor();
	});

	test('an unknown year: said in words, entered as ranges with its source, then known', { timeout: 120_000 }, async () => {
		const miit = await enter('miit');
		await miit.goto('/ministry/calendar?year=2030');
		await miit
			.getByText(m.calendar_unknown({ year: 2030 }, say))
			.first()
			.waitFor();
		await miit.locator('#source').fill('国办发明电〔2029〕示例号');
		await miit.locator('#range-0-fromOn').fill('2030-10-01');
		await miit.locator('#range-0-toOn').fill('2030-10-07');
		await miit.locator('#range-0-name').fill('国庆节');
		await miit.locator('#range-1-fromOn').fill('2030-10-15');
		await miit.locator('#range-1-kind').selectOption('make_up');
		await miit.locator('#range-1-name').fill('国庆节');
		await button(miit, m.calendar_check({}, say)).click();
		await miit.getByText(m.calendar_problem_make_up_on_weekday({}, say)).first().waitFor();
		await miit.locator('#range-1-fromOn').fill('2030-10-12');
		await button(miit, m.calendar_check({}, say)).click();
		await miit.getByText(m.calendar_preview({ count: 8 }, say)).waitFor();
		await button(miit, m.calendar_save({}, say)).click();
		await miit.getByText(m.calendar_saved({ version: 1 }, say)).waitFor();
		expect(await miit.locator('td[data-kind="make_up"]').count()).toBe(1);
		expect(await miit.locator('td[data-kind="unknown"]').count()).toBe(0);
	});

	test('no page complained', () => {
		expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
	});
});
