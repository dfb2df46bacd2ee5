import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';

/** The hidden field that says for whom a page was made: person, office and object. It belongs to the page, not to its form. */
export const PAGE_FIELD = '__page';

/** More than any form of ours sends: five thousand reports ticked on one page, with what stands beside them. */
export const FORM_BOUNDS = { fields: 6_000, nameLength: 300 } as const;

/** A posted form, read once. */
export interface PostedForm {
	/** The mark of person, office and object that the page was made for; null where none was sent. */
	readonly page: string | null;
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

const READ = new WeakMap<Request, Promise<PostedForm>>();

/**
 * Reads the form of a request: the only place that does. Whoever asks again gets the same, so a check before the action costs the action
 * nothing.
 *
 * @throws HttpError of 413 past the bounds
 */
export function readForm(event: Pick<RequestEvent, 'request' | 'locals'>): Promise<PostedForm> {
	const known = READ.get(event.request);
	if (known) return known;
	const reading = event.request.formData().then((data) => {
		if (!isWithinBounds(data)) error(413, { message: m.account_form_unreadable(), requestId: event.locals.requestId });
		return postedForm(data);
	});
	READ.set(event.request, reading);
	return reading;
}

/** Data that a script of ours sent instead of a form; null where it is no JSON. */
export function readData({ request }: Pick<RequestEvent, 'request'>): Promise<unknown> {
	return request.json().catch(() => null);
}

function isWithinBounds(data: FormData): boolean {
	let fields = 0;
	for (const name of data.keys()) {
		fields += 1;
		if (fields > FORM_BOUNDS.fields || name.length > FORM_BOUNDS.nameLength) return false;
	}
	return true;
}

/** What a form's data says, without the page's own field. */
export function postedForm(data: FormData): PostedForm {
	const texts = new Map<string, string[]>();
	const files = new Map<string, File>();
	let page: string | null = null;
	for (const [name, value] of data) {
		if (name === PAGE_FIELD) {
			if (typeof value === 'string') page ??= value;
		} else if (typeof value !== 'string') {
			if (!files.has(name)) files.set(name, value);
		} else {
			const known = texts.get(name);
			if (known) known.push(value);
			else texts.set(name, [value]);
		}
	}
	const text = (name: string) => texts.get(name)?.[0] ?? '';
	const all = (name: string) => [...(texts.get(name) ?? [])];
	return {
		page,
		text,
		all,
		has: (name) => texts.has(name),
		texts: <Name extends string>(names: readonly Name[]) => Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string>,
		fields: Object.fromEntries([...texts].filter(([name]) => name !== '__proto__').map(([name, values]) => [name, values[0] ?? ''])),
		file: (name) => files.get(name) ?? null,
		comments: () => {
			const keys = all('commentKey');
			return all('commentRemark')
				.map((remark, index) => ({ answerKey: keys[index] ?? '', remark }))
				.filter(({ remark }) => remark.trim() !== '');
		}
	};
}
