import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { takesAnybody } from '#lib/server/access.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { markOfAccount } from '../support/page-mark.ts';
import { writesOfTheTree } from '../support/routes.ts';
import { signInAs } from '../support/sign-in.ts';
import { writtenSoFar } from '../support/written.ts';

/**
 * Whose page it is: a session has one person in one office at a time, and pages of several may be open. Whatever is sent from a page that was
 * made for somebody else, for another office or for another thing is refused in words; nothing of it is written, and what was typed stays.
 */
const PASSWORD = 'plum blossom in the first snow';
const TWO_FIRMS = 'two-firms';
const TWO_DEPARTMENTS = 'two-departments';
const TWO_MINISTRIES = 'two-ministries';
const say = { locale: 'zh-CN' } as const;

let application: Application;
let browser: Browser;
const visitors: Visitor[] = [];
/** Both offices of each, by number. */
const offices = new Map<string, readonly { id: string; name: string }[]>();
let ids: { submitted: string };

beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
	const sql = application.adminSql;
	const hash = await hashPassword(PASSWORD);
	const seat = async (username: string, orgs: readonly { id: string; name: string }[]) => {
		await sql`insert into person (id, name, email) values (${username}, '何两处', ${`${username}@example.com`})`;
		await sql`select account_open(${username}, ${username}, ${`${username}@example.com`}, ${username}, ${hash})`;
		for (const { id } of orgs) await sql`insert into membership (person_id, org_id, duty) values (${username}, ${id}, 'approver')`;
		offices.set(username, orgs);
	};
	const firms = await sql<{ id: string; name: string }[]>`
		select o.id::text, o.name_zh as name from organisation o join annual_report r on r.enterprise_id = o.enterprise_id
		where r.year = 2026 and r.state = 'draft' and r.category = 'manufacturing' order by o.id limit 2`;
	const ofKinds = (kinds: readonly string[], channel: string | null) =>
		sql<{ id: string; name: string }[]>`
			select id::text, name_zh as name from organisation where kind in ${sql(kinds)} and channel_id is not distinct from ${channel} order by kind`;
	await seat(TWO_FIRMS, firms);
	// A province that has both something to give an opinion on and something to forward.
	const [province] = await sql<{ id: string }[]>`
		select r.channel_id as id from annual_report r where r.year = 2026 and r.court = 'channel'
			and exists (select from annual_report s where s.channel_id = r.channel_id and s.year = 2026 and s.state = 'submitted') order by 1 limit 1`;
	const channel = String(province?.id);
	await seat(TWO_DEPARTMENTS, await ofKinds(['commerce', 'industry'], channel));
	await seat(TWO_MINISTRIES, await ofKinds(['mofcom', 'miit'], null));
	const [report] = await sql<{ id: string }[]>`
		select r.id::text from annual_report r where r.year = 2026 and r.state = 'submitted' and r.channel_id = ${channel}
			and not exists (select from opinion o where o.report_id = r.id and o.withdrawn_at is null) order by r.id limit 1`;
	ids = { submitted: String(report?.id) };
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});
afterEach(async () => {
	for (const visitor of visitors.splice(0)) await visitor.close();
});

