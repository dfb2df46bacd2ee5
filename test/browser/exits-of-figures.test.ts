/**
 * Every way by which a figure of the cohort could reach somebody who is no ministry: pages, data requests, files, pictures, print, sort orders. Each is
 * enumerated and asked for by every actor over HTTP, of a cohort whose figures cannot be mistaken: what leaves is one's own, and benchmarks.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { unpack } from '#lib/server/import/archive.ts';
import { makeBenchmarks, unmadeYears } from '#lib/server/store/trend/benchmarks.ts';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { routesOfTheTree } from '../support/routes.ts';

const ACCOUNT = {
	enterprise: 'js-maker-approver',
	'an IT enterprise': 'js-it-approver',
	'an enterprise of a group': 'group-maker-approver',
	department: 'js-commerce-approver',
	'the other department': 'js-industry-approver',
	group: 'group-approver',
	administrator: 'admin',
	auditor: 'auditor'
} as const;
type Actor = keyof typeof ACCOUNT | 'public';
const ACTORS: readonly Actor[] = ['public', ...(Object.keys(ACCOUNT) as (keyof typeof ACCOUNT)[])];

interface Ids {
	/** Of an enterprise of the actor's channel, and of one that is a stranger's to all of them. */
	readonly enterprise: readonly string[];
	readonly report: readonly string[];
}

/**
 * Every route outside /ministry with what is asked of it. A route that is not here fails: whoever adds one says what of the cohort leaves by it. Pages are
 * asked for as data as well.
 */
