import { Agent, request as ask } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { chanceOf } from '#db/seed/demo/random.ts';
import { startApplication, type Application } from '../support/application.ts';
import { DEMONSTRATION_AS_OF } from '../support/application.global.ts';
import { namesOfTheTree } from '../support/input-names.ts';
import { markOfAccount } from '../support/page-mark.ts';
import { routesOfTheTree } from '../support/routes.ts';

/**
 * Whatever is sent to whatever address by whomever, the answer is never a fault of ours: no 5xx, nothing unexpected in the log, and the
 * process still answers at the end. The same requests in every run, drawn from a seed; what was found stays found.
 */
const GETS = 250;
const POSTS = 350;
const AT_ONCE = 6;
/** A machine shared with others may be ten times slower. */
const PATIENCE_MS = 240_000;
/** Nothing of ours may keep anybody waiting this long. */
const ANSWER_MS = 30_000;

const ACCOUNTS = [
	'js-maker-approver',
	'js-it-approver',
	'gd-maker-approver',
	'group-maker-approver',
	'js-commerce-approver',
	'js-industry-approver',
	'group-approver',
	'mofcom-approver',
	'miit-approver',
	'admin',
	'auditor'
] as const;
/** Whose part of the site an address is: most requests come from somebody who gets past the door. */
const INSIDERS: readonly (readonly [string, readonly string[]])[] = [
	['/enterprise', ['js-maker-approver', 'js-it-approver', 'gd-maker-approver', 'group-maker-approver']],
	['/channel', ['js-commerce-approver', 'js-industry-approver', 'group-approver']],
	['/ministry', ['mofcom-approver', 'miit-approver']],
	['/admin', ['admin']],
	['/audit', ['auditor']]
];
/** Its 503 is an honest answer of a machine that is busy with this very test. */
const NOT_ASKED = '/readyz';
/** Would end the sessions the rest is sent with. */
const NOT_SENT = new Set(['/logout', '/me?/sessions']);

/** Every name an input, a link or an address of ours uses. */
const NAMED = namesOfTheTree();
const NAMES = NAMED.all;

const ODD: readonly string[] = [
	'',
	' ',
	'0',
	'-0',
	'-1',
	'1e3',
	'1E+308',
	'NaN',
	'Infinity',
	'0x10',
	'１，２３４',
	'3.5亿',
	'9'.repeat(18),
	'9'.repeat(19),
	'9'.repeat(400),
	'1.5',
	'2147483648',
	'9223372036854775808',
	'\u0000',
	'a\u0000b',
	'\u202Eevil\u2066',
	'\uFEFF',
	'\uD800',
	'\uFFFF',
	'\u{1F600}'.repeat(50),
	'%00',
	'%',
	"'; drop table person; --",
	'"><script>alert(1)</script>',
	'{{7*7}}',
	'../../etc/passwd',
	'//evil.example',
	'/\\evil.example',
	'=1+1',
	'{}',
	'[]',
	'null',
	'undefined',
	'true',
	'{"__proto__":{"x":1}}',
	'[[[[1]]]]',
	'2026-02-30',
	'0000-00-00',
	'99999-01-01',
	'-infinity',
	'infinity',
	'now',
	'2026-11-30T24:00:00+08:00',
	'2100-01-01',
	'zh-CN',
	'approver',
	'desc',
	'-',
	'--',
	'_',
	'\\',
	'\r\n',
	'x'.repeat(3_000)
];

let application: Application;
let ids: readonly string[];
let samples: ReadonlyMap<string, readonly string[]>;
const cookies = new Map<string, string>();
/** What is sent comes from a page of whoever sends it, as a rule: otherwise nothing behind the first door would be tried. */
const marks = new Map<string, string>();

