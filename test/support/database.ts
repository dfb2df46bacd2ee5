import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject, onTestFinished } from 'vitest';
import type { Actor } from '#lib/server/actor.ts';
import { openDoor, type Door, type DoorOptions } from '#lib/server/db/door.ts';

export type TestDatabase = {
	/** The owner's address. */
	url: string;
	/** As the owner, past row level security: to set the scene and to look behind it. */
	adminSql: postgres.Sql;
	/** The door of this database. Closed by `drop`. */
	openDoor: (options?: DoorOptions) => Door;
	drop: () => Promise<void>;
};

/** A database with all migrations and reference data and nothing else, cloned in some 60 ms. Drop it when done. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const template = new URL(inject('templateUrl'));
	const name = `keyent_test_${randomBytes(6).toString('hex')}`;
	const manager = new URL('/postgres', template).href;
	await once(manager, (sql) => sql.unsafe(`create database ${name} template ${template.pathname.slice(1)}`));
	const url = new URL(`/${name}`, template).href;
	const adminSql = postgres(url, { max: 4, onnotice: () => undefined });
	const doors: Door[] = [];
	return {
		url,
		adminSql,
		openDoor: (options) => {
			const door = openDoor(url, { pool: 4, ...options });
			doors.push(door);
			return door;
		},
		drop: async () => {
			await Promise.all([...doors.map((door) => door.close()), adminSql.end({ timeout: 1 })]);
			await once(manager, (sql) => sql.unsafe(`drop database ${name} with (force)`));
		}
	};
}

async function once(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined, fetch_types: false });
	try {
		await work(sql);
	} finally {
		await sql.end({ timeout: 5 });
	}
}

/** A database for one test, dropped when the test ends. */
export async function testDatabase(): Promise<TestDatabase> {
	const database = await createTestDatabase();
	onTestFinished(database.drop);
	return database;
}

/** A person of MOFCOM unless told otherwise. */
export function buildActor(overrides: Partial<Actor> = {}): Actor {
	return {
		personId: 'person-1',
		personName: '王经办',
		orgId: '1',
		orgKind: 'mofcom',
		duty: 'handler',
		channelId: null,
		enterpriseId: null,
		requestId: 'request-1',
		address: '127.0.0.1',
		...overrides
	};
}
