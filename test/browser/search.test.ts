import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/** The search box by the keyboard alone: what is typed is suggested, what is chosen is opened, and nobody has to choose. */
let application: Application;
let browser: Browser;
const visitors: Visitor[] = [];
/** Whoever signed in once stays signed in. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
});
afterEach(async () => {
	for (const visitor of visitors.splice(0)) await visitor.close();
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

async function enter(username: string, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Visitor> {
	const visitor = await openVisitor(browser, application.url, { locale });
	visitors.push(visitor);
	const { page } = visitor;
	const account = inject('demonstrationAccounts').find((one) => one.username === username);
	if (!account) throw new Error(`the demonstration has no account ${username}`);
	const known = sessions.get(username);
	if (known) await page.context().addCookies(known);
	else {
		await signInAs(page, account);
		sessions.set(username, await page.context().cookies());
	}
	// Whoever is signed in reads in the language of their account, whatever the browser says.
	await application.adminSql`update person set locale = ${locale} where id = (select id from auth."user" where username = ${username})`;
	await page.context().addCookies([{ name: 'locale', value: locale, url: application.url }]);
	await atRest(page);
	return visitor;
}
/** On a page that is done: one that has just been gone to takes the focus to itself when it is. */
const atRest = (page: Page) => page.goto('/inbox', { waitUntil: 'networkidle' });
const boxOf = (page: Page) => page.locator('header form[role=search] input');
/** From wherever somebody is, without a mouse. */
async function ask(page: Page, text: string, key = 'Control+k') {
	await page.keyboard.press(key);
	await page.keyboard.type(text);
	await page.locator('header input[role=combobox][aria-expanded="true"]').waitFor();
}
const options = (page: Page) => page.getByRole('option');
/** Down to the first suggestion that says this; a dozen at most. */
async function goDownTo(page: Page, text: string) {
	for (let at = 0; at < 12; at += 1) {
		await page.keyboard.press('ArrowDown');
		if ((await page.locator('[role=option][aria-selected=true]').textContent())?.includes(text)) return;
	}
	throw new Error(`no suggestion says ${text}`);
}
const firm = async (channel: string): Promise<{ id: string; name: string; credit_code: string }> => {
	const [row] = await application.adminSql<{ id: string; name: string; credit_code: string }[]>`
		select e.id, e.name, e.credit_code from enterprise e join annual_report r on r.enterprise_id = e.id and r.year = 2025
		where e.channel_id = ${channel} order by e.name limit 1`;
	if (!row) throw new Error('no enterprise');
	return row;
};

describe.each(['zh-CN', 'en'] as const)('in %s, by the keyboard alone', (locale) => {
	test('an enterprise by its name and by the beginning of its code, a report by its year', async () => {
		const { page, complaints } = await enter('js-commerce-approver', locale);
		const { id, name, credit_code: code } = await firm('320000');
		for (const [key, typed] of [
			['Control+k', name],
			['/', code.slice(0, 14)]
		] as const) {
			await ask(page, typed, key);
			await options(page).filter({ hasText: name }).first().waitFor();
			await goDownTo(page, code);
			// The box keeps the focus and says which one is meant.
			const meant = await boxOf(page).getAttribute('aria-activedescendant');
			expect(await page.locator(`#${meant}`).getAttribute('aria-selected')).toBe('true');
			await Promise.all([page.waitForURL(`**/channel/enterprises/${id}`), page.keyboard.press('Enter')]);
			await page.getByRole('heading', { level: 1, name }).waitFor();
			await atRest(page);
		}
		await ask(page, `${name} 2025`);
		const report = m.shell_search_report({ enterprise: name, year: 2025 }, { locale });
		await options(page).filter({ hasText: report }).first().waitFor();
		await goDownTo(page, report);
		await Promise.all([page.waitForURL('**/channel/reports/*'), page.keyboard.press('Enter')]);
		expect(complaints).toEqual([]);
	});

	test('a page of the office and a topic of the guide', async () => {
		const { page, complaints } = await enter('mofcom-approver', locale);
		const screen = m.shell_nav_progress({}, { locale });
		await ask(page, screen);
		await page
			.getByRole('group', { name: m.shell_search_screens({}, { locale }) })
			.getByRole('option', { name: screen })
			.first()
			.waitFor();
		await page.keyboard.press('ArrowDown');
		await Promise.all([page.waitForURL('**/ministry/progress'), page.keyboard.press('Enter')]);
		await atRest(page);
		await ask(page, m.shell_guide_when({}, { locale }));
		await options(page).first().waitFor();
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await Promise.all([page.waitForURL('**/guide#when'), page.keyboard.press('Enter')]);
		expect(complaints).toEqual([]);
	});

	test('nothing found is said with what to do; Esc closes, and Enter without a choice opens the list', async () => {
		const { page, complaints } = await enter('mofcom-approver', locale);
		const typed = '没有这家企业';
		await ask(page, typed);
		await page.locator('header .found').getByText(m.shell_search_nothing({ typed }, { locale })).waitFor();
		expect(await page.locator('header .found').textContent()).toContain(m.shell_search_hint({}, { locale }));
		expect(await page.locator('header form [role=status]').textContent()).toBe(m.shell_search_nothing({ typed }, { locale }));
		await page.keyboard.press('Escape');
		await page.locator('header .found').waitFor({ state: 'hidden' });
		expect(await boxOf(page).getAttribute('aria-expanded')).toBe('false');
		expect(await boxOf(page).inputValue()).toBe(typed);
		await Promise.all([page.waitForURL((url) => url.pathname === '/ministry/reports' && url.searchParams.get('q') === typed), page.keyboard.press('Enter')]);
		expect(complaints).toEqual([]);
	});
});

