import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** The house rules of docs/architecture.md, read off the imports themselves. A room that is empty fails: a rule about nothing proves nothing. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Room = 'routes' | 'jobs' | 'acts' | 'reads' | 'store' | 'server' | 'domain' | 'forms' | 'ui' | 'db' | 'hooks';

function roomOf(path: string): Room | null {
	const rooms: readonly [string, Room][] = [
		['src/routes/', 'routes'],
		['src/hooks', 'hooks'],
		['src/lib/server/acts/', 'acts'],
		['src/lib/server/reads/', 'reads'],
		['src/lib/server/store/', 'store'],
		['src/lib/server/', 'server'],
		['src/lib/domain/', 'domain'],
		['src/lib/forms/', 'forms'],
		['src/lib/ui/', 'ui'],
		['jobs/', 'jobs'],
		['db/', 'db']
	];
	return rooms.find(([prefix]) => path.startsWith(prefix))?.[1] ?? null;
}

function filesBelow(folder: string): string[] {
	const path = join(ROOT, folder);
	if (!existsSync(path)) return [];
	return readdirSync(path).flatMap((name) => {
		const inner = join(folder, name);
		if (name === 'paraglide' || name === 'node_modules') return [];
		return statSync(join(ROOT, inner)).isDirectory() ? filesBelow(inner) : /\.(ts|js|svelte)$/.test(name) ? [inner] : [];
	});
}

const FILES = ['src', 'jobs', 'db'].flatMap(filesBelow);
const SOURCE = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

interface Import {
	readonly from: string;
	readonly to: string;
	/** Only types: nothing of the other room runs here. */
	readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
	const text = SOURCE.get(file) ?? '';
	const found: Import[] = [];
	for (const match of text.matchAll(
		/(?:^|[\n;>])\s*(import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g
	)) {
		const target = match[3] ?? match[4] ?? match[5];
		if (target === undefined) continue;
		found.push({ from: file, to: placeOf(file, target), typeOnly: match[2] !== undefined });
	}
	return found;
}

/** The imported file below the root, or the package's name as it stands. */
function placeOf(file: string, target: string): string {
	if (target.startsWith('#lib/')) return `src/lib/${target.slice(5)}`;
	if (target.startsWith('#db/') || target.startsWith('#jobs/')) return target.slice(1);
	if (target.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(file), target));
	return target;
}

const IMPORTS = FILES.flatMap(importsOf);
const inRoom = (room: Room) => FILES.filter((file) => roomOf(file) === room);
/** Words and formats are plain functions that a mail or an export needs as much as a screen; a component is a screen's. */
const isWording = (path: string) => path.startsWith('src/lib/ui/') && path.endsWith('.ts') && !path.endsWith('.svelte.ts');
const between = (from: readonly Room[], to: readonly Room[]) =>
	IMPORTS.filter((one) => !one.typeOnly && !isWording(one.to) && from.includes(roomOf(one.from) as Room) && to.includes(roomOf(one.to) as Room)).map(
		({ from, to }) => `${from} → ${to}`
	);

describe('the rooms', () => {
	test.each<[Room, number]>([
		['domain', 20],
		['acts', 10],
		['reads', 8],
		['store', 5],
		['ui', 20],
		['routes', 15],
		['forms', 2],
		['jobs', 2],
		['db', 3]
	])('%s holds at least %i files', (room, least) => {
		expect(inRoom(room).length).toBeGreaterThanOrEqual(least);
	});

	test('an import is recognised at all', () => {
		expect(IMPORTS.length).toBeGreaterThan(500);
		expect(between(['acts'], ['store']).length).toBeGreaterThan(10);
	});
});

describe('arrows point down', () => {
	test('domain imports nothing but itself', () => {
		const strangers = IMPORTS.filter(({ from, to }) => roomOf(from) === 'domain' && roomOf(to) !== 'domain').map(({ from, to }) => `${from} → ${to}`);
		expect(strangers).toEqual([]);
	});

	test('store serves acts and reads, and knows neither', () => expect(between(['store'], ['acts', 'reads', 'routes', 'ui', 'jobs'])).toEqual([]));
	test('a read changes nothing: it calls no act', () => expect(between(['reads'], ['acts', 'routes', 'ui', 'jobs'])).toEqual([]));
	test('an act asks no screen', () => expect(between(['acts'], ['reads', 'routes', 'ui', 'jobs'])).toEqual([]));
	test('the server knows no route and no component', () => expect(between(['server'], ['routes', 'ui', 'jobs'])).toEqual([]));
	test('components get data as props', () => expect(between(['ui'], ['server', 'acts', 'reads', 'store', 'routes', 'db', 'jobs'])).toEqual([]));
	test('forms are shared by browser and server', () =>
		expect(between(['forms'], ['server', 'acts', 'reads', 'store', 'routes', 'ui', 'db', 'jobs'])).toEqual([]));
	test('no component brings the checking library into the browser, through however many files', () => {
		const reached = new Set(FILES.filter((file) => file.endsWith('.svelte')));
		const bringing: string[] = [];
		for (const file of reached) {
			for (const { from, to } of IMPORTS.filter((one) => one.from === file && !one.typeOnly)) {
				if (to === 'zod') bringing.push(from);
				else if (SOURCE.has(to)) reached.add(to);
			}
		}
		expect(reached.size).toBeGreaterThan(200);
		expect(bringing).toEqual([]);
	});
	test('routes and jobs go through acts and reads, not to the store', () => expect(between(['routes', 'jobs'], ['store'])).toEqual([]));
});

