import { readFileSync, rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';

/** Process ids are used again: the moment a process began tells it from a later one with the same number. */
function beganAt(pid: number): string {
	try {
		// Field 22 of /proc/<pid>/stat; the command name in field 2 may hold spaces, so count from its closing bracket.
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
	} catch {
		return process.platform === 'linux' ? '' : spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
	}
}

/** Whether the number is in use, by whomever, be it a dead process whose parent has not noticed. */
export function isTaken(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Whether a process with this id runs, whoever it belongs to. */
export function isAlive(pid: number): boolean {
	if (!isTaken(pid)) return false;
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat[stat.lastIndexOf(')') + 2] !== 'Z';
	} catch {
		return process.platform !== 'linux';
	}
}

/** The command line of a process, to tell our own server from a stranger that was given its number. */
export function commandLine(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
	} catch {
		return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
	}
}

export type Lock = { release: () => void };

/**
 * Takes `path` for this process. A lock whose owner is gone (killed, machine restarted) is taken over.
 *
 * @returns the pid of the living owner when somebody else holds it.
 * @throws the file system's error when the folder cannot be written.
 */
export async function takeLock(path: string): Promise<Lock | { heldBy: number }> {
	const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid) });
	for (;;) {
		try {
			await writeFile(path, mine, { flag: 'wx', mode: 0o600 });
			return { release: () => rmSync(path, { force: true }) };
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const text = await readFile(path, 'utf8').catch(() => '');
		const owner = parseOwner(text);
		if (owner && isAlive(owner.pid) && (owner.began === '' || owner.began === beganAt(owner.pid))) return { heldBy: owner.pid };
		// Moved aside before it is removed: of two that find the same dead lock only one succeeds in moving it.
		const aside = `${path}.${process.pid}`;
		await rename(path, aside).catch(() => undefined);
		await rm(aside, { force: true });
	}
}

function parseOwner(text: string): { pid: number; began: string } | undefined {
	try {
		const { pid, began } = JSON.parse(text) as { pid?: unknown; began?: unknown };
		return typeof pid === 'number' ? { pid, began: String(began ?? '') } : undefined;
	} catch {
		return undefined;
	}
}