describe('every write of the tree', () => {
	const AREAS: readonly (readonly [string, string])[] = [
		['/enterprise', 'js-maker-approver'],
		['/channel', 'js-commerce-approver'],
		['/ministry', 'mofcom-approver'],
		['/admin', 'admin'],
		['/audit', 'auditor']
	];
	const accountFor = (route: string) => AREAS.find(([area]) => route.startsWith(area))?.[1] ?? 'js-maker-approver';
	const addressOf = (route: string) =>
		route.replace(/\[(\w+)\]/g, (_, name: string) => ({ year: '2026', section: 'economics', slot: 'evidence', id: ids.submitted })[name] ?? '1');
	const cookies = new Map<string, string>();

	async function signIn(username: string): Promise<string> {
		const password = inject('demonstrationAccounts').find((account) => account.username === username)?.password ?? '';
		const answer = await fetch(`${application.url}/login`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: application.url },
			body: new URLSearchParams({ identifier: username, password })
		});
		return answer.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
	}

	/** Sends what reads like a form or data, from a page with this mark; by a form's field as well as by the header. */
	async function send({ route, method, action }: ReturnType<typeof writesOfTheTree>[number], mark: string | null, by: 'field' | 'header', script: boolean) {
		const username = accountFor(route);
		if (!cookies.has(username)) cookies.set(username, await signIn(username));
		const body = new URLSearchParams({
			remark: '从另一页写来',
			version: '1',
			locale: 'en',
			seat: '1',
			name: '某',
			...(mark !== null && by === 'field' ? { __page: mark } : {})
		});
		return fetch(`${application.url}${addressOf(route)}${action === '' ? '' : `?${action}`}`, {
			method,
			redirect: 'manual',
			headers: {
				cookie: cookies.get(username) ?? '',
				origin: application.url,
				accept: script ? 'application/json' : 'text/html',
				...(script && method === 'POST' ? { 'x-sveltekit-action': 'true' } : {}),
				...(mark !== null && by === 'header' ? { 'x-page': mark } : {})
			},
			...(method === 'PATCH' || method === 'PUT' ? { body: '{"changes":[]}' } : { body })
		});
	}

	test(
		'is refused from no page, a forged one, another person’s, another office’s and another thing’s, and nothing is written',
		{ timeout: 240_000 },
		async () => {
			const writes = writesOfTheTree().filter(({ route }) => !takesAnybody(route));
			expect(writes.length).toBeGreaterThan(65);
			expect(
				writesOfTheTree()
					.filter(({ route }) => takesAnybody(route))
					.map(({ route }) => route)
			).toEqual(['/login', '/login/again', '/not-taken', '/password', '/password/[token]']);
			for (const username of new Set(writes.map(({ route }) => accountFor(route)))) cookies.set(username, await signIn(username));
			const before = await writtenSoFar(application.adminSql);
			const taken: string[] = [];
			for (const write of writes) {
				const { route, method, action } = write;
				const username = accountFor(route);
				const personal = /^\/(home|inbox|me|logout|invitation)(\/|$)/.test(route);
				const thing = route.includes('[') && !personal;
				const marks: readonly (readonly [string, string | null])[] = [
					['none', null],
					['forged', `${(await markOfAccount(application, username)).slice(0, -2)}xx`],
					['person', await markOfAccount(application, 'gd-maker-approver')],
					...(personal ? [] : [['office', await markOfAccount(application, username, { orgId: '999999' })] as const]),
					...(thing ? [['thing', await markOfAccount(application, username, { object: '/another/thing/7' })] as const] : [])
				];
				for (const [why, mark] of marks)
					for (const script of [true, false]) {
						const streamed = route === '/enterprise/reports/[year]/files/[slot]';
						const { status } = await send(write, mark, method === 'POST' && !script && !streamed ? 'field' : 'header', script);
						if (status !== 409) taken.push(`${method} ${route}${action}, ${why}${script ? ', by script' : ''}: ${status}`);
					}
			}
			expect(taken).toEqual([]);
			expect(await writtenSoFar(application.adminSql)).toEqual(before);
		}
	);

	test('is no longer refused for its page where the page is its own', async () => {
		const refused: string[] = [];
		for (const write of writesOfTheTree().filter(({ route }) => !takesAnybody(route) && route !== '/logout' && route !== '/me' && route !== '/me/seat')) {
			const answer = await send(write, await markOfAccount(application, accountFor(write.route)), 'header', false);
			const text = await answer.text();
			if (text.includes(m.account_page_not_taken({}, say)) || text.includes('other_page'))
				refused.push(`${write.method} ${write.route}${write.action}: ${answer.status}`);
		}
		expect(refused).toEqual([]);
	});
});

