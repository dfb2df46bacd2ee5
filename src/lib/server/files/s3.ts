import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { FileStoreFailed, receiveInto, type FileStore } from './files.ts';

/** Where an S3-compatible store is and who we are to it. Addressed by path (`endpoint/bucket/key`), which all of them understand. */
export interface S3Settings {
	readonly endpoint: string;
	readonly bucket: string;
	readonly region: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');
const SHA256 = /^[0-9a-f]{64}$/;
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text, 'utf8').digest();

/**
 * The headers of one signed request: AWS Signature Version 4 with a signed payload. `path` is already encoded; ours holds only
 * unreserved characters and slashes, and no query is ever sent.
 */
export function signed(
	settings: S3Settings,
	request: { readonly method: string; readonly url: URL; readonly payloadSha256: string; readonly at: Date }
): Record<string, string> {
	const stamp = request.at.toISOString().replace(/[-:]|\.\d{3}/g, '');
	const day = stamp.slice(0, 8);
	const scope = `${day}/${settings.region}/s3/aws4_request`;
	const headers = { host: request.url.host, 'x-amz-content-sha256': request.payloadSha256, 'x-amz-date': stamp };
	const names = Object.keys(headers).join(';');
	const lines = Object.entries(headers)
		.map(([name, value]) => `${name}:${value}\n`)
		.join('');
	const canonical = [request.method, request.url.pathname, '', lines, names, request.payloadSha256].join('\n');
	const toSign = ['AWS4-HMAC-SHA256', stamp, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
	const key = hmac(hmac(hmac(hmac(`AWS4${settings.secretAccessKey}`, day), settings.region), 's3'), 'aws4_request');
	const signature = hmac(key, toSign).toString('hex');
	return {
		'x-amz-content-sha256': request.payloadSha256,
		'x-amz-date': stamp,
		authorization: `AWS4-HMAC-SHA256 Credential=${settings.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`
	};
}

/** Attachments in an S3-compatible store. What comes in waits in `incoming` on this machine, since a signature needs its hash beforehand. */
export function s3Store(settings: S3Settings, incoming: string): FileStore {
	async function ask(method: 'GET' | 'HEAD' | 'PUT', sha256: string, file?: { readonly path: string; readonly sizeBytes: number }): Promise<Response> {
		const url = new URL(`${settings.endpoint.replace(/\/$/, '')}/${settings.bucket}/${sha256.slice(0, 2)}/${sha256}`);
		const headers = signed(settings, { method, url, payloadSha256: file ? sha256 : EMPTY_SHA256, at: new Date() });
		const body = file ? { body: Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>, duplex: 'half' as const } : {};
		try {
			return await fetch(url, {
				method,
				headers: file ? { ...headers, 'content-length': String(file.sizeBytes), 'content-type': 'application/octet-stream' } : headers,
				redirect: 'error',
				// A body that is being read may take longer than this; only the answer is waited for.
				signal: method === 'GET' ? null : AbortSignal.timeout(120_000),
				...body
			});
		} catch (cause) {
			throw new FileStoreFailed('the file store did not answer', { cause });
		}
	}

	async function has(sha256: string): Promise<boolean> {
		if (!SHA256.test(sha256)) return false;
		const answer = await ask('HEAD', sha256);
		if (answer.ok) return true;
		if (answer.status === 404) return false;
		throw new FileStoreFailed(`the file store answered ${answer.status}`);
	}

	return {
		receive: (stream, limit) => receiveInto(incoming, stream, limit),
		keep: async (file) => {
			const answer = await ask('PUT', file.sha256, file);
			await answer.body?.cancel();
			await file.discard();
			if (!answer.ok) throw new FileStoreFailed(`the file store answered ${answer.status}`);
		},
		open: async (sha256) => {
			if (!SHA256.test(sha256)) return undefined;
			const answer = await ask('GET', sha256);
			if (answer.ok && answer.body) return answer.body as ReadableStream<Uint8Array>;
			await answer.body?.cancel();
			if (answer.status === 404) return undefined;
			throw new FileStoreFailed(`the file store answered ${answer.status}`);
		},
		has
	};
}
