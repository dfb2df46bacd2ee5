import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
	await database.adminSql`create table said (who text)`;
	await database.adminSql`grant select, insert on said to keyent_app`;
});

beforeEach(() => database.adminSql`truncate said`);
afterAll(() => database.drop());

const said = async () => (await database.adminSql<{ who: string }[]>`select who from said order by who`).map((row) => row.who);

/** The driver itself with one connection, so that the next transaction gets what the last one lost. */
function driver(): postgres.Sql {
	const sql = postgres(database.url, { max: 1, backoff: () => 0.01, onnotice: () => undefined });
	onTestFinished(() => sql.end({ timeout: 1 }));
	return sql;
}

const backendOf = async (sql: postgres.ISql) => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;

async function terminate(pid: number): Promise<void> {
	await database.adminSql`select pg_terminate_backend(${pid})`;
	await expect.poll(() => database.adminSql`select from pg_stat_activity where pid = ${pid}`).toHaveLength(0);
}

/** Transaction A loses its connection and waits; B gets the next one; A goes on with `late` while B is open; then B ends with `end`. */
async function lateInto(sql: postgres.Sql, late: (tx: postgres.TransactionSql) => unknown, end: () => void): Promise<{ a: unknown; b: unknown }> {
	const [aBegun, bOpen] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
	const a = sql
		.begin(async (tx) => {
			aBegun.resolve(await backendOf(tx));
			await bOpen.promise;
			return late(tx);
		})
		.then(
			() => 'committed',
			(error: unknown) => error
		);
	await terminate(await aBegun.promise);
	const b = sql
		.begin(async (tx) => {
			await tx`insert into said values ('b')`;
			bOpen.resolve();
			await wait(50); // whatever A does now has gone out before B goes on
			await tx`insert into said values ('b again')`;
			end();
		})
		.then(
			() => 'committed',
			(error: unknown) => error
		);
	return { a: await a, b: await b };
}

