import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What reading cost the thread that answers requests: the longest it was held up, and how many threads were started for it. */
export async function watched<T>(read: () => Promise<T>): Promise<{ readonly answer: T; readonly heldUpMs: number; readonly threads: number }> {
	let threads = 0;
	const count = () => {
		threads += 1;
	};
	process.on('worker', count);
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	try {
		const answer = await read();
		// The last wait is counted when the loop comes round again.
		await new Promise((go) => setTimeout(go, 20));
		return { answer, heldUpMs: delay.max / 1e6, threads };
	} finally {
		delay.disable();
		process.off('worker', count);
	}
}
