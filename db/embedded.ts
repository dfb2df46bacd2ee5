import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { access, chmod, chown, constants, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { packagedBinaries, runAs, serverAccount, usableBinaries, type Binaries, type ServerAccount } from './embedded-binaries.ts';
import { createCluster, EmbeddedDatabaseRefused, OWNER } from './embedded-cluster.ts';
import { commandLine, isAlive, isTaken, takeLock, type Lock } from './embedded-lock.ts';

export { EmbeddedDatabaseRefused } from './embedded-cluster.ts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export type EmbeddedDatabase = {
	/** Connects as the owner of everything to the database `keyent`: for migrations, and for the door, which changes to the application's role. */
	url: string;
	/** The same server and owner, another database of it. */
	urlOf: (database: string) => string;
	host: string;
	port: number;
	/** Process id of the postmaster. */
	pid: number;
	/** Folder holding data, password, lock and log. */
	home: string;
	/** True when this start created the cluster. */
	created: boolean;
	/** Resolves when the server has gone, whatever ended it. */
	gone: Promise<void>;
	/** fast rolls back what is open; immediate is a crash with recovery at the next start. Safe to call twice. */
	stop: (how?: 'fast' | 'immediate') => Promise<void>;
};

export type EmbeddedOptions = {
	/** Folder for everything; by default `.data/postgres` of the checkout, for root a fixed place of its own. */
	home?: string;
	/** TCP port on 127.0.0.1; by default a free one. */
	port?: number;
	/** False only where the data may be lost with the machine (tests). */
	durable?: boolean;
	/** Server settings over ours. */
	settings?: Record<string, string>;
};

/**
 * Starts the PostgreSQL that came with `npm ci`, creating its data folder the first time.
 *
 * As root it runs as an unprivileged account from a place that account can reach. The server stops with this process;
 * one left over by a killed process is stopped first.
 *
 * @throws EmbeddedDatabaseRefused
 */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
	const packaged = packagedBinaries();
	if (!packaged) {
		throw new EmbeddedDatabaseRefused(
			'platform_unsupported',
			`No embedded PostgreSQL is packaged for ${process.platform} ${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer.`
		);
	}
	const account = await serverAccount();
	if (account === undefined) {
		throw new EmbeddedDatabaseRefused(
			'no_unprivileged_account',
			'PostgreSQL does not run as root, and neither an account postgres nor nobody exists to lend it; start as another user or set DATABASE_URL.'
		);
	}
	const home = options.home ?? (await defaultHome(account));
	await prepareHome(home, account);
	const binaries = await usableBinaries(packaged, account, account ? join(dirname(home), 'bin') : join(home, 'bin'));
	if (!binaries) {
		throw new EmbeddedDatabaseRefused(
			'platform_unsupported',
			`The embedded PostgreSQL below ${packaged} does not run on this machine; set DATABASE_URL to a PostgreSQL 15 or newer.`
		);
	}
	const lock = await takeLock(join(home, 'owner.lock'));
	if ('heldBy' in lock) {
		throw new EmbeddedDatabaseRefused('already_running', `The embedded database in ${home} is already in use by process ${lock.heldBy}; stop that one first.`);
	}
	try {
		await endLeftOver(home);
		const created = await createCluster(home, binaries, account, options.durable ?? true);
		return await launch({ home, binaries, account, lock, created, options });
	} catch (error) {
		lock.release();
		throw error;
	}
}

/**
 * The address of an embedded database that another process is running, for tools that only look at it.
 *
 * @returns undefined when none runs, or it is just starting or stopping.
 */
export async function addressOfRunning(home?: string): Promise<string | undefined> {
	const folder = home ?? (await defaultHome((await serverAccount()) ?? null));
	const server = await postmaster(folder);
	if (!server?.ready || !isAlive(server.pid)) return undefined;
	const password = await readFile(join(folder, 'password'), 'utf8').catch(() => undefined);
	return password === undefined ? undefined : addressOf(server.port, password.trim(), 'keyent');
}

