/** More than any form of ours sends: five thousand reports ticked on one page, with what stands beside them. In parts, only forms with a file come. */
export const FORM_BOUNDS = { fields: 6_000, nameLength: 300, parts: 100 } as const;

/** What a form carries: each text and file under its name, in the order sent. */
export type PostedPair = readonly [name: string, value: string | File];

/** Why a form was not read: it is none, or it was cut off; or it is past its bounds. */
export type FormProblem = 'unreadable' | 'too_large';

/** Takes a form of either kind apart. What it carries is counted before it is read: readers of forms slow down with each field. */
export async function postedPairs(bytes: Buffer, contentType: string): Promise<PostedPair[] | FormProblem> {
	const kind = contentType.split(';')[0]?.trim().toLowerCase();
	if (kind === 'application/x-www-form-urlencoded') return fromAddressCode(bytes);
	return kind === 'multipart/form-data' ? fromParts(bytes, contentType) : 'unreadable';
}

function fromAddressCode(bytes: Buffer): PostedPair[] | FormProblem {
	if (occurrences(bytes, '&', FORM_BOUNDS.fields) >= FORM_BOUNDS.fields) return 'too_large';
	return withinBounds([...new URLSearchParams(bytes.toString('utf8'))]);
}

async function fromParts(bytes: Buffer, contentType: string): Promise<PostedPair[] | FormProblem> {
	const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
	if (!boundary) return 'unreadable';
	// The last one ends the form.
	if (occurrences(bytes, `--${boundary[1] ?? boundary[2] ?? ''}`, FORM_BOUNDS.parts + 2) > FORM_BOUNDS.parts + 1) return 'too_large';
	try {
		return withinBounds([...(await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData())]);
	} catch (problem) {
		if (problem instanceof TypeError) return 'unreadable';
		throw problem;
	}
}

const withinBounds = (pairs: PostedPair[]) => (pairs.some(([name]) => name.length > FORM_BOUNDS.nameLength) ? 'too_large' : pairs);

/** How often this stands there, counted no further than `most`. */
function occurrences(bytes: Buffer, what: string, most: number): number {
	let count = 0;
	for (let at = bytes.indexOf(what); at >= 0 && count < most; at = bytes.indexOf(what, at + what.length)) count += 1;
	return count;
}
