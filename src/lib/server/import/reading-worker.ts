/** What runs in the reading thread. It answers once: what was read, or null where reading failed. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingTask } from './reading-thread.ts';

const task = workerData as ReadingTask;

/** Only what the task needs is loaded: to see what a file is takes no reader of tables. */
async function read(): Promise<unknown> {
	switch (task.what) {
		case 'table':
			return (await import('./read-table.ts')).readTableHere(Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength));
		case 'kind':
			return (await import('#lib/server/files/file-content.ts')).kindOfContent(task.path);
	}
}

parentPort?.postMessage(await read().catch(() => null));
