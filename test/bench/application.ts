import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { APP_NOW } from './data.ts';
import { SECRET } from './prepare.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

function run(command: string, args: readonly string[], cwd: string): string {
	const done = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
	if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${(done.stderr || done.stdout || String(done.error)).slice(-2_000)}`);
	return done.stdout.trim();
}

/** The last commit, built in a clone of its own, so that what is measured is what is in the history, and nobody's working copy is touched. */
export async function buildClone({ anew }: { anew: boolean }): Promise<{ folder: string; commit: string }> {
	const folder = join(tmpdir(), 'keyent-bench-application');
	const commit = run('git', ['rev-parse', 'HEAD'], CHECKOUT);
	if (!existsSync(folder)) run('git', ['clone', '--quiet', CHECKOUT, folder], tmpdir());
	const mark = join(folder, 'build', 'commit');
	const built = await readFile(mark, 'utf8').catch(() => '');
	if (built === commit || (built !== '' && !anew)) return { folder, commit: built };
	run('git', ['fetch', '--quiet', 'origin'], folder);
	run('git', ['checkout', '--quiet', '--force', commit], folder);
	if (!existsSync(join(folder, 'node_modules'))) await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
	run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], folder);
	await writeFile(mark, commit);
	return { folder, commit };
}

export type Process = { port: number; pid: number; child: ChildProcess; /** Milliseconds until it listened. */ startMs: number; stop: () => Promise<void> };

/** Starts a process that says when it listens. */
async function start(file: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Process> {
	const port = await freePort();
	const log = openSync(join(tmpdir(), 'keyent-bench.log'), 'a');
	const began = performance.now();
	const child = fork(file, [], { cwd, env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' }, stdio: ['ignore', log, log, 'ipc'] });
	await new Promise<void>((resolve, reject) => {
		child.once('message', () => resolve());
		child.once('exit', (code) => reject(new Error(`${file} ended with ${String(code)}`)));
	});
	const startMs = performance.now() - began;
	closeSync(log);
	return {
		port,
		pid: child.pid ?? 0,
		child,
		startMs,
		stop: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
			child.kill('SIGKILL');
			await gone;
		}
	};
}

/** The built application, as `npm start` runs its web process; several share one port. */
export function startApplication(folder: string, databaseUrl: string, processes = 1): Promise<Process> {
	return start(join(folder, 'web.ts'), folder, {
		WEB_PROCESSES: String(processes),
		NODE_ENV: 'production',
		APP_ENV: 'demonstration',
		DATABASE_URL: databaseUrl,
		APP_NOW,
		SESSION_SECRET: SECRET,
		FILES_DIR: join(tmpdir(), 'keyent-bench-files')
	});
}

export function startFloor(databaseUrl: string): Promise<Process> {
	return start(fileURLToPath(new URL('./floor.ts', import.meta.url)), CHECKOUT, { NODE_ENV: 'production', DATABASE_URL: databaseUrl });
}

/** Resident memory of a process in MB once it is at rest; undefined where the system does not say. */
export async function idleMemory(child: ChildProcess): Promise<number | undefined> {
	await wait(3_000);
	const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
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
