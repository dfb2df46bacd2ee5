import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { accountsFor } from '../support/accounts-opened.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { buildReport, openYear } from '../support/scene.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * Outliers become work, on the screens: a ministry ticks a figure that is far outside, looks at whom the question goes to and sends it; the channel passes it
 * on, the enterprise answers, the ministry accepts.
 */
const PASSWORD = 'osmanthus in the ninth month';
const say = { locale: 'zh-CN' } as const;
const NAME = '示例偏离制造有限公司';

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
	const stating = async (channelId: string, name: string, revenue: string) => {
		const report = await buildReport(application, { channelId, name });
		const content = JSON.stringify({ answers: { 'revenue@forecast': revenue }, explained: [], layout: 1 });
		await sql`
			insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
				content_hash, forwarded_at)
			values (${report.reportId}, 1, '2026-1', '2026-1', '2026-11-18T02:00:00Z', 's', 's', ${`far-${report.reportId}`}, ${content},
				encode(sha256(convert_to(${content}, 'UTF8')), 'hex'), '2026-11-19T02:00:00Z')`;
		await sql`
			insert into annual_figure (report_id, version_no, figure_year, basis, designation_id, revenue_wan)
			values (${report.reportId}, 1, 2026, 'forecast', ${report.designationId}, ${revenue})`;
		return report;
	};
	for (let n = 0; n < 12; n += 1) await stating('110000', `示例寻常${n}`, String(50_000 + n * 3_000));
	const { filer } = await stating('320000', NAME, '600000000');
	await account('filer', filer.orgId);
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

test('ticked, asked after a look at whom it goes to, passed on, answered and accepted', { timeout: 180_000 }, async () => {
	const mofcom = await enter('mofcom');
	await mofcom.goto('/ministry/follow-ups');
	await mofcom.getByRole('link', { name: m.follow_candidates({}, say), exact: true }).click();
	await mofcom.waitForURL('**/candidates');
	await mofcom.goto('/ministry/follow-ups/candidates?basis=forecast');
	await mofcom.getByRole('link', { name: NAME }).waitFor();
	await mofcom.locator('tbody input[type=checkbox]').check();
	await button(mofcom, m.follow_ask_chosen({}, say)).click();
	await mofcom.getByRole('heading', { name: m.follow_ask_title({ count: 1 }, say) }).waitFor();
	await mofcom.getByLabel(m.follow_ask_text({}, say), { exact: false }).fill('请核对计量单位是否为万元。');
	await button(mofcom, m.follow_ask_preview({}, say)).click();
	// One person of one channel: whom it goes to is said before it is sent.
	await mofcom.getByText(/1 个渠道（1 人）/).waitFor();
	await button(mofcom, m.follow_ask_send({}, say)).click();
	await mofcom.getByText(m.follow_done_asked({ count: 1 }, say)).waitFor();

	const commerce = await enter('commerce');
	await commerce.goto('/channel/home');
	await commerce.getByRole('link', { name: m.follow_duty_channel({ count: 1 }, say) }).click();
	await commerce.getByRole('link', { name: new RegExp(NAME) }).click();
	await button(commerce, m.follow_pass_on_send({ name: NAME }, say)).click();
	await commerce.getByText(m.follow_done_passed_on({}, say)).waitFor();
	// It is no longer theirs: no button is left.
	expect(await button(commerce, m.follow_answer_preview({}, say)).count()).toBe(0);

	const filer = await enter('filer');
	await filer.goto('/enterprise/home');
	await filer.locator('a[href="/enterprise/follow-ups?state=mine"]').click();
	await filer.locator('tbody a').first().click();
	// What was judged is said, and by no score.
	await filer.getByText('n = 13', { exact: false }).waitFor();
	await filer.getByLabel(m.follow_answer_text({}, say), { exact: false }).fill('误按元填报。');
	await button(filer, m.follow_answer_preview({}, say)).click();
	await button(filer, m.follow_answer_send({}, say)).click();
	await filer.getByText(m.follow_done_answered({}, say)).waitFor();

	await mofcom.goto('/ministry/home');
	await mofcom.getByRole('link', { name: m.follow_duty_ministry({ count: 1 }, say) }).click();
	await mofcom.getByRole('link', { name: new RegExp(NAME) }).click();
	await button(mofcom, m.follow_accept({}, say)).click();
	await mofcom.getByText(m.follow_done_accepted({}, say)).waitFor();
	await mofcom.getByText('误按元填报。').waitFor();
	for (const { complaints } of visitors) expect(complaints).toEqual([]);
});
