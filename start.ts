import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedDatabaseRefused, startEmbedded, type EmbeddedDatabase } from '#db/embedded.ts';
import { migrate, MigrationRefused } from '#db/migrate.ts';
import { seedDemonstration, type DemonstrationAccount } from '#db/seed/demo/load.ts';
import { isEmpty } from '#db/seed/empty.ts';
import { loadReference } from '#db/seed/reference/load.ts';
import { readConfig, type Config } from '#lib/server/config.ts';
import { loginProblems } from '#lib/server/db/logins.ts';

const CHECKOUT = fileURLToPath(new URL('.', import.meta.url));
const DATA = join(CHECKOUT, '.data');

/** Something the operator can mend: said in one sentence, exit code 1, nothing harmed. */
class CannotStart extends Error {
	override name = 'CannotStart';
}

function readSettings(env: NodeJS.ProcessEnv): Config {
	const reading = readConfig(env);
	if (reading.ok) return reading.config;
	throw new CannotStart(reading.problems.join('\n'));
}

const PORT_PROBLEMS: Readonly<Record<string, (at: { port: number; host: string }) => string>> = {
	EADDRINUSE: ({ port }) => `Port ${port} is already in use; stop what uses it or set PORT.`,
	EACCES: ({ port }) => `Port ${port} may not be opened by this user; set PORT to a number from 1024 on.`,
	EADDRNOTAVAIL: ({ host }) => `HOST ${host} is no address of this machine; leave it unset to listen on all of them.`,
	ENOTFOUND: ({ host }) => `HOST ${host} is not known; leave it unset to listen on all addresses of this machine.`
};

/** Asked before anything is built or opened, so that a start that cannot serve leaves nothing behind. */
function refuseUnlessPortIsFree(at: { port: number; host: string }): Promise<void> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', (error: NodeJS.ErrnoException) =>
			reject(new CannotStart(PORT_PROBLEMS[error.code ?? '']?.(at) ?? `Port ${at.port} of ${at.host} cannot be opened: ${error.message}`))
		);
		probe.listen(at.port, at.host, () => probe.close(() => resolve()));
	});
}

/** Newest change below a path, in milliseconds. */
function changedAt(path: string): number {
	const stat = statSync(path);
	if (!stat.isDirectory()) return stat.mtimeMs;
	return Math.max(
		0,
		...readdirSync(path)
			.filter((name) => name !== 'paraglide')
			.map((name) => changedAt(join(path, name)))
	);
}

/** Builds when there is no build, or when something it is made of is newer. */
function buildIfNeeded(): void {
	const made = join(CHECKOUT, 'build', 'handler.js');
	const sources = ['src', 'messages', 'project.inlang/settings.json', 'package.json', 'svelte.config.js', 'vite.config.ts'].map((path) => join(CHECKOUT, path));
	if (existsSync(made) && Math.max(...sources.map(changedAt)) <= statSync(made).mtimeMs) return;
	console.log('Building the application (about half a minute) …');
	const vite = join(CHECKOUT, 'node_modules', 'vite', 'bin', 'vite.js');
	const run = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
		cwd: CHECKOUT,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'production' }
	});
	if (run.status !== 0)
		throw new CannotStart(`The application could not be built: ${(run.stderr || run.stdout || String(run.error)).trim().split('\n').slice(-5).join(' ')}`);
}

/** A secret of this checkout, so that a restart does not sign everybody out. */
async function ownSecret(): Promise<string> {
	const file = join(DATA, 'session-secret');
	try {
		await mkdir(DATA, { recursive: true });
		const kept = await readFile(file, 'utf8').catch(() => '');
		if (kept.trim().length >= 32) return kept.trim();
		const secret = randomBytes(32).toString('base64url');
		await writeFile(file, secret, { mode: 0o600 });
		return secret;
	} catch (error) {
		throw new CannotStart(`The folder ${DATA} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}); make it writable.`);
	}
}

