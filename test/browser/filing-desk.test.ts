import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * The filing page as filers live with it: what is typed is saved box by box and lost by no accident (offline, a colleague in the same box,
 * the end of a session, a text nobody can store), and everything is reached by keyboard.
 */
/** For a machine that does other things too. */
const PATIENT = { timeout: 10_000 };
const REPORT = '/enterprise/reports/2026';
let application: Application;
let browser: Browser;
let visitors: Visitor[] = [];

beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});
beforeEach(() => {
	visitors = [];
});
afterEach(async () => {
	for (const { complaints, close } of visitors) {
		expect(complaints).toEqual([]);
		await close();
	}
});

async function enter(username: string, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
	const visitor = await openVisitor(browser, application.url, { locale });
	visitors.push(visitor);
	const account = inject('demonstrationAccounts').find((one) => one.username === username);
	if (!account) throw new Error(`the demonstration has no account ${username}`);
	await application.adminSql`update person set locale = ${locale} where id = (select id from auth."user" where username = ${username})`;
	await signInAs(visitor.page, account);
	return visitor.page;
}

const box = (page: Page, key: string) => page.locator(`main [name="${key}"]`);
/** What the server has in a box of the maker's draft. */
async function stored(key: string): Promise<string | undefined> {
	const [row] = await application.adminSql<{ typed: string }[]>`
		select typed from draft_answer join annual_report r on r.id = report_id join membership on true join organisation o on o.id = org_id
			and o.enterprise_id = r.enterprise_id
		join auth."user" u on u.id = person_id where u.username = 'js-maker-filer' and r.year = 2026 and answer_key = ${key}`;
	return row?.typed;
}
const saved = (key: string, typed: string) => expect.poll(() => stored(key), PATIENT).toBe(typed);
/** The first row of the table, as a person reads it. */
const row = (page: Page, id: string) => page.locator('tr', { has: page.locator(`#row-${id}`) });

async function paste(page: Page, key: string, text: string): Promise<void> {
	await box(page, key).focus();
	await box(page, key).evaluate((element, block) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', block);
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, text);
}

describe.each(['zh-CN', 'en'] as const)('the table, in %s', (locale) => {
	const say = { locale };

	test('saves while one types, judges at once, and moves by keyboard', async () => {
		const page = await enter('js-maker-filer', locale);
		await page.goto(`${REPORT}/economics`);
		await box(page, 'revenue@final').fill('60,000');
		await saved('revenue@final', '60,000');
		await expect.poll(() => page.locator('.bar').first().innerText(), PATIENT).toMatch(/\d\d:\d\d:\d\d/);

		await box(page, 'revenue@final').press('Enter');
		expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('profit@final');
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('revenue@forecast');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('６６，０００');
		await saved('revenue@forecast', '６６，０００');
		expect(await row(page, 'revenue').locator('td.change').innerText()).toContain('10.0%');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('3.5亿');
		const offer = page.getByRole('button', { name: m.filing_correct_to({ value: locale === 'en' ? '35,000 × CNY 10,000' : '35,000 万元' }, say) });
		await expect.poll(() => page.locator('#lines-revenue').innerText(), PATIENT).toMatch(/35,000/);
		expect(await box(page, 'revenue@forecast').getAttribute('aria-invalid')).toBe('true');
		// The one-tap correction goes with the problem; the focus goes on in the box.
		await offer.press('Enter');
		await saved('revenue@forecast', '35000');
		expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('revenue@forecast');
		await page.keyboard.press('End');
		await page.keyboard.type('9');
		await page.keyboard.press('Escape');
		expect(await box(page, 'revenue@forecast').inputValue()).toBe('35000');
		await page.keyboard.press('?');
		await page.getByRole('dialog').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
	});
});

