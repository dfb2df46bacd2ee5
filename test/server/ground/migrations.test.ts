import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, MigrationRefused, readMigrations } from '#db/migrate.ts';
import { loadReference } from '#db/seed/reference/load.ts';
import { openDoor } from '#lib/server/db/door.ts';
import { startTestServer, type TestServer } from '../../support/database-server.ts';
import { buildActor } from '../../support/database.ts';

/** A server of its own: roles belong to the whole server, and here they must not exist yet. */
let server: TestServer;
let folder: string;

beforeAll(async () => {
	server = await startTestServer({ durable: false });
	folder = await mkdtemp(join(tmpdir(), 'keyent-migrations-'));
	await cp(fileURLToPath(new URL('../../../db/migrations', import.meta.url)), folder, { recursive: true });
});
afterAll(async () => {
	await server.remove();
	await rm(folder, { recursive: true, force: true });
});

async function asOwner<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined });
	try {
		return await work(sql);
	} finally {
		await sql.end({ timeout: 1 });
	}
}

describe('migrations', () => {
	test('run as a user who may create roles and is no superuser, as on a managed server; the application then works', async () => {
		await asOwner(server.urlOf('postgres'), async (sql) => {
			await sql`create role manager login createrole password 'managed'`;
			await sql`create database managed owner manager`;
		});
		const url = new URL(server.urlOf('managed'));
		url.username = 'manager';
		url.password = 'managed';
		const first = await migrate({ url: url.href });
		expect(first.applied.length).toBe((await readMigrations()).length);
		expect(await migrate({ url: url.href })).toEqual({ applied: [] });
		await loadReference({ url: url.href });

		const door = openDoor(url.href, { pool: 2 });
		try {
			const [mofcom] = await door.asSystem('test', ({ sql }) => sql<{ id: string }[]>`select id from organisation where kind = 'mofcom'`);
			const seen = await door.asActor(buildActor({ orgId: String(mofcom?.id) }), async ({ sql }) => {
				await sql`select journal_write('test', 'session', '1', null, null, null)`;
				return sql<{ who: string; offices: number }[]>`select current_user::text as who, (select count(*)::int from organisation) as offices`;
			});
			expect(seen).toEqual([{ who: 'keyent_app', offices: 69 }]);
		} finally {
			await door.close();
		}
	});

	test('the application role owns nothing, may not log in and goes round no policy', async () => {
		const [roles, owned] = await asOwner(server.urlOf('managed'), async (sql) => [
			await sql`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin from pg_roles where rolname like 'keyent_a%' order by 1`,
			await sql`select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'keyent_a%'`
		]);
		expect(roles).toEqual(
			['keyent_app', 'keyent_auth'].map((rolname) => ({ rolname, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcanlogin: false }))
		);
		expect(owned).toEqual([]);
	});

	test('two at once: one does it, the other finds it done', async () => {
		await asOwner(server.urlOf('postgres'), (sql) => sql`create database twice`);
		const both = await Promise.all([migrate({ url: server.urlOf('twice') }), migrate({ url: server.urlOf('twice') })]);
		expect(both.map(({ applied }) => applied.length).sort()).toEqual([0, (await readMigrations()).length]);
	});

	test('an applied migration that was edited is refused, and so is a database newer than the release', async () => {
		const name = '0003_journal.sql';
		await writeFile(join(folder, name), `${await readFile(join(folder, name), 'utf8')}\n-- edited\n`);
		await expect(migrate({ url: server.urlOf('twice'), folder })).rejects.toThrow(/0003_journal\.sql was changed after it was applied/);
		for (const { name: later } of (await readMigrations(folder)).slice(2)) await rm(join(folder, later));
		await expect(migrate({ url: server.urlOf('twice'), folder })).rejects.toThrow(MigrationRefused);
	});
});
