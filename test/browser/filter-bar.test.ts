import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * The one filter bar: applied at once (that it is one row the walk of every page sees), with and without script; views under a name; menus that close;
 * waiting that shows.
 */
const say = { locale: 'zh-CN' } as const;
let application: Application;
let browser: Browser;
const open: Visitor[] = [];
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

const sessions = new Map<string, Awaited<ReturnType<Visitor['context']['cookies']>>>();
/** Somebody's window; each signs in once. */
async function windowOf(username: string | null, options: Parameters<typeof openVisitor>[2] = {}): Promise<Page> {
	const visitor = await openVisitor(browser, application.url, options);
	open.push(visitor);
	if (username === null) return visitor.page;
	if (!sessions.has(username)) {
		const signing = await openVisitor(browser, application.url);
		const account = inject('demonstrationAccounts').find((one) => one.username === username);
		if (!account) throw new Error(`the demonstration has no account ${username}`);
		await signInAs(signing.page, account);
		sessions.set(username, await signing.context.cookies());
		await signing.close();
	}
	const locale = options.locale ?? 'zh-CN';
	await visitor.context.addCookies((sessions.get(username) ?? []).filter(({ name }) => name !== 'locale'));
	await application.adminSql`update person set locale = ${locale} where id = (select id from auth."user" where username = ${username})`;
	return visitor.page;
}

const bar = (page: Page) => page.locator('search.filters');
const more = (page: Page) => bar(page).locator('details.more');
const views = (page: Page) => bar(page).locator('details.views');
const queryOf = (page: Page) => decodeURIComponent(new URL(page.url()).search);
/** Loaded, and taken over by script. */
async function visit(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.locator(':root.has-js').waitFor({ state: 'attached' });
	// What applies filters, views and manners comes after the page.
	await page.waitForLoadState('networkidle');
}

test('what is unfolded before the script of the page is there stays unfolded, in a bar and in a form', async () => {
	const page = await windowOf('js-industry-approver');
	const report = await page.context().request.get(`${application.url}/channel/reports?state=submitted`);
	const [, id] = /href="(\/channel\/reports\/\d+)"/.exec(await report.text()) ?? [];
	for (const [address, unfolds] of [
		['/channel/reports', 'search.filters details.more'],
		[id ?? '', '#return']
	] as const) {
		const { promise: arrives, resolve: arrive } = Promise.withResolvers<void>();
		await page.route('**/_app/**/*.js', async (route) => {
			await arrives;
			await route.continue();
		});
		await page.goto(address, { waitUntil: 'commit' });
		await page.locator(`${unfolds} > summary`).click();
		expect(await page.locator('html.has-js').count()).toBe(0);
		arrive();
		await page.locator(':root.has-js').waitFor({ state: 'attached' });
		await page.waitForLoadState('networkidle');
		expect(`${address} ${await page.locator(unfolds).evaluate((details) => (details as HTMLDetailsElement).open)}`).toBe(`${address} true`);
		await page.unroute('**/_app/**/*.js');
	}
});

