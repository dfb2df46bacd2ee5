import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface ReceivedMail {
	readonly from: string;
	readonly to: readonly string[];
	/** Headers and body as they came. */
	readonly data: string;
	readonly messageId: string;
}

/** What the server says; a function may answer late, or never. */
export interface SmtpManners {
	/** Answer to RCPT TO; undefined = taken. */
	recipient?: (address: string) => string | undefined;
	/** Answer to the end of DATA; undefined = taken. Only what is taken is kept. */
	data?: (mail: ReceivedMail) => string | undefined | Promise<string | undefined>;
	/** Answer to MAIL FROM; undefined = taken. */
	sender?: () => string | undefined;
	/** Milliseconds before every answer. */
	delayMs?: number;
	/** After a mail was taken and before the sender hears of it. */
	taken?: (mail: ReceivedMail) => void;
}

/** A mail server for tests that holds a real SMTP conversation (RFC 5321), and can refuse, dawdle and be away. */
export class SmtpServer {
	readonly received: ReceivedMail[] = [];
	/** Every line a client sent outside of a mail's data. */
	readonly commands: string[] = [];
	manners: SmtpManners = {};
	port = 0;
	private server: Server | null = null;
	private readonly sockets = new Set<Socket>();

	get url(): string {
		return `smtp://127.0.0.1:${this.port}`;
	}

	async up(): Promise<void> {
		const server = createServer((socket) => this.converse(socket));
		this.server = server;
		await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, '127.0.0.1', resolve));
		this.port = (server.address() as AddressInfo).port;
	}

	async down(): Promise<void> {
		const { server } = this;
		this.server = null;
		for (const socket of this.sockets) socket.destroy();
		if (server) await new Promise((resolve) => server.close(resolve));
	}

	/** Forgets what it received and how it was told to behave. */
	forget(): void {
		this.received.length = 0;
		this.commands.length = 0;
		this.manners = {};
	}

	/** How often each Message-ID came. */
	counts(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const { messageId } of this.received) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
		return counts;
	}

	private converse(socket: Socket): void {
		this.sockets.add(socket);
		socket.setNoDelay(true);
		socket.on('close', () => this.sockets.delete(socket));
		socket.on('error', () => undefined);
		const say = (answer: string): void => {
			const { delayMs = 0 } = this.manners;
			if (delayMs === 0) socket.write(`${answer}\r\n`);
			else setTimeout(() => socket.write(`${answer}\r\n`), delayMs);
		};
		let buffered = '';
		let from = '';
		let to: string[] = [];
		let reading = false;
		const mailEnded = async (data: string): Promise<void> => {
			const mail = { from, to, data, messageId: /^message-id:\s*(\S+)/im.exec(data)?.[1] ?? '' };
			from = '';
			to = [];
			const refused = await this.manners.data?.(mail);
			if (refused === undefined) {
				this.received.push(mail);
				this.manners.taken?.(mail);
			}
			say(refused ?? '250 2.0.0 taken');
		};
		const lineCame = (line: string): void => {
			this.commands.push(line);
			const verb = line.slice(0, 4).toUpperCase();
			const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
			if (verb === 'EHLO' || verb === 'HELO') say('250-test\r\n250 8BITMIME');
			else if (verb === 'MAIL') {
				from = address;
				say(this.manners.sender?.() ?? '250 2.1.0 ok');
			} else if (verb === 'RCPT') {
				const refused = this.manners.recipient?.(address);
				if (refused === undefined) to.push(address);
				say(refused ?? '250 2.1.5 ok');
			} else if (verb === 'DATA') {
				reading = true;
				say('354 go on');
			} else if (verb === 'QUIT') {
				say('221 bye');
				socket.end();
			} else say('250 ok');
		};
		socket.on('data', (chunk) => {
			buffered += chunk.toString('utf8');
			for (;;) {
				const end = buffered.indexOf(reading ? '\r\n.\r\n' : '\r\n');
				if (end < 0) return;
				const part = buffered.slice(0, end);
				buffered = buffered.slice(end + (reading ? 5 : 2));
				if (reading) {
					reading = false;
					void mailEnded(part);
				} else lineCame(part);
			}
		});
		say('220 test ESMTP');
	}
}
