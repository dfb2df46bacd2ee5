import { createServer, type Socket } from 'node:net';

/** One message of PostgreSQL's protocol: a letter, the length of what follows, the content. */
function message(letter: string, ...parts: readonly (Buffer | number)[]): Buffer {
	const content = Buffer.concat(parts.map((part) => (typeof part === 'number' ? int(part, 4) : part)));
	return Buffer.concat([Buffer.from(letter), int(content.length + 4, 4), content]);
}

function int(value: number, bytes: 2 | 4): Buffer {
	const made = Buffer.alloc(bytes);
	if (bytes === 2) made.writeInt16BE(value);
	else made.writeInt32BE(value);
	return made;
}

const text = (value: string) => Buffer.from(`${value}\0`);
const INT4 = 23;

/** Lets everybody in and answers every question with one number, its version: all that is needed to be found too old. */
export function startOldServer(version: number): Promise<{ port: number; asked: () => readonly string[]; stop: () => Promise<void> }> {
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const answer = String(version);
	const ready = message('Z', Buffer.from('I'));
	const columns = message('T', int(1, 2), text('version'), 0, int(0, 2), INT4, int(4, 2), -1, int(0, 2));
	const server = createServer((socket) => {
		sockets.add(socket);
		let started = false;
		socket.on('error', () => undefined);
		socket.on('data', (bytes: Buffer) => {
			if (!started) {
				started = true;
				socket.write(Buffer.concat([message('R', 0), message('S', text('server_version'), text(answer)), ready]));
				return;
			}
			for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
				const letter = String.fromCharCode(bytes[at] ?? 0);
				if (letter === 'P') {
					asked.push(
						bytes
							.subarray(at + 5, at + 1 + bytes.readInt32BE(at + 1))
							.toString('utf8')
							.split('\0')[1] ?? ''
					);
					socket.write(message('1'));
				}
				if (letter === 'D') socket.write(Buffer.concat([message('t', int(0, 2)), columns]));
				if (letter === 'B') socket.write(message('2'));
				if (letter === 'E') socket.write(Buffer.concat([message('D', int(1, 2), answer.length, Buffer.from(answer)), message('C', text('SELECT 1'))]));
				if (letter === 'S') socket.write(ready);
			}
		});
	});
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve({
				port: typeof address === 'object' && address ? address.port : 0,
				asked: () => asked,
				stop: () =>
					new Promise((done) => {
						for (const socket of sockets) socket.destroy();
						server.close(() => done());
					})
			});
		});
	});
}