test('on a slow line it says that it is searching, and what comes late is dropped', async () => {
	const { page } = await enter('mofcom-approver');
	let asked = 0;
	await page.route('**/search/suggestions?*', async (route) => {
		asked += 1;
		if (asked === 1) await new Promise((later) => setTimeout(later, 1500));
		await route.continue().catch(() => undefined);
	});
	await page.keyboard.press('Control+k');
	await page.keyboard.type('江苏');
	await page
		.locator('header .found')
		.getByText(m.shell_search_waiting({}, { locale: 'zh-CN' }))
		.waitFor();
	await page.keyboard.type('没有');
	await page
		.locator('header .found')
		.getByText(m.shell_search_nothing({ typed: '江苏没有' }, { locale: 'zh-CN' }))
		.waitFor();
	await page.waitForTimeout(1500);
	expect(await options(page).count()).toBe(0);
	// Without a connection the form still works.
	await page.route('**/search/suggestions?*', (route) => route.abort());
	await page.keyboard.type('吗');
	await page
		.locator('header .found')
		.getByText(m.shell_search_failed({}, { locale: 'zh-CN' }))
		.waitFor();
});

test('on a phone what is found stands inside the window', async () => {
	const { page } = await enter('js-commerce-approver');
	await page.setViewportSize({ width: 390, height: 800 });
	const { name } = await firm('320000');
	await boxOf(page).focus();
	await page.keyboard.type(name.slice(0, 4));
	await options(page).first().waitFor();
	const found = await page.locator('header .found').boundingBox();
	expect(found && found.x >= 0 && found.x + found.width <= 390).toBe(true);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(1);
	await options(page).first().click();
	await page.waitForURL('**/channel/**');
});

test.each([
	['js-maker-approver', '/search'],
	['js-commerce-approver', '/channel/enterprises'],
	['group-approver', '/channel/enterprises'],
	['miit-approver', '/ministry/reports'],
	['admin', '/admin/organisations'],
	['auditor', '/search']
])('without script the box of %s leads to %s', async (username, path) => {
	const { page } = await enter(username);
	const cookies = await page.context().cookies();
	const plain = await browser.newContext({ baseURL: application.url, javaScriptEnabled: false });
	await plain.addCookies(cookies);
	const still = await plain.newPage();
	await still.goto('/inbox');
	await still.fill('header input[name=q]', '2025');
	await Promise.all([still.waitForURL((url) => url.pathname === path && url.searchParams.get('q') === '2025'), still.press('header input[name=q]', 'Enter')]);
	expect(await still.locator('h1').count()).toBe(1);
	if (path === '/search') expect(await still.locator('main li a').count()).toBeGreaterThan(0);
	await plain.close();
});