const EXITS = ({ enterprise, report }: Ids): Readonly<Record<string, readonly string[]>> => ({
	'/': ['/'],
	'/accessibility': ['/accessibility'],
	'/guide': ['/guide'],
	'/verify': ['/verify'],
	'/enterprises': ['/enterprises', '/enterprises?q=%E7%A4%BA%E4%BE%8B', '/enterprises?sort=revenue'],
	'/readyz': ['/readyz'],
	'/login': ['/login'],
	'/login/again': [],
	'/not-taken': [],
	'/logout': [],
	'/password': ['/password'],
	'/password/[token]': ['/password/none-such'],
	'/invitation/[token]': ['/invitation/none-such'],
	'/home': ['/home'],
	'/inbox': ['/inbox'],
	'/inbox/mail': ['/inbox/mail'],
	'/cal/[token].ics': ['/cal/none-such.ics'],
	'/me': ['/me'],
	'/me/preferences': [],
	'/me/seat': [],
	'/search': ['/search?q=2025', '/search?q=%E7%A4%BA%E4%BE%8B'],
	'/search/suggestions': ['/search/suggestions?q=2025'],
	'/views': ['/views'],
	'/s/[code]': ['/s/abcdefgh'],
	'/s/[code]/[no].svg': ['/s/abcdefgh/1.svg'],
	'/files/[id]': [],
	'/enterprise/home': ['/enterprise/home'],
	'/enterprise/people': ['/enterprise/people'],
	'/enterprise/needs': ['/enterprise/needs'],
	'/enterprise/follow-ups': ['/enterprise/follow-ups'],
	'/enterprise/follow-ups/[id]': [1, 2, 3, 4].map((id) => `/enterprise/follow-ups/${String(id)}`),
	'/enterprise/reports': ['/enterprise/reports', '/enterprise/reports?class=ito&region=440000&cohort=2022&asof=2025-12-01&of=2025&sort=revenue'],
	'/enterprise/reports/[year]': ['/enterprise/reports/2025', '/enterprise/reports/2026'],
	'/enterprise/reports/[year]/[section]': ['economics', 'people', 'manufacturing', 'it_outsourcing'].map((section) => `/enterprise/reports/2026/${section}`),
	'/enterprise/reports/[year]/check': ['/enterprise/reports/2026/check'],
	'/enterprise/reports/[year]/files': ['/enterprise/reports/2026/files'],
	'/enterprise/reports/[year]/files/[slot]': [],
	'/enterprise/reports/[year]/history': ['/enterprise/reports/2025/history'],
	'/enterprise/reports/[year]/extension': ['/enterprise/reports/2026/extension'],
	'/enterprise/reports/[year]/receipt': ['/enterprise/reports/2025/receipt'],
	'/enterprise/reports/[year]/print': ['/enterprise/reports/2025/print'],
	'/enterprise/reports/[year]/answers': [],
	'/enterprise/reports/[year]/calendar.ics': ['/enterprise/reports/2026/calendar.ics'],
	'/enterprise/reports/[year]/versions/[no]/content.json': ['/enterprise/reports/2025/versions/1/content.json'],
	'/enterprise/reports/[year]/versions/[no]/data.xlsx': ['/enterprise/reports/2025/versions/1/data.xlsx'],
	'/channel/home': ['/channel/home', '/channel/home?year=2025'],
	'/channel/chase': ['/channel/chase', '/channel/chase?year=2025&sort=name'],
	'/channel/chase/export': ['/channel/chase/export', '/channel/chase/export?format=csv'],
	'/channel/chase/remind': ['/channel/chase/remind?matching=1'],
	'/channel/chase/letter': ['/channel/chase/letter'],
	'/channel/chase/letter/letter.docx': [],
	'/channel/chase/batches/[id]': ['/channel/chase/batches/1'],
	'/channel/contacts': ['/channel/contacts'],
	'/channel/contacts/export': ['/channel/contacts/export'],
	'/channel/people': ['/channel/people'],
	'/channel/robots': ['/channel/robots'],
	'/channel/extensions': ['/channel/extensions'],
	'/channel/needs': ['/channel/needs'],
	'/channel/needs/export': ['/channel/needs/export'],
	'/channel/needs/[id]': ['/channel/needs/1'],
	'/channel/follow-ups': ['/channel/follow-ups'],
	'/channel/follow-ups/export': ['/channel/follow-ups/export'],
	'/channel/follow-ups/[id]': [1, 2, 3, 4].map((id) => `/channel/follow-ups/${String(id)}`),
	'/channel/reports': ['/channel/reports', '/channel/reports?year=2025', '/channel/reports?year=2025&sort=-flags', '/channel/reports?year=2025&sort=revenue'],
	'/channel/reports/export': ['/channel/reports/export?year=2025'],
	'/channel/reports/[id]': report.map((id) => `/channel/reports/${id}`),
	'/channel/enterprises': ['/channel/enterprises', '/channel/enterprises?sort=revenue&region=440000'],
	'/channel/enterprises/[id]': enterprise.flatMap((id) => [`/channel/enterprises/${id}`, `/channel/enterprises/${id}?class=ito&region=440000&asof=2025-12-01`]),
	'/channel/volumes/[year]': ['/channel/volumes/2025', '/channel/volumes/2026', '/channel/volumes/2025?channel=440000'],
	'/channel/volumes/[year]/volume.xlsx': ['/channel/volumes/2025/volume.xlsx', '/channel/volumes/2025/volume.xlsx?channel=440000'],
	'/channel/forward': ['/channel/forward'],
	'/channel/forward/[id]': ['/channel/forward/1'],
	'/admin/organisations': ['/admin/organisations'],
	'/admin/people': ['/admin/people'],
	'/audit': ['/audit'],
	'/audit/journal.xlsx': ['/audit/journal.xlsx']
});

let application: Application;
const cookies = new Map<string, string>();
const addresses = new Map<Actor, readonly string[]>();
/** By actor, the figures it may not read: every stranger's, and every exact statistic of all. */
const forbidden = new Map<Actor, ReadonlySet<string>>();
const own = new Map<Actor, ReadonlySet<string>>();

const isOfMinistries = (route: string): boolean => route.startsWith('/ministry/');

