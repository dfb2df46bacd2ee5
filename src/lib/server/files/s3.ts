import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
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

/**
 * Attachments in an S3-compatible store. What comes in waits in `incoming` on this machine, since a signature needs its hash beforehand.
 * The store has `answerMs` to answer a question or an upload; reading a body may take longer.
 */
export function s3Store(settings: S3Settings, incoming: string, answerMs = 120_000): FileStore {
	const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings;
	const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });

	async function ask(method: 'GET' | 'HEAD' | 'PUT', sha256: string, file?: { readonly path: string; readonly sizeBytes: number }): Promise<Response> {
		const url = `${endpoint.replace(/\/$/, '')}/${bucket}/${sha256.slice(0, 2)}/${sha256}`;
		// The header makes the signature cover the content; without it the client would sign UNSIGNED-PAYLOAD.
		const headers: Record<string, string> = { 'x-amz-content-sha256': file ? sha256 : EMPTY_SHA256 };
		if (file) Object.assign(headers, { 'content-length': String(file.sizeBytes), 'content-type': 'application/octet-stream' });
		const body = file ? { body: Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>, duplex: 'half' as const } : {};
		try {
			const request = await client.sign(url, { method, headers, ...body });
			// Not the client's own fetch: it would try a spent stream again, and forget the time limit once its request is garbage.
			return await fetch(request, { redirect: 'error', signal: method === 'GET' ? null : AbortSignal.timeout(answerMs) });
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