beforeAll(async () => {
	application = await startApplication({ appNow: DEMONSTRATION_AS_OF });
	const sql = application.adminSql;
	const texts = async (query: string): Promise<string[]> => (await sql.unsafe<{ id: string }[]>(query)).map(({ id }) => id);
	const [reports, enterprises, orgs, persons, files, forwardings, versions] = await Promise.all([
		texts(
			`select distinct on (state, substring(channel_id, 1, 1)) id::text from annual_report where year >= 2025 order by state, substring(channel_id, 1, 1), id
				limit 12`
		),
		texts('select id::text from enterprise order by id limit 4'),
		texts('select id::text from organisation order by id limit 6'),
		texts(
			`select id from person where id not in (select id from auth."user" where username in (${ACCOUNTS.map((name) => `'${name}'`).join(',')})) order by id
				limit 4`
		),
		texts('select id::text from attachment order by id limit 3'),
		texts('select id::text from forwarding order by id limit 3'),
		texts('select receipt_no as id from annual_report_version where receipt_no is not null order by receipt_no limit 2')
	]);
	ids = [...reports, ...enterprises, ...orgs, ...persons, ...files, ...forwardings];
	const years = ['2026', '2025', '2024', '2023', '2026-manufacturing'];
	samples = new Map<string, readonly string[]>([
		['id', ids],
		['reportId', reports],
		['reports', reports.map((id) => `${id}:1`)],
		['org', orgs],
		['orgId', orgs],
		['person', persons],
		['successor', persons],
		['year', years],
		['version', ['1', '2']],
		['rowVersion', ['1', '2']],
		['afterVersion', ['0', '1']],
		['slot', ['audited_statements', 'evidence']],
		['section', ['basics', 'economics', 'progress', 'declaration']],
		['no', ['1', '2']],
		['receipt', versions],
		['hash', ['abcdef']],
		['token', ['a'.repeat(32)]],
		['kind', ['renamed', 'moved', 'ceased', 'enterprise', 'commerce', 'group']],
		['effectiveOn', ['2026-11-01']],
		['name', ['某某（演示）']],
		['nameZh', ['某某集团']],
		['note', ['备注']],
		['channelId', ['32', '44', 'g001']],
		['duty', ['approver', 'reader']],
		['email', ['somebody@example.com']],
		['remark', ['请核对。']],
		['commentRemark', ['请核对。']],
		['commentKey', ['revenue@final']],
		['reasonCode', ['figures']],
		['correctByOn', ['2026-11-28']],
		['checklist', ['figures_match_audit']],
		['verdict', ['queried']],
		['letterNo', ['某商函〔2026〕1号']],
		['letterOn', ['2026-11-24']],
		['plan', ['1']],
		['importId', ['1']],
		['invitation', ['1']],
		['commentId', ['1']],
		['dueOn', ['2026-11-20']],
		['after', ['2026-11-01T00:00:00.000000Z_1_1']],
		['state', ['submitted']],
		['category', ['manufacturing']]
	]);
	for (const username of ACCOUNTS) {
		cookies.set(username, await signIn(username));
		marks.set(username, await markOfAccount(application, username));
	}
});
afterAll(() => application?.stop());

interface Asked {
	readonly method: string;
	/** As it goes over the wire: nothing tidies it up. */
	readonly path: string;
	readonly who?: string;
	readonly headers?: Record<string, string>;
	readonly body?: Buffer | string;
	/** Whose connections are used again. */
	readonly agent?: Agent;
}

interface Answer {
	readonly status: number;
	readonly body: string;
	readonly cookie: string;
	readonly requestId: string;
}

function send({ method, path, who, headers = {}, body, agent }: Asked): Promise<Answer> {
	const cookie = who === undefined ? undefined : cookies.get(who);
	const mark = who === undefined ? undefined : marks.get(who);
	return new Promise((resolve, reject) => {
		const sent = ask(
			`${application.url}/`,
			{
				method,
				path,
				agent,
				headers: {
					accept: 'text/html',
					origin: application.url,
					...(cookie === undefined ? {} : { cookie }),
					...(mark === undefined ? {} : { 'x-page': mark }),
					...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
					...headers
				}
			},
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () =>
					resolve({
						status: answer.statusCode ?? 0,
						body: Buffer.concat(chunks).toString('utf8'),
						cookie: (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; '),
						requestId: String(answer.headers['x-request-id'] ?? '')
					})
				);
				answer.on('error', reject);
			}
		);
		// An answer before the whole body was sent, then a closed line: what counts is the answer.
		sent.on('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EPIPE' || (error.code === 'ECONNRESET' && body !== undefined)
				? resolve({ status: 413, body: '', cookie: '', requestId: '' })
				: reject(error)
		);
		sent.setTimeout(ANSWER_MS, () => {
			resolve({ status: 599, body: 'no answer', cookie: '', requestId: '' });
			sent.destroy();
		});
		sent.end(body);
	});
}

