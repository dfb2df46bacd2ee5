import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { EmbeddedDatabaseRefused, startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { loadReference } from './seed/reference/load.ts';

/** Throws away what the embedded database holds and leaves it migrated, with the reference data; the next start fills it again. */
async function reset(): Promise<void> {
	const named = ['DATABASE_URL', 'MIGRATE_DATABASE_URL'].filter((name) => (process.env[name] ?? '') !== '');
	if (named.length > 0)
		throw new ResetRefused(`${named.join(' and ')} names a database of yours; only the embedded database is ever thrown away. Unset it to reset that one.`);
	const database = await startEmbedded();
	try {
		const sql = postgres(database.urlOf('postgres'), { max: 1, onnotice: () => undefined });
		try {
			await sql`drop database if exists keyent with (force)`;
			await sql`create database keyent`;
		} finally {
			await sql.end({ timeout: 5 });
		}
		await rm(join(database.home, 'demonstration-accounts.json'), { force: true });
		await migrate({ url: database.url });
		await loadReference({ url: database.url });
	} finally {
		await database.stop();
	}
	console.log('The embedded database is empty again; `npm start` fills it with demonstration data.');
}

/** What the caller has to change first. */
class ResetRefused extends Error {
	override name = 'ResetRefused';
}

try {
	await reset();
} catch (error) {
	console.error(error instanceof ResetRefused || error instanceof EmbeddedDatabaseRefused ? error.message : error);
	process.exit(1);
}