beforeAll(async () => {
	application = await startApplication({ appNow: DEMONSTRATION_AS_OF });
	const { adminSql: sql } = application;
	// Figures that can be no other number: eight digits, each enterprise's and year's their own.
	await sql.begin(async (tx) => {
		await tx`select set_config('app.system_reason', 'test', true)`;
		await tx`set local session_replication_role = replica`;
		await tx`update annual_figure f set
			revenue_wan = 71000000 + (f.designation_id * 6131 + f.figure_year * 17 + case f.basis when 'final' then 3 else 7 end) % 9000000 + 0.13,
			total_assets_wan = 81000000 + (f.designation_id * 5477 + f.figure_year * 23 + case f.basis when 'final' then 3 else 7 end) % 9000000 + 0.29`;
		await tx`delete from trend_benchmark`;
		await tx`delete from trend_benchmark_year`;
		await tx`select keep_trend_figures(null)`;
		for (const year of await unmadeYears({ sql: tx })) await makeBenchmarks({ sql: tx }, year, CATEGORIES);
	});
	const figures = await sql<{ enterprise_id: string; channel_id: string; now_of: string; cell: string; value: string }[]>`
		select r.enterprise_id, r.channel_id, e.channel_id as now_of, v.name || '/' || r.category || '/' || f.figure_year || '/' || f.basis as cell,
			v.value::text as value
		from annual_figure f join annual_report r on r.id = f.report_id join enterprise e on e.id = r.enterprise_id
		cross join lateral (values ('revenue', f.revenue_wan), ('total_assets', f.total_assets_wan)) v (name, value)`;
	const exact = [...Map.groupBy(figures, ({ cell }) => cell).values()].flatMap((cell) => statisticsOf(cell.map(({ value }) => Number(value))));
	for (const actor of ACTORS) {
		const [office] =
			actor === 'public'
				? []
				: await sql<{ kind: string; channel_id: string | null; enterprise_id: string | null }[]>`
						select o.kind, o.channel_id, o.enterprise_id from auth."user" u join membership m on m.person_id = u.id join organisation o on o.id = m.org_id
						where u.username = ${ACCOUNT[actor]}`;
		const mine = figures.filter(({ enterprise_id, channel_id, now_of }) =>
			office?.kind === 'enterprise'
				? enterprise_id === office.enterprise_id
				: office?.channel_id !== undefined && [channel_id, now_of].includes(office.channel_id ?? '')
		);
		const known = new Set(mine.flatMap(({ value }) => readings(Number(value))));
		own.set(actor, known);
		forbidden.set(actor, new Set([...figures.flatMap(({ value }) => readings(Number(value))), ...exact].filter((reading) => !known.has(reading))));
		if (actor !== 'public') cookies.set(actor, await signIn(ACCOUNT[actor]));
		const isOf = (channel: string) => mine.filter(({ channel_id }) => channel_id === channel)[0]?.enterprise_id;
		const ids = await sql<{ id: string; enterprise_id: string }[]>`
			(select r.id, r.enterprise_id from annual_report r
				where r.enterprise_id = ${isOf(office?.channel_id ?? '') ?? mine[0]?.enterprise_id ?? '0'} order by r.year desc limit 2)
			union all (select r.id, r.enterprise_id from annual_report r where r.channel_id = '440000' and r.year = 2025 order by r.id limit 1)`;
		addresses.set(actor, Object.values(EXITS({ enterprise: [...new Set(ids.map((one) => one.enterprise_id))], report: ids.map(({ id }) => id) })).flat());
	}
	cookies.set('mofcom', await signIn('mofcom-approver'));
}, 180_000);
afterAll(() => application?.stop());

/** A figure as any formatter of the house could write it: whole, with its places, in either direction. */
const readings = (value: number): readonly string[] => [String(Math.floor(value)), String(Math.round(value)), String(Math.ceil(value)), value.toFixed(2)];

