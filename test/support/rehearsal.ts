import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { tick } from '#jobs/tick.ts';
import { JOBS } from '#jobs/schedule.ts';

/** Everything the timetable does at this instant, once: the same code as its process and `npm run job`. */
export async function runTimetable(now: Date): Promise<void> {
	for (const job of JOBS) await tick(job, now);
}

/** One letter as the mailbox of the demonstration shows it. */
export interface ShownMail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
}

/** The letters of one day on the mailbox page, oldest first. `on` as the page writes it. */
export async function mailsShown(page: Page, on: string): Promise<readonly ShownMail[]> {
	await page.goto('/inbox/mail');
	const mails = await page.locator('details.mail').evaluateAll((found) =>
		found.map((mail) => ({
			at: mail.querySelector('summary .nowrap')?.textContent ?? '',
			to: /\S+@\S+$/.exec((mail.querySelector('summary')?.textContent ?? '').trim())?.[0] ?? '',
			subject: mail.querySelector('strong')?.textContent ?? '',
			text: mail.querySelector('.text')?.textContent ?? ''
		}))
	);
	return mails.filter(({ at }) => at.startsWith(on)).reverse();
}

/**
 * Keeps pictures of the page, wide and narrow, in both languages, where SCREENSHOTS_TO names a folder; does nothing otherwise. `speak` changes the language
 * everybody reads.
 */
export async function keepPictures(page: Page, name: string, speak: (locale: 'zh-CN' | 'en') => Promise<unknown>): Promise<void> {
	const folder = process.env['SCREENSHOTS_TO'];
	if (!folder) return;
	mkdirSync(folder, { recursive: true });
	const size = page.viewportSize();
	for (const locale of ['en', 'zh-CN'] as const) {
		await speak(locale);
		await page.reload({ waitUntil: 'networkidle' });
		for (const width of [1366, 390]) {
			await page.setViewportSize({ width, height: 900 });
			await page.screenshot({ path: join(folder, `${name}-${locale}-${width}.png`), fullPage: true });
		}
	}
	if (size) await page.setViewportSize(size);
}
