import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor } from '../support/browser.ts';
import { placesOf } from '../support/page-places.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * Every page, as the people it is for see it: nothing of WCAG 2.2 AA that axe can find, no complaint of the browser or of the content
 * policy, no request to a stranger, nothing out of its place at four widths. Light in Chinese, dark in English.
 *
 * The second appearance has the elements of the first, in other colours and words: there axe looks at what these can spoil.
 */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Walk {
	readonly who: string;
	/** Null: nobody is signed in. */
	readonly username: string | null;
	/** An address, or a page and the link on it to follow. */
	readonly pages: readonly (string | { readonly on: string; readonly link: string })[];
}

const REPORT = '/enterprise/reports/2026';
const WALKS: readonly Walk[] = [
	{
		who: 'a visitor',
		username: null,
		pages: ['/', '/enterprises', '/enterprises?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E5%AE%B6', '/verify', '/guide', '/accessibility', '/login', '/password']
	},
	{
		who: 'an enterprise',
		username: 'js-maker-approver',
		pages: [
			'/enterprise/home',
			'/enterprise/reports',
			REPORT,
			...['basics', 'people', 'economics', 'manufacturing', 'progress', 'needs', 'declaration', 'files', 'check', 'history', 'extension'].map(
				(section) => `${REPORT}/${section}`
			),
			'/enterprise/reports/2025/receipt',
			'/enterprise/reports/2025/history',
			'/enterprise/reports/2025/print',
			'/enterprise/people',
			'/me',
			'/inbox'
		]
	},
	{ who: 'an IT enterprise', username: 'js-it-approver', pages: ['/enterprise/home', `${REPORT}/it_outsourcing`, `${REPORT}/progress`] },
	{
		who: 'a department',
		username: 'js-commerce-approver',
		pages: [
			'/channel/home',
			'/channel/chase',
			{ on: '/channel/chase', link: 'tbody th a' },
			'/channel/chase/remind?matching=1',
			'/channel/chase/letter',
			'/channel/contacts',
			'/channel/reports',
			{ on: '/channel/reports?state=submitted', link: 'tbody th a' },
			{ on: '/channel/reports?state=received', link: 'tbody th a' },
			'/channel/forward',
			'/channel/extensions',
			'/channel/enterprises',
			{ on: '/channel/enterprises', link: 'tbody a' },
			'/channel/people',
			'/channel/robots'
		]
	},
	{ who: 'a group', username: 'group-approver', pages: ['/channel/home', '/channel/chase', '/channel/reports'] },
	{
		who: 'a ministry',
		username: 'mofcom-approver',
		pages: [
			'/ministry/home',
			'/ministry/progress',
			'/ministry/progress?year=2025&by=department&asof=2025-12-05&tile=count',
			'/ministry/progress/remind?matching=1',
			'/ministry/progress/remind?region=320000&region=110000&matter=overdue',
			'/ministry/progress/remind',
			'/ministry/progress/letter',
			'/ministry/progress/letter?year=2025&kind=circular',
			'/ministry/progress/holding',
			'/ministry/progress/holding?year=2025',
			'/ministry/reasons?year=2025',
			'/ministry/reports',
			{ on: '/ministry/reports', link: 'tbody th a' },
			{ on: '/ministry/reports?state=received', link: 'tbody th a' },
			'/ministry/enterprises',
			{ on: '/ministry/enterprises', link: 'tbody a' },
			'/ministry/cohort/import',
			'/ministry/years',
			'/ministry/years/2026',
			'/ministry/extensions',
			{ on: '/ministry/extensions', link: 'tbody th a' },
			'/ministry/calendar',
			'/ministry/calendar?year=2030',
			'/ministry/reminders',
			'/ministry/people',
			'/ministry/robots'
		]
	},
	{ who: 'the administration', username: 'admin', pages: ['/admin/organisations', '/admin/people'] },
	{ who: 'the auditor', username: 'auditor', pages: ['/audit'] }
];

let application: Application;
let browser: Browser;
/** Who has signed in, with the cookies that say so: a person is let in once and looked at twice. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: DEMONSTRATION_AS_OF }), launchBrowser()]);
	await application.adminSql`
		insert into extension_request (report_id, until_on, reason_code, reason, person_id, person_name)
		select r.id, '2026-12-10', 'audit_unfinished', '示例:审计报告12月5日出具。', 'scene', '示例' from annual_report r where r.year = 2026 and r.state
			in ('not_started', 'draft', 'returned')`;
});
afterAll(async () => {
	await browser?.close();
	await application?.stop();
});

async function enter(page: Page, username: string): Promise<void> {
	const known = sessions.get(username);
	if (known) return page.context().addCookies(known);
	const account = inject('demonstrationAccounts').find((one) => one.username === username);
	if (!account) throw new Error(`the demonstration has no account ${username}`);
	await signInAs(page, account);
	sessions.set(username, await page.context().cookies());
}

/** What other colours, other words and the room these take can spoil: contrast, names and titles, the language said, targets too close, what must scroll. */
const CATEGORIES_OF_APPEARANCE = ['cat.color', 'cat.language', 'cat.sensory-and-visual-cues', 'cat.text-alternatives'];
const RULES_OF_APPEARANCE = '(name|label|title)$|^scrollable-';

