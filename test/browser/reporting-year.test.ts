import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { templateHeader } from '#lib/domain/register/cohort-columns.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { m } from '#lib/paraglide/messages.js';
import { hashPassword } from '#lib/server/auth/password.ts';
import { answersOf } from '../domain/form/filing-examples.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * A whole reporting year in a browser, as its people live it, on a database that knows nobody but the offices: the list is imported, the
 * year opened, the firm's person invited; the report filed, returned, corrected, signed by both departments, forwarded and received.
 *
 * It is lived in Chinese. At every step the page is also opened by somebody who reads English, as it stands at that moment.
 */
const PASSWORD = 'plum blossom in the first snow';
const SECTIONS = ['basics', 'people', 'economics', 'manufacturing', 'progress', 'needs', 'declaration'] as const;

let application: Application;
let browser: Browser;
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: '2026-10-12T09:00:00+08:00', from: 'empty' }), launchBrowser()]);
	const hash = await hashPassword(PASSWORD);
	for (const [username, kind, channel] of [
		['mofcom', 'mofcom', null],
		['miit', 'miit', null],
		['commerce', 'commerce', '320000'],
		['industry', 'industry', '320000']
	] as const) {
		const sql = application.adminSql;
		await sql`insert into person (id, name, email) values (${username}, ${username}, ${`${username}@example.com`})`;
		await sql`select account_open(${username}, ${username}, ${`${username}@example.com`}, ${username}, ${hash})`;
		await sql`insert into membership (person_id, org_id, duty) select ${username}, id, 'approver' from organisation where kind = ${kind} and channel_id is
			not distinct from ${channel}`;
	}
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

const zh = { locale: 'zh-CN' } as const;
const en = { locale: 'en' } as const;
const firm = '示例（演示）制造有限公司';
const filerName = '王填报';
const username = 'filer-zh';
const visitors: Visitor[] = [];

afterEach(async () => {
	for (const visitor of visitors) expect(visitor.complaints).toEqual([]);
	for (const visitor of visitors.splice(0)) await visitor.close();
});

