import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

const FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url));

/** One lock per database while the story is being told: a second migrator waits and then finds nothing to do. */
const LOCK = 7_215_308_844;

export type Migration = { number: number; name: string; sql: string; checksum: string };

/**
 * A migration that was applied and then edited, lost, or numbered into the past, or a server that is too old.
 * The message is one sentence for the operator.
 */
export class MigrationRefused extends Error {
	override name = 'MigrationRefused';
}

/** Reads `NNNN_name.sql` in number order. Numbers run from 1 without gaps. */
export async function readMigrations(folder: string = FOLDER): Promise<Migration[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	const migrations: Migration[] = [];
	for (const name of names) {
		const number = Number(/^(\d{4})_[a-z0-9-]+\.sql$/.exec(name)?.[1]);
		if (number !== migrations.length + 1) throw new MigrationRefused(`Migration ${name} is out of order: number ${migrations.length + 1} was expected.`);
		const sql = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
		migrations.push({ number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') });
	}
	return migrations;
}

/**
 * Brings the database at `url` to the newest migration, each in a transaction of its own.
 * The connecting role becomes the owner of everything; it needs CREATEROLE unless the two application roles exist.
 *
 * @throws MigrationRefused when a released migration was edited or is missing, or the server is older than 15.
 */
export async function migrate({ url, folder = FOLDER }: { url: string; folder?: string }): Promise<{ applied: string[] }> {
	const migrations = await readMigrations(folder);
	const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10, connection: { application_name: 'keyent-migrate' } });
	let answered = false;
	try {
		const version = await versionOf(sql);
		answered = true;
		if (version < 150_000) {
			throw new MigrationRefused(`The database server is PostgreSQL ${Math.floor(version / 10_000)}; version 15 or newer is needed.`);
		}
		await sql`select pg_advisory_lock(${LOCK})`;
		await sql`
			create table if not exists migration (
				number integer primary key,
				name text not null,
				checksum text not null,
				applied_at timestamptz not null default now()
			)`;
		const known = await sql<{ number: number; name: string; checksum: string }[]>`select number, name, checksum from migration order by number`;
		for (const row of known) {
			const file = migrations[row.number - 1];
			if (!file) throw new MigrationRefused(`The database knows migration ${row.name}, which this release does not have: it is newer than the application.`);
			if (file.checksum !== row.checksum) throw new MigrationRefused(`Migration ${row.name} was changed after it was applied; write a new one instead.`);
		}
		const applied: string[] = [];
		for (const migration of migrations.slice(known.length)) {
			await sql.begin(async (tx) => {
				await tx`select set_config('app.system_reason', 'migration', true)`;
				await tx.unsafe(migration.sql);
				await tx`insert into migration (number, name, checksum) values (${migration.number}, ${migration.name}, ${migration.checksum})`;
			});
			applied.push(migration.name);
		}
		return { applied };
	} finally {
		await sql.end({ timeout: answered ? 5 : 0 });
	}
}

/** Longer than it takes to connect over a bad line. */
const ANSWER_MS = 12_000;

/** The driver asks again for ever where something else than PostgreSQL hangs up on it. */
async function versionOf(sql: postgres.Sql): Promise<number> {
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new MigrationRefused('What the database address names does not answer as PostgreSQL does; check host and port.')),
			ANSWER_MS
		);
	});
	try {
		const [server] = await Promise.race([sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`, silence]);
		return server?.version ?? 0;
	} finally {
		clearTimeout(timer);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const url = process.env['MIGRATE_DATABASE_URL'] ?? process.env['DATABASE_URL'];
	if (!url) {
		console.error('Set MIGRATE_DATABASE_URL or DATABASE_URL to the database that is to be migrated.');
		process.exit(1);
	}
	try {
		const { applied } = await migrate({ url });
		console.log(applied.length === 0 ? 'Nothing to migrate.' : `Applied ${applied.join(', ')}.`);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
}
