import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildClone, idleMemory, startApplication, startFloor, type Process } from './application.ts';
import { scriptsOf } from './bytes.ts';
import { startBench, type Scale } from './data.ts';
import { hostileLines, printHostile } from './hostile.ts';
import { drive, median, send, type Load, type Round } from './load.ts';
import { PAGES, HALF_OF_FLOOR, type Page } from './pages.ts';
import { EXPLAIN_SETTINGS, logSize, plansSince } from './plans.ts';
import { prepare, type Ready } from './prepare.ts';
import { printReminded, whileReminded } from './reminded.ts';
import { submitRounds } from './submit.ts';
import { printTrends } from './trends.ts';

/**
 * `npm run bench`: the lines of the speed goals at 50,000 enterprises × 10 years, each against its floor in the same run.
 *
 * --scale 1        1,500 enterprises
 * --fresh          makes the data anew (some five minutes at full scale)
 * --explain        instead of measuring, the plan of every statement of each page, as the application's role runs it
 * --built          measures the clone as it was built last, without building the newest commit
 * --only list      only lines whose name holds this text
 * --reminded       instead of those lines: what people wait for while some two thousand are reminded; at --scale 1
 * --trends         instead: what the pages of the trends take, one request after the other, against the times they may take
 * --hostile        instead: how long anybody waits while somebody sends bodies and files that are meant to hold the server; at --scale 1, one process
 * --seconds 5      of each round, at most 10
 * --rounds 2       floor and application in turn, this often
 * --processes 2    web processes side by side (WEB_PROCESSES); one per core, unless said otherwise
 */
const { values } = parseArgs({
	options: {
		scale: { type: 'string', default: '100' },
		fresh: { type: 'boolean', default: false },
		explain: { type: 'boolean', default: false },
		built: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
		reminded: { type: 'boolean', default: false },
		hostile: { type: 'boolean', default: false },
		trends: { type: 'boolean', default: false },
		seconds: { type: 'string', default: '5' },
		rounds: { type: 'string', default: '2' },
		processes: { type: 'string', default: String(Math.min(4, availableParallelism())) }
	}
});

const scale: Scale = values.scale === '1' ? 1 : 100;
const seconds = Math.min(10, Math.max(1, Number(values.seconds) || 5));
const processes = Math.min(16, Math.max(1, Number(values.processes) || 1));
const rounds = Math.min(5, Math.max(1, Number(values.rounds) || 2));
/** Drafts laid ready for each side: the most that is submitted in all rounds. */
const DRAFTS = scale === 1 ? 400 : 8_000;
const CONNECTIONS = 16;
const WARM = { most: CONNECTIONS * 24, seconds: 60 };

type Line = {
	name: string;
	floor: number;
	app: number;
	ratio: number;
	goal: number | undefined;
	p50: number;
	p95: number;
	floorCpu: number;
	appCpu: number;
	floorDatabaseCpu: number;
	databaseCpu: number;
	errors: string | undefined;
};

const isPage = (status: number, body: string, holds: string) => status === 200 && body.includes(holds);

async function measure(page: Page, ready: Ready, floor: Process, app: Process, database: number): Promise<Line | void> {
	const cookie = page.cookie(ready);
	const common = { connections: CONNECTIONS, seconds, most: 20_000 };
	const asApp: Load = {
		...common,
		processes: { server: app.pid, database },
		port: app.port,
		call: (index) => ({ path: page.path(index, ready.firms), headers: cookie === undefined ? {} : { cookie } }),
		right: (status, body) => isPage(status, body, page.holds)
	};
	const asFloor: Load = {
		...common,
		processes: { server: floor.pid, database },
		port: floor.port,
		call: (index) => ({ path: page.floor(index, ready.firms) }),
		right: (status, body) => isPage(status, body, '<table')
	};
	const [once, below] = [await send(undefined, app.port, asApp.call(0) ?? { path: '/' }), await send(undefined, floor.port, asFloor.call(0) ?? { path: '/' })];
	if (!asApp.right(once.status, once.body, once.headers) || !asFloor.right(below.status, below.body, below.headers))
		return console.log(`${page.name}: not measured, the application answers ${once.status} and the floor ${below.status}`);
	// Warm on both sides by the same number of requests: a connection keeps a plan after the sixth asking, and code is compiled once it is hot.
	// By time, the slower side would be measured while it still warms up.
	await drive({ ...asFloor, ...WARM });
	await drive({ ...asApp, ...WARM });
	const taken: { floor: Round; app: Round }[] = [];
	for (let round = 0; round < rounds; round += 1) taken.push({ floor: await drive(asFloor), app: await drive(asApp) });
	return lineOf(page.name, page.goal, taken);
}

function lineOf(name: string, goal: number | undefined, taken: readonly { floor: Round; app: Round }[]): Line {
	const failed = taken.flatMap(({ floor, app }) => [floor, app]).find((round) => round.errors > 0);
	return {
		name,
		floor: median(taken.map(({ floor }) => floor.perSecond)),
		app: median(taken.map(({ app }) => app.perSecond)),
		ratio: median(taken.map(({ floor, app }) => app.perSecond / floor.perSecond)),
		goal,
		p50: median(taken.map(({ app }) => app.p50)),
		p95: median(taken.map(({ app }) => app.p95)),
		floorCpu: median(taken.map(({ floor }) => floor.serverCpu)),
		appCpu: median(taken.map(({ app }) => app.serverCpu)),
		floorDatabaseCpu: median(taken.map(({ floor }) => floor.databaseCpu)),
		databaseCpu: median(taken.map(({ app }) => app.databaseCpu)),
		errors: failed && `${failed.errors} errors: ${failed.firstError ?? ''}`
	};
}