function addressOf(port: number, password: string, database: string): string {
	return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Removes an embedded database with all its data, unless a living process owns it.
 *
 * @returns whether it is gone.
 */
export async function removeEmbedded(home: string): Promise<boolean> {
	const lock = await takeLock(join(home, 'owner.lock'));
	if ('heldBy' in lock) return false;
	await endLeftOver(home);
	await rm(home, { recursive: true, force: true });
	return true;
}

/** Root cannot count on its own folders being open to the server's account, so each checkout gets one outside. */
async function defaultHome(account: ServerAccount): Promise<string> {
	const inside = join(CHECKOUT, '.data', 'postgres');
	if (!account) return inside;
	const key = createHash('sha256').update(CHECKOUT).digest('hex').slice(0, 12);
	const base = await access('/var/lib', constants.W_OK).then(
		() => '/var/lib',
		() => '/var/tmp'
	);
	const shelf = join(base, 'key-enterprise-reports');
	const home = join(shelf, key);
	try {
		await mkdir(shelf, { recursive: true });
		// Whatever root's umask is, the account must get through.
		await chmod(shelf, 0o755);
		await mkdir(join(CHECKOUT, '.data'), { recursive: true });
		await writeFile(join(CHECKOUT, '.data', 'postgres-location'), `${home}\n`);
	} catch (error) {
		throw unwritable((error as NodeJS.ErrnoException).path ?? shelf, error);
	}
	return home;
}

function unwritable(folder: string, cause: unknown): EmbeddedDatabaseRefused {
	const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
	return new EmbeddedDatabaseRefused(
		'folder_unwritable',
		`The folder ${folder} for the embedded database cannot be written (${reason}); make it writable or set DATABASE_URL.`,
		{ cause }
	);
}

async function prepareHome(home: string, account: ServerAccount): Promise<void> {
	try {
		await mkdir(home, { recursive: true, mode: 0o755 });
		await chmod(home, 0o700);
		if (account) await chown(home, account.uid, account.gid);
		await access(home, constants.W_OK | constants.X_OK);
	} catch (error) {
		throw unwritable(home, error);
	}
}

/** pid, port and state from `postmaster.pid`; the server writes "ready" into its eighth line. */
async function postmaster(home: string): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
	const lines = (await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
	const pid = Number(lines[0]);
	return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** We hold the lock, so a server still running here belongs to a process that was killed. */
async function endLeftOver(home: string): Promise<void> {
	const left = await postmaster(home);
	if (!left) return;
	if (!isAlive(left.pid) || !commandLine(left.pid).includes(join(home, 'data'))) {
		// A number nobody has: PostgreSQL sees that itself, and looks for backends that are still working.
		if (!isTaken(left.pid)) return;
		// A number a stranger has, or a dead process that nobody buries (containers without init): PostgreSQL would refuse.
		await wait(500);
		await rm(join(home, 'data', 'postmaster.pid'), { force: true });
		return;
	}
	for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
		process.kill(left.pid, signal);
		const until = Date.now() + 10_000;
		while (Date.now() < until) {
			if (!isAlive(left.pid)) return;
			await wait(20);
		}
	}
	throw new EmbeddedDatabaseRefused('already_running', `A database server left over from an earlier start (process ${left.pid}) does not end; stop it first.`);
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

type Launch = { home: string; binaries: Binaries; account: ServerAccount; lock: Lock; created: boolean; options: EmbeddedOptions };

async function launch({ home, binaries, account, lock, created, options }: Launch): Promise<EmbeddedDatabase> {
	const password = (await readFile(join(home, 'password'), 'utf8')).trim();
	const until = Date.now() + 30_000;
	for (;;) {
		const port = options.port ?? (await freePort());
		const server = await spawnServer(home, binaries, account, port, options);
		if (typeof server === 'string') {
			// Backends of a killed postmaster take a moment to notice; and a free port may be taken before we use it.
			const passing =
				/shared memory block .* is still in use/.test(server) || (options.port === undefined && /could not create any TCP\/IP sockets/.test(server));
			if (passing && Date.now() < until) {
				await wait(100);
				continue;
			}
			throw new EmbeddedDatabaseRefused('not_started', `The embedded database in ${home} did not start: ${lastComplaint(server)}`);
		}
		const { child, pid } = server;
		const endWithUs = () => child.kill('SIGINT');
		process.once('exit', endWithUs);
		const gone = new Promise<void>((resolve) => {
			const settle = () => {
				process.removeListener('exit', endWithUs);
				lock.release();
				resolve();
			};
			if (child.exitCode !== null || child.signalCode !== null) settle();
			else child.once('exit', settle);
		});
		const urlOf = (database: string) => addressOf(port, password, database);
		const stop = async (how: 'fast' | 'immediate' = 'fast') => {
			child.ref();
			child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
			await gone;
		};
		try {
			await createDatabase(urlOf('postgres'));
		} catch (error) {
			await stop();
			throw error;
		}
		return { url: urlOf('keyent'), urlOf, host: '127.0.0.1', port, pid, home, created, gone, stop };
	}
}

/** The last line the server itself found fatal, else its last line. */
function lastComplaint(log: string): string {
	const lines = log.trim().split('\n');
	return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'no reason given';
}

/** @returns the running server, or what it wrote before it ended. */
async function spawnServer(
	home: string,
	binaries: Binaries,
	account: ServerAccount,
	port: number,
	options: EmbeddedOptions
): Promise<{ child: ChildProcess; pid: number } | string> {
	const logFile = join(home, 'server.log');
	const before = await stat(logFile).then(
		({ size }) => size,
		() => 0
	);
	const log = openSync(logFile, before > 20_000_000 ? 'w' : 'a', 0o600);
	const durable = options.durable ?? true;
	const settings: Record<string, string> = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		// A socket's whole path must stay under 104 bytes on macOS, 108 on Linux; TCP is always there.
		unix_socket_directories: home.length < 80 ? home : '',
		timezone: 'UTC',
		log_timezone: 'UTC',
		max_connections: '120',
		shared_buffers: '64MB',
		jit: 'off',
		logging_collector: 'off',
		log_line_prefix: '%m [%p] ',
		...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
		...options.settings
	};
	// A group of its own: Ctrl-C in the terminal reaches us first, and we stop the server after the last request.
	const child = spawn(binaries.postgres, ['-D', join(home, 'data'), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
		...runAs(account),
		stdio: ['ignore', log, log],
		detached: true
	});
	closeSync(log);
	let failure: string | undefined;
	child.once('error', (error) => (failure = error.message));
	for (;;) {
		if (failure) return failure;
		if (child.exitCode !== null || child.signalCode !== null) {
			const text = await readFile(logFile);
			return text.subarray(before > text.length ? 0 : before).toString('utf8');
		}
		const state = await postmaster(home);
		if (state?.ready && state.pid === child.pid) {
			child.unref();
			return { child, pid: state.pid };
		}
		await wait(10);
	}
}

async function createDatabase(url: string): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => undefined, fetch_types: false });
	try {
		const found = await sql`select from pg_database where datname = 'keyent'`;
		if (found.length === 0) await sql`create database keyent`;
	} finally {
		await sql.end({ timeout: 5 });
	}
}
