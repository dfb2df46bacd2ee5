import type { Process } from './application.ts';
import { LAST_YEAR } from './data.ts';
import { drive, type Round } from './load.ts';
import type { Draft, Ready } from './prepare.ts';

/** So many go by before anything is measured. */
const WARM = 400;

/**
 * Submissions: each of another enterprise, with its own filer signed in and a complete draft waiting. The floor takes its drafts from one
 * end, the application from the other; none is submitted twice.
 */
export async function submitRounds({
	ready,
	floor,
	app,
	database,
	rounds,
	seconds,
	connections
}: {
	ready: Ready;
	floor: Process;
	app: Process;
	database: number;
	rounds: number;
	seconds: number;
	connections: number;
}): Promise<{ floor: Round; app: Round }[]> {
	const forFloor = [...ready.drafts];
	const forApp = forFloor.splice(forFloor.length >> 1).reverse();
	const most = Math.floor(forApp.length / (rounds + 1));
	const onFloor = (limit: number, time: number) =>
		drive({
			port: floor.port,
			processes: { server: floor.pid, database },
			connections,
			seconds: time,
			most: limit,
			call: () => take(forFloor, ({ report }) => ({ path: `/submit?id=${report}` })),
			right: (status) => status === 200
		});
	const inApp = (limit: number, time: number) =>
		drive({
			port: app.port,
			processes: { server: app.pid, database },
			connections,
			seconds: time,
			most: limit,
			call: () =>
				take(forApp, ({ cookie, mark }) => ({
					path: `/enterprise/reports/${LAST_YEAR}/check?/submit`,
					method: 'POST' as const,
					headers: { cookie, 'x-page': mark, origin: `http://127.0.0.1:${app.port}`, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
					body: 'afterVersion=0&lateReasonCode=&lateReason='
				})),
			// The receipt is where a submission that was taken leads; everything else is a refusal.
			right: (status, _body, headers) => status === 303 && String(headers['location']).endsWith('/receipt')
		});
	// As many on both sides: see the pages.
	await onFloor(WARM, 60);
	await inApp(WARM, 60);
	const taken: { floor: Round; app: Round }[] = [];
	for (let round = 0; round < rounds; round += 1) taken.push({ floor: await onFloor(most, seconds), app: await inApp(most, seconds) });
	return taken;
}

function take<T>(pool: Draft[], use: (draft: Draft) => T): T | undefined {
	const draft = pool.shift();
	return draft && use(draft);
}