function print(lines: readonly Line[]): void {
	const rows = [
		['line', 'floor req/s', 'app req/s', 'ratio', 'goal', '', 'app p50 ms', 'p95 ms', 'cpu ms floor', '+ db', 'app', '+ db'],
		...lines.map(({ name, floor, app, ratio, goal, p50, p95, floorCpu, floorDatabaseCpu, appCpu, databaseCpu, errors }) => [
			name,
			floor.toFixed(0),
			app.toFixed(0),
			ratio.toFixed(2),
			goal === undefined ? '' : `≥ ${goal.toFixed(2)}`,
			errors !== undefined ? 'ERRORS' : goal === undefined ? '' : ratio >= goal ? 'met' : 'NOT MET',
			p50.toFixed(1),
			p95.toFixed(1),
			floorCpu.toFixed(2),
			floorDatabaseCpu.toFixed(2),
			appCpu.toFixed(2),
			databaseCpu.toFixed(2)
		])
	];
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
	for (const cells of rows)
		console.log(cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
	for (const { name, errors } of lines) if (errors !== undefined) console.log(`${name}: ${errors}`);
}

/** What each page weighs, and whether its scripts keep to the budget. */
async function weigh(page: Page, ready: Ready, app: Process, folder: string): Promise<void> {
	const cookie = page.cookie(ready);
	const path = page.path(0, ready.firms);
	const { status, body, headers } = await send(undefined, app.port, { path, headers: cookie === undefined ? {} : { cookie } });
	if (!isPage(status, body, page.holds)) return console.log(`${page.name}: ${path} answers ${status}`);
	const { files, compressed } = await scriptsOf(
		{ html: body, link: String(headers['link'] ?? ''), pathname: path.replace(/\?.*/, '') },
		join(folder, 'build', 'client')
	);
	const budget =
		page.scriptBudget === undefined
			? ''
			: compressed <= page.scriptBudget
				? ` (≤ ${page.scriptBudget / 1_000} kB: met)`
				: ` (≤ ${page.scriptBudget / 1_000} kB: NOT MET)`;
	console.log(
		`${page.name}: ${(Buffer.byteLength(body) / 1_000).toFixed(0)} kB of HTML; ` +
			`script ${(compressed / 1_000).toFixed(1)} kB compressed in ${files.length} files${budget}`
	);
}

/** Each page asked for a few times, so that the driver's prepared statements settle; the last time is shown. */
async function explain(page: Page, ready: Ready, app: Process, home: string): Promise<void> {
	const cookie = page.cookie(ready);
	const path = page.path(0, ready.firms);
	console.log(`\n${page.name}: ${path}`);
	let from = 0;
	for (let time = 0; time < 120; time += 1) {
		from = await logSize(home);
		const { status } = await send(undefined, app.port, { path, headers: cookie === undefined ? {} : { cookie } });
		if (status !== 200) return console.log(`  answers ${status}`);
	}
	for (const plan of await plansSince(home, from)) {
		console.log(
			`  ${plan.buffers.toString().padStart(7)} buffers  ${plan.rowsRead.toString().padStart(7)} rows  ${plan.milliseconds.toFixed(1).padStart(7)} ms  ` +
				`${plan.statement.slice(0, 110)}`
		);
		for (const fault of plan.faults) console.log(`      ! ${fault}`);
	}
}

console.log(`Data at scale ${scale} …`);
const server = await startBench({ scale, fresh: values.fresh, settings: values.explain ? EXPLAIN_SETTINGS : {} });
const running: Process[] = [];
try {
	const { folder, commit } = await buildClone({ anew: !values.built });
	const pages = PAGES.filter(({ name }) => name.includes(values.only));
	const ready = await prepare(server.url, DRAFTS * 2);
	console.log(`${ready.firms} enterprises, ${ready.drafts.length} drafts ready; application of commit ${commit.slice(0, 8)}`);
	if (!values.explain) {
		// What one process takes; the lines below are measured with as many as a machine of this size is given.
		const alone = await startApplication(folder, server.url);
		running.push(alone);
		const memory = await idleMemory(alone.child);
		console.log(`Cold start ${alone.startMs.toFixed(0)} ms (≤ 1000); at rest ${memory?.toFixed(0) ?? '?'} MB (≤ 120); then ${processes} web processes\n`);
		await alone.stop();
	}
	const app = await startApplication(folder, server.url, values.explain || values.hostile || values.trends ? 1 : processes);
	running.push(app);
	if (values.explain) {
		for (const page of pages) await explain(page, ready, app, server.home);
	} else if (values.hostile) {
		printHostile(await hostileLines(ready, app, values.only));
	} else if (values.trends) {
		await printTrends({ ready, app, folder, databaseUrl: server.url, databasePid: server.pid, scale, only: values.only });
	} else if (values.reminded) {
		printReminded(await whileReminded({ ready, app, folder, databaseUrl: server.url, seconds }));
	} else {
		for (const page of pages) await weigh(page, ready, app, folder);
		const floor = await startFloor(server.url);
		running.push(floor);
		const lines: Line[] = [];
		for (const page of pages) {
			const line = await measure(page, ready, floor, app, server.pid);
			if (line) lines.push(line);
		}
		if ('submit'.includes(values.only))
			lines.push(lineOf('submit', HALF_OF_FLOOR, await submitRounds({ ready, floor, app, database: server.pid, rounds, seconds, connections: CONNECTIONS })));
		console.log('');
		print(lines);
	}
} finally {
	for (const process of running) await process.stop();
	await server.stop();
}
