import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { send } from './load.ts';

/** Asks for the sign-in page again and again between 'begin' and 'end', and then says how long it waited at most, in milliseconds. */
const { port, breathMs } = workerData as { port: number; breathMs: number };
let watching = false;
let longest = 0;

async function watch(): Promise<void> {
	while (watching) {
		const from = performance.now();
		await send(undefined, port, { path: '/login' });
		longest = Math.max(longest, performance.now() - from);
		await wait(breathMs);
	}
	parentPort?.postMessage(longest);
}

parentPort?.on('message', (what: 'begin' | 'end') => {
	if (what === 'end') watching = false;
	else {
		watching = true;
		longest = 0;
		void watch();
		parentPort?.postMessage(0);
	}
});
