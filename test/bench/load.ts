import { Agent, request } from 'node:http';
import { childrenProcessorMs, processorMs } from './cpu.ts';

export type Call = { path: string; method?: 'GET' | 'POST' | 'PATCH'; headers?: Record<string, string>; body?: string | Buffer };

export type Load = {
	port: number;
	/** Kept alive; each asks again when its answer is there. */
	connections: number;
	/** Bounds: whichever comes first ends the round. */
	seconds: number;
	most: number;
	/** The n-th call, counted from 0 over the whole round; undefined when there is nothing left. */
	call: (index: number) => Call | undefined;
	/** The server asked, and the database behind it: their processor time is counted. */
	processes: { server: number; database: number };
	/** What a right answer looks like; anything else is an error. */
	right: (status: number, body: string, headers: Record<string, string | string[] | undefined>) => boolean;
};

export type Round = {
	requests: number;
	perSecond: number;
	p50: number;
	p95: number;
	errors: number;
	firstError: string | undefined;
	/** Milliseconds of processor per request, of the server and of the database. */ serverCpu: number;
	databaseCpu: number;
};

/** Sends calls over a fixed number of connections and counts right answers per second. Bounded in time and number. */
export async function drive({ port, connections, seconds, most, call, right, processes }: Load): Promise<Round> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const times: number[] = [];
	let next = 0;
	let errors = 0;
	let firstError: string | undefined;
	const used = () => ({ server: processorMs(processes.server) + childrenProcessorMs(processes.server), database: childrenProcessorMs(processes.database) });
	const cpu = used();
	const began = performance.now();
	const until = began + seconds * 1_000;
	const worker = async (): Promise<void> => {
		while (performance.now() < until && next < most) {
			const asked = call(next++);
			if (!asked) return;
			const from = performance.now();
			const answer = await send(agent, port, asked);
			if (right(answer.status, answer.body, answer.headers)) times.push(performance.now() - from);
			else {
				errors += 1;
				firstError ??= `${asked.path} → ${answer.status} ${answer.body.replace(/\s+/g, ' ').slice(0, 300)}`;
			}
		}
	};
	await Promise.all(Array.from({ length: connections }, worker));
	const spent = (performance.now() - began) / 1_000;
	const after = used();
	const spentBy = { server: after.server - cpu.server, database: after.database - cpu.database };
	agent.destroy();
	times.sort((a, b) => a - b);
	const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
	return {
		requests: times.length,
		perSecond: times.length / spent,
		p50: at(0.5),
		p95: at(0.95),
		errors,
		firstError,
		serverCpu: spentBy.server / times.length,
		databaseCpu: spentBy.database / times.length
	};
}

export type Answer = { status: number; body: string; headers: Record<string, string | string[] | undefined> };

/** One request, its whole answer. A connection that broke is an answer of status 0. */
export function send(agent: Agent | undefined, port: number, { path, method = 'GET', headers = {}, body }: Call): Promise<Answer> {
	return new Promise((resolve) => {
		const asked = request(
			{
				agent,
				host: '127.0.0.1',
				port,
				path,
				method,
				headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
			},
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), headers: response.headers }));
				response.on('error', (error) => resolve({ status: 0, body: String(error), headers: {} }));
			}
		);
		asked.on('error', (error) => resolve({ status: 0, body: String(error), headers: {} }));
		asked.setTimeout(15_000, () => asked.destroy(new Error('no answer in 15 s')));
		asked.end(body);
	});
}

/** The middle of several rounds. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
