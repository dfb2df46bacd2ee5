import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { isDatabaseUnavailable } from '#lib/server/db/unavailable.ts';
import type { Db, Door } from '#lib/server/db/door.ts';
import { buildActor, createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let door: Door;

beforeAll(async () => {
	database = await createTestDatabase();
	door = database.openDoor();
	await database.adminSql`
		create table ledger (id text primary key, said_on date, amount numeric(20, 4), big bigint, at timestamptz, told jsonb,
			constraint ledger_amount_known check (amount >= 0))`;
	await database.adminSql`grant select, insert, update on ledger to keyent_app`;
});

afterAll(() => database.drop());

const context = ({ sql }: Db) => sql<Record<string, string>[]>`
	select current_user::text as role, current_setting('app.person_id', true) as person, current_setting('app.org_kind', true) as kind,
		current_setting('app.channel_id', true) as channel, current_setting('app.request_id', true) as request,
		current_setting('app.system_reason', true) as reason, current_setting('app.clock_offset_ms', true) as offset`;

describe('who acts', () => {
	it('is said for one transaction, under a role that owns nothing', async () => {
		const [seen] = await door.asActor(buildActor({ orgKind: 'commerce', channelId: 'jiangsu' }), context);
		expect(seen).toEqual({ role: 'keyent_app', person: 'person-1', kind: 'commerce', channel: 'jiangsu', request: 'request-1', reason: '', offset: '0' });
	});

	it('never stays on the connection for the next one', async () => {
		const narrow = database.openDoor({ pool: 1 });
		await narrow.asActor(buildActor({ orgKind: 'commerce', channelId: 'jiangsu' }), context);
		await narrow.asActor(buildActor(), async ({ sql }) => sql`reset role`);
		const [seen] = await narrow.asSystem('deadline reminder', context);
		expect(seen).toEqual({ role: 'keyent_app', person: '', kind: '', channel: '', request: '', reason: 'deadline reminder', offset: '0' });
		const [visitor] = await narrow.asVisitor(context);
		expect(visitor).toMatchObject({ kind: 'public', reason: '' });
	});

	it('carries the clock of a rehearsal into the database', async () => {
		const rehearsal = database.openDoor({ pool: 1, clockOffsetMs: () => 86_400_000 });
		const [row] = await rehearsal.asSystem(
			'rehearsal',
			({ sql }) => sql<{ hours: number }[]>`
			select round(extract(epoch from app_now() - clock_timestamp()) / 3600)::int as hours`
		);
		expect(row?.hours).toBe(24);
	});
});

describe('one call is one transaction', () => {
	it('keeps all or nothing', async () => {
		await expect(
			door.asSystem('test', async ({ sql }) => {
				await sql`insert into ledger (id) values ('half')`;
				throw new Error('changed my mind');
			})
		).rejects.toThrow('changed my mind');
		expect(await database.adminSql`select id from ledger where id = 'half'`).toHaveLength(0);
	});

	it('names the constraint that refused, and a refusal that was caught still undoes everything', async () => {
		const work = async ({ sql }: Db) => {
			await sql`insert into ledger (id) values ('caught')`;
			await sql`insert into ledger (id, amount) values ('refused', -1)`.catch(() => undefined);
		};
		await expect(door.asSystem('test', work)).rejects.toMatchObject({ code: '23514', constraint_name: 'ledger_amount_known' });
		expect(await database.adminSql`select id from ledger where id = 'caught'`).toHaveLength(0);
	});

	it('goes on after a savepoint that failed', async () => {
		await door.asSystem('test', async ({ sql }) => {
			await sql`insert into ledger (id) values ('before savepoint')`;
			await sql.savepoint((inner) => inner`insert into ledger (id, amount) values ('in savepoint', -1)`).catch(() => undefined);
		});
		expect(await database.adminSql`select id from ledger where id like '% savepoint'`).toEqual([{ id: 'before savepoint' }]);
	});

	it('refuses a statement that comes after the end', async () => {
		let kept: postgres.TransactionSql | undefined;
		await door.asSystem('test', async ({ sql }) => {
			kept = sql;
			await sql`select 1`;
		});
		if (!kept) throw new Error('the work did not run');
		const late = kept;
		expect(() => late`select 1`).toThrow('has ended');
	});

	it('refuses to write when it was to read', async () => {
		const write = ({ sql }: Db) => sql`insert into ledger (id) values ('read only')`;
		await expect(door.asSystem('test', write, { readOnly: true })).rejects.toMatchObject({ code: '25006' });
		await expect(door.asVisitor(write)).rejects.toMatchObject({ code: '25006' });
	});

	it('is run again after a serialization failure only when asked', async () => {
		await database.adminSql`insert into ledger (id, amount) values ('counter', 0)`;
		let runs = 0;
		const collide = async ({ sql }: Db) => {
			runs += 1;
			await sql`select amount from ledger where id = 'counter'`;
			if (runs === 1) await database.adminSql`update ledger set amount = amount + 1 where id = 'counter'`;
			await sql`update ledger set amount = amount + 1 where id = 'counter'`;
		};
		await expect(door.asSystem('test', collide, { isolation: 'repeatable read' })).rejects.toMatchObject({ code: '40001' });
		runs = 0;
		await door.asSystem('test', collide, { isolation: 'repeatable read', retry: true });
		expect(runs).toBe(2);
		expect(await database.adminSql`select amount from ledger where id = 'counter'`).toEqual([{ amount: '3.0000' }]);
	});
});

describe('values', () => {
	it('come back as they are spoken of: a day is text, money is text, an instant is a Date', async () => {
		const at = new Date('2026-11-30T16:00:00Z');
		const [read] = await door.asSystem(
			'test',
			({ sql }) => sql`
			insert into ledger ${sql({ id: 'values', said_on: '2026-11-30', amount: '123456789012.3400', big: '9007199254740993', at, told: sql.json({ a: [1] }) })}
			returning said_on, amount, big, at, told`
		);
		expect(read).toEqual({ said_on: '2026-11-30', amount: '123456789012.3400', big: '9007199254740993', at, told: { a: [1] } });
	});
});

describe('what an actor may see', () => {
	const OF_CHANNEL = '(o.channel_id = $1 or exists (select from enterprise own where own.id = o.enterprise_id and own.channel_id = $2))';
	const clauses: [string, Partial<Actor>, { report: string; enterprise: string; organisation: string }][] = [
		['a ministry', { orgKind: 'miit' }, { report: 'true', enterprise: 'true', organisation: 'true' }],
		['a province', { orgKind: 'industry', channelId: 'jiangsu' }, { report: 'r.channel_id = $1', enterprise: 'e.channel_id = $1', organisation: OF_CHANNEL }],
		['a group', { orgKind: 'group', channelId: 'group-1' }, { report: 'r.channel_id = $1', enterprise: 'e.channel_id = $1', organisation: OF_CHANNEL }],
		[
			'an enterprise',
			{ orgKind: 'enterprise', enterpriseId: '7', channelId: 'jiangsu' },
			{ report: 'r.enterprise_id = $1', enterprise: 'e.id = $1', organisation: 'o.id = $1' }
		],
		['an administrator', { orgKind: 'administration' }, { report: 'false', enterprise: 'false', organisation: 'true' }],
		['an auditor', { orgKind: 'audit' }, { report: 'false', enterprise: 'false', organisation: 'o.id = $1' }],
		['the expert pool', { orgKind: 'expert_pool' }, { report: 'false', enterprise: 'false', organisation: 'o.id = $1' }]
	];
	it.each(clauses)('%s', async (_, overrides, expected) => {
		const seen = await door.asActor(buildActor(overrides), async ({ sql, within }) => {
			const text = async (clause: postgres.PendingQuery<postgres.Row[]>, from: string) =>
				(await sql`select 1 from ${sql.unsafe(from)} where ${clause}`.describe()).string.split(/^select 1 from .*? where /)[1];
			return {
				report: await text(within.report, 'annual_report r'),
				enterprise: await text(within.enterprise, 'enterprise e'),
				organisation: await text(within.organisation, 'organisation o')
			};
		});
		expect(seen).toEqual(expected);
	});
});

describe('a question before anybody is known', () => {
	it('sees no row of anybody, even on a connection that has just served a ministry', async () => {
		const narrow = database.openDoor({ pool: 1 });
		await narrow.asActor(buildActor({ orgKind: 'mofcom', channelId: null }), ({ sql }) => sql`select 1`);
		const [seen] = await narrow.ask(
			(sql) => sql<{ role: string; kind: string | null; reports: number; people: number }[]>`
			select current_user::text as role, scope_kind() as kind, (select count(*)::int from annual_report) as reports, (select count(*)::int from person)
				as people`
		);
		expect(seen).toEqual({ role: 'keyent_app', kind: null, reports: 0, people: 0 });
	});

	it('says what is wrong with the database as a transaction does', async () => {
		const nowhere = database.openDoor();
		await nowhere.close();
		const refused = await nowhere.ask((sql) => sql`select 1 as one`).catch((error: unknown) => error);
		expect(isDatabaseUnavailable(refused) && refused.reason).toBe('unreachable');
		const wrong = await door.ask((sql) => sql`select amount from ledger where amount = 'x'::text::numeric`).catch((error: unknown) => error);
		expect(wrong).toMatchObject({ code: '22P02' });
	});
});

describe('limits', () => {
	it('gives up waiting for a connection when all are taken, and serves again when one is free', async () => {
		const narrow = database.openDoor({ pool: 1 });
		const long = narrow.asSystem('test', ({ sql }) => sql`select pg_sleep(1)`);
		const refused = await narrow.asSystem('test', ({ sql }) => sql`select 1`, { deadlineMs: 200 }).catch((error: unknown) => error);
		expect(isDatabaseUnavailable(refused) && refused.reason).toBe('busy');
		await long;
		expect(await narrow.asSystem('test', ({ sql }) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
	});

	it('ends a statement that takes too long and refuses the rest of its transaction', async () => {
		let later: unknown;
		const failed = await door
			.asSystem(
				'test',
				async ({ sql }) => {
					await sql`select pg_sleep(5)`.catch(() => undefined);
					try {
						await sql`insert into ledger (id) values ('too late')`;
					} catch (error) {
						later = error;
					}
				},
				{ deadlineMs: 300 }
			)
			.catch((error: unknown) => error);
		expect(isDatabaseUnavailable(failed) && failed.reason).toBe('slow');
		await expect.poll(() => later).toBeDefined();
		expect(await database.adminSql`select id from ledger where id = 'too late'`).toHaveLength(0);
	});

	it('says so when there is no server', async () => {
		const nowhere = database.openDoor();
		await nowhere.close();
		const refused = await nowhere.asSystem('test', ({ sql }) => sql`select 1`).catch((error: unknown) => error);
		expect(isDatabaseUnavailable(refused) && refused.reason).toBe('unreachable');
	});
});