async function signIn(username: string): Promise<string> {
	const password = inject('demonstrationAccounts').find((account) => account.username === username)?.password ?? '';
	const answer = await send({
		method: 'POST',
		path: '/login',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ identifier: username, password }).toString()
	});
	if (answer.status !== 303) throw new Error(`${username} was not let in: ${answer.status}`);
	return answer.cookie;
}

const chance = chanceOf('bad input');

/** Bytes that `encodeURIComponent` would refuse are part of what is tried. */
function encoded(text: string): string {
	return chance.odds(0.03) ? '%ED%A0%80' : encodeURIComponent(text.isWellFormed() ? text : `${text.toWellFormed()}x`);
}

function valueOf(name: string): string {
	const known = samples.get(name);
	return known && chance.odds(0.65) ? chance.pick(known) : chance.pick(ODD);
}

function pathOf(route: string): string {
	return route.replace(/\[(\w+)\]/g, (_, name: string) =>
		samples.has(name) && chance.odds(0.8) ? encodeURIComponent(chance.pick(samples.get(name) ?? [])) : encoded(chance.pick(ODD).slice(0, 500))
	);
}

/** A name that the page itself uses, where it has any, or one of all. */
function nameFor(route: string): string {
	const own = NAMED.ofRoute(route);
	return chance.pick(own.length > 0 && chance.odds(0.5) ? own : NAMES);
}

function queryOf(route: string, most: number): string {
	const parts = Array.from({ length: chance.whole(0, most) }, () => {
		const name = chance.odds(0.9) ? nameFor(route) : chance.pick(ODD).slice(0, 60);
		return Array.from({ length: chance.odds(0.15) ? 3 : 1 }, () => `${encoded(name)}${chance.odds(0.05) ? '' : `=${encoded(valueOf(name))}`}`).join('&');
	});
	return parts.join('&');
}

function whoFor(route: string): string | undefined {
	const inside = INSIDERS.find(([area]) => route.startsWith(area))?.[1];
	if (inside && chance.odds(0.9)) return chance.pick(inside);
	return chance.odds(0.1) ? undefined : chance.pick(ACCOUNTS);
}

function bodyOf(route: string): { readonly type: string; readonly body: Buffer | string } {
	const pairs = Array.from({ length: chance.whole(0, 14) }, () => {
		const name = nameFor(route);
		return [name, valueOf(name)] as const;
	});
	// Most forms carry what the action looks for first, so that what comes after it is reached too.
	for (const name of ['version', 'reportId', 'org', 'person', 'kind', 'effectiveOn', 'note', 'rowVersion', 'year', 'remark'])
		if (chance.odds(0.7)) pairs.push([name, valueOf(name)]);
	if (chance.odds(0.02)) pairs.push(['remark', '长'.repeat(350_000)]);
	const urlencoded = () => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
	const multipart = () =>
		pairs
			.map(
				([name, value], index) =>
					`--cut\r\ncontent-disposition: form-data; name="${name}"` +
					`${index % 4 === 0 ? `; filename="${value.replace(/[\r\n"\0]/g, '')}.xlsx"` : ''}\r\n\r\n${value}\r\n`
			)
			.join('') + '--cut--\r\n';
	switch (chance.whole(0, 9)) {
		case 0:
			return { type: 'multipart/form-data; boundary=cut', body: multipart() };
		case 1:
			return { type: 'multipart/form-data; boundary=cut', body: multipart().slice(0, chance.whole(0, 400)) };
		case 2:
			return {
				type: chance.pick([
					'multipart/form-data',
					'multipart/form-data; boundary=',
					'multipart/form-data; boundary=other',
					'text/plain',
					'',
					'application/x-www-form-urlencoded; charset=utf-16'
				]),
				body: multipart()
			};
		case 3:
			return {
				type: 'application/json',
				body: chance.pick([
					'{',
					'null',
					'[]',
					'{"changes":[]}',
					'{"changes":[{"key":"revenue@final","typed":"\\u0000","baseVersion":-1}]}',
					'{"changes":[{"key":"__proto__","typed":"1e3","baseVersion":0}]}',
					'{"changes":[{"key":"revenue@final","typed":"\\ud800","baseVersion":0}]}',
					'"x"',
					`{"changes":${'['.repeat(5_000)}`
				])
			};
		case 4:
			return { type: 'application/octet-stream', body: Buffer.from(Array.from({ length: 300 }, () => chance.whole(0, 255))) };
		default:
			return { type: 'application/x-www-form-urlencoded', body: urlencoded() };
	}
}