/** Two windows of one browser. */
async function twoTabs(username: string, javaScriptEnabled = true): Promise<{ first: Page; sit: (index: number) => Promise<void> }> {
	const visitor = await openVisitor(browser, application.url, { javaScriptEnabled });
	visitors.push(visitor);
	const first = visitor.page;
	await signInAs(first, { username, password: PASSWORD });
	const second = await visitor.context.newPage();
	/** Somebody takes the seat in the other tab. */
	const sit = async (index: number) => {
		const office = offices.get(username)?.[index];
		await second.goto(`${application.url}/home`);
		// Before any was chosen the home page asks; afterwards the menu of the frame changes it.
		await second
			.locator(`form[action^="/me/seat"] button[name="seat"][value="${office?.id}"]`)
			.first()
			.evaluate((button: HTMLButtonElement) => button.click());
		await second.waitForURL((url) => !['/home', '/me/seat'].includes(url.pathname) || false);
		await second.waitForLoadState();
	};
	return { first, sit };
}
const officeOf = (username: string, index: number) => offices.get(username)?.[index]?.name ?? '';
const mainText = (page: Page) => page.locator('body').innerText();
const draftOf = async (username: string, index: number, key: string) => {
	const [row] = await application.adminSql<{ typed: string }[]>`
		select a.typed from draft_answer a join annual_report r on r.id = a.report_id join organisation o on o.enterprise_id = r.enterprise_id
		where r.year = 2026 and o.id = ${offices.get(username)?.[index]?.id ?? ''} and a.answer_key = ${key}`;
	return row?.typed;
};

describe('two tabs, two firms', () => {
	test(
		'what is typed on the page of one is not saved in the other’s draft, is not lost, and is saved once its office is taken back',
		{ timeout: 120_000 },
		async () => {
			const { first, sit } = await twoTabs(TWO_FIRMS);
			await sit(0);
			await first.goto('/enterprise/reports/2026/economics');
			const box = first.locator('main [name="revenue@forecast"]');
			await box.waitFor();
			await first.waitForLoadState('networkidle');
			await sit(1);
			const [mine, theirs] = [officeOf(TWO_FIRMS, 0), officeOf(TWO_FIRMS, 1)];
			await first.getByText(m.shell_moved_office({ now: theirs, office: mine }, say)).waitFor();
			const before = await writtenSoFar(application.adminSql);
			await box.fill('77123');
			await first.getByText(m.filing_not_saved({}, say)).first().waitFor();
			expect(await mainText(first)).toContain(m.account_page_office({ office: mine, now: m.account_page_you({ name: '何两处', office: theirs }, say) }, say));
			expect(await box.inputValue()).toBe('77123');
			expect(await writtenSoFar(application.adminSql)).toEqual(before);
			await first.getByRole('button', { name: m.shell_moved_back({ office: mine }, say) }).click();
			await first.getByRole('button', { name: m.shell_moved_back({ office: mine }, say) }).waitFor({ state: 'detached' });
			await box.fill('77124');
			await expect.poll(() => draftOf(TWO_FIRMS, 0, 'revenue@forecast'), { timeout: 15_000 }).toBe('77124');
			expect(await draftOf(TWO_FIRMS, 1, 'revenue@forecast')).not.toBe('77124');
		}
	);

	test('a file chosen on the page of one does not come to the other', { timeout: 120_000 }, async () => {
		const { first, sit } = await twoTabs(TWO_FIRMS);
		await sit(0);
		await first.goto('/enterprise/reports/2026/files');
		await first.waitForLoadState('networkidle');
		await sit(1);
		const before = await writtenSoFar(application.adminSql);
		await first
			.locator('input[type="file"]')
			.first()
			.setInputFiles({ name: 'audited.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n') });
		await first
			.getByText(m.account_page_you({ name: '何两处', office: officeOf(TWO_FIRMS, 1) }, say))
			.first()
			.waitFor();
		expect(await writtenSoFar(application.adminSql)).toEqual(before);
	});

	test('without script the page says it, shows what was typed, and sends it once more as the office it was typed for', { timeout: 120_000 }, async () => {
		const { first, sit } = await twoTabs(TWO_FIRMS, false);
		await sit(0);
		await first.goto('/enterprise/reports/2026/progress');
		const box = first.locator('main textarea').first();
		const key = (await box.getAttribute('name')) ?? '';
		await sit(1);
		await box.fill('在第一家企业的页面上写的进展。');
		const before = await writtenSoFar(application.adminSql);
		await first.locator('main form button.btn').last().click();
		await first.getByRole('heading', { name: m.account_page_not_taken({}, say) }).waitFor();
		expect(await mainText(first)).toContain('在第一家企业的页面上写的进展。');
		expect(await writtenSoFar(application.adminSql)).toEqual(before);
		await first.getByRole('button', { name: m.account_page_switch({ office: officeOf(TWO_FIRMS, 0) }, say) }).click();
		await expect.poll(() => draftOf(TWO_FIRMS, 0, key), { timeout: 15_000 }).toBe('在第一家企业的页面上写的进展。');
		expect(await draftOf(TWO_FIRMS, 1, key)).not.toBe('在第一家企业的页面上写的进展。');
	});
});

