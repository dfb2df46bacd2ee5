import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/** The one table: it scrolls with the page, its head and first column stay, a row shows more of itself, and on a phone it is a card. */
const say = { locale: 'zh-CN' } as const;
const BAR = 48;
/** One strip above a table is its filters; what they take beyond it is theirs to give back. */
const FIRST_ROW = 350;

let application: Application;
let browser: Browser;
const pages = new Map<string, Page>();
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

/** Somebody's window, opened once. */
async function of(username: string): Promise<Page> {
	const known = pages.get(username);
	if (known) return known;
	const { page } = await openVisitor(browser, application.url, { locale: 'zh-CN' });
	const account = inject('demonstrationAccounts').find((one) => one.username === username);
	await signInAs(page, { username, password: account?.password ?? '' });
	pages.set(username, page);
	return page;
}
async function at(page: Page, width: number, height: number, address: string): Promise<void> {
	await page.setViewportSize({ width, height });
	await page.goto(address);
}
const topOf = (page: Page, selector: string) =>
	page
		.locator(selector)
		.first()
		.evaluate((element) => element.getBoundingClientRect().top);

const LISTS = [
	['js-commerce-approver', ['/channel/chase', '/channel/reports', '/channel/contacts', '/channel/enterprises', '/channel/needs']],
	['mofcom-approver', ['/ministry/reports', '/ministry/enterprises', '/ministry/needs']],
	['auditor', ['/audit']]
] as const;

describe.each(LISTS)('the lists of %s', (username, addresses) => {
	test.each(addresses)('%s begins high, and its head stays while the page scrolls', async (address) => {
		const page = await of(username);
		await at(page, 1440, 900, address);
		const filters = await page.locator('search').first().boundingBox();
		const first = await topOf(page, '.table-wrap > table.cards:visible > tbody > tr');
		expect(first - Math.max(0, (filters?.height ?? BAR) - BAR)).toBeLessThan(FIRST_ROW);
		expect(await page.evaluate(() => [...document.querySelectorAll('.table-wrap')].filter((one) => one.scrollHeight > one.clientHeight + 2).length)).toBe(0);

		const box = await page.locator('.table-wrap > table.cards:visible').first().boundingBox();
		await page.evaluate((to) => scrollTo(0, to), (box?.y ?? 0) + (box?.height ?? 0) / 2);
		if (!box || box.height < 1_000) return;
		expect(Math.round(await topOf(page, '.table-wrap > table.cards:visible > thead th'))).toBe(BAR);
	});
});

// One list of each door: what decides it is the table's own, and the same in every list.
test.each([
	['js-commerce-approver', '/channel/reports'],
	['mofcom-approver', '/ministry/needs']
])('as %s, %s is as dense as it is asked to be', async (username, address) => {
	const page = await of(username);
	const heights: number[] = [];
	for (const density of ['s', 'm', 'l']) {
		await at(page, 1440, 900, `${address}?density=${density}`);
		const box = await page.locator('table.list > tbody > tr').first().boundingBox();
		heights.push(box?.height ?? 0);
	}
	const [small = 0, middle = 0, large = 0] = heights;
	expect(middle - small).toBeGreaterThanOrEqual(4);
	expect(large - middle).toBeGreaterThanOrEqual(8);
});

test('a table with more columns than fit goes sideways alone: head and first column stay', async () => {
	const page = await of('js-commerce-approver');
	const columns = ['next', 'progress', 'due', 'contact', 'called', 'promised', 'departments', 'activity', 'last_year', 'reminder', 'category', 'cohort'];
	await at(page, 1192, 600, `/channel/chase?${columns.map((one) => `cols=${one}`).join('&')}`);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
	const wrap = page.locator('.table-wrap').last();
	const before = await wrap.evaluate((element) => ({ left: element.getBoundingClientRect().left, top: element.getBoundingClientRect().top }));
	await wrap.evaluate((element) => element.scrollTo(400, 200));
	const [head, cell] = await wrap.evaluate((element) =>
		[...element.querySelectorAll('thead th:first-child, tbody tr:last-child th')].map((one) => {
			const { left, top } = one.getBoundingClientRect();
			return { left, top };
		})
	);
	expect(Math.abs((head?.left ?? 0) - before.left)).toBeLessThan(2);
	expect(Math.abs((head?.top ?? 0) - before.top)).toBeLessThan(3);
	expect(Math.abs((cell?.left ?? 0) - before.left)).toBeLessThan(2);
});

