import { connect, createServer, type Socket } from 'node:net';

export interface StatementCount {
	/** The same database, through the counter. */
	readonly url: string;
	/** Statements bound since the last call: BEGIN and COMMIT are none. */
	readonly taken: () => number;
	readonly close: () => void;
}

/**
 * Stands between the application and PostgreSQL and counts the statements that pass, as the wire protocol has them (Bind messages), so that
 * a page's queries are counted without touching the code that asks them.
 */
export async function countStatements(databaseUrl: string): Promise<StatementCount> {
	const target = new URL(databaseUrl);
	let bound = 0;
	const sockets = new Set<Socket>();
	const server = createServer((client) => {
		const upstream = connect(Number(target.port), target.hostname);
		sockets.add(client).add(upstream);
		const watch = frontendMessages((type) => (bound += type === 'B' ? 1 : 0));
		client.on('data', watch);
		client.pipe(upstream).pipe(client);
		for (const socket of [client, upstream]) socket.on('error', () => undefined).on('close', () => (client.destroy(), upstream.destroy()));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the counter has no port');
	const url = new URL(databaseUrl);
	url.hostname = '127.0.0.1';
	url.port = String(address.port);
	return {
		url: url.href,
		taken: () => {
			const count = bound;
			bound = 0;
			return count;
		},
		close: () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		}
	};
}

/** Reads message types off the stream; the first message of a connection has none. */
function frontendMessages(seen: (type: string) => void): (chunk: Buffer) => void {
	let rest = Buffer.alloc(0);
	let started = false;
	return (chunk) => {
		rest = Buffer.concat([rest, chunk]);
		for (;;) {
			const head = started ? 1 : 0;
			if (rest.length < head + 4) return;
			const length = head + rest.readInt32BE(head);
			if (rest.length < length) return;
			if (started) seen(String.fromCharCode(rest[0] ?? 0));
			started = true;
			rest = rest.subarray(length);
		}
	};
}