/** What no reader but a ministry may have of a cell, exactly: extremes, mean, total, quartiles (with another rule's too). */
function statisticsOf(values: readonly number[]): readonly string[] {
	const sorted = values.toSorted((a, b) => a - b);
	const total = sorted.reduce((sum, value) => sum + value, 0);
	const at = (share: number): number => {
		const place = share * (sorted.length - 1);
		const low = sorted[Math.floor(place)] ?? 0;
		return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
	};
	return [total, total / sorted.length, at(0), at(1), at(0.1), at(0.25), at(0.5), at(0.75), at(0.9)].flatMap(readings);
}

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

/** What an address answers, as text: the parts of a workbook or a Word file too. */
async function take(who: string, address: string): Promise<{ readonly status: number; readonly text: string }> {
	const cookie = cookies.get(who);
	const answer = await fetch(`${application.url}${address}`, { redirect: 'follow', headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } });
	const bytes = Buffer.from(await answer.arrayBuffer());
	if (bytes.subarray(0, 2).toString('latin1') !== 'PK') return { status: answer.status, text: bytes.toString('utf8') };
	const unpacked = await unpack(bytes);
	if (!unpacked.ok) throw new Error(`${address}: ${unpacked.problem}`);
	return { status: answer.status, text: [...unpacked.parts.values()].map((part) => part.toString('utf8')).join('\n') };
}

/** Every number of a text, without its grouping. */
const numbersIn = (text: string): readonly string[] => [...text.matchAll(/(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)/g)].map(([found]) => found.replaceAll(',', ''));

/** The same page asked for as the script asks. */
const asData = (address: string): string => {
	const [path = '', query] = address.split('?');
	return `${path === '/' ? '' : path}/__data.json${query === undefined ? '' : `?${query}`}`;
};

describe('every way out is enumerated', () => {
	test('each route of the tree is the ministries’ alone, or in the table', () => {
		const listed = Object.keys(EXITS({ enterprise: [], report: [] }));
		const tree = [...routesOfTheTree().keys()].filter((route) => !isOfMinistries(route));
		expect(tree.filter((route) => !listed.includes(route))).toEqual([]);
		expect(listed.filter((route) => !tree.includes(route))).toEqual([]);
	});

	test('what is the ministries’ alone is refused to everybody else, page and data alike', async () => {
		const ofMinistries = [...routesOfTheTree().keys()].filter(isOfMinistries);
		expect(ofMinistries.length).toBeGreaterThan(30);
		const wrong: string[] = [];
		for (const actor of ACTORS)
			for (const route of ofMinistries) {
				const address = route.replaceAll(/\[metric\]/g, 'revenue').replaceAll(/\[[a-z]+\]/g, '1');
				const cookie = cookies.get(actor);
				for (const one of [address, asData(address)]) {
					const answer = await fetch(`${application.url}${one}`, { redirect: 'manual', headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } });
					const text = await answer.text();
					const turned = [303, 302, 401, 403, 404].includes(answer.status) || /"type":"(?:redirect|error)"|"status":40[134]/.test(text);
					const leaks = numbersIn(text).filter((number) => forbidden.get(actor)?.has(number));
					if (!turned || leaks.length > 0) wrong.push(`${actor} ${one}: ${String(answer.status)} ${leaks.slice(0, 3).join(' ')}`);
				}
			}
		expect(wrong).toEqual([]);
	}, 240_000);
});

