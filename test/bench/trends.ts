import { fork } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Process } from './application.ts';
import { APP_NOW, LAST_YEAR, type Scale } from './data.ts';
import { drive, send } from './load.ts';
import { SECRET, type Ready } from './prepare.ts';

/** A page of the trends with the time it may take: its goals are times, not shares of a floor. */
type TrendPage = { name: string; path: string; holds: string; goal: number | undefined };

/** The volume is to leave in five seconds at real scale, 1,500 enterprises; at a hundred times that it has no goal. */
const pagesAt = (scale: Scale): readonly TrendPage[] => [
	{ name: 'dashboard, kept cells', path: `/ministry/cohort?year=${LAST_YEAR}`, holds: 'id="criteria"', goal: 50 },
	{ name: 'dashboard of a channel, kept cells', path: `/ministry/cohort?year=${LAST_YEAR}&region=320000`, holds: 'id="criteria"', goal: 50 },
	{
		name: 'dashboard, a live combination',
		path: `/ministry/cohort?year=${LAST_YEAR}&class=mfg&cohort=2021&region=320000`,
		holds: 'id="criteria"',
		goal: 1_000
	},
	{ name: 'dashboard, a past day', path: `/ministry/cohort?year=${LAST_YEAR}&asof=${LAST_YEAR}-11-15`, holds: 'id="criteria"', goal: 1_000 },
	{ name: 'a metric', path: '/ministry/metrics/informatisation_share?class=mfg', holds: 'id="definition"', goal: 50 },
	{ name: 'figures far outside, one metric', path: '/ministry/follow-ups/candidates?class=mfg&metric=revenue', holds: '<main', goal: 1_000 },
	{ name: 'volume of a year, .xlsx', path: `/ministry/volumes/${LAST_YEAR}/volume.xlsx`, holds: 'PK', goal: scale === 1 ? 5_000 : undefined }
];

/** Asked one after the other, so that a time is the page's own; at most so many, at most so long each. */
const ASKED_MOST = 40;
const SECONDS_MOST = 20;

/** `--trends`: keeps the cells as the job does, then asks for each page; first each weighed once. */
export async function printTrends({
	ready,
	app,
	folder,
	databaseUrl,
	databasePid,
	scale,
	only
}: {
	ready: Ready;
	app: Process;
	folder: string;
	databaseUrl: string;
	databasePid: number;
	scale: Scale;
	only: string;
}): Promise<void> {
	const began = performance.now();
	await keepCells(folder, databaseUrl);
	console.log(`Cells kept in ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);
	const headers = { cookie: ready.mofcom };
	for (const { name, path, holds, goal } of pagesAt(scale).filter((page) => page.name.includes(only))) {
		const right = (status: number, body: string) => status === 200 && body.includes(holds);
		const first = await send(undefined, app.port, { path, headers });
		if (!right(first.status, first.body)) {
			console.log(`${name}: not measured, answers ${first.status} ${first.body.replace(/\s+/g, ' ').slice(0, 120)}`);
			continue;
		}
		const round = await drive({
			port: app.port,
			connections: 1,
			seconds: SECONDS_MOST,
			most: ASKED_MOST,
			call: () => ({ path, headers }),
			processes: { server: app.pid, database: databasePid },
			right
		});
		const verdict = round.errors > 0 ? `ERRORS ${round.firstError ?? ''}` : goal === undefined ? '' : `(≤ ${goal}: ${round.p50 <= goal ? 'met' : 'NOT MET'})`;
		console.log(
			`${name}: p50 ${round.p50.toFixed(0)} ms, p95 ${round.p95.toFixed(0)} ms of ${round.requests} ${verdict}; ` +
				`cpu ${round.serverCpu.toFixed(0)} ms + database ${round.databaseCpu.toFixed(0)} ms; ` +
				`${(Buffer.byteLength(first.body) / 1_000).toFixed(0)} kB, ${(gzipSync(first.body).length / 1_000).toFixed(0)} kB compressed`
		);
	}
}

function keepCells(folder: string, databaseUrl: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = fork(join(folder, 'jobs/by-hand.ts'), ['keep-trends'], {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
			env: { ...process.env, NODE_ENV: 'production', APP_ENV: 'demonstration', DATABASE_URL: databaseUrl, APP_NOW, SESSION_SECRET: SECRET }
		});
		child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`keep-trends ended with ${String(code)}`))));
	});
}