test('what is typed, chosen and ticked before the script of the page is there is saved as well', async () => {
	const page = await enter('js-maker-filer');
	for (const [section, changes] of [
		['economics', { 'profit@forecast': '321.5' }],
		['economics', { bank_credit: 'aa' }],
		['basics', { identity_changed: 'yes', address: '示例路 8 号' }]
	] as const) {
		const { promise: arrives, resolve: arrive } = Promise.withResolvers<void>();
		await page.route('**/_app/**/*.js', async (route) => {
			await arrives;
			await route.continue();
		});
		await page.goto(`${REPORT}/${section}`, { waitUntil: 'commit' });
		for (const [key, typed] of Object.entries(changes)) {
			if (typed === 'yes') await page.locator(`main [name="${key}"][value="yes"]`).check();
			else if (key === 'bank_credit') await box(page, key).selectOption(typed);
			else await box(page, key).fill(typed);
		}
		expect(await page.locator('html.has-js').count()).toBe(0);
		arrive();
		for (const [key, typed] of Object.entries(changes)) await saved(key, typed);
		for (const [key, typed] of Object.entries(changes)) if (typed !== 'yes') expect(await box(page, key).inputValue()).toBe(typed);
		await page.unroute('**/_app/**/*.js');
	}
});

test('a block from a sheet is laid over the boxes, says how much, and is taken back with one tap', async () => {
	const page = await enter('js-maker-filer');
	await page.goto(`${REPORT}/people`);
	await box(page, 'employees@final').fill('1500');
	await saved('employees@final', '1500');
	await paste(page, 'employees@final', '1200\t1260\r\n400\t430\r\n200\t210\t9\r\n');
	await saved('intermediate_title_or_above@forecast', '210');
	expect(await box(page, 'bachelor_or_above@final').inputValue()).toBe('400');
	await page.getByText(m.filing_pasted_some({ count: 6, outside: 1 }, { locale: 'zh-CN' })).waitFor();
	await page.getByRole('button', { name: m.filing_undo({}, { locale: 'zh-CN' }) }).click();
	await saved('employees@final', '1500');
	// An empty first cell holds its place: the figure belongs in the next column.
	await paste(page, 'employees@final', '\t1310\r\n');
	await saved('employees@forecast', '1310');
	expect(await box(page, 'employees@final').inputValue()).toBe('1500');
});

test('without a connection the text stays on the device, survives the page, and is sent when the connection is back', async () => {
	const page = await enter('js-maker-filer');
	await page.goto(`${REPORT}/manufacturing`);
	// The page is all there when the connection goes.
	await page.locator('html.has-js').waitFor({ state: 'attached' });
	await page.context().setOffline(true);
	await box(page, 'rd_spending@final').fill('2999.5');
	await page
		.getByText(m.ui_save_offline({}, { locale: 'zh-CN' }))
		.first()
		.waitFor();
	// The window is closed while there is no connection; it is opened again in the same browser.
	await page.close();
	const again = await page.context().newPage();
	await page.context().setOffline(false);
	await again.goto(`${REPORT}/manufacturing`);
	await expect.poll(() => box(again, 'rd_spending@final').inputValue(), PATIENT).toBe('2999.5');
	await saved('rd_spending@final', '2999.5');
});

test('two people in one box are shown to each other and nothing is overwritten unseen; other boxes go on', async () => {
	const [filer, approver] = [await enter('js-maker-filer'), await enter('js-maker-approver')];
	for (const page of [filer, approver]) await page.goto(`${REPORT}/manufacturing`);
	await box(filer, 'equipment_total@final').fill('500');
	await saved('equipment_total@final', '500');
	await box(approver, 'equipment_total@final').fill('510');
	const region = approver.getByRole('status', { name: m.filing_conflict_title({ count: 1 }, { locale: 'zh-CN' }) });
	await region.waitFor();
	expect(await region.innerText()).toMatch(/510[\s\S]*500/);
	expect(await stored('equipment_total@final')).toBe('500');
	await box(approver, 'equipment_networked@final').fill('355');
	await saved('equipment_networked@final', '355');
	await region.getByRole('button', { name: m.filing_conflict_keep_mine({}, { locale: 'zh-CN' }) }).click();
	await saved('equipment_total@final', '510');
	await region.waitFor({ state: 'detached' });
});

