import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RobotCall {
	readonly path: string;
	readonly query: URLSearchParams;
	readonly body: unknown;
	readonly at: number;
}

/** A robot's address on this machine that answers as told and keeps what it was sent. */
export class RobotServer {
	readonly calls: RobotCall[] = [];
	/** Status and body of the next answers; `{"errcode":0}` unless told otherwise. */
	answer: (call: RobotCall) => { status: number; body: string } = () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' });
	host = '';
	private readonly server = createServer((request, response) => {
		void read(request).then((text) => {
			const url = new URL(request.url ?? '/', 'http://robot.invalid');
			const call = { path: url.pathname, query: url.searchParams, body: JSON.parse(text) as unknown, at: Date.now() };
			this.calls.push(call);
			const { status, body } = this.answer(call);
			response.writeHead(status, { 'content-type': 'application/json', ...(status === 302 ? { location: `http://${this.host}/elsewhere` } : {}) }).end(body);
		});
	});

	async up(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	down(): Promise<void> {
		this.server.closeAllConnections();
		return new Promise((resolve) => this.server.close(() => resolve()));
	}
}

async function read(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}
