import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import { NO_FILTER } from '#lib/domain/trend/trend-filter.ts';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { markOfAccount } from '../support/page-mark.ts';
import { routesOfTheTree } from '../support/routes.ts';

/**
 * Who may open and post to what: every route of the application against every kind of person, over HTTP. A route that is missing here
 * fails; so does a cell that is wrong. Hidden things are 404, pages of other offices 403, and nobody sees somebody else's canary.
 */
type Who =
	| 'anonymous'
	| 'owner'
	| 'rival'
	| 'faraway'
	| 'ofGroup'
	| 'commerce'
	| 'commerceReader'
	| 'industry'
	| 'otherCommerce'
	| 'group'
	| 'mofcom'
	| 'miit'
	| 'administrator'
	| 'auditor';
const ACCOUNT: Readonly<Record<Exclude<Who, 'anonymous'>, string>> = {
	owner: 'js-maker-approver',
	rival: 'js-it-approver',
	faraway: 'gd-maker-approver',
	ofGroup: 'group-maker-approver',
	commerce: 'js-commerce-handler',
	commerceReader: 'js-commerce-reader',
	industry: 'js-industry-approver',
	otherCommerce: 'gd-commerce-approver',
	group: 'group-approver',
	mofcom: 'mofcom-reader',
	miit: 'miit-approver',
	administrator: 'admin',
	auditor: 'auditor'
};
const WHO: readonly Who[] = ['anonymous', ...(Object.keys(ACCOUNT) as Exclude<Who, 'anonymous'>[])];

const ENTERPRISES: readonly Who[] = ['owner', 'rival', 'faraway', 'ofGroup'];
const OFFICES: readonly Who[] = ['commerce', 'commerceReader', 'industry', 'otherCommerce', 'group'];
const OF_JIANGSU: readonly Who[] = ['commerce', 'commerceReader', 'industry'];
const MINISTRIES: readonly Who[] = ['mofcom', 'miit'];
const SIGNED_IN = WHO.filter((who) => who !== 'anonymous');

/** What a visit ends in. `away`: sent on to another page. */
type Outcome = 'page' | 'login' | 'forbidden' | 'missing' | 'away';

interface Cell {
	readonly address: string;
	/** Whose part of the site it is; null: anybody's. */
	readonly area: readonly Who[] | null;
	/** Who finds something there, of those whose part it is; all of them if not said. */
	readonly finds?: readonly Who[];
	/** Where a find leads elsewhere by design. */
	readonly leads?: readonly Who[];
	/** A page of one's own report: what state the report is in decides whether it is shown or leads to the one that is. */
	readonly byState?: boolean;
}

let application: Application;
let ids: {
	report: string;
	need: string;
	followUp: string;
	frozen: string;
	file: string;
	enterprise: string;
	forwarding: string;
	batch: string;
	ministryBatch: string;
};
const cookies = new Map<Who, string>();
/** Whatever is posted comes from a page of whoever posts it: whose page it is, is another test's matter. */
const marks = new Map<Who, string>();

