import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { FileCutOff } from './files.ts';

export interface PostedFile {
	readonly name: string;
	readonly stream: AsyncIterable<Uint8Array>;
}

/** Fields beside the file are of no use here, so nothing of them is kept. */
const LIMITS = { parts: 20, fields: 20, fieldSize: 0, files: 1, headerPairs: 20, headerSize: 16 * 1024 };

/**
 * The first file of a form posted by a browser without script, as a stream: nothing of it is held in memory. Null when the form carries no
 * chosen file or is no such form. Bounds on its size are the reader's. @throws FileCutOff, also while the stream is read
 */
export async function firstFile(request: Request): Promise<PostedFile | null> {
	const form = formOf(request);
	if (form === null || !request.body) return null;
	const source = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>);
	return new Promise((resolve, reject) => {
		let file: Readable | undefined;
		const broken = (cause: unknown) => {
			const cut = new FileCutOff('the form ended in the middle', { cause });
			file?.destroy(cut);
			reject(cut);
		};
		form.on('file', (_field, stream, name) => {
			file = stream;
			// What breaks before anybody reads must not end the process; the reader is told by the stream's end.
			stream.on('error', () => undefined);
			// Left, not cancelled: cancelling the body would close the connection that the answer goes out by.
			stream.once('close', () => source.unpipe(form));
			resolve({ name: name.replaceAll('%22', '"'), stream: piecesOf(stream) });
		});
		form.once('partsLimit', () => {
			if (!file) broken(new RangeError('too many parts'));
		});
		form.once('finish', () => resolve(null));
		form.on('error', broken);
		source.on('error', broken);
		source.pipe(form);
	});
}

function formOf(request: Request): BusboyInstance | null {
	const type = request.headers.get('content-type') ?? '';
	if (!/^multipart\/form-data\s*;/i.test(type)) return null;
	try {
		return new Busboy({ headers: { 'content-type': type }, limits: LIMITS, isPartAFile: (_field, _type, name) => name !== undefined && name !== '' });
	} catch {
		// No boundary, or one of no use.
		return null;
	}
}

async function* piecesOf(file: Readable): AsyncGenerator<Uint8Array> {
	try {
		yield* file as AsyncIterable<Uint8Array>;
	} catch (cause) {
		throw cause instanceof FileCutOff ? cause : new FileCutOff('the form ended in the middle', { cause });
	}
}
