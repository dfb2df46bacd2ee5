import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Reading 5,000 rows takes about a second on two cores. */
const READ_LIMIT_MS = 10_000;
const READ_LIMIT_MB = 192;
/** Each may take its whole memory: more than these wait their turn, those of a kind among themselves. */
const AT_ONCE = 2;

/** What a stranger's file is read for: the table in it, or what it is. */
export type ReadingTask = { readonly what: 'table'; readonly bytes: Uint8Array } | { readonly what: 'kind'; readonly path: string };

export type Said<T> = { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly why: 'took_too_long' | 'unreadable' };

const waiting: Record<ReadingTask['what'], (() => void)[]> = { table: [], kind: [] };
const running: Record<ReadingTask['what'], number> = { table: 0, kind: 0 };

/**
 * Reads a stranger's file in a thread with a cap on time and memory, so that no file can hold up the process: whatever looks at such bytes is
 * called from here and nowhere else.
 */
export async function inReadingThread<T>(task: ReadingTask, limitMs = READ_LIMIT_MS): Promise<Said<T>> {
	// Found by the name of the package, as the source lies there for the timetable too; Node takes the types away.
	return turn(task.what, () => run<T>(createRequire(import.meta.url).resolve('#lib/server/import/reading-worker.ts'), task, limitMs));
}

/** The thread itself: a file of ours, told what to read. */
export function run<T>(script: string | URL, workerData: unknown, limitMs = READ_LIMIT_MS): Promise<Said<T>> {
	return new Promise((resolve) => {
		const worker = new Worker(script, {
			workerData,
			execArgv: [],
			resourceLimits: { maxOldGenerationSizeMb: READ_LIMIT_MB, maxYoungGenerationSizeMb: 32 },
			stdout: true,
			stderr: true
		});
		const say = (said: Said<T>) => {
			clearTimeout(timer);
			resolve(said);
			void worker.terminate();
		};
		const timer = setTimeout(() => say({ ok: false, why: 'took_too_long' }), limitMs);
		worker.once('message', (answer: T | null) => say(answer === null ? { ok: false, why: 'unreadable' } : { ok: true, answer }));
		worker.once('error', () => say({ ok: false, why: 'unreadable' }));
		worker.once('exit', () => say({ ok: false, why: 'unreadable' }));
	});
}

async function turn<T>(kind: ReadingTask['what'], work: () => Promise<T>): Promise<T> {
	if (running[kind] >= AT_ONCE) await new Promise<void>((go) => waiting[kind].push(go));
	else running[kind] += 1;
	try {
		return await work();
	} finally {
		// Whoever waits takes the place over; it is not free in between.
		const next = waiting[kind].shift();
		if (next) next();
		else running[kind] -= 1;
	}
}
