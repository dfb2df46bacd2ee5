import type { Page } from 'playwright-core';

/** Signs in through the page, as a person does, and waits for the workbench. */
export async function signInAs(page: Page, account: { readonly username: string; readonly password: string }): Promise<void> {
	await page.goto('/login');
	await page.locator('input[name="identifier"]').fill(account.username);
	await page.locator('input[name="password"]').fill(account.password);
	await page.locator('main form').filter({ has: page.locator('input[name="password"]') }).locator('button').last().click();
	await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}
