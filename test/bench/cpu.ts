import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time a process has used, in milliseconds. On a machine with other work requests per second say as much about the neighbours as
 * about us; processor time per request does not. NaN where the system does not say.
 */
export function processorMs(pid: number): number {
	try {
		return fields(pid).used;
	} catch {
		return Number.NaN;
	}
}

/** The same for all children of a process: the backends of a database server, the web processes side by side. */
export function childrenProcessorMs(parent: number): number {
	try {
		let sum = 0;
		for (const name of readdirSync('/proc')) {
			if (!/^\d+$/.test(name)) continue;
			try {
				const { parentPid, used } = fields(Number(name));
				if (parentPid === parent) sum += used;
			} catch {
				// Gone while we looked.
			}
		}
		return sum;
	} catch {
		return Number.NaN;
	}
}

function fields(pid: number): { parentPid: number; used: number } {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The command name in the second field may hold spaces, so count from its closing bracket; a tick is 10 ms everywhere.
	const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return { parentPid: Number(rest[1]), used: (Number(rest[11]) + Number(rest[12])) * 10 };
}
