import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { accountsFor } from '../support/accounts-opened.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { buildReport, openYear } from '../support/scene.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * 方案第十二条, on the screens: a ministry finds what an enterprise asks for, passes one thing on to the channel and answers the other; the enterprise reads
 * the answer on its home page, and the channel finds its duty.
 */
const PASSWORD = 'osmanthus in the ninth month';
const say = { locale: 'zh-CN' } as const;
const NAME = '示例诉求制造有限公司';

let application: Application;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: '2026-11-20T10:00:00+08:00', from: 'empty' }), launchBrowser()]);
	const sql = application.adminSql;
	await openYear(application, 2026);
	const { account, official } = await accountsFor(application, PASSWORD, 'handler');
	await official('mofcom');
	await official('commerce', '320000');
	const { filer, reportId } = await buildReport(application, { channelId: '320000', name: NAME });
	await account('filer', filer.orgId);
	// As forwarding leaves it; the act itself is tried in test/server/report/needs.test.ts.
	const content = JSON.stringify({ answers: { support_wanted: '希望组织同行交流', problems_met: '设备接口不统一' }, explained: [], layout: 1 });
	await sql`
		insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
			content_hash, forwarded_at)
		values (${reportId}, 1, '2026-1', '2026-1', '2026-11-18T02:00:00Z', 'filer', 'filer', 'R-1', ${content},
			encode(sha256(convert_to(${content}, 'UTF8')), 'hex'), '2026-11-19T02:00:00Z')`;
	for (const [kind, said] of [
		['support', '希望组织同行交流'],
		['problem', '设备接口不统一']
	])
		await sql`
			insert into report_need (report_id, kind, year, category, channel_id, enterprise_id, text, version_no, said_at, since_at)
			select r.id, ${String(kind)}, r.year, r.category, r.channel_id, r.enterprise_id, ${String(said)}, 1, '2026-11-19T02:00:00Z', '2026-11-19T02:00:00Z'
			from annual_report r where r.id = ${reportId}`;
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

test('found among the duties, passed on, answered after a look at what is sent, and read by the enterprise', { timeout: 180_000 }, async () => {
	const mofcom = await enter('mofcom');
	await mofcom.goto('/ministry/home');
	await mofcom.getByRole('link', { name: m.need_duty_open({ count: 2 }, say) }).click();
	await mofcom.locator('summary', { hasText: m.need_picture({ support: 1, problem: 1, waiting: 2 }, say) }).waitFor();
	await mofcom.getByRole('link', { name: new RegExp(`${NAME}.*${m.need_kind_problem({}, say)}`, 's') }).click();
	await mofcom.getByText('设备接口不统一').waitFor();
	await mofcom.getByText(m.need_pass_on({}, say), { exact: true }).click();
	await mofcom.getByLabel(m.need_pass_on_to({}, say)).selectOption('channel');
	await mofcom.getByLabel(m.need_pass_on_remark({}, say)).fill('属本地区支持事项，请研究。');
	await button(mofcom, m.need_pass_on_send({}, say)).click();
	await mofcom.getByText(m.need_done_passed_on({}, say)).waitFor();
	// It is no longer theirs: no button is left.
	expect(await button(mofcom, m.need_take_up({}, say)).count()).toBe(0);

	await mofcom.goto('/ministry/needs?kind=support');
	await mofcom.getByRole('link', { name: new RegExp(NAME) }).click();
	await mofcom.getByLabel(m.need_answer_text({}, say), { exact: false }).fill('已列入明年交流活动安排。');
	await button(mofcom, m.need_answer_preview({}, say)).click();
	await mofcom.getByText(m.need_answer_preview_title({ name: NAME }, say)).waitFor();
	await button(mofcom, m.need_answer_send({}, say)).click();
	await mofcom.getByText(m.need_done_answered({}, say)).waitFor();

	const commerce = await enter('commerce');
	await commerce.goto('/channel/home');
	await commerce.getByRole('link', { name: m.need_duty_mine({ count: 1 }, say) }).click();
	await commerce.getByRole('link', { name: new RegExp(NAME) }).click();
	await button(commerce, m.need_take_up({}, say)).click();
	await commerce.getByText(m.need_done_taken_up({}, say)).waitFor();

	const filer = await enter('filer');
	await filer.goto('/enterprise/home');
	await filer.getByText('已列入明年交流活动安排。').waitFor();
	await filer.getByRole('link', { name: m.need_own_all({}, say) }).click();
	await filer.waitForURL('**/enterprise/needs');
	expect(await filer.locator('article[id^="need-"]').count()).toBe(2);
	for (const { complaints } of visitors) expect(complaints).toEqual([]);
});