describe('applied at once', () => {
	test('a choice goes into the address alone, is said, stands as a chip and is taken away by it; Back goes back', async () => {
		const page = await windowOf('mofcom-approver');
		await visit(page, '/ministry/reports');
		await bar(page).locator('select[name="court"]').focus();
		await bar(page).locator('select[name="court"]').selectOption('enterprise');
		await page.waitForURL('**/ministry/reports?court=enterprise&year=2026');
		const count = await page.locator('tbody tr').count();
		expect(count).toBeGreaterThan(0);
		await expect.poll(() => bar(page).getByRole('status').textContent()).toMatch(/^共 [\d,]+ 条$/);
		expect(await page.evaluate(() => (document.activeElement as HTMLSelectElement | null)?.name)).toBe('court');
		const chip = page
			.getByRole('list', { name: m.ui_filter_active({}, say) })
			.getByRole('link')
			.first();
		expect(await chip.textContent()).toContain('：');
		await chip.click();
		await page.waitForURL('**/ministry/reports?year=2026');
		await expect.poll(() => bar(page).locator('select[name="court"]').inputValue()).toBe('');
		await page.goBack();
		await page.waitForURL('**/ministry/reports?court=enterprise&year=2026');
		await expect.poll(() => bar(page).locator('select[name="court"]').inputValue()).toBe('enterprise');
	});

	test('text is asked for when the fingers rest: focus and caret stay, what is typed meanwhile stays, and one Back leaves it', async () => {
		const page = await windowOf('mofcom-approver');
		await visit(page, '/ministry/reports');
		const box = bar(page).locator('input[name="q"]');
		await box.focus();
		await page.keyboard.type('示例');
		await page.waitForURL(/\?q=/);
		await page.keyboard.type('一');
		await expect.poll(() => queryOf(page)).toBe('?q=示例一&year=2026');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.type('第');
		await expect.poll(() => queryOf(page)).toBe('?q=示例第一&year=2026');
		expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
		expect(await box.evaluate((element) => (element as HTMLInputElement).selectionStart)).toBe(3);
		await page.goBack();
		await expect.poll(() => queryOf(page)).toBe('');
		await expect.poll(() => box.inputValue()).toBe('');
	});

	test('a character that is being composed is not asked for before it stands', async () => {
		const page = await windowOf('mofcom-approver');
		await visit(page, '/ministry/reports');
		const box = bar(page).locator('input[name="q"]');
		await box.evaluate((element: HTMLInputElement) => {
			element.value = 'shi';
			element.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
		});
		await page.waitForTimeout(800);
		expect(queryOf(page)).toBe('');
		await box.evaluate((element: HTMLInputElement) => {
			element.value = '示';
			element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
		});
		await expect.poll(() => queryOf(page)).toBe('?q=示&year=2026');
	});

	test('the rest stands behind a button, stays open while it is used, and several choices add up', async () => {
		const page = await windowOf('mofcom-approver');
		await visit(page, '/ministry/reports');
		const place = () =>
			page
				.locator('table')
				.first()
				.evaluate((table) => table.getBoundingClientRect().top);
		const before = await place();
		await more(page).locator('summary').click();
		expect(await place(), 'the table stays where it is').toBe(before);
		await more(page).locator('select[name="late"]').selectOption('ent');
		await page.waitForURL('**/ministry/reports?year=2026&late=ent');
		await more(page).locator('select[name="class"]').selectOption('mfg');
		await expect.poll(() => queryOf(page)).toBe('?year=2026&class=mfg&late=ent');
		expect(await more(page).evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true);
		expect(await more(page).locator('summary').textContent()).toContain('（2）');
		await page.keyboard.press('Escape');
		expect(await more(page).evaluate((element) => (element as HTMLDetailsElement).open)).toBe(false);
		expect(
			await more(page)
				.locator('summary')
				.evaluate((element) => element === document.activeElement)
		).toBe(true);
	});
});

describe('keyboard and menus', () => {
	test('Tab walks the bar from left to right', async () => {
		const page = await windowOf('mofcom-approver');
		await visit(page, '/ministry/reports');
		await bar(page).locator('select[name="court"]').focus();
		const walked: string[] = [];
		for (let step = 0; step < 6; step += 1) {
			walked.push(
				await page.evaluate(() => {
					const at = document.activeElement as HTMLElement;
					return at.getAttribute('name') ?? at.closest('details')?.className.split(' ')[0] ?? at.tagName;
				})
			);
			await page.keyboard.press('Tab');
		}
		expect(walked.filter((one) => !/^s-[0-9a-z]{5}$/.test(one))).toEqual(['court', 'q', 'year', 'more', 'views']);
		expect(walked).toHaveLength(6);
	});

	test('one menu is open at a time, in the bar and in the head of the page; what lies outside closes it, and Escape everywhere', async () => {
		const page = await windowOf('mofcom-approver');
		await visit(page, '/ministry/reports');
		const openMenus = () => page.locator('details[name="menu"][open]').count();
		const menus = [
			more(page),
			views(page),
			bar(page).locator('.one details'),
			page.locator('header details.menu').first(),
			page.locator('header details.menu').last(),
			page.locator('main details[name="menu"]', { hasText: m.ui_table_columns({}, say) }).last()
		];
		for (const menu of menus) {
			await menu.locator('summary').first().click();
			expect(await openMenus()).toBe(1);
			expect(await menu.evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true);
		}
		await page.locator('h1').click();
		expect(await openMenus()).toBe(0);
		for (const menu of menus) {
			await menu.locator('summary').first().click();
			await page.keyboard.press('Escape');
			expect(await openMenus()).toBe(0);
			expect(
				await menu
					.locator('summary')
					.first()
					.evaluate((element) => element === document.activeElement)
			).toBe(true);
		}
	});

	test('a question before an act is put away by Escape too, and so is a dialog', async () => {
		const page = await windowOf('js-commerce-approver');
		await visit(page, '/channel/chase');
		await page.keyboard.press('?');
		await page.locator('dialog[open]').waitFor();
		await page.keyboard.press('Escape');
		await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
		await visit(page, '/channel/home');
		const setting = page.locator('main details').first();
		await setting.locator('summary').click();
		await page.keyboard.press('Escape');
		expect(await setting.evaluate((element) => (element as HTMLDetailsElement).open)).toBe(false);
	});
});