describe('one door to the rows', () => {
	test('only the door, sign-in and the database tools open a connection', () => {
		const opened = FILES.filter((file) => /\bpostgres\(/.test(SOURCE.get(file) ?? ''));
		const allowed = /^(db\/|src\/lib\/server\/(db|auth)(-[a-z]+)?\.ts$)/;
		expect(opened.filter((file) => !allowed.test(file))).toEqual([]);
		expect(opened).toContain('src/lib/server/db.ts');
	});

	test('SQL is written in acts, reads, store and the server room, never in a route, a component or a rule', () => {
		const speaks = (file: string) => /\bsql(<[^`]*>)?`/.test(SOURCE.get(file) ?? '');
		expect(FILES.filter((file) => speaks(file) && ['routes', 'ui', 'domain', 'forms', 'hooks'].includes(roomOf(file) ?? ''))).toEqual([]);
		expect(FILES.filter(speaks).length).toBeGreaterThan(10);
	});

	test('the session is read by the hook and the sign-in room alone', () => {
		const readers = IMPORTS.filter(({ to }) => to === 'src/lib/server/auth.ts').map(({ from }) => from);
		expect(readers.filter((file) => roomOf(file) === 'reads' || roomOf(file) === 'store')).toEqual([]);
	});
});

describe('small habits', () => {
	test('nothing of SvelteKit outside ui, routes and the hook', () => {
		const users = IMPORTS.filter(({ to }) => to.startsWith('$app/') || to.startsWith('$env/') || to.startsWith('$lib')).filter(
			({ from }) => !['ui', 'routes', 'hooks'].includes(roomOf(from) ?? '')
		);
		expect(users.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
	});

	test('no drawers for everything', () => {
		const drawers = FILES.filter((file) => /(^|\/)(utils?|helpers?|common|types|misc|index)\.(ts|js)$/.test(file) && !file.startsWith('src/routes/'));
		expect(drawers).toEqual([]);
	});

	test('files are kebab-case, components PascalCase', () => {
		const names = FILES.filter((file) => !file.startsWith('src/routes/')).map((file) => file.split('/').at(-1) ?? '');
		expect(
			names.filter((name) => (name.endsWith('.svelte') ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name) : !/^[a-z0-9]+([-.][a-z0-9]+)*\.(ts|js)$/.test(name)))
		).toEqual([]);
	});

	test('{@html} is never used', () => {
		expect(FILES.filter((file) => file.endsWith('.svelte') && /\{@html\b/.test(SOURCE.get(file) ?? ''))).toEqual([]);
	});

	test('every icon is drawn once, and nothing is drawn that is no icon', () => {
		const named = [...(/ICONS = \[([^\]]*)\]/.exec(SOURCE.get('src/lib/ui/Icon.svelte') ?? '')?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name ?? '');
		const drawn = [
			...readFileSync(join(ROOT, 'src/lib/ui/icons.svg'), 'utf8').matchAll(/<symbol id="(\w+)" viewBox="0 0 20 20"><path d="M[^"]+" \/><\/symbol>/g)
		].map(([, name]) => name ?? '');
		expect(named.length).toBeGreaterThan(40);
		expect(drawn.toSorted()).toEqual(named.toSorted());
	});

	test('a table that scrolls can be reached and named', () => {
		const scrolling = FILES.filter((file) => file.endsWith('.svelte')).flatMap((file) =>
			[...(SOURCE.get(file) ?? '').matchAll(/<div[^>]*class="table-wrap"[^>]*>/g)].map(([tag]) => ({ file, tag }))
		);
		expect(scrolling.length).toBeGreaterThan(10);
		expect(scrolling.filter(({ tag }) => !/role="region"/.test(tag) || !/tabindex="0"/.test(tag) || !/aria-label=/.test(tag))).toEqual([]);
	});

	test('no Chinese in code: words for people live in messages/', () => {
		// The pattern of a Chinese date, and the passwords that too many people choose, are data.
		// So are the numerals of a citation, held equal to the notice's own by form-words.test.ts.
		const data = new Set(['src/lib/ui/format.ts', 'src/lib/ui/article-text.ts', 'src/lib/forms/account-password.ts']);
		const speaking = FILES.filter((file) => !data.has(file))
			.filter((file) => /^src\/(routes|lib\/(ui|forms|server\/(acts|reads|store)))\//.test(file))
			.filter((file) => {
				const code = (SOURCE.get(file) ?? '')
					.replaceAll(/\/\*[\s\S]*?\*\//g, '')
					.replaceAll(/<!--[\s\S]*?-->/g, '')
					.replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1');
				return /[\u4e00-\u9fff]/.test(code);
			});
		expect(speaking).toEqual([]);
	});
});

describe('the timetable', () => {
	test('no job keeps hours by the clock of the wall: a rehearsal at nine may run at midnight, and what is due is the key’s question', () => {
		const hours = FILES.filter((file) => /^jobs\//.test(file)).flatMap((file) =>
			[...(SOURCE.get(file) ?? '').matchAll(/\bat: '([^']+)'/g)].map(([, cron = '']) => ({ file, cron }))
		);
		expect(hours.length).toBeGreaterThan(5);
		expect(hours.filter(({ cron }) => cron.trim().split(/\s+/).at(-4) !== '*')).toEqual([]);
	});
});
