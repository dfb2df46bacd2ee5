import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';

/** 企业一页纸: an enterprise of many years is one page of A4, whatever the language and with every box filled; its page says the same. */
let application: Application;
let browser: Browser;
let fullest: { readonly id: string; readonly years: number }[];
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
	// Of each category the enterprise with most years.
	fullest = await application.adminSql<{ id: string; years: number }[]>`
		select distinct on (d.category) e.id, count(r.id)::int as years from enterprise e join designation d on d.enterprise_id = e.id
		join annual_report r on r.designation_id = d.id
		where (select count(*) from designation x where x.enterprise_id = e.id) = 1
		group by d.category, e.id order by d.category, count(r.id) desc, length(max(e.name)) desc, e.id`;
	// As full as a sheet gets: more open questions than it lists.
	await application.adminSql`
		insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
			comparison, n, state, due_on, asked_at, since_at)
		select r.designation_id, k.metric, r.year - 1, 'final', r.id, r.year, 1, r.category, r.channel_id, r.enterprise_id, 1, 'modified-z-1', 'category', 20,
			'asked', '2027-01-31', now(), now()
		from annual_report r join annual_report_version v on v.report_id = r.id and v.no = 1
		cross join (values ('revenue'), ('total_assets'), ('intermediate_title_or_above'), ('employees')) k (metric)
		where r.enterprise_id = any(${fullest.map(({ id }) => id)}::bigint[]) and r.year = 2025 on conflict do nothing`;
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

async function enter(locale: 'zh-CN' | 'en'): Promise<Page> {
	const visitor = await openVisitor(browser, application.url, { locale });
	// The language is the account's, whatever browser it comes from.
	await application.adminSql`update person set locale = ${locale} where id = (select id from auth."user" where username = 'mofcom-approver')`;
	const password = inject('demonstrationAccounts').find((account) => account.username === 'mofcom-approver')?.password ?? '';
	await signInAs(visitor.page, { username: 'mofcom-approver', password });
	return visitor.page;
}

const pagesOf = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page(?!s)/g)].length;

describe('an enterprise on one page', () => {
	test.each(['zh-CN', 'en'] as const)('is one page of A4 in %s', { timeout: 120_000 }, async (locale) => {
		const page = await enter(locale);
		expect(fullest.map(({ years }) => years).every((years) => years >= 4)).toBe(true);
		for (const { id } of fullest) {
			// Five audited years, the running one, and open questions: as full as a sheet gets.
			await page.goto(`/ministry/enterprises/${id}/print`);
			const pdf = await page.pdf({ preferCSSPageSize: true });
			expect(pagesOf(pdf), `enterprise ${id}`).toBe(1);
			expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[\s*0 0 59[45][.\d]* 84[12][.\d]*\s*\]/);
			const sheet = page.locator('.one-page');
			expect(await sheet.locator('svg').count()).toBeGreaterThanOrEqual(3);
			expect(await sheet.locator('svg').count()).toBeLessThanOrEqual(6);
			expect(await sheet.innerText()).toContain(m.firm_sheet_metrics({}, { locale }));
			expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
		}
		await page.context().close();
	});

	test('two designations are two sheets, each a page', { timeout: 120_000 }, async () => {
		const [twice] = await application.adminSql<{ id: string }[]>`
			select enterprise_id as id from designation group by enterprise_id having count(*) = 2 and count(distinct category) = 2 order by enterprise_id limit 1`;
		const page = await enter('zh-CN');
		if (twice) {
			await page.goto(`/ministry/enterprises/${twice.id}/print`);
			expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(2);
		}
		expect(twice).toBeDefined();
		await page.context().close();
	});

	test('its page leads to it, to its questions and to its reports', { timeout: 120_000 }, async () => {
		const page = await enter('zh-CN');
		const id = fullest[0]?.id ?? '';
		await page.goto(`/ministry/enterprises/${id}`);
		const html = await page.content();
		// What was measured with six years of figures; it is to stay moderate.
		expect(Buffer.byteLength(html)).toBeLessThan(110_000);
		expect(await page.getByRole('heading', { name: m.firm_criteria_title({}, { locale: 'zh-CN' }) }).count()).toBe(1);
		expect(await page.locator('ol a[href^="/ministry/reports/"]').count()).toBeGreaterThanOrEqual(3);
		expect(await page.locator('a[href^="/ministry/follow-ups/"]').count()).toBeGreaterThanOrEqual(4);
		await page.getByRole('link', { name: m.firm_sheet({}, { locale: 'zh-CN' }) }).click();
		await page.waitForURL(`**/ministry/enterprises/${id}/print`);
		await page.context().close();
	});
});