describe('no empty parameter in an address', () => {
	test('without script: the button applies, the rest stays open, and every form of a list leaves a clean address', async () => {
		const page = await windowOf('mofcom-approver', { javaScriptEnabled: false });
		await page.goto('/ministry/reports');
		await bar(page).locator('select[name="court"]').selectOption('enterprise');
		await bar(page).locator('form button.primary').first().click();
		await page.waitForURL(/court=enterprise/);
		expect(queryOf(page)).toBe('?court=enterprise&year=2026');
		await more(page).locator('summary').click();
		await more(page).locator('select[name="late"]').selectOption('ent');
		await more(page).locator('button').click();
		await page.waitForURL(/late=ent/);
		expect(new URLSearchParams(queryOf(page)).get('court')).toBe('enterprise');
		expect(queryOf(page)).not.toMatch(/=(&|$)/);
		expect(await more(page).evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true);
		expect(await page.getByText(m.ui_filter_ignored({ name: 'more' }, say)).count()).toBe(0);
		await page.locator('header form[role="search"] button').first().click();
		await page.waitForLoadState();
		expect(page.url()).not.toMatch(/[?&]q=/);
	});

	test.each([
		['/enterprises?q=&class=&region=&cohort=2022&status=', '?cohort=2022'],
		['/verify?receipt=&hash=', '']
	])('%s is sent on to a clean address', async (address, clean) => {
		const page = await windowOf(null, { javaScriptEnabled: false });
		await page.goto(address);
		expect(queryOf(page)).toBe(clean);
	});

	test('a stranger is not sent to another house by two slashes', async () => {
		const answer = await fetch(`${application.url}//elsewhere.invalid/?q=`, { redirect: 'manual' });
		expect(answer.headers.get('location') ?? '').not.toContain('elsewhere');
	});
});

