import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { launchBrowser, openVisitor } from '../support/browser.ts';
import { htmlFaults } from '../support/page-html.ts';
import { halfWidthMarksOf } from '../support/page-marks.ts';
import { picturesOf } from '../support/page-pictures.ts';
import { layoutOf, shiftsOf, stylesLeftToScript, WATCH_SHIFTS } from '../support/page-layout.ts';
import { placesOf } from '../support/page-places.ts';
import { pageRoutes } from '../support/routes.ts';
import { signInAs } from '../support/sign-in.ts';

/**
 * Every page, as the people it is for see it: nothing of WCAG 2.2 AA that axe can find, no complaint of the browser or of the content
 * policy, no request to a stranger, nothing out of its place at four widths, no half-width mark beside Chinese, valid HTML. Light in Chinese, dark in English.
 *
 * The second appearance has the elements of the first, in other colours and words: there axe looks at what these can spoil.
 */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Walk {
	readonly who: string;
	/** Null: nobody is signed in. */
	readonly username: string | null;
	/** An address, one that is answered otherwise than by 200, a page walked already with other figures (looked at once), or a page and the link to follow. */
	readonly pages: readonly (
		string | { readonly at: string; readonly status: number } | { readonly too: string } | { readonly on: string; readonly link: string }
	)[];
}

