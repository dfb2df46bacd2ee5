import { Busboy, type BusboyInstance } from '@fastify/busboy';

/** More than any form of ours sends: five thousand reports ticked on one page, with what stands beside them. */
export const FORM_BOUNDS = { fields: 6_000, nameLength: 300, files: 20 } as const;

/** What a form carries: each text and file under its name, in the order sent. */
export type PostedPair = readonly [name: string, value: string | File];

/** Why a form was not read: it is none, or it was cut off; or it is past its bounds. */
export type FormProblem = 'unreadable' | 'too_large';

/** Takes a form of either kind apart; the fields are counted before or while they are read, never after. */
export function postedPairs(bytes: Buffer, contentType: string): Promise<PostedPair[] | FormProblem> {
	const kind = contentType.split(';')[0]?.trim().toLowerCase();
	if (kind === 'application/x-www-form-urlencoded') return Promise.resolve(fromAddressCode(bytes));
	return kind === 'multipart/form-data' ? fromParts(bytes, contentType) : Promise.resolve('unreadable');
}

const AMPERSAND = 0x26;

function fromAddressCode(bytes: Buffer): PostedPair[] | FormProblem {
	let fields = 1;
	for (const byte of bytes) if (byte === AMPERSAND) fields += 1;
	if (fields > FORM_BOUNDS.fields) return 'too_large';
	const pairs = [...new URLSearchParams(bytes.toString('utf8'))];
	return pairs.some(([name]) => name.length > FORM_BOUNDS.nameLength) ? 'too_large' : pairs;
}

function fromParts(bytes: Buffer, contentType: string): Promise<PostedPair[] | FormProblem> {
	return new Promise((resolve) => {
		const form = partsReader(contentType, bytes.length);
		if (form === null) return resolve('unreadable');
		const pairs: PostedPair[] = [];
		const tooLarge = () => resolve('too_large');
		form.on('field', (name, value, nameCut, valueCut) => {
			if (nameCut || valueCut || name.length > FORM_BOUNDS.nameLength) tooLarge();
			else pairs.push([name, value]);
		});
		form.on('file', (name, stream, fileName, _encoding, type) => {
			const pieces: Uint8Array[] = [];
			const place = pairs.push([name, new File([], '')]) - 1;
			stream.on('data', (piece: Uint8Array<ArrayBuffer>) => pieces.push(piece));
			stream.on('error', () => resolve('unreadable'));
			stream.on('end', () => (pairs[place] = [name, new File(pieces as Uint8Array<ArrayBuffer>[], fileName.replaceAll('%22', '"'), { type })]));
		});
		for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) form.once(limit, tooLarge);
		form.on('error', () => resolve('unreadable'));
		form.once('finish', () => resolve(pairs));
		form.end(bytes);
	});
}

/** Null without a boundary, or with one of no use. A part is a file where the sender names one, even an empty name: a box left empty. */
function partsReader(contentType: string, most: number): BusboyInstance | null {
	try {
		return new Busboy({
			headers: { 'content-type': contentType },
			limits: {
				parts: FORM_BOUNDS.fields,
				fields: FORM_BOUNDS.fields,
				fieldNameSize: FORM_BOUNDS.nameLength * 4,
				fieldSize: most,
				files: FORM_BOUNDS.files,
				fileSize: most,
				headerPairs: 20,
				headerSize: 16 * 1024
			},
			isPartAFile: (_field, _type, name) => name !== undefined
		});
	} catch {
		return null;
	}
}
