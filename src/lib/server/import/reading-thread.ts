import { Worker } from 'node:worker_threads';
import type { Table } from '#lib/domain/register/cohort-columns.ts';
import type { ImportProblem } from '#lib/domain/register/import-problem.ts';
import type { TableReading } from './table-reading.ts';

/** Reading 5,000 rows takes about a second on two cores. */
const READ_LIMIT_MS = 10_000;
const READ_LIMIT_MB = 192;

/** What a reading thread says: the rows, or why there are none; whatever else it says is unreadable. */
interface Said {
	readonly rows?: Table;
	readonly problem?: ImportProblem;
}

/** Runs a reader in a thread with a cap on time and memory, so that no file can hold up the process. */
export function readInThread(script: string, workerData: Readonly<Record<string, unknown>>, limitMs = READ_LIMIT_MS): Promise<TableReading> {
	return new Promise((resolve) => {
		const worker = new Worker(script, {
			eval: true,
			workerData,
			resourceLimits: { maxOldGenerationSizeMb: READ_LIMIT_MB, maxYoungGenerationSizeMb: 32 },
			stdout: true,
			stderr: true
		});
		const answer = (reading: TableReading) => {
			clearTimeout(timer);
			resolve(reading);
			void worker.terminate();
		};
		const timer = setTimeout(() => answer({ ok: false, problem: 'took_too_long' }), limitMs);
		worker.once('message', ({ rows, problem = 'unreadable' }: Said) => answer(rows ? { ok: true, table: rows } : { ok: false, problem }));
		worker.once('error', () => answer({ ok: false, problem: 'unreadable' }));
		worker.once('exit', () => answer({ ok: false, problem: 'unreadable' }));
	});
}
