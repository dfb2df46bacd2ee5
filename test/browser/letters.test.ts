import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { signInAs } from '../support/sign-in.ts';
import { paragraphsOf, partsOf, tablesOf } from '../support/word-file.ts';
import { writtenSoFar } from '../support/written.ts';

/** 催办函 from the chase board and 通报 from the overview: opened, filled in, looked at and taken away as Word; nothing else changes. */
const say = { locale: 'zh-CN' } as const;
const TODAY = DEMONSTRATION_AS_OF.slice(0, 10);

let application: Application;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

async function enter(username: string, javaScriptEnabled = true): Promise<Page> {
	const visitor = await openVisitor(browser, application.url, { javaScriptEnabled });
	visitors.push(visitor);
	const password = inject('demonstrationAccounts').find((account) => account.username === username)?.password ?? '';
	await signInAs(visitor.page, { username, password });
	return visitor.page;
}
const download = (page: Page) => page.getByRole('button', { name: m.letter_download({}, say) });
async function wordOf(file: Download): Promise<string> {
	const bytes = await readFile(await file.path());
	return (await partsOf(bytes)).get('word/document.xml') ?? '';
}
async function taken(page: Page): Promise<{ name: string; document: string }> {
	const [file] = await Promise.all([page.waitForEvent('download'), download(page).click()]);
	return { name: file.suggestedFilename(), document: await wordOf(file) };
}

describe('a department writes to its enterprises', () => {
	test.each([true, false])('from the board to the file, script %s', { timeout: 120_000 }, async (script) => {
		const page = await enter('js-commerce-handler', script);
		await page.goto('/channel/chase?year=2026&category=manufacturing');
		await page.getByRole('link', { name: m.letter_open({}, say) }).click();
		await page.waitForURL(/\/channel\/chase\/letter\?.*category=manufacturing/);
		const boxes = page.locator('input[name="report"]');
		const count = await boxes.count();
		expect(count).toBeGreaterThan(1);
		// The preview is there before anything is typed, and speaks of all of them.
		expect(await page.locator('#preview').innerText()).toContain(`2026年度报告${count}份`);

		// What is wrong is said at its box, and nothing typed is lost.
		await page.locator('#letterNo').fill('苏商服函〔2026〕第012号');
		await page.locator('#contact').fill('王某 025-12345678');
		await boxes.first().uncheck();
		await download(page).click();
		await page.locator('#letterNo-error').waitFor();
		expect(await page.locator('#letterNo-error').innerText()).toContain(m.letter_problem_number_padded({}, say));
		expect(await page.locator('#letterNo').inputValue()).toBe('苏商服函〔2026〕第012号');
		expect(await page.locator('#contact').inputValue()).toBe('王某 025-12345678');
		expect(await page.locator('input[name="report"]').first().isChecked()).toBe(false);

		await page.locator('#letterNo').fill('苏商服函（2026）12号');
		await page.locator('input[name="signers"][value="joint"]').check();
		await page.getByRole('button', { name: m.letter_preview({}, say) }).click();
		await page.locator('#preview').getByText('苏商服函〔2026〕12号').waitFor();
		expect(await page.locator('#preview').innerText()).toContain(`2026年度报告${count - 1}份`);

		const before = (await writtenSoFar(application.adminSql)) as Record<string, unknown>;
		const { name, document } = await taken(page);
		expect(name).toBe('关于催报2026年度信息技术外包和制造业融合发展情况的函.docx');
		const text = paragraphsOf(document);
		expect(text).toContain('苏商服函〔2026〕12号');
		expect(text).toContain('（王某 025-12345678）');
		expect(text.filter((line) => line.includes('江苏省') && line.includes('主管部门')).join('')).toMatch(/商务主管部门.*工业和信息化主管部门/);
		expect(tablesOf(document)[0]).toHaveLength(count);
		const after = (await writtenSoFar(application.adminSql)) as Record<string, unknown>;
		expect(after).toEqual({ ...before, entries: Number(before['entries']) + 1 });
	});

	test('about those that were ticked on the board', { timeout: 120_000 }, async () => {
		const page = await enter('js-commerce-handler');
		await page.goto('/channel/chase?year=2026&list=not_started');
		await page.locator('tbody input[name="report"]:enabled').first().check();
		await page.getByRole('button', { name: m.letter_chosen({}, say) }).click();
		await page.waitForURL(/\/channel\/chase\/letter\?.*report=/);
		expect(await page.locator('input[name="report"]:checked').count()).toBe(1);
		expect(tablesOf((await taken(page)).document)[0]).toHaveLength(2);
	});

	test('a reader sees what it would say and takes nothing; where there is nobody, the page says so', { timeout: 120_000 }, async () => {
		const page = await enter('js-commerce-reader');
		await page.goto('/channel/chase/letter');
		await page.getByText(m.letter_reader({}, say)).waitFor();
		expect(await download(page).count()).toBe(0);
		await page.goto('/channel/chase/letter?list=waiting');
		await page.getByText(m.letter_nobody_enterprises({}, say)).waitFor();
	});
});

describe('a ministry writes to the channels', () => {
	test.each([
		['urging', '关于催报2026年度信息技术外包和制造业融合发展情况的函', 2],
		['circular', '关于2026年度信息技术外包和制造业融合发展情况报送工作的通报', 1]
	] as const)('%s', { timeout: 120_000 }, async (kind, title, tables) => {
		const page = await enter('mofcom-approver');
		await page.goto('/ministry/progress?year=2026');
		await page.getByRole('link', { name: m.letter_open({}, say) }).click();
		await page.waitForURL(/\/ministry\/progress\/letter/);
		if (kind === 'circular') await page.getByRole('link', { name: m.letter_kind_circular({}, say), exact: true }).click();
		await page.locator('#preview').getByText(title).waitFor();
		const count = await page.locator('input[name="region"]').count();
		expect(await page.locator('input[name="region"]:checked').count()).toBe(count);
		expect(await page.locator('#letterOn').inputValue()).toBe(TODAY);
		const { name, document } = await taken(page);
		expect(name).toBe(`${title}.docx`);
		expect(tablesOf(document)).toHaveLength(tables);
		// The head, every channel, and the sum.
		expect(tablesOf(document)[0]).toHaveLength(count + 2);
		expect(paragraphsOf(document)).toContain(title);
	});

	test('to one channel: addressed to both its departments', { timeout: 120_000 }, async () => {
		const page = await enter('mofcom-approver');
		await page.goto('/ministry/progress/letter?year=2026&region=320000');
		expect(await page.locator('input[name="region"]:checked').count()).toBe(1);
		const { document } = await taken(page);
		expect(paragraphsOf(document)).toContain('江苏省商务主管部门、江苏省工业和信息化主管部门：');
		expect(
			new Set(
				tablesOf(document)[1]
					?.slice(1)
					.map((row) => row[1])
			)
		).toEqual(new Set(['江苏省']));
	});
});