describe('signing in again on the page itself', () => {
	/** The session ends while the page is open. */
	const endSessions = (username: string) =>
		application.adminSql`delete from auth.session where "userId" = (select id from auth."user" where username = ${username})`;

	test('goes on in the office the page was made for, and only as whom it was made for', { timeout: 120_000 }, async () => {
		const { first, sit } = await twoTabs(TWO_FIRMS);
		await sit(1);
		await first.goto('/enterprise/reports/2026/economics');
		await first.waitForLoadState('networkidle');
		await endSessions(TWO_FIRMS);
		const box = first.locator('main [name="revenue@forecast"]');
		await box.fill('66123');
		const name = first.getByLabel(m.filing_again_name({}, say));
		await name.waitFor();
		const again = async (username: string, password: string) => {
			await name.fill(username);
			await first.getByLabel(m.filing_again_password({}, say)).fill(password);
			await first.getByRole('button', { name: m.filing_again_go({}, say) }).click();
		};
		await again('js-it-approver', inject('demonstrationAccounts').find(({ username }) => username === 'js-it-approver')?.password ?? '');
		await first.getByText(m.account_again_other_person({}, say)).waitFor();
		await again(TWO_FIRMS, PASSWORD);
		await expect.poll(() => draftOf(TWO_FIRMS, 1, 'revenue@forecast'), { timeout: 15_000 }).toBe('66123');
		expect(await draftOf(TWO_FIRMS, 0, 'revenue@forecast')).not.toBe('66123');
	});

	test('without script and with an enhanced form too: the form is kept, and sent as the office it was written for', { timeout: 120_000 }, async () => {
		for (const javaScriptEnabled of [false, true]) {
			const { first, sit } = await twoTabs(TWO_FIRMS, javaScriptEnabled);
			await sit(1);
			await first.goto('/enterprise/people');
			await first.locator('#invite-email').fill(`neu-${javaScriptEnabled}@example.com`);
			await first.locator('#invite-name').fill('郑新人');
			await first.locator('#invite-duty').selectOption('handler');
			await endSessions(TWO_FIRMS);
			await first
				.locator('form')
				.filter({ has: first.locator('#invite-email') })
				.getByRole('button')
				.click();
			await first.locator('input[name="__sign_in_name"]').fill(TWO_FIRMS);
			await first.locator('input[name="__sign_in_password"]').fill(PASSWORD);
			await first.getByRole('button', { name: m.account_again_go_on({}, say) }).click();
			await first.waitForURL(/said=/);
			const [invited] = await application.adminSql<
				{ org: string }[]
			>`select org_id::text as org from invitation where email = ${`neu-${javaScriptEnabled}@example.com`}`;
			expect(invited?.org).toBe(offices.get(TWO_FIRMS)?.[1]?.id);
		}
	});
});