/** What to tell an operator whose database cannot be reached or used. */
function databaseProblem(error: unknown): string | undefined {
	if (error instanceof MigrationRefused || error instanceof EmbeddedDatabaseRefused) return error.message;
	const code = (error as { code?: string }).code ?? '';
	const message = error instanceof Error ? error.message : String(error);
	if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'CONNECT_TIMEOUT', 'ETIMEDOUT', 'EAI_AGAIN', 'CONNECTION_CLOSED', 'CONNECTION_ENDED'].includes(code))
		return `The database of DATABASE_URL cannot be reached (${code}); check host and port, and that the server runs.`;
	if (code === '28P01' || code === '28000') return 'The database of DATABASE_URL refuses the user or password.';
	if (code === '3D000') return 'The database named in DATABASE_URL does not exist; create it first.';
	if (code === '42501' || /not a member of it/.test(message))
		return (
			`The user of DATABASE_URL may not do what migrations need (${message}); give it CREATEROLE and a database of its own, or create the roles ` +
			`keyent_app and keyent_auth for it.`
		);
	return undefined;
}

async function prepareDatabase(config: Config, database: EmbeddedDatabase | undefined): Promise<readonly DemonstrationAccount[]> {
	const url = config.migrateDatabaseUrl ?? config.databaseUrl ?? database?.url;
	if (url === undefined) throw new CannotStart('No database is set.');
	const { applied } = await migrate({ url });
	if (applied.length > 0) console.log(`Database brought up to date (${applied.length} migrations).`);
	await loadReference({ url });
	if (!database) return [];
	const accountsFile = join(database.home, 'demonstration-accounts.json');
	if (await isEmpty(url)) {
		console.log('Filling the empty database with demonstration data (synthetic) …');
		const { accounts } = await seedDemonstration({ url, asOf: config.appNow ?? new Date() });
		await writeFile(accountsFile, JSON.stringify(accounts, null, '\t'), { mode: 0o600 });
		return accounts;
	}
	const kept = await readFile(accountsFile, 'utf8').catch(() => '[]');
	return JSON.parse(kept) as DemonstrationAccount[];
}

function launch(file: string, env: NodeJS.ProcessEnv): ChildProcess {
	return fork(join(CHECKOUT, file), [], { cwd: CHECKOUT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function printAccounts(accounts: readonly DemonstrationAccount[]): void {
	if (accounts.length === 0) return;
	const [first] = accounts;
	console.log(`\nDemonstration accounts (all data is synthetic; password of each: ${first?.password ?? ''})`);
	const width = Math.max(...accounts.map(({ username }) => username.length));
	for (const { username, role, organisation } of accounts) console.log(`  ${username.padEnd(width)}  ${role} · ${organisation}`);
}

async function start(): Promise<void> {
	const config = readSettings(process.env);
	await refuseUnlessPortIsFree(config);
	const secret = config.sessionSecret ?? (await ownSecret());
	// As the processes below will read them: with a database of one's own they are in production, and would refuse there what we took here.
	const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', SESSION_SECRET: secret };
	readSettings(env);
	// Before the build: a second start beside a running one must not replace what that one serves.
	const database = config.databaseUrl === undefined ? await startEmbedded() : undefined;
	const children: ChildProcess[] = [];
	let ending = false;
	const end = async (code: number): Promise<void> => {
		if (ending) return;
		ending = true;
		const gone = children.map((child) =>
			child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()))
		);
		for (const child of children) child.kill('SIGTERM');
		await Promise.all(gone);
		await database?.stop();
		process.exit(code);
	};
	process.on('SIGINT', () => void end(0));
	process.on('SIGTERM', () => void end(0));
	try {
		const accounts = await prepareDatabase(config, database);
		// The processes below ask this too; here it is said before the building, which takes half a minute.
		const problems = await loginProblems({ ...config, databaseUrl: config.databaseUrl ?? database?.url });
		if (problems.length > 0) throw new CannotStart(problems.join('\n'));
		buildIfNeeded();
		if (database) env['EMBEDDED_DATABASE_URL'] = database.url;
		const web = launch('web.ts', env);
		const jobs = launch('jobs/main.ts', env);
		children.push(web, jobs);
		for (const child of children) child.once('exit', (code) => void end(ending ? 0 : (code ?? 1) || 1));
		await new Promise<void>((resolve) => web.once('message', () => resolve()));
		printAccounts(accounts);
		console.log(`\nReady: ${config.origin ?? `http://localhost:${config.port}`}\n`);
	} catch (error) {
		await database?.stop();
		throw error;
	}
	void database?.gone.then(() => {
		if (ending) return;
		console.error('The embedded database has stopped; ending.');
		return end(1);
	});
}

try {
	await start();
} catch (error) {
	const problem = error instanceof CannotStart ? error.message : databaseProblem(error);
	console.error(problem ?? error);
	process.exit(1);
}
