import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/** From a national figure to the sentence an enterprise wrote, and back: each step an address; a picture by the keyboard alone; a page kept and mailed. */
const say = { locale: 'zh-CN' } as const;
let application: Application;
let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
	visitor = await openVisitor(browser, application.url);
	page = visitor.page;
	const account = inject('demonstrationAccounts').find(({ username }) => username === 'mofcom-approver');
	if (!account) throw new Error('no account');
	await signInAs(page, account);
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

const here = () => new URL(page.url()).pathname + new URL(page.url()).search;
const arrived = (path: RegExp) => page.waitForURL((url) => path.test(url.pathname));

test('national figure, tile, list, report, field; enterprise; and back at each step', { timeout: 120_000 }, async () => {
	await page.goto('/ministry/cohort?year=2026');
	const figure = page.locator('dl.figures a.figure').first();
	const shown = (await figure.textContent()) ?? '';
	await figure.click();
	await arrived(/^\/ministry\/reports$/);
	// The list behind the figure has as many as the figure says.
	await page
		.locator('main')
		.getByText(m.ui_table_count({ count: shown.trim() }, say))
		.first()
		.waitFor();
	await page.goBack();
	await arrived(/^\/ministry\/cohort$/);

	const tile = page.locator('a.tile').filter({ hasText: '江苏' });
	const href = await tile.getAttribute('href');
	expect(href).toContain('region=320000');
	await tile.click();
	await arrived(/^\/ministry\/reports$/);
	const list = here();
	expect(list).toContain('region=320000');
	await page.locator('tbody a[href^="/ministry/reports/"]').first().click();
	await arrived(/^\/ministry\/reports\/\d+$/);
	await page.getByRole('link', { name: m.ministry_to_enterprise({}, say) }).click();
	await arrived(/^\/ministry\/enterprises\/\d+$/);
	await page.locator('a[href^="/ministry/reports/"]').first().click();
	await arrived(/^\/ministry\/reports\/\d+$/);
	for (const path of [/^\/ministry\/enterprises\/\d+$/, /^\/ministry\/reports\/\d+$/, /^\/ministry\/reports$/, /^\/ministry\/cohort$/]) {
		await page.goBack();
		await arrived(path);
	}
	expect(here()).toBe('/ministry/cohort?year=2026');

	// From a year of a metric to the enterprises behind it, to the report, to the very row that states it.
	await page.locator('article svg a').first().click();
	await arrived(/^\/ministry\/metrics\//);
	const report = page.locator('tbody a[href*="/ministry/reports/"][href*="#"]').first();
	const anchor = ((await report.getAttribute('href')) ?? '').split('#')[1] ?? '';
	await report.click();
	await arrived(/^\/ministry\/reports\/\d+$/);
	await expect.poll(() => page.locator(`[id="${anchor}"]`).count()).toBe(1);
	await page.goBack();
	await arrived(/^\/ministry\/metrics\//);
});

test('along a picture by the keyboard: right, left, what the mark means, Esc; Enter leads behind it', { timeout: 60_000 }, async () => {
	await page.goto('/ministry/cohort?year=2026');
	const marks = page.locator('article svg').first().locator('a');
	const names = await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')));
	expect(names.length).toBeGreaterThan(2);
	await page.waitForFunction(() => document.documentElement.classList.contains('has-js'));
	const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
	const note = page.locator('.chart-note');
	await expect
		.poll(async () => {
			await marks.first().focus();
			return note.count();
		})
		.toBe(1);
	await page.keyboard.press('ArrowRight');
	expect(await focused()).toBe(names[1]);
	expect(await note.textContent()).toBe(names[1]);
	await page.keyboard.press('ArrowLeft');
	expect(await focused()).toBe(names[0]);
	await page.keyboard.press('Escape');
	expect(await note.count()).toBe(0);
	expect(await focused()).toBe(names[0]);
	await page.keyboard.press('Enter');
	await arrived(/^\/ministry\/metrics\//);
});

test('a page kept under a short code opens as it was, is in the list, and so does a mailed address', { timeout: 60_000 }, async () => {
	const mailed = '/ministry/cohort?year=2026&class=mfg&region=320000';
	await page.goto(mailed);
	await page
		.locator('summary')
		.filter({ hasText: m.frozen_menu({}, say) })
		.click();
	await page.getByText(m.frozen_what({}, say)).waitFor();
	await page.getByRole('button', { name: m.frozen_freeze({}, say), exact: true }).click();
	await arrived(/^\/s\/[a-z2-9]{8}$/);
	const code = new URL(page.url()).pathname.slice('/s/'.length);
	await page.getByText(m.frozen_done({}, say)).waitFor();
	await page.getByText(`/s/${code}`).first().waitFor();
	const title = (await page.locator('h1').textContent()) ?? '';
	for (const image of await page.locator('section img').all())
		expect(await image.evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth))).toBeGreaterThan(300);
	expect(await page.locator('section img').count()).toBeGreaterThan(3);
	await page.goto('/ministry/views');
	await page.getByRole('link', { name: title }).first().click();
	await arrived(/^\/s\//);
	await page.getByRole('link', { name: m.frozen_to_living({}, say) }).click();
	await arrived(/^\/ministry\/cohort$/);
	const asked = new URL(page.url()).searchParams;
	expect([asked.get('year'), asked.get('class'), asked.get('region')]).toEqual(['2026', 'mfg', '320000']);
	await page.goto('/ministry/metrics/informatisation_share?class=mfg');
	await page
		.locator('summary')
		.filter({ hasText: m.frozen_menu({}, say) })
		.click();
	await page.getByRole('button', { name: m.frozen_freeze({}, say), exact: true }).click();
	await arrived(/^\/s\/[a-z2-9]{8}$/);
	expect(visitor.complaints).toEqual([]);
});