const everybody = (address: string): Cell => ({ address, area: null });
/** Every route of src/routes with an address of the owner's own things. */
const routes = (): Readonly<Record<string, Cell>> => ({
	'/': everybody('/'),
	'/accessibility': everybody('/accessibility'),
	'/guide': everybody('/guide'),
	'/verify': everybody('/verify'),
	'/enterprises': everybody('/enterprises'),
	'/readyz': everybody('/readyz'),
	'/login': { address: '/login', area: null, leads: SIGNED_IN },
	'/login/again': { address: '/login/again', area: SIGNED_IN, leads: SIGNED_IN },
	'/not-taken': { address: '/not-taken', area: SIGNED_IN, leads: SIGNED_IN },
	'/logout': { address: '/logout', area: null, leads: WHO },
	'/password': everybody('/password'),
	'/password/[token]': everybody('/password/none-such'),
	'/invitation/[token]': everybody('/invitation/none-such'),
	'/home': { address: '/home', area: SIGNED_IN, leads: SIGNED_IN },
	'/inbox': { address: '/inbox', area: SIGNED_IN },
	'/inbox/mail': everybody('/inbox/mail'),
	'/cal/[token].ics': { address: '/cal/none-such.ics', area: null, finds: [] },
	'/me': { address: '/me', area: SIGNED_IN },
	'/search': { address: '/search?q=2026', area: SIGNED_IN },
	'/search/suggestions': { address: '/search/suggestions?q=2026', area: SIGNED_IN },
	'/views': { address: '/views', area: SIGNED_IN },
	'/enterprise/home': { address: '/enterprise/home', area: ENTERPRISES },
	'/enterprise/people': { address: '/enterprise/people', area: ENTERPRISES },
	'/enterprise/reports': { address: '/enterprise/reports', area: ENTERPRISES },
	'/enterprise/reports/[year]': { address: '/enterprise/reports/2026', area: ENTERPRISES },
	'/enterprise/reports/[year]/[section]': { address: '/enterprise/reports/2026/economics', area: ENTERPRISES, byState: true },
	'/enterprise/reports/[year]/check': { address: '/enterprise/reports/2026/check', area: ENTERPRISES, byState: true },
	'/enterprise/reports/[year]/files': { address: '/enterprise/reports/2026/files', area: ENTERPRISES, byState: true },
	'/enterprise/reports/[year]/history': { address: '/enterprise/reports/2026/history', area: ENTERPRISES, byState: true },
	'/files/[id]': { address: `/files/${ids.file}`, area: [...ENTERPRISES, ...OFFICES, ...MINISTRIES], finds: ['owner', ...OF_JIANGSU, ...MINISTRIES] },
	'/enterprise/reports/[year]/extension': { address: '/enterprise/reports/2026/extension', area: ENTERPRISES },
	'/enterprise/needs': { address: '/enterprise/needs', area: ENTERPRISES },
	'/channel/needs': { address: '/channel/needs', area: OFFICES },
	'/channel/needs/export': { address: '/channel/needs/export', area: OFFICES },
	'/channel/needs/[id]': { address: `/channel/needs/${ids.need}`, area: OFFICES, finds: OF_JIANGSU },
	'/ministry/needs': { address: '/ministry/needs', area: MINISTRIES },
	'/ministry/needs/export.xlsx': { address: '/ministry/needs/export.xlsx', area: MINISTRIES },
	'/ministry/needs/[id]': { address: `/ministry/needs/${ids.need}`, area: MINISTRIES },
	'/enterprise/follow-ups': { address: '/enterprise/follow-ups', area: ENTERPRISES },
	'/enterprise/follow-ups/[id]': { address: `/enterprise/follow-ups/${ids.followUp}`, area: ENTERPRISES, finds: ['owner'] },
	'/channel/follow-ups': { address: '/channel/follow-ups', area: OFFICES },
	'/channel/follow-ups/export': { address: '/channel/follow-ups/export', area: OFFICES },
	'/channel/follow-ups/[id]': { address: `/channel/follow-ups/${ids.followUp}`, area: OFFICES, finds: OF_JIANGSU },
	'/ministry/follow-ups': { address: '/ministry/follow-ups', area: MINISTRIES },
	'/ministry/follow-ups/export.xlsx': { address: '/ministry/follow-ups/export.xlsx', area: MINISTRIES },
	'/ministry/follow-ups/candidates': { address: '/ministry/follow-ups/candidates', area: MINISTRIES },
	'/ministry/follow-ups/ask': { address: '/ministry/follow-ups/ask?year=2025&basis=final&figure=1.revenue', area: MINISTRIES },
	'/ministry/follow-ups/[id]': { address: `/ministry/follow-ups/${ids.followUp}`, area: MINISTRIES },
	'/ministry/views': { address: '/ministry/views', area: MINISTRIES },
	'/ministry/views/export.xlsx': { address: '/ministry/views/export.xlsx', area: MINISTRIES },
	'/s/[code]': { address: `/s/${ids.frozen}`, area: null, finds: MINISTRIES },
	'/s/[code]/[no].svg': { address: `/s/${ids.frozen}/1.svg`, area: null, finds: MINISTRIES },
	'/channel/extensions': { address: '/channel/extensions', area: OFFICES },
	'/ministry/extensions': { address: '/ministry/extensions', area: MINISTRIES },
	'/ministry/calendar': { address: '/ministry/calendar', area: MINISTRIES },
	'/channel/home': { address: '/channel/home', area: OFFICES },
	'/channel/chase': { address: '/channel/chase', area: OFFICES },
	'/channel/chase/export': { address: '/channel/chase/export', area: OFFICES },
	'/channel/chase/remind': { address: '/channel/chase/remind?matching=1', area: OFFICES },
	'/channel/chase/letter': { address: '/channel/chase/letter', area: OFFICES },
	'/channel/chase/letter/letter.docx': { address: '/channel/chase/letter/letter.docx', area: OFFICES, leads: OFFICES },
	'/channel/chase/batches/[id]': { address: `/channel/chase/batches/${ids.batch}`, area: OFFICES, finds: OF_JIANGSU },
	'/channel/contacts': { address: '/channel/contacts', area: OFFICES },
	'/channel/contacts/export': { address: '/channel/contacts/export', area: OFFICES },
	'/channel/people': { address: '/channel/people', area: OFFICES },
	'/channel/robots': { address: '/channel/robots', area: OFFICES },
	'/channel/reports': { address: '/channel/reports', area: OFFICES },
	'/channel/reports/export': { address: '/channel/reports/export', area: OFFICES },
	'/channel/reports/[id]': { address: `/channel/reports/${ids.report}`, area: OFFICES, finds: OF_JIANGSU },
	'/channel/enterprises': { address: '/channel/enterprises', area: OFFICES },
	'/channel/enterprises/[id]': { address: `/channel/enterprises/${ids.enterprise}`, area: OFFICES, finds: OF_JIANGSU },
	'/channel/forward': { address: '/channel/forward', area: OFFICES },
	'/channel/forward/[id]': { address: `/channel/forward/${ids.forwarding}`, area: OFFICES, finds: OF_JIANGSU },
	'/ministry/home': { address: '/ministry/home', area: MINISTRIES },
	'/ministry/people': { address: '/ministry/people', area: MINISTRIES },
	'/ministry/robots': { address: '/ministry/robots', area: MINISTRIES },
	'/ministry/progress': { address: '/ministry/progress', area: MINISTRIES },
	'/ministry/progress/export.xlsx': { address: '/ministry/progress/export.xlsx?by=department', area: MINISTRIES },
	'/ministry/progress/curve.svg': { address: '/ministry/progress/curve.svg', area: MINISTRIES },
	'/ministry/progress/curve.csv': { address: '/ministry/progress/curve.csv?curve=forwarded', area: MINISTRIES },
	'/ministry/progress/remind': { address: '/ministry/progress/remind?matching=1', area: MINISTRIES },
	'/ministry/progress/remind/[id]': { address: `/ministry/progress/remind/${ids.ministryBatch}`, area: MINISTRIES },
	'/ministry/progress/letter': { address: '/ministry/progress/letter?kind=circular', area: MINISTRIES },
	'/ministry/progress/letter/letter.docx': { address: '/ministry/progress/letter/letter.docx', area: MINISTRIES, leads: MINISTRIES },
	'/ministry/progress/holding': { address: '/ministry/progress/holding', area: MINISTRIES },
	'/ministry/reasons': { address: '/ministry/reasons', area: MINISTRIES },
	'/ministry/reasons/export.xlsx': { address: '/ministry/reasons/export.xlsx', area: MINISTRIES },
	'/ministry/reports': { address: '/ministry/reports', area: MINISTRIES },
	'/ministry/reports/export.xlsx': { address: '/ministry/reports/export.xlsx', area: MINISTRIES },
	'/ministry/reports/[id]': { address: `/ministry/reports/${ids.report}`, area: MINISTRIES },
	'/ministry/enterprises': { address: '/ministry/enterprises', area: MINISTRIES },
	'/ministry/enterprises/[id]': { address: `/ministry/enterprises/${ids.enterprise}`, area: MINISTRIES },
	'/ministry/enterprises/[id]/print': { address: `/ministry/enterprises/${ids.enterprise}/print`, area: MINISTRIES },
	'/ministry/cohort': { address: '/ministry/cohort', area: MINISTRIES },
	'/ministry/cohort/export.xlsx': { address: '/ministry/cohort/export.xlsx?class=mfg', area: MINISTRIES },
	'/ministry/cohort/curve.svg': { address: '/ministry/cohort/curve.svg', area: MINISTRIES },
	'/ministry/cohort/curve.csv': { address: '/ministry/cohort/curve.csv?cohort=2022,2025', area: MINISTRIES },
	'/ministry/volumes/[year]': { address: '/ministry/volumes/2026?channel=320000', area: MINISTRIES },
	'/ministry/volumes/[year]/volume.xlsx': { address: '/ministry/volumes/2025/volume.xlsx', area: MINISTRIES },
	'/channel/volumes/[year]': { address: '/channel/volumes/2026', area: OFFICES },
	'/channel/volumes/[year]/volume.xlsx': { address: '/channel/volumes/2025/volume.xlsx', area: OFFICES },
	'/ministry/cohort/picture.svg': { address: '/ministry/cohort/picture.svg?part=tiles', area: MINISTRIES },
	'/ministry/cohort/picture.csv': { address: '/ministry/cohort/picture.csv?part=criteria-manufacturing', area: MINISTRIES },
	'/ministry/metrics/[metric]/picture.svg': { address: '/ministry/metrics/revenue/picture.svg?part=manufacturing', area: MINISTRIES },
	'/ministry/metrics/[metric]/picture.csv': { address: '/ministry/metrics/revenue/picture.csv?part=it_outsourcing', area: MINISTRIES },
	'/ministry/cohort/trial': { address: '/ministry/cohort/trial?metric=informatisation_share&threshold=6', area: MINISTRIES },
	'/ministry/cohort/trial/export.xlsx': { address: '/ministry/cohort/trial/export.xlsx?metric=ito_executed&threshold=6000', area: MINISTRIES },
	'/ministry/metrics/[metric]': { address: '/ministry/metrics/informatisation_share?of=2024', area: MINISTRIES },
	'/ministry/metrics/[metric]/export.xlsx': { address: '/ministry/metrics/revenue/export.xlsx', area: MINISTRIES },
	'/ministry/metrics/[metric]/export.csv': { address: '/ministry/metrics/revenue/export.csv?class=ito', area: MINISTRIES },
	'/ministry/metrics/[metric]/changes.xlsx': { address: '/ministry/metrics/revenue/changes.xlsx?by=channel', area: MINISTRIES },
	'/ministry/metrics/[metric]/enterprises.xlsx': { address: '/ministry/metrics/employees/enterprises.xlsx?of=2024&reach=below', area: MINISTRIES },
	'/ministry/cohort/import': { address: '/ministry/cohort/import', area: MINISTRIES },
	'/ministry/cohort/template.xlsx': { address: '/ministry/cohort/template.xlsx', area: MINISTRIES },
	'/ministry/years': { address: '/ministry/years', area: MINISTRIES },
	'/ministry/years/[year]': { address: '/ministry/years/2026', area: MINISTRIES },
	'/ministry/reminders': { address: '/ministry/reminders', area: MINISTRIES },
	'/admin/organisations': { address: '/admin/organisations', area: ['administrator'] },
	'/admin/people': { address: '/admin/people', area: ['administrator'] },
	'/audit': { address: '/audit', area: ['auditor'] },
	'/audit/journal.xlsx': { address: '/audit/journal.xlsx', area: ['auditor'] }
});

