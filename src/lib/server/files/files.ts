import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** A file that was taken in and is not yet kept: bytes on disk under a temporary name. `discard` after `keep` does nothing. */
export interface ReceivedFile {
	readonly path: string;
	/** Lower-case hex. */
	readonly sha256: string;
	readonly sizeBytes: number;
	readonly discard: () => Promise<void>;
}

/** Where attachments lie, each under the SHA-256 of its content. Nothing in it is ever changed. */
export interface FileStore {
	/**
	 * Takes a stream in under a temporary name, counting and hashing while it flows.
	 *
	 * @throws FileTooLarge once more than `limit` bytes came, FileCutOff when the sender went away, FileStoreFailed when the disk did not take it.
	 * No temporary file stays behind in any of these.
	 */
	readonly receive: (stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>, limit: number) => Promise<ReceivedFile>;
	/** Keeps a received file under its hash; the same content twice is kept once. @throws FileStoreFailed */
	readonly keep: (file: ReceivedFile) => Promise<void>;
	/** The bytes, as a stream; undefined when there are none under this hash. @throws FileStoreFailed */
	readonly open: (sha256: string) => Promise<ReadableStream<Uint8Array> | undefined>;
	readonly has: (sha256: string) => Promise<boolean>;
}

export class FileTooLarge extends Error {
	override name = 'FileTooLarge';
	readonly sizeBytes: number;
	constructor(sizeBytes: number) {
		super('more bytes came than are taken');
		this.sizeBytes = sizeBytes;
	}
}
export class FileCutOff extends Error {
	override name = 'FileCutOff';
}
export class FileStoreFailed extends Error {
	override name = 'FileStoreFailed';
}

const SHA256 = /^[0-9a-f]{64}$/;

/** Streams into `<folder>/<random>.part`. A file of nobody's upload that is older than a day is cleared away on the way. */
export async function receiveInto(folder: string, stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>, limit: number): Promise<ReceivedFile> {
	const path = join(folder, `${randomUUID()}.part`);
	// A file that cannot be taken away must not hide why it was not taken in.
	const discard = () => rm(path, { force: true }).catch(() => undefined);
	const hash = createHash('sha256');
	let sizeBytes = 0;
	try {
		await failing(() => mkdir(folder, { recursive: true, mode: 0o700 }));
		const file = await failing(() => open(path, 'wx', 0o600));
		try {
			for await (const chunk of cutOff(stream)) {
				sizeBytes += chunk.byteLength;
				if (sizeBytes > limit) throw new FileTooLarge(sizeBytes);
				hash.update(chunk);
				await failing(() => file.writeFile(chunk));
			}
			await failing(() => file.sync());
		} finally {
			await file.close();
		}
		return { path, sha256: hash.digest('hex'), sizeBytes, discard };
	} catch (error) {
		await discard();
		throw error;
	}
}

/** What goes wrong while reading is the sender's going away; what goes wrong while writing is not. */
async function* cutOff(stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const source = stream as AsyncIterable<Uint8Array>;
	const reader = source[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await reader.next().catch((cause: unknown) => {
				throw new FileCutOff('the sender went away', { cause });
			});
			if (next.done === true) return;
			yield next.value;
		}
	} finally {
		await reader.return?.().catch(() => undefined);
	}
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		throw new FileStoreFailed('the file store did not take the file', { cause });
	}
}

/** Attachments in a folder: `<aa>/<sha256>`. A file appears under its name whole and on disk, or not at all. */
export function folderStore(folder: string): FileStore {
	const incoming = join(folder, 'incoming');
	const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
	const has = (sha256: string) =>
		SHA256.test(sha256)
			? access(placeOf(sha256)).then(
					() => true,
					() => false
				)
			: Promise.resolve(false);
	return {
		receive: async (stream, limit) => {
			await clearLeftOvers(incoming);
			return receiveInto(incoming, stream, limit);
		},
		keep: (file) =>
			failing(async () => {
				const place = placeOf(file.sha256);
				const shelf = join(folder, file.sha256.slice(0, 2));
				await mkdir(shelf, { recursive: true, mode: 0o700 });
				await rename(file.path, place);
				await syncFolder(shelf);
			}),
		open: async (sha256) => {
			if (!(await has(sha256))) return undefined;
			return Readable.toWeb(createReadStream(placeOf(sha256))) as ReadableStream<Uint8Array>;
		},
		has
	};
}

/** The new name is on disk only when the folder is. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

const DAY_MS = 86_400_000;

/** What a killed process left half-received. */
async function clearLeftOvers(incoming: string): Promise<void> {
	const names = await readdir(incoming).catch(() => []);
	if (names.length < 20) return;
	for (const name of names) {
		const path = join(incoming, name);
		const found = await stat(path).catch(() => undefined);
		if (found && Date.now() - found.mtimeMs > DAY_MS) await rm(path, { force: true });
	}
}