/** Sends them all, some at a time, and names those that were a fault of ours: by the answer, or by its request's line in the log. */
async function faultsOf(all: readonly Asked[]): Promise<string[]> {
	const faults: string[] = [];
	const answered: { readonly asked: Asked; readonly requestId: string }[] = [];
	const left = [...all];
	const one = async (): Promise<void> => {
		for (let asked = left.pop(); asked !== undefined; asked = left.pop()) {
			const { status, body, requestId } = await send(asked);
			answered.push({ asked, requestId });
			// A script of ours gets the status inside the answer.
			if (status >= 500 || /^\{"type":"error".*"status":5\d\d/.test(body)) faults.push(`${said(asked)} → ${status} ${body.slice(0, 200)}`);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, one));
	const unexpected = application
		.output()
		.split('\n')
		.filter((line) => line.includes('"unexpected"'));
	for (const { asked, requestId } of answered) {
		const line = requestId === '' ? undefined : unexpected.find((logged) => logged.includes(requestId));
		if (line !== undefined) faults.push(`${said(asked)} → ${line.slice(0, 700)}`);
	}
	return faults;
}

function said({ who, method, path, headers, body }: Asked): string {
	return `${who ?? 'nobody'} ${method} ${path.slice(0, 300)} ${headers?.['content-type'] ?? ''} ${String(body ?? '').slice(0, 600)}`;
}

const TREE = routesOfTheTree();

describe('the names that are tried', () => {
	test('are those of the tree', () => {
		expect(NAMES.length).toBeGreaterThan(120);
		// An input, a control, a filter, a ticked row, an address that is asked, a box of the form, a date of the year, a policy's text.
		for (const name of ['letterNo', 'untilOn', 'class', 'report', 'asof', 'revenue@final', 'ministryDueOn', 'forwarding.en'])
			expect(NAMES, name).toContain(name);
		for (const name of ['search', 'chart', 'viewport']) expect(NAMES, name).not.toContain(name);
		expect(NAMED.ofRoute('/channel/forward')).toContain('letterNo');
	});

	test('leave none out that is made at run time', () => expect(NAMED.unknown).toEqual([]));

	test('are read off the text, whoever draws the input', () => {
		const page = `<script>const filters = [{ kind: 'text', name: 'q' }];</script>
			<Icon name="menu" /><TextInput onchange={() => go()} name="plain" /><input name={made} /><input name={field.id} />`;
		const { all, unknown } = namesOfTheTree(new Map([['src/routes/some/+page.svelte', page]]));
		expect(all).toEqual(expect.arrayContaining(['q', 'plain', 'digital_team']));
		expect(all).not.toContain('menu');
		expect(unknown).toEqual(['src/routes/some/+page.svelte: name={made}']);
	});
});

describe('nothing that is sent is a fault of ours', () => {
	test(
		'addresses with odd parts and questions',
		async () => {
			const routes = [...TREE.keys()].filter((route) => route !== NOT_ASKED);
			const all = Array.from({ length: GETS }, (_, index): Asked => {
				const route = routes[index % routes.length] ?? '/';
				return {
					method: chance.odds(0.1) ? 'HEAD' : 'GET',
					path: `${pathOf(route)}${chance.odds(0.05) ? '/__data.json' : ''}?${queryOf(route, 8)}`,
					...whoPart(route)
				};
			});
			expect(await faultsOf(all)).toEqual([]);
		},
		PATIENCE_MS
	);

	test(
		'forms with odd, missing, repeated and unknown fields, and bodies that are none',
		async () => {
			const targets = [...TREE].flatMap(([route, actions]) =>
				(actions.length === 0 ? [''] : actions.map((action) => (action === 'default' ? '' : `/${action}`))).map((action) => ({ route, action }))
			);
			expect(targets.length).toBeGreaterThan(75);
			const sent = targets.filter(({ route, action }) => route !== NOT_ASKED && !NOT_SENT.has(`${route}${action === '' ? '' : `?${action}`}`));
			const all = Array.from({ length: POSTS }, (_, index): Asked => {
				const { route, action } = sent[index % sent.length] ?? { route: '/', action: '' };
				const { type, body } = bodyOf(route);
				const method = action === '' && chance.odds(0.25) ? chance.pick(['PUT', 'PATCH', 'DELETE']) : 'POST';
				const script: Record<string, string> = chance.odds(0.3) ? { accept: 'application/json', 'x-sveltekit-action': 'true' } : {};
				const odd: Record<string, string> = chance.odds(0.05) ? { 'x-page': encoded(chance.pick(ODD)).slice(0, 2_000) } : {};
				return {
					method,
					path: `${pathOf(route)}?${action}${chance.odds(0.2) ? `&${queryOf(route, 3)}` : ''}`,
					...whoPart(route),
					headers: { 'content-type': type, ...script, ...odd },
					body
				};
			});
			expect(await faultsOf(all)).toEqual([]);
		},
		PATIENCE_MS
	);

	test('addresses that no browser would send', async () => {
		const paths = [
			'/%',
			'/%zz',
			'/%E0%A4%A',
			'//',
			'///login',
			'/\\',
			'/..%2f..%2fetc/passwd',
			'/enterprise/reports/%00',
			'/enterprise/reports/2026/%2e%2e',
			'/_app/immutable/%00',
			'/_app/version.json/x',
			'/files/%ff',
			'/login?%',
			`/${'a'.repeat(12_000)}`,
			'/enterprises?'.padEnd(12_000, 'q=1&'),
			'/__data.json',
			'/home/__data.json?x-sveltekit-invalidated=9'
		];
		expect(
			await faultsOf(
				paths.flatMap((path): Asked[] => [
					{ method: 'GET', path },
					{ method: 'GET', path, who: 'js-maker-approver' },
					{ method: 'GET', path, who: 'miit-approver' }
				])
			)
		).toEqual([]);
	});

	test('whoever is answered before the body was read is answered again on the same connection', async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const body = Buffer.alloc(1_050_000, 'a');
		for (const [method, path, type] of [
			['POST', '/nowhere', 'application/x-www-form-urlencoded'],
			['PATCH', '/enterprise/reports/2026/answers', 'application/json'],
			['PUT', '/enterprise/reports/2026/files/evidence', 'application/octet-stream']
		] as const) {
			expect([401, 404]).toContain((await send({ method, path, headers: { 'content-type': type }, body, agent })).status);
			expect((await send({ method: 'GET', path: '/login', agent })).status, `after ${method} ${path}`).toBe(200);
		}
		agent.destroy();
	});

	test('a body beyond every limit is refused and leaves the process answering', async () => {
		for (const path of ['/login', '/ministry/cohort/import?/try', '/enterprise/reports/2026/answers']) {
			const { status } = await send({
				method: path.endsWith('answers') ? 'PATCH' : 'POST',
				path,
				who: path.startsWith('/ministry') ? 'mofcom-approver' : 'js-maker-approver',
				headers: { 'content-type': path.endsWith('answers') ? 'application/json' : 'application/x-www-form-urlencoded' },
				body: Buffer.alloc(34 * 1024 * 1024, 'a')
			});
			expect([400, 413], path).toContain(status);
		}
		expect((await send({ method: 'GET', path: '/readyz' })).status).toBe(200);
	});
});

function whoPart(route: string): { readonly who?: string } {
	const who = whoFor(route);
	return who === undefined ? {} : { who };
}