interface Axe {
	getRules: (tags: readonly string[]) => { ruleId: string; tags: string[] }[];
	run: (root: Document, options: object) => Promise<{ violations: { id: string; impact: string | null; nodes: { target: unknown[] }[] }[] }>;
}

async function violationsOf(page: Page, look: 'whole' | 'appearance'): Promise<string[]> {
	return page.evaluate(
		async ({ look, categories, named }) => {
			const axe = (globalThis as unknown as { axe: Axe }).axe;
			const level = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
			const rules = axe.getRules(level).filter(({ ruleId, tags }) => tags.some((tag) => categories.includes(tag)) || new RegExp(named).test(ruleId));
			if (rules.length < 20) return [`only ${rules.length} rules look at an appearance`];
			const runOnly = look === 'whole' ? level : rules.map(({ ruleId }) => ruleId);
			const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
			return violations.map(
				({ id, impact, nodes }) =>
					`${impact ?? ''} ${id}: ${nodes
						.slice(0, 3)
						.map(({ target }) => target.join(' '))
						.join(' | ')}`
			);
		},
		{ look, categories: CATEGORIES_OF_APPEARANCE, named: RULES_OF_APPEARANCE }
	);
}

/** Numbers and addresses of people at enterprises, and who may read them: whoever works there. */
let contacts: readonly { text: string; of: string | null }[] | undefined;

/** What a page carries of other people's numbers and addresses, its data included: an office sees them masked until it asks (quality 6). */
async function peopleNamedIn(html: string, username: string | null): Promise<string[]> {
	contacts ??= await application.adminSql<{ text: string; of: string | null }[]>`
		select c.text, c.enterprise_id::text as of from (
			select k.enterprise_id, unnest(array[k.phone, k.email]) as text from enterprise_contact k
			union all
			select o.enterprise_id, unnest(array[p.phone, p.email]) from person p join membership b on b.person_id = p.id join organisation o on o.id = b.org_id
				where o.kind = 'enterprise'
			union all
			select r.enterprise_id, v.content::jsonb -> 'answers' ->> a.key from annual_report_version v join annual_report r on r.id = v.report_id
				cross join unnest(array['contact1_phone', 'contact1_email', 'contact2_phone', 'contact2_email']) as a (key)
		) c where length(c.text) > 6`;
	const [own] = await application.adminSql<{ of: string | null }[]>`
		select o.enterprise_id::text as of from auth."user" u join membership b on b.person_id = u.id join organisation o on o.id = b.org_id
		where u.username = ${username ?? ''} and o.kind = 'enterprise' limit 1`;
	const known = new Set(contacts.filter(({ of }) => own === undefined || of !== own.of).map(({ text }) => text));
	const said = html.match(/[\w.+-]+@[\w.-]+\w|\+?\d[\d\s-]{6,}\d/g) ?? [];
	return [...new Set(said)].filter((text) => known.has(text)).map((text) => `names somebody: ${text}`);
}

/** Where the links of a walk lead, found once for both appearances. */
const addresses = new Map<string, string>();
async function addressOf(page: Page, target: Walk['pages'][number]): Promise<string> {
	if (typeof target === 'string') return target;
	const key = `${target.on} ${target.link}`;
	const known = addresses.get(key);
	if (known !== undefined) return known;
	if (new URL(page.url(), application.url).href !== new URL(target.on, application.url).href) await page.goto(target.on);
	const address = (await page.locator(target.link).first().getAttribute('href')) ?? '';
	addresses.set(key, address);
	return address;
}

const APPEARANCES = [
	{ locale: 'zh-CN', colorScheme: 'light', look: 'whole' },
	{ locale: 'en', colorScheme: 'dark', look: 'appearance' }
] as const;

describe.each(WALKS)('$who', ({ username, pages }) => {
	test.each(APPEARANCES)('$locale, $colorScheme', async ({ locale, colorScheme, look }) => {
		const { page, complaints, close } = await openVisitor(browser, application.url, { locale, colorScheme });
		const faults: Record<string, string[]> = {};
		try {
			if (username !== null) {
				await enter(page, username);
				// Whoever is signed in reads in the language they chose, whatever the cookie says.
				await application.adminSql`update person set locale = ${locale}`;
				await page.context().addCookies([{ name: 'locale', value: locale, url: application.url }]);
			}
			// Here before the page is: handed over afterwards, its half a megabyte cost as much as the looking.
			await page.context().addInitScript({ content: axe });
			for (const target of pages) {
				const address = await addressOf(page, target);
				complaints.length = 0;
				const response = await page.goto(address, { waitUntil: 'load' });
				const named = await peopleNamedIn((await response?.text()) ?? '', username);
				const found = [...(response?.status() === 200 ? [] : [`status ${response?.status()}`]), ...(await violationsOf(page, look))];
				if ((await page.locator('h1').count()) !== 1) found.push('not exactly one h1');
				found.push(...(await placesOf(page)));
				await page.setViewportSize({ width: 1366, height: 900 });
				found.push(...named, ...complaints);
				if (found.length > 0) faults[address] = found;
			}
		} finally {
			await close();
		}
		expect(faults).toEqual({});
	});
});