test.each([true, false])('a row shows the columns that are not shown, on its page of the list, script %s', async (javaScriptEnabled) => {
	const { page, close } = await openVisitor(browser, application.url, { javaScriptEnabled });
	try {
		const account = inject('demonstrationAccounts').find(({ username }) => username === 'mofcom-approver');
		await signInAs(page, { username: 'mofcom-approver', password: account?.password ?? '' });
		await page.goto('/ministry/reports?sort=-name');
		await page.getByRole('link', { name: m.ui_page_next({}, say) }).click();
		await page.waitForURL(/after=/);
		const total = Number(
			(
				await page
					.getByText(/^共 \d+ 条$/)
					.first()
					.innerText()
			).replace(/\D/g, '')
		);
		await page.getByText(m.ui_page_rows_of({ from: '51', to: '100', count: String(total) }, say)).waitFor();
		const row = page.locator('table.list > tbody > tr').nth(3);
		const name = await row.locator('th a').first().innerText();
		await row.getByRole('button', { name: m.ui_table_peek({ name }, say) }).click();
		await page.waitForURL(/peek=/);
		expect(page.url()).toMatch(/sort=-name.*after=.*row=51/);
		const more = page.locator('table.list tr.more');
		expect(await more.innerText()).toContain(m.ministry_column_code({}, say));
		await page.getByRole('link', { name: m.ui_table_peek_close({ name }, say) }).click();
		await more.waitFor({ state: 'detached' });
		await page.getByRole('link', { name: m.ui_page_previous({}, say) }).click();
		await page.getByText(m.ui_page_rows_of({ from: '1', to: '50', count: String(total) }, say)).waitFor();
	} finally {
		await close();
	}
});

test('on a phone a row is a card: each value after the name of its column, its act in reach, and still a table to whoever listens', async () => {
	const page = await of('js-commerce-approver');
	for (const address of ['/channel/chase', '/channel/contacts']) {
		await at(page, 390, 800, address);
		const card = page.locator('table.list > tbody > tr').first();
		const box = await card.boundingBox();
		expect(box?.width).toBeLessThanOrEqual(390);
		const act = card.locator('td a, td button').first();
		expect(((await act.boundingBox())?.y ?? 0) - (box?.y ?? 0)).toBeLessThan(700);
		const label = await card
			.locator('td')
			.first()
			.evaluate((cell) => getComputedStyle(cell, '::before').content);
		expect(label).toBe(`"${await card.locator('td').first().getAttribute('data-label')}"`);
	}
	// The browser's own tree: rows and cells keep their parts, whatever way they are drawn.
	const rows = await page.getByRole('table').last().getByRole('row').count();
	expect(rows).toBe(await page.locator('table.list tr').count());
	expect(await page.getByRole('table').last().getByRole('rowheader').count()).toBe(rows - 1);
	expect(await page.getByRole('table').last().getByRole('columnheader').count()).toBe(await page.locator('table.list thead th').count());
});

test('by keyboard: along the head, down a column, and what has the focus is never under the head or the bar', async () => {
	const page = await of('mofcom-approver');
	await at(page, 1440, 700, '/ministry/reports?sort=-days_late');
	// What a screen reader says of the order, and where it is said: docs/screen-reader.md.
	const heads = page.getByRole('columnheader');
	expect(await page.locator('thead th[aria-sort]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-sort')))).toEqual(['descending']);
	expect(await page.locator('table.list > caption').innerText()).not.toBe('');
	expect(await heads.filter({ hasText: m.ministry_column_timeliness({}, say) }).innerText()).toContain(m.ui_table_sorted_desc({}, say));

	const links = page.locator('table.list > tbody > tr > th a:not(.peek)');
	await links.first().focus();
	for (let row = 0; row < 30; row += 1) await page.keyboard.press('ArrowDown');
	expect(await links.nth(30).evaluate((link) => document.activeElement === link)).toBe(true);
	for (let row = 0; row < 20; row += 1) {
		await page.keyboard.press('ArrowUp');
		const [focused, head] = await page.evaluate(() => [
			document.activeElement?.getBoundingClientRect().top ?? 0,
			document.querySelector('table.list thead')?.getBoundingClientRect().bottom ?? 0
		]);
		expect(focused).toBeGreaterThanOrEqual((head ?? 0) - 1);
	}
});
