import { existsSync } from 'node:fs';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '#db/migrate.ts';
import { removeLeftOvers, startTestServer, type TestServer } from './database-server.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The owner's address of the migrated database that tests clone. */
		templateUrl: string;
	}
}

type Shared = { users: number; server: Promise<TestServer> };

/** vitest runs this once per project, each time in a fresh module graph of the same process: only globalThis is common. */
const shelf = globalThis as typeof globalThis & { keyentTestDatabase?: Shared };

async function prepare(): Promise<TestServer> {
	await removeLeftOvers();
	const server = await startTestServer({ durable: false });
	try {
		await migrate({ url: server.url });
		await seed(server.url);
		// A template must not be connected to while it is cloned.
		const sql = postgres(server.urlOf('postgres'), { max: 1, onnotice: () => undefined });
		await sql`alter database keyent with allow_connections false is_template true`;
		await sql.end();
		return server;
	} catch (error) {
		await server.remove();
		throw error;
	}
}

/** Channels and policies: reference data that every database has. */
async function seed(url: string): Promise<void> {
	const file = new URL('../../db/seed/reference/load.ts', import.meta.url);
	if (!existsSync(file)) return;
	const { loadReference } = (await import(file.href)) as { loadReference: (options: { url: string }) => Promise<void> };
	await loadReference({ url });
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const shared = (shelf.keyentTestDatabase ??= { users: 0, server: prepare() });
	shared.users += 1;
	const server = await shared.server;
	project.provide('templateUrl', server.url);
	return async () => {
		shared.users -= 1;
		if (shared.users > 0) return;
		delete shelf.keyentTestDatabase;
		await server.remove();
	};
}
