/** Reading what was sent, within bounds: nothing is parsed before it is known to be small enough. */

/** Bytes of one request, by what it carries. Attachments are streamed past all of this, each within the bounds of its slot. */
export const BODY_BYTES = {
	/** Five thousand ticked reports, or every text of a report, three times over. */
	form: 512 * 1024,
	/** A list of enterprises, and its form around it. */
	list: 5 * 1024 * 1024 + 64 * 1024
} as const;

/** Levels of lists and objects in data that a script of ours sends; it uses three. */
const DATA_DEPTH = 20;

/** More was sent than this address takes. */
export class BodyTooLarge extends Error {
	override name = 'BodyTooLarge';
	readonly mostBytes: number;
	constructor(mostBytes: number) {
		super(`more than ${mostBytes} bytes`);
		this.mostBytes = mostBytes;
	}
}

/**
 * The bytes of a request, at most `mostBytes`. What is too large is left where it is, not cancelled: that would close the connection that
 * the answer goes out by.
 *
 * @throws BodyTooLarge, before anything is read where the length was announced; whatever broke the connection
 */
export async function readBody({ body, headers }: Request, mostBytes: number): Promise<Buffer> {
	if (Number(headers.get('content-length') ?? 0) > mostBytes) throw new BodyTooLarge(mostBytes);
	if (!body) return Buffer.alloc(0);
	const pieces: Uint8Array[] = [];
	const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
	let bytes = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return Buffer.concat(pieces, bytes);
		bytes += value.byteLength;
		if (bytes > mostBytes) throw new BodyTooLarge(mostBytes);
		pieces.push(value);
	}
}

/** Whether lists and objects lie deeper in each other than a parser should follow. Text between quotes does not count. */
export function isTooDeep(json: string, most: number = DATA_DEPTH): boolean {
	let depth = 0;
	let quoted = false;
	for (let at = 0; at < json.length; at += 1) {
		const sign = json[at];
		if (quoted) {
			if (sign === '\\') at += 1;
			else if (sign === '"') quoted = false;
		} else if (sign === '"') quoted = true;
		else if (sign === '[' || sign === '{') {
			depth += 1;
			if (depth > most) return true;
		} else if (sign === ']' || sign === '}') depth -= 1;
	}
	return false;
}
