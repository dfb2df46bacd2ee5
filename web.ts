import cluster from 'node:cluster';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { clientAddressReader } from '#lib/server/auth/client-address.ts';
import { now } from '#lib/server/clock.ts';
import { configWarnings } from '#lib/server/config.ts';
import { settingsOrEnd } from '#lib/server/db/logins.ts';

/**
 * The web process: SvelteKit's built handler behind Node's own server. Any number of them may run against one database, on as many machines or,
 * with WEB_PROCESSES, side by side on one port: a page is made by one core, so a machine of several serves as many pages at once.
 * It stops gracefully: on SIGTERM no new connections, requests under way finish, at most 10 seconds.
 */
const settings = await settingsOrEnd({ asksDatabase: cluster.isPrimary });
const { port, host, origin, trustedProxies, webProcesses, appNow } = settings;
if (cluster.isPrimary) for (const warning of configWarnings(settings)) console.warn(warning);

if (webProcesses > 1 && cluster.isPrimary) runSideBySide(webProcesses);
else await serve();

/** Starts them and sees that they stay as many. One that cannot even begin ends all, with its own words on the error output. */
function runSideBySide(count: number): void {
	let listening = 0;
	let stopping = false;
	// A rehearsal's clock runs on from here: one that begins later is told how late it is by then.
	now();
	const begin = () => cluster.fork(appNow === undefined ? {} : { APP_NOW: now().toISOString() });
	const all = () => Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? []);
	const stop = (): void => {
		stopping = true;
		for (const worker of all()) worker.process.kill('SIGTERM');
	};
	cluster.on('listening', (worker) => {
		console.log(`Web process ${worker.process.pid ?? 0} listens.`);
		listening += 1;
		if (listening === count) process.send?.('listening');
	});
	cluster.on('exit', (worker, code, signal) => {
		if (!stopping && listening >= count) {
			console.error(`Web process ${worker.process.pid ?? 0} has ended (${signal ?? code}); another takes its place.`);
			begin();
			return;
		}
		if (!stopping) process.exitCode = code || 1;
		stop();
		if (all().length === 0) process.exit();
	});
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
	process.once('disconnect', stop);
	for (let one = 0; one < count; one += 1) begin();
}

async function serve(): Promise<void> {
	// adapter-node reads these when it is imported. Without ORIGIN it would take every request for https, and refuse every form.
	if (origin !== undefined) process.env['ORIGIN'] = origin;
	else process.env['PROTOCOL_HEADER'] = 'x-keyent-protocol';
	process.env['ADDRESS_HEADER'] = 'x-keyent-address';
	const addressOf = clientAddressReader(trustedProxies);
	// Attachments are streamed past SvelteKit's form parser; this only bounds a plain form with one file.
	process.env['BODY_SIZE_LIMIT'] ??= '32M';

	// Made by the build, so TypeScript need not know it.
	const built = new URL('./build/handler.js', import.meta.url).href;
	const { handler } = (await import(built)) as { handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void };

	const server = createServer((request, response) => {
		request.headers['x-keyent-protocol'] = 'http';
		const forwarded = request.headers['x-forwarded-for'];
		request.headers['x-keyent-address'] = addressOf(request.socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(',') : forwarded);
		// Static files do not pass the hook: what must stand on every answer is set here.
		response.setHeader('x-content-type-options', 'nosniff');
		response.setHeader('referrer-policy', 'same-origin');
		response.setHeader('cross-origin-opener-policy', 'same-origin');
		response.setHeader('cross-origin-resource-policy', 'same-origin');
		response.once('finish', () => readToTheEnd(request));
		// The process lives: asked before anything that knows a session or the database, whatever cookies come along.
		if (request.url === '/healthz' && (request.method === 'GET' || request.method === 'HEAD')) {
			response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end('ok\n');
			return;
		}
		handler(request, response, () => {
			response.statusCode = 404;
			response.end();
		});
	});
	server.keepAliveTimeout = 65_000;
	server.headersTimeout = 20_000;
	server.requestTimeout = 300_000;

	server.once('error', (error: NodeJS.ErrnoException) => {
		console.error(
			error.code === 'EADDRINUSE' ? `Port ${port} is already in use; stop what uses it or set PORT.` : `The web server could not start: ${error.message}`
		);
		process.exit(1);
	});
	server.listen(port, host, () => process.send?.('listening'));

	let stopping = false;
	function stop(): void {
		if (stopping) return;
		stopping = true;
		server.close(() => process.exit(0));
		server.closeIdleConnections();
		setTimeout(() => {
			server.closeAllConnections();
			process.exit(0);
		}, 10_000).unref();
	}
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
	// Whoever started us is gone: so are the database and the reason to run.
	process.once('disconnect', stop);
}

/**
 * Somebody was answered before the whole body was read (signed out in the middle of an upload, say), and SvelteKit has paused the rest:
 * unread, it would keep the next request on this connection waiting for ever.
 */
function readToTheEnd(request: IncomingMessage): void {
	if (request.complete) return;
	request.removeAllListeners('data');
	request.resume();
}