describe('a view under a name', () => {
	const NAME = '待审核（测试）';
	test('saved from the list, shared with the office, opened by a colleague, invisible to every other office', async () => {
		const mine = await windowOf('js-commerce-approver');
		await visit(mine, '/channel/reports?category=manufacturing');
		await views(mine).locator('summary').click();
		await views(mine).locator('input[name="name"]').fill(NAME);
		await views(mine).locator('input[name="shared"]').check();
		await views(mine)
			.getByRole('button', { name: m.ui_views_save({}, say) })
			.click();
		await mine.waitForURL(/said=view_saved/);
		await mine.getByText(m.ui_views_saved({}, say)).waitFor();
		expect(queryOf(mine)).toBe('?category=manufacturing&said=view_saved');
		expect(await views(mine).locator('summary').textContent()).toContain(NAME);

		const colleague = await windowOf('js-commerce-handler');
		await visit(colleague, '/channel/reports');
		await views(colleague).locator('summary').click();
		await views(colleague).getByRole('link', { name: NAME }).click();
		await colleague.waitForURL('**/channel/reports?category=manufacturing');
		expect(await views(colleague).locator('summary').textContent()).toContain(NAME);

		for (const stranger of ['js-industry-approver', 'gd-commerce-approver']) {
			const page = await windowOf(stranger);
			await page.goto('/channel/reports');
			expect(await page.content(), stranger).not.toContain(NAME);
			await page.goto('/views');
			expect(await page.content(), stranger).not.toContain(NAME);
		}
	});

	test('named twice it is asked for again, with what was typed; renamed and deleted on its own page', async () => {
		const page = await windowOf('js-commerce-approver');
		await visit(page, '/channel/reports?category=it_outsourcing');
		await views(page).locator('summary').click();
		await views(page).locator('input[name="name"]').fill(NAME);
		await page.keyboard.press('Enter');
		await page.getByText(m.refusal_view_name_taken({}, say)).first().waitFor();
		await page.locator('#name').fill('外包类');
		await page
			.locator('main form')
			.getByRole('button', { name: m.ui_views_save({}, say) })
			.click();
		await page.waitForURL(/category=it_outsourcing/);
		await page.goto('/views');
		const row = page.locator('tbody tr', { hasText: '外包类' });
		await row.locator('summary', { hasText: m.ui_views_rename({}, say) }).click();
		await row.locator('input[name="name"]').fill('信息技术外包');
		await row
			.locator('form')
			.getByRole('button', { name: m.ui_views_rename({}, say) })
			.click();
		await page.getByText(m.ui_views_done_renamed({}, say)).waitFor();
		const renamed = page.locator('tbody tr', { hasText: '信息技术外包' });
		await renamed.locator('summary', { hasText: m.ui_views_delete({}, say) }).click();
		await renamed
			.locator('form')
			.getByRole('button', { name: m.ui_views_delete({}, say) })
			.click();
		await page.getByText(m.ui_views_done_deleted({}, say)).waitFor();
		expect(await page.locator('tbody tr', { hasText: '信息技术外包' }).count()).toBe(0);
	});

	test('a filter that has gone since is dropped with a note; the rest of the view holds', async () => {
		await application.adminSql`
			insert into saved_view (org_id, person_id, person_name, page, query, name)
			select s.org_id, s.person_id, '示例', '/channel/reports', '?category=shipyards&state=submitted', '旧视图' from membership s
			where s.ended_at is null and s.person_id = (select id from auth."user" where username = 'js-commerce-approver') limit 1`;
		const page = await windowOf('js-commerce-approver');
		await visit(page, '/channel/reports');
		await views(page).locator('summary').click();
		await views(page).getByRole('link', { name: '旧视图' }).click();
		await page.getByText(m.ui_filter_ignored({ name: m.channel_column_category({}, say) }, say)).waitFor();
		expect(queryOf(page)).toContain('state=submitted');
	});
});

describe('waiting and answers', () => {
	const line = (page: Page) => page.locator('.waiting').evaluate((element) => getComputedStyle(element).visibility);
	test('a line shows once a page or an answer takes more than 300 ms, without moving anything, and goes', async () => {
		const page = await windowOf('js-commerce-approver');
		await visit(page, '/channel/contacts');
		expect(await line(page)).toBe('hidden');
		await page.route('**/*', async (route) => {
			if (/__data\.json|\?.*\/check/.test(route.request().url())) await new Promise((done) => setTimeout(done, 1_500));
			await route.continue();
		});
		const place = () => page.locator('h1').evaluate((element) => element.getBoundingClientRect().top);
		const before = await place();
		await bar(page).locator('select[name="list"]').selectOption({ index: 1 });
		expect(await line(page)).toBe('hidden');
		await expect.poll(() => line(page), { interval: 50 }).toBe('visible');
		expect(await place()).toBe(before);
		await page.waitForURL(/list=/);
		await expect.poll(() => line(page)).toBe('hidden');
		await page.goto('/channel/contacts');
		await page.locator(':root.has-js').waitFor({ state: 'attached' });
		await page
			.locator('tbody')
			.getByRole('button', { name: /核对无误|无误/ })
			.first()
			.click();
		await expect.poll(() => line(page), { interval: 50 }).toBe('visible');
		await page.getByText(m.chase_contacts_done_confirmed({}, say)).waitFor();
		await expect.poll(() => line(page)).toBe('hidden');
	});

	test('what an act in a row came to is said without moving the row', async () => {
		const page = await windowOf('js-commerce-approver');
		await visit(page, '/channel/contacts');
		const button = page.getByRole('button', { name: /核对无误/ });
		const row = await page.locator('tbody tr').filter({ has: button }).first().elementHandle();
		const place = () => row?.evaluate((element) => element.getBoundingClientRect().top);
		const before = await place();
		await (await row?.$('button:not(.peek)'))?.click();
		await page.locator('.over[class]').locator('.notice').waitFor();
		expect(await place()).toBe(before);
		await page
			.getByRole('button', { name: m.ui_close({}, say) })
			.last()
			.click();
		expect(await page.locator('main .notice').count()).toBe(0);
	});
});

test('no page of these complained', () => expect(open.flatMap(({ complaints }) => complaints)).toEqual([]));
