import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '#db/embedded-lock.ts';
import { addressOfRunning, removeEmbedded, startEmbedded } from '#db/embedded.ts';
import { temporaryHome } from '../../support/database-server.ts';

let home: string;

beforeAll(async () => {
	home = await temporaryHome();
});
afterAll(() => removeEmbedded(home));

async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined });
	try {
		return await work(sql);
	} finally {
		await sql.end({ timeout: 1 });
	}
}

describe('the embedded database', () => {
	it('is made once, sorts Chinese, and keeps its data over a second start', async () => {
		const first = await startEmbedded({ home });
		expect(first.created).toBe(true);
		await ask(first.url, (sql) => sql`create table kept as select 1 as one`);
		const [made] = await ask(
			first.url,
			(sql) => sql`
			select pg_encoding_to_char(encoding) as encoding, datlocprovider::text as provider, datlocale as locale, current_setting('timezone') as zone,
				current_setting('fsync') as fsync
			from pg_database where datname = current_database()`
		);
		expect(made).toEqual({ encoding: 'UTF8', provider: 'i', locale: 'zh-CN', zone: 'UTC', fsync: 'on' });
		await first.stop();
		const second = await startEmbedded({ home });
		expect(second.created).toBe(false);
		expect(await ask(second.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
		await second.stop();
	});

	it('lets nobody in without its password, which only its owner can read', async () => {
		const server = await startEmbedded({ home });
		const stranger = new URL(server.url);
		stranger.password = 'guessed';
		await expect(ask(stranger.href, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' });
		expect((await stat(join(home, 'password'))).mode & 0o777).toBe(0o600);
		expect((await stat(home)).mode & 0o777).toBe(0o700);
		await server.stop();
	});

	it('refuses a second start beside a running one, naming its process, and harms nothing', async () => {
		const server = await startEmbedded({ home });
		await expect(startEmbedded({ home })).rejects.toMatchObject({
			code: 'already_running',
			message: expect.stringContaining(`process ${process.pid}`) as string
		});
		expect(await removeEmbedded(home)).toBe(false);
		expect(await ask(server.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
		await server.stop();
	});

	it('tells tools that only look where it runs, as long as it runs', async () => {
		expect(await addressOfRunning(home)).toBeUndefined();
		const server = await startEmbedded({ home });
		expect(await addressOfRunning(home)).toBe(server.url);
		await server.stop();
		expect(await addressOfRunning(home)).toBeUndefined();
	});

	it('starts again after its owner was killed and left the server running', async () => {
		const program = `
			import { startEmbedded } from ${JSON.stringify(new URL('../../../db/embedded.ts', import.meta.url).href)};
			const server = await startEmbedded({ home: ${JSON.stringify(home)} });
			console.log(server.pid);
			process.kill(process.pid, 'SIGKILL');`;
		const owner = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
		let printed = '';
		owner.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
		await once(owner, 'close');
		const orphan = Number(printed);
		expect(isAlive(orphan)).toBe(true);
		const server = await startEmbedded({ home });
		expect(isAlive(orphan)).toBe(false);
		expect(await ask(server.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
		await server.stop();
	});

	it('starts again beside the lock and the pid file of processes that are gone', async () => {
		const server = await startEmbedded({ home });
		process.kill(server.pid, 'SIGKILL');
		await server.gone;
		await writeFile(join(home, 'owner.lock'), JSON.stringify({ pid: 4_194_303, began: '1' }));
		const again = await startEmbedded({ home });
		expect(await ask(again.url, (sql) => sql`select one from kept`)).toEqual([{ one: 1 }]);
		await again.stop();
	});

	it('says which folder it cannot write', async () => {
		const file = join(home, 'a-file');
		await writeFile(file, '');
		const folder = join(file, 'postgres');
		await expect(startEmbedded({ home: folder })).rejects.toMatchObject({ code: 'folder_unwritable', message: expect.stringContaining(folder) as string });
	});

	it('says so when the port is taken, and does not stay locked', async () => {
		const other = await temporaryHome();
		const server = await startEmbedded({ home });
		await expect(startEmbedded({ home: other, port: server.port })).rejects.toMatchObject({ code: 'not_started' });
		await server.stop();
		expect(await removeEmbedded(other)).toBe(true);
	});
});