test('the session ends in the middle of a form: one signs in in place, and what was typed is saved', async () => {
	const page = await enter('js-maker-filer');
	await page.goto(`${REPORT}/economics`);
	await application.adminSql`delete from auth.session where "userId" = (select id from auth."user" where username = 'js-maker-filer')`;
	await box(page, 'profit@final').fill('-120');
	await page.getByText(m.filing_again_title({}, { locale: 'zh-CN' })).waitFor();
	await box(page, 'profit@forecast').fill('88');
	const account = inject('demonstrationAccounts').find(({ username }) => username === 'js-maker-filer');
	await page.locator('#to-settle input[autocomplete="username"]').fill('js-maker-filer');
	await page.locator('#to-settle input[type="password"]').fill(account?.password ?? '');
	await page.locator('#to-settle button').click();
	await saved('profit@final', '-120');
	await saved('profit@forecast', '88');
	await page.getByText(m.filing_again_title({}, { locale: 'zh-CN' })).waitFor({ state: 'detached' });
});

test('a megabyte in a box is kept where it was typed, named, and never called saved', async () => {
	const page = await enter('js-maker-filer');
	await page.goto(`${REPORT}/progress`);
	const key = 'digital_team';
	await box(page, key).fill('我们的团队');
	await saved(key, '我们的团队');
	await box(page, key).evaluate((element: HTMLTextAreaElement, text) => {
		element.value = text;
		element.dispatchEvent(new InputEvent('input', { bubbles: true }));
	}, '长'.repeat(350_000));
	await page
		.getByRole('alert')
		.filter({ hasText: m.filing_not_saved({}, { locale: 'zh-CN' }) })
		.waitFor();
	expect(await box(page, key).getAttribute('aria-invalid')).toBe('true');
	await page.locator('main button[name="next"]').click();
	await page.waitForTimeout(500);
	expect(new URL(page.url()).pathname).toBe(`${REPORT}/progress`);
	expect(await stored(key)).toBe('我们的团队');
	await page.reload();
	await expect
		.poll(
			() =>
				box(page, key)
					.inputValue()
					.then((text) => text.length),
			PATIENT
		)
		.toBe(350_000);
	await box(page, key).fill('我们的团队有三十人');
	await saved(key, '我们的团队有三十人');
	await page
		.getByRole('alert')
		.filter({ hasText: m.filing_not_saved({}, { locale: 'zh-CN' }) })
		.waitFor({ state: 'detached' });
});

test('a page fetches the scripts of its language only, and follows a language that was chosen in a second tab', async () => {
	const page = await enter('js-maker-filer', 'en');
	const fetched: string[] = [];
	page.on('request', (request) => {
		if (request.resourceType() === 'script' || request.url().endsWith('.js')) fetched.push(new URL(request.url()).pathname);
	});
	await page.goto(REPORT);
	await page.locator('html.has-js').waitFor({ state: 'attached' });
	expect(fetched.length).toBeGreaterThan(10);
	expect(fetched.filter((path) => !path.startsWith('/_app/immutable/en/'))).toEqual([]);

	const second = await page.context().newPage();
	await second.goto('/me');
	await second.locator('main button[name="locale"][value="zh-CN"]').click();
	await second.locator('html[lang="zh-CN"]').waitFor({ state: 'attached' });

	fetched.length = 0;
	await page.locator(`main a[href^="${REPORT}/"]`).first().click();
	await page.locator('html[lang="zh-CN"].has-js').waitFor({ state: 'attached' });
	expect(await page.locator('main').innerText()).not.toContain(m.filing_autosave_on({}, { locale: 'en' }));
	expect(fetched.some((path) => path.startsWith('/_app/immutable/entry/'))).toBe(true);
});
