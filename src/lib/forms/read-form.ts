import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { postedPairs, type PostedPair } from './posted-pairs.ts';
import { BODY_BYTES, BodyTooLarge, isTooDeep, readBody } from './read-body.ts';

/** Fields that belong to the page and to signing in, not to the form they are laid over: they begin like this, and no input of ours does. */
const ASIDE = '__';
/** The hidden field that says for whom a page was made: person, office and object. */
export const PAGE_FIELD = '__page';
/** The office to change to before the form is taken, where it was begun in another. */
export const OFFICE_FIELD = '__office';
/** Name and password of somebody whose session ended over the form. */
export const AGAIN_FIELDS = { name: '__sign_in_name', password: '__sign_in_password' } as const;

/** The one address whose form carries a file that is read as a whole. */
const LIST_ROUTE = '/ministry/cohort/import';

/** A posted form, read once. */
export interface PostedForm {
	/** The mark of person, office and object that the page was made for; null where none was sent. */
	readonly page: string | null;
	/** A field that is not the form's own; null where it was not sent. */
	readonly aside: (name: typeof OFFICE_FIELD | (typeof AGAIN_FIELDS)['name' | 'password']) => string | null;
	/** Every text as it was sent, repeated names too. */
	readonly pairs: readonly (readonly [name: string, text: string])[];
	/** Whether a file was chosen. */
	readonly hasFiles: boolean;
	/** The text of a field as typed; '' where it is missing or a file. Of a repeated name the first counts. */
	readonly text: (name: string) => string;
	/** Every text of a repeated field. */
	readonly all: (name: string) => string[];
	/** Whether a text was sent under this name at all: a box that is missing was not shown. */
	readonly has: (name: string) => boolean;
	/** Several texts at once, by name. */
	readonly texts: <Name extends string>(names: readonly Name[]) => Record<Name, string>;
	/** Every text field, for a schema. */
	readonly fields: Readonly<Record<string, string>>;
	readonly file: (name: string) => File | null;
	/** The comments of a return: two inputs per row, rows without a word left out. */
	readonly comments: () => { answerKey: string; remark: string }[];
}

type Asked = Pick<RequestEvent, 'request' | 'locals' | 'route'>;

const READ = new WeakMap<Request, Promise<PostedForm>>();

/**
 * Reads the form of a request: the only place that does. Whoever asks again gets the same, so that the hook's look before the action costs
 * the action nothing.
 *
 * @throws HttpError of 413 past the bounds; of 400 for what is no form, or was cut off
 */
export function readForm(event: Asked): Promise<PostedForm> {
	const known = READ.get(event.request);
	if (known) return known;
	const reading = read(event);
	READ.set(event.request, reading);
	return reading;
}

async function read(event: Asked): Promise<PostedForm> {
	const { request, locals, route } = event;
	const most = route.id === LIST_ROUTE ? BODY_BYTES.list : BODY_BYTES.form;
	const pairs = await postedPairs(await bytesOf(event, most), request.headers.get('content-type') ?? '');
	if (pairs === 'too_large') tooLarge(event, most);
	if (pairs === 'unreadable') error(400, { message: m.account_form_unreadable(), requestId: locals.requestId });
	return postedForm(pairs);
}

/** Data that a script of ours sent instead of a form; null where it is no JSON, or lies too deep. @throws HttpError of 413 */
export async function readData(event: Asked): Promise<unknown> {
	const text = (await bytesOf(event, BODY_BYTES.form)).toString('utf8');
	if (isTooDeep(text)) return null;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}

async function bytesOf(event: Asked, most: number): Promise<Buffer> {
	try {
		return await readBody(event.request, most);
	} catch (problem) {
		if (problem instanceof BodyTooLarge) tooLarge(event, most);
		throw problem;
	}
}

function tooLarge({ locals }: Asked, most: number): never {
	error(413, {
		message: m.account_form_too_large({ size: most < 1024 * 1024 ? `${most / 1024} KB` : `${Math.floor(most / 1024 / 1024)} MB` }),
		requestId: locals.requestId
	});
}

/** What was posted, without what is not the form's own. */
export function postedForm(posted: Iterable<PostedPair>): PostedForm {
	const texts = new Map<string, string[]>();
	const files = new Map<string, File>();
	const aside = new Map<string, string>();
	const pairs: (readonly [string, string])[] = [];
	for (const [name, value] of posted) {
		if (name.startsWith(ASIDE)) {
			if (typeof value === 'string' && !aside.has(name)) aside.set(name, value);
		} else if (typeof value !== 'string') {
			if (!files.has(name)) files.set(name, value);
		} else {
			pairs.push([name, value]);
			const known = texts.get(name);
			if (known) known.push(value);
			else texts.set(name, [value]);
		}
	}
	const text = (name: string) => texts.get(name)?.[0] ?? '';
	const all = (name: string) => [...(texts.get(name) ?? [])];
	return {
		page: aside.get(PAGE_FIELD) ?? null,
		aside: (name) => aside.get(name) ?? null,
		pairs,
		hasFiles: [...files.values()].some(({ size }) => size > 0),
		text,
		all,
		has: (name) => texts.has(name),
		texts: <Name extends string>(names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string>,
		fields: Object.fromEntries([...texts].map(([name, values]) => [name, values[0] ?? ''])),
		file: (name) => files.get(name) ?? null,
		comments: () => {
			const keys = all('commentKey');
			return all('commentRemark')
				.map((remark, index) => ({ answerKey: keys[index] ?? '', remark }))
				.filter(({ remark }) => remark.trim() !== '');
		}
	};
}
