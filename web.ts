import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { config } from '#lib/server/config.ts';

/**
 * The web process: SvelteKit's built handler behind Node's own server. Any number of them may run against one database.
 * It stops gracefully: on SIGTERM no new connections, requests under way finish, at most 10 seconds.
 */
const { port, host, origin } = config();

// adapter-node reads these when it is imported. Without ORIGIN it would take every request for https, and refuse every form.
if (origin !== undefined) process.env['ORIGIN'] = origin;
else process.env['PROTOCOL_HEADER'] = 'x-keyent-protocol';
// Attachments are streamed past SvelteKit's form parser; this only bounds a plain form with one file.
process.env['BODY_SIZE_LIMIT'] ??= '32M';

// Made by the build, so TypeScript need not know it.
const built = new URL('./build/handler.js', import.meta.url).href;
const { handler } = (await import(built)) as { handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void };

const server = createServer((request, response) => {
	request.headers['x-keyent-protocol'] = 'http';
	// Static files do not pass the hook: what must stand on every answer is set here.
	response.setHeader('x-content-type-options', 'nosniff');
	response.setHeader('referrer-policy', 'same-origin');
	response.setHeader('cross-origin-opener-policy', 'same-origin');
	response.setHeader('cross-origin-resource-policy', 'same-origin');
	response.once('finish', () => readToTheEnd(request));
	handler(request, response, () => {
		response.statusCode = 404;
		response.end();
	});
});
/**
 * Somebody was answered before the whole body was read (signed out in the middle of an upload, say), and SvelteKit has paused the rest:
 * unread, it would keep the next request on this connection waiting for ever.
 */
function readToTheEnd(request: IncomingMessage): void {
	if (request.complete) return;
	request.removeAllListeners('data');
	request.resume();
}
server.keepAliveTimeout = 65_000;
server.headersTimeout = 20_000;
server.requestTimeout = 300_000;

server.once('error', (error: NodeJS.ErrnoException) => {
	console.error(error.code === 'EADDRINUSE' ? `Port ${port} is already in use; stop what uses it or set PORT.` : `The web server could not start: ${error.message}`);
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