const REPORT = '/enterprise/reports/2026';
const WALKS: readonly Walk[] = [
	// The longest first: the others are walked beside it.
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
			'/ministry/reports?late=ent&asof=2026-12-01',
			{ on: '/ministry/reports', link: 'tbody th a' },
			{ on: '/ministry/reports?state=received', link: 'tbody th a' },
			'/ministry/enterprises',
			{ on: '/ministry/enterprises', link: 'tbody a' },
			'/ministry/enterprises/1/print',
			'/ministry/cohort',
			'/ministry/cohort?cohort=2022,2025&class=mfg&asof=2026-11-20&tier=over5',
			'/ministry/metrics/informatisation_share?by=channel',
			{ too: '/ministry/metrics/ito_executed?of=2024&basis=forecast&reach=below&by=cohort' },
			'/ministry/volumes/2025',
			{ too: '/ministry/volumes/2026?channel=320000' },
			'/ministry/cohort/trial',
			'/ministry/cohort/trial?metric=informatisation_share&threshold=8',
			{ too: '/ministry/cohort/trial?metric=employees&threshold=none&cohort=2022' },
			'/ministry/cohort/import',
			'/ministry/years',
			'/ministry/years/2026',
			'/ministry/extensions',
			{ on: '/ministry/extensions', link: 'tbody th a' },
			'/ministry/needs',
			{ on: '/ministry/needs', link: 'tbody a[href^="/ministry/needs/"]' },
			'/ministry/follow-ups',
			{ on: '/ministry/follow-ups', link: 'tbody a[href^="/ministry/follow-ups/"]' },
			'/ministry/follow-ups/candidates?basis=final',
			'/ministry/follow-ups/ask',
			'/ministry/views',
			{ too: '/ministry/views?by=miit' },
			{ on: '/ministry/views', link: 'tbody a[href^="/s/"]' },
			'/ministry/calendar',
			'/ministry/calendar?year=2030',
			'/ministry/reminders',
			'/ministry/people',
			'/ministry/robots'
		]
	},
	{
		who: 'a visitor',
		username: null,
		pages: [
			'/',
			'/enterprises',
			'/enterprises?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E5%AE%B6',
			'/verify',
			'/guide',
			'/accessibility',
			'/login',
			'/password',
			'/password/spent',
			{ on: '/inbox/mail', link: 'a[href*="/password/"]' },
			'/invitation/spent',
			{ on: '/inbox/mail', link: 'a[href*="/invitation/"]' },
			'/inbox/mail',
			{ at: '/nothing-here', status: 404 }
		]
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
			'/enterprise/needs',
			'/enterprise/follow-ups',
			{ on: '/enterprise/follow-ups', link: 'tbody a[href^="/enterprise/follow-ups/"]' },
			'/me',
			'/inbox',
			'/views',
			'/search?q=2025',
			{ at: '/enterprise/reports/1999', status: 404 },
			{ at: '/ministry/home', status: 403 }
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
			{ on: '/channel/forward', link: 'tbody th a' },
			'/channel/extensions',
			'/channel/volumes/2026',
			'/channel/needs',
			{ on: '/channel/needs', link: 'tbody a[href^="/channel/needs/"]' },
			'/channel/follow-ups',
			{ on: '/channel/follow-ups', link: 'tbody a[href^="/channel/follow-ups/"]' },
			'/channel/enterprises',
			{ on: '/channel/enterprises', link: 'tbody a' },
			'/channel/people',
			{ on: '/channel/people', link: 'tbody a[href*="org="]' },
			'/channel/robots'
		]
	},
	{ who: 'a group', username: 'group-approver', pages: ['/channel/home', '/channel/chase', '/channel/reports'] },
	{
		who: 'the administration',
		username: 'admin',
		pages: ['/admin/organisations', '/admin/people', { on: '/admin/organisations', link: 'tbody a[href*="org="]' }]
	},
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
		select r.id, '2026-12-10', 'audit_unfinished', '示例：审计报告12月5日出具。', 'scene', '示例' from annual_report r where r.year = 2026 and r.state
			in ('not_started', 'draft', 'returned')`;
	// A figure asked about, which lies with the enterprise and its channel.
	await application.adminSql`
		with asked as (
			insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
				comparison, n, state, due_on, asked_at, since_at)
			select r.designation_id, 'employees', 2025, 'forecast', r.id, r.year, r.current_version, r.category, r.channel_id, r.enterprise_id, 23831,
				'modified-z-1', 'category', 160, 'passed_on', '2026-12-31', app_now(), app_now()
			from annual_report r join organisation o on o.enterprise_id = r.enterprise_id join membership b on b.org_id = o.id
				join auth."user" u on u.id = b.person_id
			where u.username = 'js-maker-approver' and r.year = 2025 limit 1 returning id, value, due_on
		)
		insert into follow_up_entry (follow_up_id, round, kind, text, value, due_on, by_kind, person_id, person_name, at)
		select a.id, 1, 'question', '示例：请说明该数据。', a.value, a.due_on, 'mofcom', 'scene', '示例', app_now() from asked a`;
	const { page, close } = await openVisitor(browser, application.url);
	// Two letters whose links lead to pages: a forgotten password, and an invitation.
	await page.goto('/password');
	await page.locator('input[name="identifier"]').fill('js-maker-filer');
	await page.locator('main form button').click();
	await enter(page, 'js-maker-approver');
	await page.goto('/enterprise/people');
	await page.locator('#invite-name').fill('示例');
	await page.locator('#invite-email').fill('invited@example.cn');
	await page.locator('#invite-duty').selectOption('reader');
	await page.locator('form[action^="?/invite"] button').click();
	await page.waitForURL(/said=/);
	await close();
	const ministry = await openVisitor(browser, application.url);
	await enter(ministry.page, 'mofcom-approver');
	await ministry.page.goto('/ministry/cohort');
	await ministry.page.locator('form[action^="?/freeze"]').evaluate((form: HTMLFormElement) => form.requestSubmit());
	await ministry.page.waitForURL('**/s/*');
	await ministry.close();
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
	if ('at' in target) return target.at;
	if ('too' in target) return target.too;
	const key = `${target.on} ${target.link}`;
	const known = addresses.get(key);
	if (known !== undefined) return known;
	if (new URL(page.url(), application.url).href !== new URL(target.on, application.url).href) await page.goto(target.on);
	const href = (await page.locator(target.link).first().getAttribute('href')) ?? '';
	// Letters name the whole address.
	const address = href.startsWith('/') || href.startsWith('?') ? href : new URL(href, application.url).pathname;
	addresses.set(key, address);
	return address;
}

/** Where the walks have been. */
const visited = new Set<string>();

/** A phone, the narrowest desk this house promises, and the two windows offices have most; pages come in the first, so that what moves then is seen on both. */
const APPEARANCES = [
	{ locale: 'zh-CN', colorScheme: 'light', look: 'whole', widths: [1366, 1440, 1192, 390] },
	{ locale: 'en', colorScheme: 'dark', look: 'appearance', widths: [390, 1192, 1440, 1366] }
] as const;
/** So often a page that moved is loaded before it is believed. */
const LOADS = 5;
/** A phone, and the narrowest screen of a desk. */
const LOOKED_AT_CLOSELY = new Set<number>([390, 1366]);

/** Somebody's walks, one after the other: the account says the language, and can say only one. */
const turns = new Map<string, Promise<unknown>>();
function inTurn<Found>(who: string, walk: () => Promise<Found>): Promise<Found> {
	const mine = (turns.get(who) ?? Promise.resolve()).then(walk, walk);
	turns.set(who, mine);
	return mine;
}

// A walk is up to sixty pages at four widths. Two people walk at a time: while one's page is looked at, the other's is on its way.
describe.concurrent.each(APPEARANCES)('$locale, $colorScheme', { timeout: 480_000 }, ({ locale, colorScheme, look, widths }) => {
	test.each(WALKS)('$who', async ({ who, username, pages }) => {
		const faults = await inTurn(who, () => faultsOf(username, pages));
		expect(faults).toEqual({});
	});

	async function faultsOf(username: Walk['username'], pages: Walk['pages']): Promise<Record<string, string[]>> {
		const [width] = widths;
		const { page, complaints, close } = await openVisitor(browser, application.url, { locale, colorScheme, width });
		const faults: Record<string, string[]> = {};
		try {
			if (username !== null) {
				await enter(page, username);
				await page.context().addCookies([{ name: 'locale', value: locale, url: application.url }]);
				// Whoever is signed in reads in the language of their account, whatever the browser says.
				await application.adminSql`
					update person set locale = ${locale} where id = (select id from auth."user" where username = ${username})`;
			}
			// Here before the page is: handed over afterwards, its half a megabyte cost as much as the looking.
			await page.context().addInitScript({ content: axe + WATCH_SHIFTS });
			for (const target of pages) {
				if (typeof target === 'object' && 'too' in target && look !== 'whole') continue;
				const address = await addressOf(page, target);
				complaints.length = 0;
				const response = await page.goto(address, { waitUntil: 'load' });
				const html = (await response?.text()) ?? '';
				const named = await peopleNamedIn(html, username);
				const due = typeof target === 'object' && 'at' in target ? target.status : 200;
				const found = response?.status() === due ? [] : [`status ${response?.status()}`];
				// A table that arrives in pieces widens by the pieces, as chance has it: only what moves every time is the page's own doing.
				let shifts = await shiftsOf(page);
				for (let again = 1; again < LOADS && shifts.length > 0; again += 1) {
					await page.reload({ waitUntil: 'load' });
					shifts = await shiftsOf(page);
				}
				found.push(...shifts);
				for (const at of widths) {
					if (at !== width) await page.setViewportSize({ width: at, height: 900 });
					const placed = await placesOf(page);
					if (LOOKED_AT_CLOSELY.has(at)) placed.push(...(await layoutOf(page)), ...(await picturesOf(page)));
					found.push(...placed.map((fault) => `at ${at}: ${fault}`));
					if (at === 1366) found.push(...(await violationsOf(page, look)));
				}
				if (look === 'whole') found.push(...(await htmlFaults(html)), ...(await stylesLeftToScript(page, html)));
				// A page's own data may not lie over what the frame says of it: nothing could be sent from there.
				const marks = [...html.matchAll(/name="__page" value="([^"]*)"/g)].map(([, mark = '']) => mark);
				if (marks.some((mark) => mark.split('|').length !== 4)) found.push('a form that does not say which page it was made on');
				if ((await page.locator('html').getAttribute('lang')) !== locale) found.push('not in the language asked for');
				if (locale === 'zh-CN') found.push(...(await halfWidthMarksOf(page)));
				if ((await page.locator('h1').count()) !== 1) found.push('not exactly one h1');
				visited.add(page.url());
				found.push(...complaints);
				// The demonstration's mailbox is there to show whom it wrote to.
				if (address !== '/inbox/mail') found.push(...named);
				await page.setViewportSize({ width, height: 900 });
				if (found.length > 0) faults[address] = found;
			}
		} finally {
			await close();
		}
		return faults;
	}
});

/** Pages no address leads to: what is answered in place of a page, and what an act leads to. Looked at below. */
const ANSWERS = ['/login/again', '/not-taken', '/channel/chase/batches/[id]', '/ministry/progress/remind/[id]'];
/** Leads on at once whoever has one office. */
const LEADS_ON = ['/home'];

test('no page of the tree is left out', (task) => {
	// Says nothing where only some of the walks were asked for; a walk that fails says so itself.
	if (!['/audit', '/admin/people', '/verify'].every((path) => visited.has(`${application.url}${path}`))) task.skip();
	const left = pageRoutes().filter((route) => {
		const pattern = new RegExp(`^${route.replaceAll('.', '\\.').replaceAll(/\[\w+\]/g, '[^/]+')}$`);
		return ![...visited].some((address) => pattern.test(new URL(address).pathname));
	});
	expect(left.sort()).toEqual([...ANSWERS, ...LEADS_ON].sort());
});

test('every public page says what it is, each in words of its own', async () => {
	for (const locale of ['zh-CN', 'en'] as const) {
		const said = await Promise.all(
			['/', '/enterprises', '/verify', '/guide', '/accessibility', '/login', '/password'].map(async (address) => {
				const html = await (await fetch(`${application.url}${address}`, { headers: { cookie: `locale=${locale}` } })).text();
				return { title: /<title>([^<]+)<\/title>/.exec(html)?.[1], description: /<meta name="description" content="([^"]{20,200})"/.exec(html)?.[1] };
			})
		);
		expect(said.filter(({ title, description }) => title === undefined || description === undefined)).toEqual([]);
		expect(new Set(said.map(({ title }) => title)).size).toBe(said.length);
		expect(new Set(said.map(({ description }) => description)).size).toBe(said.length);
	}
});

test('what is answered in place of a page is a page too: signed out, and written on another page', async () => {
	const cookie = (sessions.get('mofcom-approver') ?? []).map(({ name, value }) => `${name}=${value}`).join('; ');
	for (const [signedIn, status] of [
		['', 401],
		[cookie, 409]
	] as const) {
		const answer = await fetch(`${application.url}/me?/profile`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: application.url, accept: 'text/html', cookie: signedIn },
			body: new URLSearchParams({ name: '某', remark: '写了一半的话' })
		});
		expect(answer.status).toBe(status);
		expect(await htmlFaults(await answer.text())).toEqual([]);
	}
	expect(await htmlFaults(readFileSync('src/error.html', 'utf8').replaceAll('%sveltekit.status%', '500'))).toEqual([]);
});