describe('two tabs, two offices', () => {
	/** What is done on the page of the first office after the second was taken in another tab. `fill`: what a person types before. */
	const KINDS: readonly { kind: string; who: string; address: () => string; form: string; fill?: (page: Page) => Promise<unknown> }[] = [
		{
			kind: 'an opinion',
			who: TWO_DEPARTMENTS,
			address: () => `/channel/reports/${ids.submitted}`,
			form: 'form:has(#opinion)',
			fill: (page) => page.locator('#opinion').fill('以商务主管部门名义写的意见')
		},
		{
			kind: 'a return',
			who: TWO_DEPARTMENTS,
			address: () => `/channel/reports/${ids.submitted}`,
			form: 'form[action="?/return"]',
			fill: async (page) => {
				await page.getByText(m.channel_return({}, say), { exact: true }).first().click();
				await page.locator('#return-remark').fill('以商务主管部门名义写的退回');
			}
		},
		{ kind: 'a forwarding', who: TWO_DEPARTMENTS, address: () => '/channel/forward', form: 'main form:has(input[name="letterNo"])' },
		{ kind: 'a reception', who: TWO_MINISTRIES, address: () => '/ministry/reports?year=2026', form: 'main form[method="post"]' },
		{ kind: 'a decision', who: TWO_MINISTRIES, address: () => '/ministry/years', form: 'main form[method="post"]' },
		{ kind: 'a setting', who: TWO_MINISTRIES, address: () => '/ministry/calendar', form: 'main form[method="post"]' }
	];

	test.each(KINDS)('$kind is refused on the page of the other', { timeout: 120_000 }, async ({ who, address, form, fill }) => {
		const { first, sit } = await twoTabs(who);
		await sit(0);
		await first.goto(address());
		await first.waitForLoadState('networkidle');
		await sit(1);
		const before = await writtenSoFar(application.adminSql);
		await fill?.(first);
		await first
			.locator(form)
			.first()
			.evaluate((element: HTMLFormElement) => {
				element.noValidate = true;
				element.requestSubmit();
			});
		await first.getByText(m.account_page_not_taken({}, say)).first().waitFor();
		expect(await mainText(first)).toContain(officeOf(who, 0));
		expect(await writtenSoFar(application.adminSql)).toEqual(before);
		if (fill)
			expect(
				await first
					.locator(form)
					.locator('textarea')
					.evaluateAll((boxes: HTMLTextAreaElement[]) => boxes.map(({ value }) => value).join(' '))
			).toContain('以商务主管部门名义写的');
	});

	test('changed back by the form itself, the opinion is signed as the department whose page it was typed on', { timeout: 120_000 }, async () => {
		const { first, sit } = await twoTabs(TWO_DEPARTMENTS);
		await sit(0);
		await first.goto(`/channel/reports/${ids.submitted}`);
		await first.waitForLoadState('networkidle');
		await sit(1);
		for (const box of await first.locator('input[name="checklist"]').all()) await box.check();
		await first.locator('#opinion').fill('同意报送。');
		await first.locator('form:has(#opinion)').getByRole('button').first().click();
		await first.getByRole('button', { name: m.account_page_switch({ office: officeOf(TWO_DEPARTMENTS, 0) }, say) }).click();
		await first.waitForURL(/done=signed/);
		const signed = await application.adminSql<
			{ department: string }[]
		>`select department from opinion where report_id = ${ids.submitted} and person_id = ${TWO_DEPARTMENTS}`;
		expect(signed).toEqual([{ department: 'commerce' }]);
	});

	test('somebody else signed in in the other tab: the page says who, and nothing goes out in their name', { timeout: 120_000 }, async () => {
		const { first, sit } = await twoTabs(TWO_DEPARTMENTS);
		await sit(1);
		await first.goto('/channel/forward');
		await first.waitForLoadState('networkidle');
		const second = await first.context().newPage();
		await first.context().clearCookies();
		await signInAs(second, {
			username: 'js-commerce-approver',
			password: inject('demonstrationAccounts').find(({ username }) => username === 'js-commerce-approver')?.password ?? ''
		});
		await first.locator('.moved').waitFor();
		const before = await writtenSoFar(application.adminSql);
		await first
			.locator('main form:has(input[name="letterNo"])')
			.first()
			.evaluate((element: HTMLFormElement) => {
				element.noValidate = true;
				element.requestSubmit();
			});
		await first.getByText(m.account_page_not_taken({}, say)).first().waitFor();
		expect(await first.getByRole('button', { name: /切换到/ }).count()).toBe(0);
		expect(await writtenSoFar(application.adminSql)).toEqual(before);
	});
});
