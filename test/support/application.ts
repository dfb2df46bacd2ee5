import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { inject } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** What applications under test sign their sessions with. */
export const SESSION_SECRET = 'a secret for tests that is long enough to be taken';

export interface Application {
	readonly url: string;
	/** As the owner, past row level security. */
	readonly adminSql: postgres.Sql;
	readonly databaseUrl: string;
	readonly filesFolder: string;
	/** What the server wrote, for tests that look for leaks. */
	readonly output: () => string;
	/** Resolves once the server has written this. */
	readonly said: (pattern: RegExp) => Promise<void>;
	readonly process: ChildProcess;
	/** Ends the web process and starts one at another instant, on the same database and address: the next day of a rehearsal. */
	moveTo: (appNow: string) => Promise<void>;
	stop: () => Promise<void>;
}

/** Starts the built application on a clone of the demonstration (or of an empty, migrated database) at the given instant. */
export async function startApplication(options: {
	readonly appNow: string;
	readonly from?: 'demonstration' | 'empty';
	readonly env?: Record<string, string>;
}): Promise<Application> {
	const template = new URL(options.from === 'empty' ? inject('templateUrl') : inject('demonstrationUrl'));
	const manager = new URL('/postgres', template).href;
	const name = `keyent_app_${randomBytes(6).toString('hex')}`;
	await withOwner(manager, (sql) => sql.unsafe(`create database ${name} template ${template.pathname.slice(1)}`));
	const databaseUrl = new URL(`/${name}`, template).href;
	const filesFolder = await mkdtemp(join(tmpdir(), 'keyent-files-'));
	if (options.from !== 'empty') await cp(inject('demonstrationFiles'), filesFolder, { recursive: true });
	const port = await freePort();
	const output: string[] = [];
	const launch = async (appNow: string): Promise<ChildProcess> => {
		const child = fork(join(CHECKOUT, 'web.ts'), [], {
			cwd: CHECKOUT,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			env: {
				...process.env,
				NODE_ENV: 'production',
				APP_ENV: 'demonstration',
				EMBEDDED_DATABASE_URL: databaseUrl,
				DATABASE_URL: '',
				PORT: String(port),
				HOST: '127.0.0.1',
				APP_NOW: appNow,
				FILES_DIR: filesFolder,
				SESSION_SECRET,
				...options.env
			}
		});
		child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
		child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
		await listening(child, output);
		return child;
	};
	let child = await launch(options.appNow);
	const adminSql = postgres(databaseUrl, { max: 2, onnotice: () => undefined });
	return {
		url: `http://127.0.0.1:${port}`,
		adminSql,
		databaseUrl,
		filesFolder,
		output: () => output.join(''),
		said: (pattern) =>
			new Promise((resolve) => {
				const look = () => pattern.test(output.join('')) && resolve();
				look();
				for (const stream of [child.stdout, child.stderr]) stream?.on('data', look);
			}),
		get process() {
			return child;
		},
		moveTo: async (appNow) => {
			await end(child);
			child = await launch(appNow);
		},
		stop: async () => {
			await end(child);
			await adminSql.end({ timeout: 1 });
			await withOwner(manager, (sql) => sql.unsafe(`drop database ${name} with (force)`));
			await rm(filesFolder, { recursive: true, force: true });
		}
	};
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill('SIGTERM');
	await gone;
}

function listening(child: ChildProcess, output: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		child.once('message', () => resolve());
		child.once('exit', (code) => reject(new Error(`the application ended with ${code}: ${output.join('')}`)));
	});
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

async function withOwner(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined });
	try {
		await work(sql);
	} finally {
		await sql.end({ timeout: 5 });
	}
}
