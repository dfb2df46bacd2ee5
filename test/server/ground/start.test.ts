import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startOldServer } from '../../support/old-server.ts';

/** What an operator reads when `npm start` cannot: one sentence about what to change, an exit code, no stack of ours. */
const START = fileURLToPath(new URL('../../../start.ts', import.meta.url));

async function start(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
	const { PATH, HOME } = process.env;
	const child = spawn(process.execPath, [START], { env: { PATH, HOME, PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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
