import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { LATE_REASONS } from '#lib/domain/policy.ts';
import { answersOf } from '../domain/form/filing-examples.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/** After the date: the report is still taken, the reason is asked for at its place, and it can be withdrawn until somebody opens it. */
const REPORT = '/enterprise/reports/2026';
const say = { locale: 'en' } as const;
let application: Application;
let browser: Browser;
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: '2026-12-03T09:00:00+08:00' }), launchBrowser()]);
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

async function enter(username: string): Promise<Visitor> {
	const visitor = await openVisitor(browser, application.url, { locale: 'en' });
	const account = inject('demonstrationAccounts').find((one) => one.username === username);
	if (!account) throw new Error(`the demonstration has no account ${username}`);
	await application.adminSql`update person set locale = 'en' where id = (select id from auth."user" where username = ${username})`;
	await signInAs(visitor.page, account);
	return visitor;
}
const submitButton = (page: Page) => page.locator('form', { has: page.locator('input[name="afterVersion"]') }).getByRole('button');

test('a late report is taken with its reason, withdrawn while nobody has opened it, and read-only once somebody has', { timeout: 240_000 }, async () => {
	const { page, complaints, close } = await enter('gd-maker-approver');
	await page.goto('/enterprise/home');
	expect(await page.locator('main').innerText()).toContain(m.ui_countdown_late({ days: 3 }, say));
	await page.goto(REPORT);
	await page.getByRole('button', { name: m.filing_start({}, say) }).click();
	await page.waitForURL(`**${REPORT}/basics`);
	// The person typed all of it; what is typed where is another test's matter.
	await page.evaluate(
		async ({ path, changes }) => {
			const mark = document.querySelector<HTMLInputElement>('input[name="__page"]')?.value ?? '';
			const headers = { 'content-type': 'application/json', 'x-page': mark };
			const answer = await fetch(`${path}/answers`, { method: 'PATCH', headers, body: JSON.stringify({ changes }) });
			if (!answer.ok) throw new Error(await answer.text());
		},
		{
			path: REPORT,
			changes: Object.entries(answersOf('manufacturing'))
				.filter(([key]) => key !== 'enterprise_name' && key !== 'credit_code')
				.map(([key, typed]) => ({ key, typed, baseVersion: 9 }))
		}
	);
	await page.goto(`${REPORT}/files`);
	await page
		.locator('input[type="file"]')
		.first()
		.setInputFiles({
			name: 'audited.pdf',
			mimeType: 'application/pdf',
			buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
		});
	await page.getByRole('link', { name: 'audited.pdf' }).first().waitFor();

	// What the figures of earlier years make remarkable is explained first.
	await page.goto(`${REPORT}/check`);
	for (const section of ['people', 'economics', 'manufacturing']) {
		await page.goto(`${REPORT}/${section}`);
		for (const explain of await page.locator('fieldset.explain').all()) {
			await explain.locator('button').first().click();
			await explain.locator('textarea').fill('A new line began work in March and doubled the capacity of the plant.');
			await explain.locator('textarea').blur();
		}
		await page.locator('main button[name="next"]').first().click();
		await page.waitForURL((url) => !url.pathname.endsWith(`/${section}`));
	}
	await page.goto(`${REPORT}/check`);
	await page.getByText(m.report_nothing_blocks({}, say)).waitFor();
	expect(await submitButton(page).innerText()).toBe(m.report_submit_late({ days: 3 }, say));
	await submitButton(page).click();
	await page.getByText(m.report_late_reason_missing({}, say)).waitFor();
	await page.locator('select[name="lateReasonCode"]').selectOption(LATE_REASONS[0] ?? '');
	await page.locator('textarea[name="lateReason"]').fill('The audit was finished on 1 December.');
	await submitButton(page).click();
	await page.waitForURL(/\/receipt/);
	expect(await page.locator('main').innerText()).toContain('The audit was finished on 1 December.');

	await page.goto(REPORT);
	await page.locator('#withdraw .more > summary').click();
	await page.locator('#withdraw').getByText(m.filing_withdraw({}, say)).first().click();
	await page.locator('#withdraw form button').first().click();
	await page.getByText(m.filing_withdrawn({ version: 1 }, say)).waitFor();
	await page.goto(`${REPORT}/people`);
	expect(await page.locator('main [name="employees@final"]').inputValue()).toBe('1200');
	await page.goto(`${REPORT}/check`);
	await submitButton(page).click();
	await page.waitForURL(/\/receipt/);

	const department = await enter('gd-commerce-approver');
	await department.page.goto('/channel/reports?state=submitted');
	const firm = inject('demonstrationAccounts').find(({ username }) => username === 'gd-maker-approver')?.organisation ?? '';
	await department.page.getByRole('link', { name: firm }).first().click();
	await department.page.locator('#opinion').waitFor();
	await page.goto(REPORT);
	expect(await page.locator('#withdraw').count()).toBe(0);
	await page.getByText(m.filing_lock_not_withdrawable({}, say)).waitFor();
	await page.goto(`${REPORT}/people`);
	expect(await page.locator('main input:not([type="hidden"])').count()).toBe(0);
	expect([...complaints, ...department.complaints]).toEqual([]);
	await department.close();
	await close();
});