describe('a transaction that lost its connection', () => {
	const undo = () => {
		throw new Error('b is undone');
	};

	it('cannot say anything inside the next one', async () => {
		const { a, b } = await lateInto(
			driver(),
			(tx) => tx`insert into said values ('a, late')`,
			() => undefined
		);
		expect(a).toMatchObject({ code: 'CONNECTION_CLOSED' });
		expect(b).toBe('committed');
		expect(await said()).toEqual(['b', 'b again']);
	});

	it('does not commit the next one by returning late', async () => {
		const { a, b } = await lateInto(driver(), () => 'done', undo);
		expect(a).toMatchObject({ code: 'CONNECTION_CLOSED' });
		expect(b).toMatchObject({ message: 'b is undone' });
		expect(await said()).toEqual([]);
	});

	it('does not roll the next one back by throwing late', async () => {
		const { b } = await lateInto(
			driver(),
			() => Promise.reject(new Error('a fails late')),
			() => undefined
		);
		expect(b).toBe('committed');
		expect(await said()).toEqual(['b', 'b again']);
	});

	it('answers every statement it had sent or queued', async () => {
		const sql = driver();
		const answers = Promise.withResolvers<PromiseSettledResult<unknown>[]>();
		const pid = Promise.withResolvers<number>();
		const a = sql.begin(async (tx) => {
			pid.resolve(await backendOf(tx));
			const queued = [0.31, 0.32, 0.33, 0.34].map((seconds, n) => (n % 2 === 0 ? tx`select pg_sleep(${seconds})` : tx`select pg_sleep(${seconds}), ${n}::int`));
			answers.resolve(await Promise.allSettled(queued));
		});
		a.catch(() => undefined);
		await terminate(await pid.promise);
		await expect(a).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
		expect((await answers.promise).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
		expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
	});

	it('leaves no word of its end to the next connection', async () => {
		const sql = driver();
		for (let round = 0; round < 5; round += 1) {
			const pid = await backendOf(sql);
			// Which of the two the driver hears first is the kernel's choice: the end of the stream, or the reset that follows it.
			const cut = expect(sql`select pg_sleep(5)`).rejects.toMatchObject({ code: expect.stringMatching(/^(CONNECTION_CLOSED|ECONNRESET)$/) });
			await terminate(pid);
			await cut;
			expect(await sql`select ${round}::int as round`).toEqual([{ round }]);
		}
	});
});

/**
 * A socket closes some moments after it breaks. What is asked in between must wait for the next connection: the broken one
 * would fail it unsent. Which of these moments the network brings is chance, so each is made here.
 */
describe('a connection that is about to close', () => {
	/** The driver with one connection, and the socket it has now. */
	function driverWithSocket(): { readonly sql: postgres.Sql; readonly socket: () => Socket } {
		const { hostname, port } = new URL(database.url);
		let socket: Socket | undefined;
		const open = () => (socket = connect(Number(port), hostname));
		// The driver takes a socket of one's own, though its types do not say so.
		const sql = postgres(database.url, { max: 1, backoff: () => 0.01, onnotice: () => undefined, socket: open } as postgres.Options<never>);
		onTestFinished(() => sql.end({ timeout: 1 }));
		return { sql, socket: () => socket ?? expect.fail('no connection yet') };
	}
	const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

	it('takes no question after a reset', async () => {
		const { sql, socket } = driverWithSocket();
		for (let round = 0; round < 3; round += 1) {
			await backendOf(sql);
			const cut = sql`select pg_sleep(5)`.execute();
			let gone = false;
			socket().once('close', () => (gone = true));
			// As Node itself does when the kernel reports a reset: the error now, the close when the handle is gone.
			socket().destroy(reset());
			await expect(cut).rejects.toMatchObject({ code: 'ECONNRESET' });
			expect(gone).toBe(false);
			expect(await sql`select ${round}::int as round`).toEqual([{ round }]);
		}
	});

	it('takes no question after a reset, if it was idle', async () => {
		const { sql, socket } = driverWithSocket();
		await backendOf(sql);
		const asked = Promise.withResolvers<unknown>();
		socket().once('error', () => asked.resolve(sql`select 1 as one`.execute()));
		socket().destroy(reset());
		expect(await asked.promise).toEqual([{ one: 1 }]);
	});

	it('takes no question after the end of the stream', async () => {
		const { sql, socket } = driverWithSocket();
		const pid = await backendOf(sql);
		const asked = Promise.withResolvers<unknown>();
		socket().once('end', () => asked.resolve(sql`select 1 as one`.execute()));
		await terminate(pid);
		expect(await asked.promise).toEqual([{ one: 1 }]);
	});
});

describe('a reservation that lost its connection', () => {
	it('refuses statements, and its release gives nothing back that is closed', async () => {
		const sql = driver();
		// eslint-disable-next-line no-restricted-syntax -- the accounts library reserves connections by itself
		const reserved = await sql.reserve();
		await terminate(await backendOf(reserved));
		await wait(20); // the driver hears of it from its socket
		await expect(reserved`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
		reserved.release();
		expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
		// eslint-disable-next-line no-restricted-syntax -- as above
		const next = await sql.reserve();
		expect(await next`select 2 as two`).toEqual([{ two: 2 }]);
		next.release();
		await expect(next`select 3`).rejects.toMatchObject({ code: 'RESERVATION_ENDED' });
	});
});

describe('the door', () => {
	it('reports a lost transaction as unavailable and not done, and refuses what its work goes on to say', async () => {
		const door = database.openDoor({ pool: 1 });
		const gate = Promise.withResolvers<void>();
		const pid = Promise.withResolvers<number>();
		const ended = Promise.withResolvers<unknown>();
		const a = door.asSystem('test', async ({ sql }) => {
			await sql`insert into said values ('a')`;
			pid.resolve(await backendOf(sql));
			await gate.promise;
			try {
				await sql`insert into said values ('a, late')`;
			} catch (error) {
				ended.resolve(error);
			}
		});
		a.catch(() => undefined);
		await terminate(await pid.promise);
		const refused = await a.catch((error: unknown) => error);
		expect(isDatabaseUnavailable(refused) && [refused.reason, refused.outcome]).toEqual(['lost', 'not_done']);
		await door.asSystem('test', async ({ sql }) => {
			await sql`insert into said values ('b')`;
			gate.resolve();
			expect(isDatabaseUnavailable(await ended.promise)).toBe(true);
		});
		expect(await said()).toEqual(['b']);
	});

	it('lets no statement made inside a transaction be sent after it', async () => {
		const door = database.openDoor({ pool: 1 });
		const kept = await door.asSystem('test', ({ sql }) => Promise.resolve({ late: sql`insert into said values ('late')` }));
		await expect(kept.late).rejects.toMatchObject({ code: 'TRANSACTION_ENDED' });
		expect(await said()).toEqual([]);
	});
});