/** Asked for in another way, by tests of their own room: only posted to, or about a report in a certain state. */
const ELSEWHERE = [
	'/me/preferences',
	'/me/seat',
	'/enterprise/reports/[year]/answers',
	'/enterprise/reports/[year]/files/[slot]',
	'/enterprise/reports/[year]/receipt',
	'/enterprise/reports/[year]/print',
	'/enterprise/reports/[year]/calendar.ics',
	'/enterprise/reports/[year]/versions/[no]/content.json',
	'/enterprise/reports/[year]/versions/[no]/data.xlsx'
];

beforeAll(async () => {
	application = await startApplication({ appNow: DEMONSTRATION_AS_OF });
	const sql = application.adminSql;
	const [account] = await sql<{ enterprise_id: string }[]>`
		select o.enterprise_id from auth."user" u join membership m on m.person_id = u.id join organisation o on o.id = m.org_id
			where u.username = ${ACCOUNT.owner}`;
	const enterprise = String(account?.enterprise_id);
	const [report] = await sql<{ id: string }[]>`
		select r.id from annual_report r where r.enterprise_id = ${enterprise} and r.state = 'received' order by year desc limit 1`;
	const [need] = await sql<{ id: string }[]>`
		select n.id from report_need n join annual_report r on r.id = n.report_id where r.enterprise_id = ${enterprise} order by n.id limit 1`;
	const [followUp] = await sql<{ id: string }[]>`
		insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
			comparison, n, state, due_on, asked_at, since_at)
		select r.designation_id, 'software_copyrights', r.year - 1, 'final', r.id, r.year, v.no, r.category, r.channel_id, r.enterprise_id, 1, 'modified-z-1',
			'category', 20, 'asked', '2027-01-31', now(), now()
		from annual_report r join annual_report_version v on v.report_id = r.id and v.forwarded_at is not null
		where r.id = ${String(report?.id)} order by v.no desc limit 1 returning id`;
	const frozenDocument: FrozenDocument = {
		layout: 1,
		title: 'CANARY-OF-THE-MINISTRIES',
		address: '/ministry/cohort',
		filters: [],
		asOf: day('2026-12-05'),
		parts: [
			{
				heading: '示例',
				notes: [],
				pictures: [{ svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>示例</title></svg>', alt: '示例', width: 1, height: 1 }],
				table: null
			}
		],
		reportYears: [2026],
		filter: NO_FILTER
	};
	const frozenText = JSON.stringify(frozenDocument);
	const [frozen] = await sql<{ code: string }[]>`
		insert into frozen_view (code, title, address, document, document_hash, rules, statements, frozen_at, by_kind, person_id, person_name)
		values ('abcdefgh', 'x', '/ministry/cohort', ${frozenText}, encode(sha256(convert_to(${frozenText}::text, 'UTF8')), 'hex'), '{}', 0, now(), 'mofcom', 'p',
			'p') returning code`;
	const [file] = await sql<{ id: string }[]>`select id from attachment where report_id = ${String(report?.id)} limit 1`;
	const [forwarding] = await sql<{ forwarding_id: string }[]>`select forwarding_id from forwarding_item where report_id = ${String(report?.id)} limit 1`;
	const [batch] = await sql<{ id: string }[]>`
		insert into reminder_batch (year, channel_id, org_kind, person_id, person_name, undo_until) values (2026, '320000', 'commerce', 'scene', 'scene', now())
			returning id`;
	const [ministryBatch] = await sql<{ id: string }[]>`
		insert into reminder_batch (year, org_kind, person_id, person_name, undo_until) values (2026, 'mofcom', 'scene', 'scene', now()) returning id`;
	ids = {
		enterprise,
		report: String(report?.id),
		need: String(need?.id),
		followUp: String(followUp?.id),
		frozen: String(frozen?.code),
		file: String(file?.id),
		forwarding: String(forwarding?.forwarding_id),
		batch: String(batch?.id),
		ministryBatch: String(ministryBatch?.id)
	};
	// A text that only this firm's people, its departments and (once forwarded) the ministries may ever read.
	await sql`alter table draft_answer disable trigger all`;
	await sql`
		update draft_answer set typed = 'CANARY-OF-THE-OWNER ' || typed
		where report_id in (select id from annual_report where enterprise_id = ${enterprise} and year = 2026) and answer_key
			in ('problems_met', 'support_wanted', 'transformation_plan')`;
	await sql`alter table draft_answer enable trigger all`;
	for (const [who, username] of Object.entries(ACCOUNT)) {
		cookies.set(who as Who, await signIn(username));
		marks.set(who as Who, await markOfAccount(application, username));
	}
});
afterAll(() => application?.stop());

async function signIn(username: string): Promise<string> {
	const password = inject('demonstrationAccounts').find((account) => account.username === username)?.password ?? '';
	const answer = await fetch(`${application.url}/login`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: application.url, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
		body: new URLSearchParams({ identifier: username, password })
	});
	if (answer.status !== 303) throw new Error(`${username} was not let in: ${answer.status}`);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

async function visit(who: Who, address: string, init: RequestInit = {}): Promise<{ outcome: Outcome | string; body: string }> {
	const cookie = cookies.get(who);
	const mark = marks.get(who);
	const answer = await fetch(`${application.url}${address}`, {
		redirect: 'manual',
		...init,
		headers: { accept: 'text/html', origin: application.url, ...(cookie ? { cookie } : {}), ...(mark ? { 'x-page': mark } : {}), ...init.headers }
	});
	const body = await answer.text();
	const location = answer.headers.get('location') ?? '';
	const outcome =
		answer.status === 200
			? 'page'
			: answer.status === 403
				? 'forbidden'
				: answer.status === 404
					? 'missing'
					: answer.status >= 300 && answer.status < 400
						? location.startsWith('/login')
							? 'login'
							: 'away'
						: String(answer.status);
	return { outcome, body };
}

function expected(who: Who, { area, finds, leads }: Cell): Outcome {
	if (area !== null && who === 'anonymous' && !area.includes(who)) return 'login';
	if (area !== null && !area.includes(who)) return 'forbidden';
	if (finds && !finds.includes(who)) return 'missing';
	if (leads?.includes(who)) return 'away';
	return 'page';
}

test('every route of the tree is in the table', () => {
	const known = new Set([...Object.keys(routes()), ...ELSEWHERE]);
	const tree = [...routesOfTheTree().keys()];
	expect(tree.filter((route) => !known.has(route))).toEqual([]);
	expect([...known].filter((route) => !tree.includes(route))).toEqual([]);
	expect(tree.length).toBeGreaterThan(45);
});

describe('who may open what', () => {
	test.each(WHO)('%s', async (who) => {
		const wrong: string[] = [];
		for (const [route, cell] of Object.entries(routes())) {
			const { outcome, body } = await visit(who, cell.address);
			const wanted = expected(who, cell);
			if (outcome !== wanted && !(cell.byState && wanted === 'page' && outcome === 'away')) wrong.push(`${route}: ${outcome}, not ${wanted}`);
			if (who !== 'owner' && body.includes('CANARY-OF-THE-OWNER')) wrong.push(`${route}: shows the owner's draft`);
		}
		expect(wrong).toEqual([]);
	});
});

describe('who may post what', () => {
	/** Nonsense to every page: a stranger is turned away, and whoever may be there gets a sentence, never an error of ours. */
	const nonsense = () => new URLSearchParams({ id: '1', reportId: ids.report, version: 'x', text: '\u0000\u202e', year: '-0', comments: '１，２３４' });
	test.each(WHO)('%s', async (who) => {
		const wrong: string[] = [];
		for (const [route, cell] of Object.entries(routes())) {
			if (['/login', '/login/again', '/not-taken', '/logout'].includes(route)) continue;
			const { outcome, body } = await visit(who, cell.address, { method: 'POST', body: nonsense() });
			if (/^5/.test(outcome)) wrong.push(`${route}: ${outcome}`);
			if (cell.area !== null && !cell.area.includes(who) && !['forbidden', 'missing', 'login', '401', '405'].includes(outcome))
				wrong.push(`${route}: ${outcome} for a stranger`);
			if (who !== 'owner' && body.includes('CANARY-OF-THE-OWNER')) wrong.push(`${route}: shows the owner's draft`);
		}
		expect(wrong).toEqual([]);
	});

	test('a request from another site is refused whatever its content type', async () => {
		for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain', 'application/octet-stream']) {
			const { outcome } = await visit('owner', '/enterprise/reports/2026/answers', {
				method: 'PATCH',
				body: '{}',
				headers: { origin: 'https://elsewhere.example', 'content-type': type }
			});
			expect(outcome).toBe('forbidden');
		}
	});
});

describe('bad addresses', () => {
	test.each(['/enterprise/reports/20x6', '/enterprise/reports/9999', '/enterprise/reports/2026/nonsense', '/enterprise/reports/2026-nonsense'])(
		'%s is no page of the owner',
		async (address) => {
			expect((await visit('owner', address)).outcome).toBe('missing');
		}
	);
	test.each([
		'/channel/reports/0',
		'/channel/reports/abc',
		'/channel/reports/99999999999999999999999',
		'/channel/enterprises/-1',
		'/channel/forward/1e3',
		'/files/nonsense'
	])('%s is no page of a department', async (address) => {
		expect((await visit('industry', address)).outcome).toBe('missing');
	});
	test.each(['/ministry/reports/0x1', '/ministry/enterprises/1%00', '/ministry/reports/9'.padEnd(40, '9')])('%s is no page of a ministry', async (address) => {
		expect(['missing', '400']).toContain((await visit('miit', address)).outcome);
	});
	test.each([
		'/ministry/reports?year=abc&state=none&state=zzz&cursor=%00&sort=--x&density=9',
		'/ministry/reports?year=2026&year=2025&q=%E2%80%AE%00',
		'/enterprises?q=%00&cohort=abc',
		'/verify?receipt=%00'
	])('%s is answered, not broken', async (address) => {
		expect((await visit('miit', address)).outcome).toBe('page');
	});
	test.each(['/channel/reports?year=1e9&court=x&after=%00&sort=;drop', '/channel/reports?q='.padEnd(5_000, 'a'), '/channel/home?year=%F0%9F%98%80'])(
		'%s is answered, not broken',
		async (address) => {
			expect(['page', '414']).toContain((await visit('industry', address)).outcome);
		}
	);
});
