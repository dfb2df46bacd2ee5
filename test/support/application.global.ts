import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { seedDemonstration, type DemonstrationAccount } from '#db/seed/demo/load.ts';
import { folderStore } from '#lib/server/files/files.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The owner's address of the demonstration that applications under test clone. */
		demonstrationUrl: string;
		demonstrationAccounts: DemonstrationAccount[];
		/** The attachments of the demonstration. */
		demonstrationFiles: string;
	}
}

/** The rehearsal that browser tests live in: the evening before the last day. */
export const DEMONSTRATION_AS_OF = '2026-11-24T09:00:00+08:00';

/** Runs after database.global.ts: fills one database with the demonstration, for applications to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const built = fileURLToPath(new URL('../../build/handler.js', import.meta.url));
	if (!existsSync(built)) throw new Error('Build first: `npm run check` does.');
	const template = new URL(project.getProvidedContext().templateUrl);
	const sql = postgres(new URL('/postgres', template).href, { max: 1, onnotice: () => undefined });
	await sql.unsafe(`create database keyent_demonstration template ${template.pathname.slice(1)}`);
	const url = new URL('/keyent_demonstration', template).href;
	const folder = await mkdtemp(join(tmpdir(), 'keyent-demonstration-files-'));
	const { accounts } = await seedDemonstration({ url, asOf: new Date(DEMONSTRATION_AS_OF), files: folderStore(folder) });
	await sql`alter database keyent_demonstration with allow_connections false is_template true`;
	await sql.end();
	project.provide('demonstrationUrl', url);
	project.provide('demonstrationAccounts', [...accounts]);
	project.provide('demonstrationFiles', folder);
	return () => rm(folder, { recursive: true, force: true });
}
