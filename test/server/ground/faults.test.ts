import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { removeEmbedded, startEmbedded, type EmbeddedDatabase } from '#db/embedded.ts';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';
import { openDoor } from '#lib/server/db/door.ts';
import { temporaryHome } from '../../support/database-server.ts';
import { judge, LEDGER_TABLE, startWriters, type Entry, type Ledger } from '../../support/ledger.ts';

/** Longer than any call may take, by quality.md §4. */
const CALL_LIMIT_MS = 10_000;
/** From the moment the server accepts again. */
const BACK_LIMIT_MS = 5_000;
const WRITERS = 16;

const escaped: unknown[] = [];
const note = (error: unknown) => escaped.push(error);

let home: string;
let server: EmbeddedDatabase;

async function asOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(server.url, { max: 1, onnotice: () => undefined, fetch_types: false, connect_timeout: 5, connection: { application_name: 'owner' } });
	try {
		return await work(sql);
	} finally {
		await sql.end({ timeout: 1 });
	}
}

/** Waits until the server answers a new connection, as it does not while it recovers. */
async function accepting(): Promise<void> {
	for (let tries = 0; ; tries += 1) {
		try {
			await asOwner((sql) => sql`select 1`);
			return;
		} catch (error) {
			if (tries > 200) throw error;
			await wait(25);
		}
	}
}

/** The same data on the same port, as an operator's restart would bring it. */
async function startAgain(settings: Record<string, string> = {}): Promise<void> {
	server = await startEmbedded({ home, port: server.port, settings });
}

const backends = () => asOwner((sql) => sql<{ pid: number }[]>`select pid from pg_stat_activity where application_name = 'keyent'`);

function serverProcesses(pid: number): Promise<number[]> {
	return asOwner(async (sql) => [pid, ...(await sql<{ pid: number }[]>`select pid from pg_stat_activity where pid <> pg_backend_pid()`).map((row) => row.pid)]);
}

beforeAll(async () => {
	process.on('uncaughtException', note).on('unhandledRejection', note);
	home = await temporaryHome();
	server = await startEmbedded({ home });
	await migrate({ url: server.url });
	await asOwner((sql) => sql.unsafe(LEDGER_TABLE));
});

afterEach(() => asOwner((sql) => sql`truncate entry`));

afterAll(async () => {
	process.off('uncaughtException', note).off('unhandledRejection', note);
	await server.stop('immediate');
	await removeEmbedded(home);
});

/** Sixteen writers, a fault in their midst, and what stands in the table at the end. */
async function suffer(fault: () => Promise<void>): Promise<{ ledger: Ledger; backMs: number }> {
	const door = openDoor(server.url, { pool: 12 });
	const writers = startWriters(door, WRITERS);
	await writers.acknowledged(100);
	await fault();
	await accepting();
	const backMs = await writers.acknowledged(200);
	await writers.stop();
	await door.close();
	return { ledger: writers.ledger, backMs };
}

const entries = () => asOwner((sql) => sql<Entry[]>`select transfer, leg, meant_for, written_in from entry`);

const faults: [string, () => Promise<void>][] = [
	[
		'kill -9 of a backend',
		async () => {
			const [victim] = await backends();
			if (!victim) throw new Error('no backend is working');
			process.kill(victim.pid, 'SIGKILL');
			await wait(50);
		}
	],
	[
		'kill -9 of the postmaster',
		async () => {
			process.kill(server.pid, 'SIGKILL');
			await server.gone;
			await startAgain();
		}
	],
	[
		'pg_terminate_backend of all, five times',
		async () => {
			for (let round = 0; round < 5; round += 1) {
				await asOwner((sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'keyent'`);
				await wait(60);
			}
		}
	],
	[
		'a fast restart',
		async () => {
			await server.stop('fast');
			await startAgain();
		}
	],
	[
		'an immediate restart',
		async () => {
			await server.stop('immediate');
			await startAgain();
		}
	],
	[
		'a server frozen for 12 seconds',
		async () => {
			const frozen = await serverProcesses(server.pid);
			for (const pid of frozen) process.kill(pid, 'SIGSTOP');
			try {
				await wait(12_000);
			} finally {
				for (const pid of frozen) process.kill(pid, 'SIGCONT');
			}
		}
	]
];

describe('sixteen writers', () => {
	it.each(faults)('survive %s: nothing lost, nothing half, nothing in another transaction', async (_, fault) => {
		const { ledger, backMs } = await suffer(fault);
		expect(judge(ledger, await entries())).toEqual({ lost: [], half: [], risen: [], strayed: [] });
		expect(ledger.surprises).toEqual([]);
		expect(ledger.refused.size + ledger.unknown.size).toBeGreaterThan(0);
		expect(ledger.slowestMs).toBeLessThanOrEqual(CALL_LIMIT_MS);
		expect(backMs).toBeLessThanOrEqual(BACK_LIMIT_MS);
		expect(escaped).toEqual([]);
		// PostgreSQL's own word: no second BEGIN inside a transaction, no COMMIT or ROLLBACK outside one.
		expect(await readFile(join(home, 'server.log'), 'utf8')).not.toMatch(/already a transaction in progress|no transaction in progress/);
	});

	it('are told in time when every connection is taken, and served when they are free', async () => {
		const door = openDoor(server.url, { pool: 2 });
		const holders = [1, 2].map(() => door.asSystem('hold', ({ sql }) => sql`select pg_sleep(1.5)`));
		await expect.poll(() => backends()).toHaveLength(2);
		const answers = await Promise.all(
			Array.from({ length: 64 }, () => door.asSystem('wait', ({ sql }) => sql`select 1`, { deadlineMs: 400 }).catch((error: unknown) => error))
		);
		expect(answers.filter((answer) => isDatabaseUnavailable(answer) && answer.reason === 'busy')).toHaveLength(64);
		await Promise.all(holders);
		const writers = startWriters(door, WRITERS);
		await writers.acknowledged(50);
		await writers.stop();
		await door.close();
		expect(judge(writers.ledger, await entries())).toEqual({ lost: [], half: [], risen: [], strayed: [] });
		expect(escaped).toEqual([]);
	});
});

describe('the check itself', () => {
	it('sees loss, where commits are acknowledged before they are kept', async () => {
		await server.stop();
		await startAgain({ synchronous_commit: 'off', wal_writer_delay: '10s' });
		const { ledger } = await suffer(async () => {
			process.kill(server.pid, 'SIGKILL');
			await server.gone;
			await startAgain();
		});
		expect(judge(ledger, await entries()).lost).not.toEqual([]);
	});

	it('sees halves, rows that rose again and rows written in another transaction', () => {
		const ledger: Ledger = {
			acknowledged: new Set(['whole', 'gone']),
			refused: new Set(['refused']),
			unknown: new Set(),
			withdrawn: new Set(['withdrawn']),
			surprises: [],
			slowestMs: 0
		};
		const row = (transfer: string, leg: number, written_in = '7'): Entry => ({ transfer, leg, meant_for: '7', written_in });
		expect(judge(ledger, [row('whole', 1), row('whole', 2), row('refused', 1), row('refused', 2), row('withdrawn', 2, '8')])).toEqual({
			lost: ['gone'],
			half: ['withdrawn'],
			risen: ['refused', 'withdrawn'],
			strayed: ['withdrawn/2']
		});
	});
});