async function speak(locale: 'zh-CN' | 'en'): Promise<void> {
	await application.adminSql`update person set locale = ${locale}`;
}
async function window(locale: 'zh-CN' | 'en'): Promise<Page> {
	const visitor = await openVisitor(browser, application.url, { locale });
	visitors.push(visitor);
	return visitor.page;
}
/** A window of one's own, signed in. */
async function enter(user: string, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
	const page = await window(locale);
	await signInAs(page, { username: user, password: PASSWORD });
	return page;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

let reader: Page | undefined;
/**
 * The page of this address in English, as the same person sees it now. It may be tried there what is only looked at, never sent. One window
 * reads for everybody: the page that is lived in takes its language from its own cookie, so that one stays as it is.
 */
async function inEnglish(page: Page, read: (english: Page) => Promise<unknown>): Promise<void> {
	const english = (reader ??= await window('en'));
	const session = (await page.context().cookies()).filter(({ name }) => name !== 'locale');
	await english.context().clearCookies();
	await english.context().addCookies([...session, { name: 'locale', value: 'en', url: application.url }]);
	await speak('en');
	await english.goto(page.url());
	expect(await english.locator('html').getAttribute('lang')).toBe('en');
	await read(english);
	await speak('zh-CN');
}

/** The report has gone; where it has not, what the page says of it is what the test says. */
async function submitted(page: Page): Promise<void> {
	await page.waitForURL(/\/receipt/).catch(async (error: unknown) => {
		throw new Error(`not submitted, and the page says:\n${await page.locator('main').innerText()}`, { cause: error });
	});
}

/** MOFCOM's list of one firm goes through the dry run and is then taken over. */
async function importList(mofcom: Page, say: typeof zh | typeof en, row: readonly string[]): Promise<void> {
	await mofcom.goto('/ministry/cohort/import');
	const csv = [templateHeader(say.locale), row].map((cells) => cells.join(',')).join('\r\n');
	await mofcom.locator('input[type="file"]').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${csv}\r\n`) });
	await button(mofcom, m.cohort_try({}, say)).click();
	await mofcom.getByRole('heading', { level: 1, name: m.cohort_preview({}, say) }).waitFor();
	expect(await mofcom.locator('main').innerText()).toContain(row[0]);
	await button(mofcom, m.cohort_apply({}, say)).click();
	await mofcom.getByText(m.cohort_applied_title({}, say)).waitFor();
}
const listed = (name: string, code: number, filer: string, mail: string): readonly string[] => [
	name,
	syntheticCreditCode(code),
	'制造业类',
	'江苏省',
	'2025',
	'2025-06-01',
	'示例公告1号',
	filer,
	'13800000000',
	mail,
	'李审核',
	'13900000000',
	''
];

/** Ticks the list of what was checked, writes the opinion and signs it. */
async function sign(department: Page, opinion: string): Promise<void> {
	for (const box of await department.locator('input[name="checklist"]').all()) await box.check();
	await department.locator('#opinion').fill(opinion);
	await department
		.locator('form')
		.filter({ has: department.locator('#opinion') })
		.getByRole('button')
		.first()
		.click();
	await department.locator('#opinion').waitFor({ state: 'detached' });
}

/** Fills in the return of a report up to the look at it before it is sent. */
async function prepareReturn(industry: Page, say: typeof zh | typeof en, remark: string): Promise<void> {
	await industry.getByText(m.channel_return({}, say), { exact: true }).first().click();
	await industry.locator('select[name="reasonCode"]').selectOption('figure_doubtful');
	await button(industry, m.channel_comment_add({}, say)).click();
	await industry.locator('select[name="commentKey"]').first().selectOption('employees@forecast');
	await industry.locator('textarea[name="commentRemark"]').first().fill(remark);
	await button(industry, m.channel_return_check({}, say)).click();
	await button(industry, m.channel_return_send({}, say)).waitFor();
}

describe('a reporting year', () => {
	test('from the imported list to received by both ministries, each page read in English on the way', { timeout: 240_000 }, async () => {
		// 1 MOFCOM imports the list: a dry run first, then one act.
		const mofcom = await enter('mofcom');
		await importList(mofcom, zh, listed(firm, 902, filerName, `${username}@example.com`));

		// 2 MIIT opens the year with the proposed dates.
		const miit = await enter('miit');
		await miit.goto('/ministry/years');
		await inEnglish(miit, (english) => button(english, m.ministry_open_year({}, en)).waitFor());
		await miit.locator('input[name="year"]').fill('2026');
		await button(miit, m.ministry_open_year({}, zh)).click();
		await miit.waitForURL(/done=opened/);
		expect(await miit.locator('main').innerText()).toContain('2026');
		await inEnglish(miit, async (english) => expect(await english.locator('main').innerText()).toContain('2026'));

		// 3 The commerce department invites the firm's person; the link in the mail makes the account.
		const commerce = await enter('commerce');
		await commerce.goto(`/channel/people?q=${encodeURIComponent(firm)}`);
		await commerce.locator('tbody').getByRole('link', { name: firm }).click();
		await commerce.locator('#invite-email').waitFor();
		await inEnglish(commerce, (english) => english.locator('#invite-email').waitFor());
		await commerce.locator('#invite-name').fill(filerName);
		await commerce.locator('#invite-email').fill(`${username}@example.com`);
		await commerce.locator('#invite-duty').selectOption('approver');
		await commerce
			.locator('form')
			.filter({ has: commerce.locator('#invite-email') })
			.getByRole('button')
			.click();
		await commerce.waitForURL(/said=/);
		const mailbox = await window('zh-CN');
		await mailbox.goto('/inbox/mail');
		const letter = (await mailbox.locator('main').textContent()) ?? '';
		const link = /\/invitation\/[A-Za-z0-9_-]+/.exec(letter)?.[0];
		expect(link, letter).toBeDefined();
		await mailbox.goto(link ?? '');
		await inEnglish(mailbox, (english) => button(english, m.account_open({}, en)).waitFor());
		await mailbox.locator('input[name="username"]').fill(username);
		await mailbox.locator('input[name="password"]').fill(PASSWORD);
		await mailbox.locator('input[name="again"]').fill(PASSWORD);
		await button(mailbox, m.account_open({}, zh)).click();
		await mailbox.waitForURL((url) => !url.pathname.startsWith('/invitation'));

		// 4 The filer fills every section, attaches the audited statements and submits.
		const filer = await enter(username);
		await filer.goto('/enterprise/reports/2026');
		await inEnglish(filer, (english) => button(english, m.filing_start({}, en)).waitFor());
		await button(filer, m.filing_start({}, zh)).click();
		await filer.waitForURL('**/enterprise/reports/2026/basics');
		const answers = answersOf('manufacturing');
		for (const section of SECTIONS) {
			await filer.goto(`/enterprise/reports/2026/${section}`);
			for (const [key, value] of Object.entries(answers)) {
				const box = filer.locator(`main [name="${key}"]`);
				const count = await box.count();
				if (count === 0) continue;
				const kind = await box.first().evaluate((element) => (element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase()));
				if (kind === 'radio' || kind === 'checkbox') await filer.locator(`main [name="${key}"][value="${value}"]`).check();
				else if (kind === 'select') await box.first().selectOption(value);
				else await box.first().fill(value);
			}
			await filer.locator('main button[name="next"]').first().click();
			await filer.waitForURL((url) => !url.pathname.endsWith(`/${section}`));
		}
		await filer.goto('/enterprise/reports/2026/files');
		await filer.locator('input[type="file"]').first().setInputFiles({ name: 'audited.pdf', mimeType: 'application/pdf', buffer: pdf() });
		await filer.getByRole('link', { name: 'audited.pdf' }).first().waitFor();
		await filer.goto('/enterprise/reports/2026/check');
		await filer.getByText(m.report_nothing_blocks({}, zh)).waitFor();
		await inEnglish(filer, (english) => english.getByText(m.report_nothing_blocks({}, en)).waitFor());
		await filer
			.locator('form')
			.filter({ has: filer.locator('input[name="afterVersion"]') })
			.getByRole('button')
			.click();
		await submitted(filer);
		const receipt = await filer.locator('main').innerText();
		expect(receipt).toMatch(/2026-M-320000-\d{6}-01/);
		await inEnglish(filer, async (english) => expect(await english.locator('main').innerText()).toMatch(/2026-M-320000-\d{6}-01/));

		// 5 The industry department returns it with a comment pinned to a figure.
		const industry = await enter('industry');
		await industry.goto('/channel/reports?state=submitted');
		await industry.getByRole('link', { name: firm }).first().click();
		await industry.waitForURL(/\/channel\/reports\/\d+/);
		await inEnglish(industry, (english) => prepareReturn(english, en, 'Please check the number.'));
		await prepareReturn(industry, zh, '请核对人数。');
		await button(industry, m.channel_return_send({}, zh)).click();
		await industry.getByText(m.channel_undo_return({}, zh)).first().waitFor();
		await inEnglish(industry, (english) => english.getByText(m.channel_undo_return({}, en)).first().waitFor());

		// 6 The filer answers, changes the figure and submits again.
		await filer.goto('/enterprise/reports/2026');
		await inEnglish(filer, (english) => english.locator('textarea[name="answer"]').first().waitFor());
		await filer.locator('textarea[name="answer"]').first().fill('已按工资表更正。');
		await filer
			.locator('form')
			.filter({ has: filer.locator('textarea[name="answer"]') })
			.getByRole('button')
			.first()
			.click();
		await filer.getByText(m.filing_remark_done({}, zh)).first().waitFor();
		await inEnglish(filer, (english) => english.getByText(m.filing_remark_done({}, en)).first().waitFor());
		await filer.goto('/enterprise/reports/2026/people');
		await filer.locator('main [name="employees@forecast"]').fill('1290');
		await filer.locator('main button[name="next"]').first().click();
		await filer.waitForURL((url) => !url.pathname.endsWith('/people'));
		await filer.goto('/enterprise/reports/2026/check');
		await filer
			.locator('form')
			.filter({ has: filer.locator('input[name="afterVersion"]') })
			.getByRole('button')
			.click();
		await submitted(filer);
		expect(await filer.locator('main').innerText()).toMatch(/2026-M-320000-\d{6}-02/);

		// 7 Both departments sign, each for itself; then commerce forwards with the covering letter.
		for (const department of [industry, commerce]) {
			await department.goto('/channel/reports?state=submitted');
			await department.getByRole('link', { name: firm }).first().click();
			await department.locator('#opinion').waitFor();
			if (department === industry) await inEnglish(department, (english) => english.locator('#opinion').waitFor());
			await sign(department, '同意报送。');
		}
		await commerce.goto('/channel/forward');
		const prepare = async (page: Page): Promise<void> => {
			await page.locator('input[name="letterNo"]').fill('Letter 1');
			await page.locator('input[name="letterOn"]').fill('2026-10-12');
			await page.locator('button[name="step"][value="check"]').click();
			await page.locator('button[name="step"][value="send"]').waitFor();
		};
		await inEnglish(commerce, prepare);
		await prepare(commerce);
		await commerce.locator('button[name="step"][value="send"]').click();
		await commerce.waitForURL(/\/channel\/forward\/\d+/);
		expect(await commerce.locator('main').innerText()).toContain(firm);
		await inEnglish(commerce, async (english) => expect(await english.locator('main').innerText()).toContain(firm));

		// 8 Each ministry receives for itself; received is what both have.
		for (const ministry of [mofcom, miit]) {
			await ministry.goto('/ministry/reports');
			if (ministry === mofcom)
				await inEnglish(ministry, async (english) => {
					await english.getByRole('row', { name: firm }).getByRole('checkbox').check();
					await button(english, m.ministry_receive_chosen({}, en)).waitFor();
				});
			await ministry.getByRole('row', { name: firm }).getByRole('checkbox').check();
			await button(ministry, m.ministry_receive_chosen({}, zh)).click();
			await ministry.waitForLoadState('networkidle');
		}
		const state = async () => (await application.adminSql<{ state: string }[]>`select state from annual_report where enterprise_name = ${firm}`)[0]?.state;
		await expect.poll(state, { timeout: 15_000 }).toBe('received');

		// 9 The filer sees that it arrived, and anybody can see that the receipt is genuine.
		await filer.goto('/enterprise/home');
		expect(await filer.locator('main').innerText()).toContain('2026');
		await inEnglish(filer, async (english) => expect(await english.locator('main').innerText()).toContain('2026'));
	});

	test('a list with English columns, imported in English into the year that is open: the firm has its report at once', async () => {
		await speak('en');
		const works = 'Example Works (demonstration)';
		await importList(await enter('mofcom', 'en'), en, listed(works, 901, 'Wang', 'filer-en@example.com'));
		const [state] = await application.adminSql<{ state: string }[]>`
			select r.state from annual_report r join enterprise e on e.id = r.enterprise_id where e.name = ${works} and r.year = 2026`;
		expect(state?.state).toBe('not_started');
	});
});

/** One empty page: real enough for a check of content. */
function pdf(): Buffer {
	return Buffer.from(
		'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 ' +
			'R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
	);
}
