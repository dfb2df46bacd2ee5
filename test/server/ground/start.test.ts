import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startOldServer } from '../../support/old-server.ts';

/** What an operator reads when `npm start` cannot: one sentence about what to change, an exit code, no stack of ours. */
const program = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

/** All that production asks for beside its database. */
const EARNEST = { ORIGIN: 'https://reports.example.cn', SESSION_SECRET: '9vQ0m3yWc8LrT2bZkX5nJ7hPd1sGfAeUoIq4+/wMtBY=' };

const start = (env: Record<string, string>) => run('start.ts', { ...EARNEST, ...env });

async function run(name: string, env: Record<string, string>): Promise<{ code: number | null; said: string }> {
	const { PATH, HOME } = process.env;
	const child = spawn(process.execPath, [program(name)], { env: { PATH, HOME, PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, said };
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : 0);
		});
	});
}

const strangers: Server[] = [];
afterAll(() => Promise.all(strangers.map((server) => new Promise((resolve) => server.close(resolve)))));

describe('npm start says in one sentence why it cannot', () => {
	let database: URL;
	beforeAll(() => {
		database = new URL(inject('templateUrl'));
	});
	const changed = (change: (url: URL) => void): string => {
		const url = new URL(database);
		change(url);
		return url.href;
	};

	test('a port in use', async () => {
		const other = createServer();
		strangers.push(other);
		const port = await listen(other);
		expect(await start({ PORT: String(port), HOST: '127.0.0.1' })).toEqual({
			code: 1,
			said: `Port ${port} is already in use; stop what uses it or set PORT.\n`
		});
	});

	test('an address that is not of this machine', async () => {
		expect(await start({ PORT: '4999', HOST: '192.0.2.1' })).toEqual({
			code: 1,
			said: 'HOST 192.0.2.1 is no address of this machine; leave it unset to listen on all of them.\n'
		});
	});

	test('nobody listens where DATABASE_URL points', async () => {
		const { code, said } = await start({ DATABASE_URL: 'postgres://somebody:secret-of-mine@127.0.0.1:1/keyent' });
		expect(said).toBe('The database of DATABASE_URL cannot be reached (ECONNREFUSED); check host and port, and that the server runs.\n');
		expect(code).toBe(1);
	});

	test('a wrong password, and a database that does not exist', async () => {
		expect(await start({ DATABASE_URL: changed((url) => (url.password = 'guessed')) })).toEqual({
			code: 1,
			said: 'The database of DATABASE_URL refuses the user or password.\n'
		});
		expect(await start({ DATABASE_URL: changed((url) => (url.pathname = '/nowhere')) })).toEqual({
			code: 1,
			said: 'The database named in DATABASE_URL does not exist; create it first.\n'
		});
	});

	test('a server that is too old is asked nothing but its version', async () => {
		const old = await startOldServer(140_012);
		const { code, said } = await start({ DATABASE_URL: `postgres://somebody:secret@127.0.0.1:${old.port}/keyent` });
		await old.stop();
		expect(said).toBe('The database server is PostgreSQL 14; version 15 or newer is needed.\n');
		expect(code).toBe(1);
		expect(old.asked().filter((question) => !/server_version_num|pg_type/.test(question))).toEqual([]);
	});

	test('something else than PostgreSQL answers', async () => {
		const web = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'));
		});
		strangers.push(web);
		const port = await listen(web);
		const { code, said } = await start({ DATABASE_URL: `postgres://somebody:secret@127.0.0.1:${port}/keyent` });
		expect(said).toBe('What the database address names does not answer as PostgreSQL does; check host and port.\n');
		expect(code).toBe(1);
	});

	test('settings that only the processes it starts would refuse', async () => {
		const { code, said } = await start({ DATABASE_URL: database.href, APP_NOW: '2026-11-27T10:00:00+08:00' });
		expect(said).toBe('APP_NOW must not be set in production: deadlines are judged by the real clock.\n');
		expect(code).toBe(1);
	});
});

describe('each process says in one sentence why it cannot, and never that it is ready', () => {
	let database: TestDatabase;
	beforeAll(async () => {
		database = await createTestDatabase();
	});
	afterAll(() => database.drop());
	const url = (change: (url: URL) => void) => {
		const made = new URL(database.url);
		change(made);
		return made.href;
	};
	const REFUSED = 'names a user or password that the database refuses.\n';

	test.each(['web.ts', 'jobs/main.ts'])('%s on a real database without a word is in earnest, and asks for what that needs', async (name) => {
		expect(await run(name, { DATABASE_URL: url(() => undefined) })).toEqual({
			code: 1,
			said: [
				'SESSION_SECRET must be set in production; make one with `openssl rand -base64 32`.',
				'ORIGIN must be set in production: the address as browsers see it, such as https://reports.example.cn.',
				''
			].join('\n')
		});
	});

	test.each(['web.ts', 'jobs/main.ts'])('%s with a login that does not answer', async (name) => {
		expect(await run(name, { ...EARNEST, DATABASE_URL: url((it) => (it.password = 'guessed')) })).toEqual({ code: 1, said: `DATABASE_URL ${REFUSED}` });
		expect(await run(name, { ...EARNEST, DATABASE_URL: url(() => undefined), AUTH_DATABASE_URL: url((it) => (it.password = 'guessed')) })).toEqual({
			code: 1,
			said: `AUTH_DATABASE_URL ${REFUSED}`
		});
		const { code, said } = await run(name, { ...EARNEST, DATABASE_URL: 'postgres://somebody@127.0.0.1:1/keyent' });
		expect({ code, said }).toEqual({
			code: 1,
			said: 'DATABASE_URL names a database that does not answer (ECONNREFUSED); check host and port, and that the server runs.\n'
		});
	});

	test('a database that was never migrated, and a server that takes the connection and says nothing', async () => {
		expect(await run('web.ts', { ...EARNEST, DATABASE_URL: url((it) => (it.pathname = '/postgres')) })).toEqual({
			code: 1,
			said: 'DATABASE_URL names a database that was never migrated; run `npm run migrate`.\n'
		});
		const held: Socket[] = [];
		const silent = createServer((socket) => void held.push(socket.on('error', () => undefined)));
		strangers.push(silent);
		const port = await listen(silent);
		const { code, said } = await run('web.ts', { ...EARNEST, DATABASE_URL: `postgres://somebody@127.0.0.1:${port}/keyent` });
		expect(said).toMatch(/^DATABASE_URL names a database that does not answer \(\w+\); check host and port, and that the server runs\.\n$/);
		expect(code).toBe(1);
		for (const socket of held) socket.destroy();
	});

	test('npm start whose application login is wrong, although the owner’s is right', async () => {
		const { code, said } = await start({
			DATABASE_URL: url((it) => (it.password = 'guessed')),
			MIGRATE_DATABASE_URL: url(() => undefined),
			PORT: '4998',
			HOST: '127.0.0.1'
		});
		expect(said).toContain(`DATABASE_URL ${REFUSED}`);
		expect(said).not.toMatch(/Ready/);
		expect(code).toBe(1);
	});
});
