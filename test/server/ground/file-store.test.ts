import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileCutOff, FileStoreFailed } from '#lib/server/files/files.ts';
import { openFileStore } from '#lib/server/files/file-store.ts';
import { s3Store, type S3Settings } from '#lib/server/files/s3.ts';
import { firstFile } from '#lib/server/files/multipart-file.ts';

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
async function* inPieces(content: Buffer, size = 7): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
async function allOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of stream) pieces.push(piece);
	return Buffer.concat(pieces);
}

describe('an S3-compatible store', () => {
	const kept = new Map<string, Buffer>();
	let server: Server;
	let settings: S3Settings;
	let incoming: string;
	let failing = false;
	let announced: { length: string | undefined; encoding: string | undefined } | undefined;

	/** Checks a signature as the protocol says: over the headers the request itself names. */
	function isSigned(request: IncomingMessage, body: Buffer): boolean {
		const found = /^AWS4-HMAC-SHA256 Credential=key-1\/(\d{8})\/(\S+)\/s3\/aws4_request, SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
			request.headers.authorization ?? ''
		);
		if (!found) return false;
		const [, day = '', region = '', names = '', signature] = found;
		const canonicalHeaders = names
			.split(';')
			.map((name) => `${name}:${String(request.headers[name])}\n`)
			.join('');
		const canonical = `${request.method ?? ''}\n${request.url ?? ''}\n\n${canonicalHeaders}\n${names}\n${sha256(body)}`;
		const toSign = `AWS4-HMAC-SHA256\n${String(request.headers['x-amz-date'])}\n${day}/${region}/s3/aws4_request\n${sha256(canonical)}`;
		const sign = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
		const key = ['s3', 'aws4_request'].reduce(sign, sign(sign('AWS4the secret', day), region));
		return region === 'cn-test' && sign(key, toSign).toString('hex') === signature && request.headers['x-amz-content-sha256'] === sha256(body);
	}

	beforeAll(async () => {
		incoming = await mkdtemp(join(tmpdir(), 'keyent-s3-'));
		server = createServer((request, response) => {
			void (async () => {
				const body = await allOf(request);
				const name = request.url ?? '';
				if (!isSigned(request, body)) response.writeHead(403).end();
				else if (failing) response.writeHead(507).end();
				else if (request.method === 'PUT') {
					announced = { length: request.headers['content-length'], encoding: request.headers['transfer-encoding'] };
					kept.set(name, body);
					response.writeHead(200).end();
				} else if (!kept.has(name)) response.writeHead(404).end();
				else response.writeHead(200).end(request.method === 'GET' ? kept.get(name) : undefined);
			})();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		settings = {
			endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			bucket: 'reports',
			region: 'cn-test',
			accessKeyId: 'key-1',
			secretAccessKey: 'the secret'
		};
	});
	afterAll(async () => {
		server.close();
		await rm(incoming, { recursive: true, force: true });
	});

	test('keeps a file under its hash, gives it back and knows what it has; nothing stays on this machine', async () => {
		const store = s3Store(settings, incoming);
		const content = Buffer.from('二〇二六年审计报告'.repeat(5000));
		const file = await store.receive(inPieces(content, 4096), 10_000_000);
		expect(file).toMatchObject({ sha256: sha256(content), sizeBytes: content.length });
		expect(await store.has(file.sha256)).toBe(false);
		await store.keep(file);
		expect([...kept.keys()]).toEqual([`/reports/${file.sha256.slice(0, 2)}/${file.sha256}`]);
		expect(await store.has(file.sha256)).toBe(true);
		expect(await allOf((await store.open(file.sha256)) as unknown as AsyncIterable<Uint8Array>)).toEqual(content);
		expect(await store.open(sha256('another'))).toBeUndefined();
		expect(await store.open('../../etc/passwd')).toBeUndefined();
		expect(await readdir(incoming)).toEqual([]);
	});

	test('a store that fails, refuses the key or is not there is said as such', async () => {
		const content = Buffer.from('x');
		failing = true;
		const store = s3Store(settings, incoming);
		const file = await store.receive(inPieces(content), 100);
		await expect(store.keep(file)).rejects.toThrow(FileStoreFailed);
		await expect(store.open(file.sha256)).rejects.toThrow(FileStoreFailed);
		failing = false;
		const wrongKey = s3Store({ ...settings, secretAccessKey: 'another' }, incoming);
		await expect(wrongKey.keep(await wrongKey.receive(inPieces(content), 100))).rejects.toThrow(FileStoreFailed);
		const nowhere = s3Store({ ...settings, endpoint: 'http://127.0.0.1:9' }, incoming);
		const waiting = await nowhere.receive(inPieces(content), 100);
		await expect(nowhere.keep(waiting)).rejects.toThrow(FileStoreFailed);
		await waiting.discard();
		expect(await readdir(incoming)).toEqual([]);
	});

	test('the size is announced, because a store takes no body of unknown length', async () => {
		const store = s3Store(settings, incoming);
		await store.keep(await store.receive(inPieces(Buffer.from('announced')), 100));
		expect(announced).toEqual({ length: '9', encoding: undefined });
	});

	test('a store that takes the question and never answers is given up in time, however often memory is cleared meanwhile', async () => {
		setFlagsFromString('--expose-gc');
		const clearMemory = runInNewContext('gc') as () => void;
		const clearing = setInterval(clearMemory, 20);
		const silent = createServer((request) => void request.resume());
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		try {
			const store = s3Store({ ...settings, endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }, incoming, 400);
			await expect(store.has(sha256('x'))).rejects.toThrow(FileStoreFailed);
			const file = await store.receive(inPieces(Buffer.from('x')), 100);
			await expect(store.keep(file)).rejects.toThrow(FileStoreFailed);
			await file.discard();
		} finally {
			clearInterval(clearing);
			silent.closeAllConnections();
			silent.close();
		}
	}, 10_000);

	test('the settings choose the store', async () => {
		expect(await openFileStore({ kind: 's3', ...settings }).has(sha256('nothing'))).toBe(false);
		expect(await openFileStore({ kind: 'folder', folder: join(incoming, 'none') }).has(sha256('nothing'))).toBe(false);
	});
});

describe('a form without script', () => {
	const boundary = '----keyentBoundary';
	const part = (head: string, body: string | Buffer) =>
		Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
	const end = Buffer.from(`--${boundary}--\r\n`);
	function posted(body: Buffer, size: number, type = `multipart/form-data; boundary=${boundary}`): Request {
		const pieces = inPieces(body, size);
		const stream = new ReadableStream<Uint8Array>({
			pull: async (controller) => {
				const next = await pieces.next();
				if (next.done === true) controller.close();
				else controller.enqueue(next.value);
			}
		});
		return { headers: new Headers({ 'content-type': type }), body: stream } as unknown as Request;
	}
	const content = Buffer.from(`bytes with \r\n--${boundary.slice(0, -1)} and \r\n\r\n in them`);
	const form = Buffer.concat([
		part('Content-Disposition: form-data; name="note"', 'hello'),
		part('Content-Disposition: form-data; name="file"; filename="审计.pdf"\r\nContent-Type: application/pdf', content),
		end
	]);

	test.each([1, 2, 3, 7, 64, 100_000])('gives its file whole, in pieces of %i bytes', async (size) => {
		const file = await firstFile(posted(form, size));
		expect(file?.name).toBe('审计.pdf');
		expect(await allOf(file?.stream ?? inPieces(Buffer.alloc(0)))).toEqual(content);
	});

	test('an empty file is empty; no file, no form or another type is none', async () => {
		const empty = await firstFile(posted(Buffer.concat([part('Content-Disposition: form-data; name="file"; filename="a.pdf"', ''), end]), 5));
		expect(await allOf(empty?.stream ?? inPieces(Buffer.from('none')))).toEqual(Buffer.alloc(0));
		expect(await firstFile(posted(Buffer.concat([part('Content-Disposition: form-data; name="file"; filename=""', ''), end]), 5))).toBeNull();
		expect(await firstFile(posted(Buffer.concat([part('Content-Disposition: form-data; name="note"', 'x'), end]), 5))).toBeNull();
		expect(await firstFile(posted(form, 5, 'text/plain'))).toBeNull();
	});

	test('a form that ends in the middle is an upload cut off', async () => {
		const file = await firstFile(posted(form.subarray(0, -40), 9));
		await expect(allOf(file?.stream ?? inPieces(Buffer.alloc(0)))).rejects.toThrow(FileCutOff);
		await expect(firstFile(posted(form.subarray(0, 30), 9))).rejects.toThrow(FileCutOff);
	});

	test('a form that breaks before anybody reads its file is cut off all the same, and what came of it is not taken for the whole', async () => {
		for (const size of [9, 100_000]) {
			const file = await firstFile(posted(form.subarray(0, -40), size));
			await new Promise((resolve) => setTimeout(resolve, 20));
			await expect(allOf(file?.stream ?? inPieces(Buffer.alloc(0)))).rejects.toThrow(FileCutOff);
		}
	});

	test('a sender who goes away is an upload cut off, and no temporary file stays behind', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'keyent-form-'));
		const store = openFileStore({ kind: 'folder', folder });
		let sent = 0;
		const body = new ReadableStream<Uint8Array>({
			pull: (controller) => {
				if (sent++ < 40) controller.enqueue(form.subarray((sent - 1) * 7, sent * 7));
				else controller.error(new Error('aborted'));
			}
		});
		const file = await firstFile({ headers: new Headers({ 'content-type': `multipart/form-data; boundary=${boundary}` }), body } as unknown as Request);
		await expect(store.receive(file?.stream ?? inPieces(Buffer.alloc(0)), 1_000_000)).rejects.toThrow(FileCutOff);
		expect(await readdir(join(folder, 'incoming'))).toEqual([]);
		await rm(folder, { recursive: true });
	});

	test('of a large file only a little is taken before it is read, and nothing after its reader left; the body is not cancelled', async () => {
		const head = part('Content-Disposition: form-data; name="file"; filename="a.pdf"', '').subarray(0, -2);
		let [taken, cancelled] = [0, false];
		const body = new ReadableStream<Uint8Array>({
			pull: (controller) => controller.enqueue(taken++ === 0 ? head : new Uint8Array(64 * 1024)),
			cancel: () => {
				cancelled = true;
			}
		});
		const file = await firstFile({ headers: new Headers({ 'content-type': `multipart/form-data; boundary=${boundary}` }), body } as unknown as Request);
		const rest = () => new Promise((resolve) => setTimeout(resolve, 50));
		await rest();
		expect(taken).toBeLessThan(10);
		const pieces = file?.stream[Symbol.asyncIterator]();
		expect((await pieces?.next())?.done).toBe(false);
		await pieces?.return?.();
		await rest();
		const whenLeft = taken;
		await rest();
		expect([whenLeft < 20, taken, cancelled]).toEqual([true, whenLeft, false]);
	});

	test('many parts, a head without an end, a large field beside the file: bounded', async () => {
		const field = part('Content-Disposition: form-data; name="note"', 'x');
		await expect(firstFile(posted(Buffer.concat([...Array.from({ length: 30 }, () => field), form]), 4096))).rejects.toThrow(FileCutOff);
		await expect(firstFile(posted(Buffer.from(`--${boundary}\r\n${'X-A: b\r\n'.repeat(100_000)}`), 65_536))).rejects.toThrow(FileCutOff);
		const beside = Buffer.concat([part('Content-Disposition: form-data; name="note"', Buffer.alloc(3_000_000, 'x')), form]);
		expect(await allOf((await firstFile(posted(beside, 65_536)))?.stream ?? inPieces(Buffer.alloc(0)))).toEqual(content);
		expect(await firstFile(posted(form, 5, 'multipart/form-data'))).toBeNull();
	});
});