describe('nothing of others but benchmarks leaves', () => {
	test('the figures would be seen: one’s own are, and a ministry’s page shows everybody’s', async () => {
		const seen = async (who: string, address: string, among: ReadonlySet<string>) =>
			numbersIn((await take(who, address)).text).filter((one) => among.has(one)).length;
		expect(await seen('enterprise', '/enterprise/reports', own.get('enterprise') ?? new Set())).toBeGreaterThan(3);
		const [enterprise] = (addresses.get('department') ?? []).filter((address) => address.startsWith('/channel/enterprises/'));
		expect(await seen('department', enterprise ?? '', own.get('department') ?? new Set())).toBeGreaterThan(3);
		expect(await seen('mofcom', '/ministry/metrics/revenue?of=2024', forbidden.get('public') ?? new Set())).toBeGreaterThan(3);
	});

	test('the benchmarks are there, coarse, for those who may see them', async () => {
		for (const [who, address] of [
			['enterprise', '/enterprise/reports'],
			['department', (addresses.get('department') ?? []).find((one) => one.startsWith('/channel/enterprises/')) ?? '']
		] as const) {
			const coarse = numbersIn((await take(who, address)).text).filter((one) => /^7\d\d00000$/.test(one));
			expect(coarse.length, `${who} ${address}`).toBeGreaterThan(3);
		}
	});

	test.each(ACTORS)(
		'%s',
		async (actor) => {
			const mayNot = forbidden.get(actor) ?? new Set();
			expect(mayNot.size).toBeGreaterThan(1_000);
			const wrong: string[] = [];
			let answered = 0;
			for (const address of addresses.get(actor) ?? [])
				for (const one of /\.(xlsx|json|svg|ics|docx)\b|\/export\b|\/suggestions\b|\/readyz/.test(address) ? [address] : [address, asData(address)]) {
					const { status, text } = await take(actor, one);
					if (status === 200) answered += 1;
					if (status >= 500) wrong.push(`${one}: ${String(status)}`);
					const leaks = numbersIn(text).filter((number) => mayNot.has(number));
					if (leaks.length > 0) wrong.push(`${one}: ${leaks.slice(0, 3).join(' ')}`);
				}
			expect(wrong).toEqual([]);
			expect(answered).toBeGreaterThan(10);
		},
		240_000
	);
});

describe('nothing is told by a difference', () => {
	/** What a page shows in its order: links, and the figures of its tables. */
	const told = (text: string): readonly string[] => [
		...[...text.matchAll(/href="(\/[^"]*)"/g)].map(([, href = '']) => href),
		...[...text.matchAll(/<td[^>]*class="[^"]*num[^"]*"[^>]*>(.*?)<\/td>/gs)].flatMap(([, cell = '']) => numbersIn(cell))
	];
	const LOOKED_AT: readonly (readonly [Actor, string])[] = [
		['public', '/'],
		['public', '/enterprises'],
		['enterprise', '/enterprise/home'],
		['enterprise', '/enterprise/reports'],
		['department', '/channel/home'],
		['department', '/channel/enterprises'],
		['department', '/channel/reports?year=2025'],
		['group', '/channel/enterprises']
	];

	test('a report more, a figure corrected, strangers in another order: no page of theirs moves', async () => {
		const [enterprise] = (addresses.get('department') ?? []).filter((address) => address.startsWith('/channel/enterprises/'));
		const all = [...LOOKED_AT, ['department', enterprise ?? ''] as const];
		const look = () => Promise.all(all.map(async ([actor, address]) => told((await take(actor, address)).text)));
		const before = await look();
		expect(before.flat().length).toBeGreaterThan(300);
		const ownChannels = ['320000'];
		const groups = await application.adminSql<{ id: string }[]>`select id from channel where kind = 'central_group'`;
		ownChannels.push(...groups.map(({ id }) => id));
		await application.adminSql.begin(async (tx) => {
			await tx`select set_config('app.system_reason', 'test', true)`;
			await tx`set local session_replication_role = replica`;
			// Of every stranger another figure, in another order; of closed years as corrections do, of the open one as reports that come.
			await tx`update annual_figure f set revenue_wan = 160000000 - f.revenue_wan, total_assets_wan = 180000000 - f.total_assets_wan
				from annual_report r join enterprise e on e.id = r.enterprise_id
				where r.id = f.report_id and not r.channel_id = any(${ownChannels}::text[]) and not e.channel_id = any(${ownChannels}::text[])`;
			await tx`select keep_trend_figures(null)`;
			for (const year of await unmadeYears({ sql: tx })) await makeBenchmarks({ sql: tx }, year, CATEGORIES);
		});
		expect(await look()).toEqual(before);
	}, 120_000);
});
