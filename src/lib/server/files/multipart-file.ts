import { FileCutOff } from './files.ts';

export interface PostedFile {
	readonly name: string;
	readonly stream: AsyncIterable<Uint8Array>;
}

const LONGEST_HEAD = 16 * 1024;

/**
 * The first file of a form posted by a browser without script, as a stream: nothing of it is held in memory. Null when the form carries no
 * chosen file or is no such form. Bounds on size are the reader's.
 */
export async function firstFile(request: Request): Promise<PostedFile | null> {
	const boundary = /^multipart\/form-data\s*;.*\bboundary=("?)([^";,\s]{1,70})\1/i.exec(request.headers.get('content-type') ?? '')?.[2];
	if (boundary === undefined || !request.body) return null;
	const parts = reader(request.body as unknown as AsyncIterable<Uint8Array>, Buffer.from(`\r\n--${boundary}`));
	await parts.skipPart();
	for (;;) {
		const head = await parts.head();
		if (head === null) return null;
		const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
		const name = /\bfilename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
		if (name !== undefined && name !== '') return { name: name.replaceAll('%22', '"'), stream: parts.content() };
		await parts.skipPart();
	}
}

function reader(body: AsyncIterable<Uint8Array>, delimiter: Buffer) {
	const source = body[Symbol.asyncIterator]();
	// The first delimiter stands at the very start, without the line end that others have before them.
	let rest = Buffer.from('\r\n');

	async function more(): Promise<void> {
		const next = await source.next();
		if (next.done === true) throw new FileCutOff('the form ended in the middle');
		rest = Buffer.concat([rest, next.value]);
	}

	async function* content(): AsyncGenerator<Uint8Array> {
		for (;;) {
			const at = rest.indexOf(delimiter);
			const safe = at >= 0 ? at : Math.max(0, rest.length - delimiter.length + 1);
			const piece = rest.subarray(0, safe);
			rest = rest.subarray(at >= 0 ? at + delimiter.length : safe);
			if (piece.length > 0) yield piece;
			if (at >= 0) return;
			await more();
		}
	}

	async function skipPart(): Promise<void> {
		for await (const piece of content()) void piece;
	}

	/** The head of the next part; null after the last. */
	async function head(): Promise<string | null> {
		while (rest.length < 2) await more();
		if (rest.subarray(0, 2).toString('latin1') === '--') return null;
		for (;;) {
			const end = rest.indexOf('\r\n\r\n');
			if (end >= 0) {
				const text = rest.subarray(0, end).toString('utf8');
				// The line end before a delimiter may be the one that ends the head: an empty part.
				rest = rest.subarray(end + 4 - (rest.indexOf(delimiter, end + 2) === end + 2 ? 2 : 0));
				return text;
			}
			if (rest.length > LONGEST_HEAD) throw new FileCutOff('the head of a part has no end');
			await more();
		}
	}

	return { content, skipPart, head };
}
