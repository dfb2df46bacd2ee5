import { createHmac, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { SESSION_SECRET, type Application } from './application.ts';

/** Signs in through the page, as a person does, and waits for the workbench. */
export async function signInAs(page: Page, account: { readonly username: string; readonly password: string }): Promise<void> {
	await page.goto('/login');
	await page.locator('input[name="identifier"]').fill(account.username);
	await page.locator('input[name="password"]').fill(account.password);
	await page
		.locator('main form')
		.filter({ has: page.locator('input[name="password"]') })
		.locator('button')
		.last()
		.click();
	await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** Signs in without the page, where signing in is not what the test is about: sessions are rows, and the secret is ours. */
export async function signInByRow({ adminSql, url }: Application, page: Page, personId: string, at: Date): Promise<void> {
	const token = randomUUID();
	await adminSql`
		insert into auth.session (id, "expiresAt", token, "createdAt", "updatedAt", "userId", "touchedAt")
		values (${token}, ${new Date(at.getTime() + 12 * 3_600_000)}, ${token}, ${at}, ${at}, ${personId}, ${at})`;
	const value = encodeURIComponent(`${token}.${createHmac('sha256', SESSION_SECRET).update(token).digest('base64')}`);
	await page.context().addCookies([{ name: 'keyent.session_token', value, url }]);
}
