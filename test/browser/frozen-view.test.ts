import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';
import { m } from '#lib/paraglide/messages.js';
import { accountsFor } from '../support/accounts-opened.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { openYear } from '../support/scene.ts';
import { signInAs } from '../support/sign-in.ts';

/** A frozen view opens as it was, with its pictures and how far it still holds; a comment is left on it; for a channel it is not there. */
const PASSWORD = 'osmanthus in the ninth month';
const say = { locale: 'zh-CN' } as const;
const CODE = 'abcdefgh';
const DOCUMENT: FrozenDocument = {
	layout: 1,
	title: '制造业类信息化投入占比中位数 5.8%（实际），14 家低于五（二）4 的 5%',
	address: '/ministry/progress?year=2026',
	filters: [{ label: '类别', text: '制造业类' }],
	asOf: day('2026-11-20'),
	parts: [
		{
			heading: '近三年中位数逐年上升',
			notes: ['n = 110'],
			pictures: [
				{
					svg:
						'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 120" width="340" height="120"><title>中位数</title>' +
						'<path d="M20 100L170 60L320 30" fill="none" stroke="#1d4f91" stroke-width="2" /></svg>',
					alt: '中位数 2024 年 5.1%，2025 年 5.5%，2026 年 5.8%',
					width: 340,
					height: 120
				}
			],
			table: {
				columns: [
					{ text: '年度', number: true },
					{ text: '中位数（%）', number: true }
				],
				rows: [
					['2024', '5.1'],
					['2025', '5.5'],
					['2026', '5.8']
				]
			}
		}
	],
	reportYears: [2026],
	filter: { ...NO_FILTER, category: 'manufacturing' }
};

let application: Application;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: '2026-11-20T10:00:00+08:00', from: 'empty' }), launchBrowser()]);
	const sql = application.adminSql;
	await openYear(application, 2026);
	const { official } = await accountsFor(application, PASSWORD, 'handler');
	await official('mofcom');
	await official('commerce', '320000');
	const text = JSON.stringify(DOCUMENT);
	await sql`
		insert into frozen_view (code, title, address, document, document_hash, rules, statements, frozen_at, by_kind, person_id, person_name)
		values (${CODE}, ${DOCUMENT.title}, ${DOCUMENT.address}, ${text}, encode(sha256(convert_to(${text}::text, 'UTF8')), 'hex'), '{another}', 0,
			'2026-11-19T02:00:00Z', 'miit', 'p', '赵某')`;
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

test('opens as it was, is commented on, and is not there for a channel', { timeout: 120_000 }, async () => {
	const page = await enter('mofcom');
	await page.goto(`/s/${CODE}`);
	await page.getByRole('heading', { level: 1, name: DOCUMENT.title }).waitFor();
	await page.getByText(m.frozen_status_rule({}, say)).waitFor();
	const picture = page.getByRole('img', { name: '中位数 2024 年 5.1%，2025 年 5.5%，2026 年 5.8%' });
	await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(340);
	await page.getByText(m.frozen_table({}, say), { exact: true }).click();
	expect(await page.locator('tbody tr').count()).toBe(3);
	await page.getByLabel(m.frozen_comment_label({}, say), { exact: false }).fill('请核对 2026 年的数。');
	await page.getByRole('button', { name: m.frozen_comment_send({}, say), exact: true }).click();
	await page.getByText(m.frozen_commented({}, say)).waitFor();
	await page.getByText('请核对 2026 年的数。').waitFor();
	expect(await page.getByRole('link', { name: m.frozen_to_living({}, say) }).getAttribute('href')).toBe(DOCUMENT.address);

	const stranger = await enter('commerce');
	for (const address of [`/s/${CODE}`, `/s/${CODE}/1.svg`, '/s/zzzzzzzz']) expect((await stranger.goto(address))?.status(), address).toBe(404);
	// The three answers are the browser's own complaints of the stranger's page.
	expect(visitors[0]?.complaints).toEqual([]);
});
