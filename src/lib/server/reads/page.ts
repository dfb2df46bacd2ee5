/**
 * One keyset paging for every list. A page begins after or before a place, which is what a row is ordered by and its id: the last page costs what the
 * first costs, and a row that has left the list since shifts nothing. Each read keeps its own order in its own SQL and asks for one row more than it shows.
 */

/** Rows of a list that is worked through, and of a register that is read through. */
export const PAGE_SIZE = 50;
export const LONG_PAGE_SIZE = 100;

/** A place in a list: what a row is ordered by, as text, and its id. */
export interface Place {
	readonly key: string;
	readonly id: string;
}

/** Where a page begins: after a place, before one, or at the beginning. */
export interface Turn<At = Place> {
	readonly after: At | null;
	readonly before: At | null;
}

export interface Page<Row, At = Place> {
	readonly rows: readonly Row[];
	readonly next: At | null;
	readonly previous: At | null;
}

/** From where the statement seeks, and whether downwards: going back is going forward in the opposite order. */
export function seekOf<At>({ after, before }: Turn<At>, descending: boolean): { readonly from: At | null; readonly down: boolean } {
	return { from: before ?? after, down: descending !== (before !== null) };
}

/** The page out of what a statement found from its place on: one row more than `size` says that it goes on that way. */
export function pageOf<Row, At = Place>(found: readonly Row[], { after, before }: Turn<At>, placeOf: (row: Row) => At, size = PAGE_SIZE): Page<Row, At> {
	const backward = before !== null;
	const more = found.length > size;
	const rows = found.slice(0, size);
	if (backward) rows.reverse();
	const [first, last] = [rows[0], rows.at(-1)];
	return {
		rows,
		next: last !== undefined && (backward || more) ? placeOf(last) : null,
		previous: first !== undefined && (backward ? more : after !== null) ? placeOf(first) : null
	};
}

/**
 * The page of a list that is in memory, in its order. Where nothing is left beyond the place, because the rows there were dealt with, the page shows
 * what is left at that end and not nothing.
 *
 * @param compare a row of the list against a place, in the list's order
 */
export function pageOfAll<Row, At = Place>(
	listed: readonly Row[],
	{ after, before }: Turn<At>,
	compare: (row: Row, place: At) => number,
	placeOf: (row: Row) => At,
	size = PAGE_SIZE
): Page<Row, At> {
	let [start, end] = [0, size];
	if (before) {
		const left = listed.filter((row) => compare(row, before) < 0).length;
		if (left > 0) [start, end] = [Math.max(0, left - size), left];
	} else if (after) {
		const left = listed.filter((row) => compare(row, after) > 0).length;
		start = left > 0 ? listed.length - left : Math.max(0, listed.length - size);
		end = start + size;
	}
	const rows = listed.slice(start, end);
	const [first, last] = [rows[0], rows.at(-1)];
	return {
		rows,
		next: last !== undefined && end < listed.length ? placeOf(last) : null,
		previous: first !== undefined && start > 0 ? placeOf(first) : null
	};
}

/** A place as it stands in an address. */
export function placeText({ id, key }: Place): string {
	return `${id}~${key}`;
}

/** The places a page goes on from, as they stand in an address. */
export function turnTexts({ next, previous }: Pick<Page<never>, 'next' | 'previous'>): { readonly next: string | null; readonly previous: string | null } {
	return { next: next && placeText(next), previous: previous && placeText(previous) };
}

/** What a key is to the order it belongs to; null when it is none of its keys, and the list begins at its beginning. */
export type KeyOf<T> = (key: string) => T | null;

export const textKey: KeyOf<string> = (key) => key;
export const countKey: KeyOf<number> = (key) => (/^-?\d{1,6}$/.test(key) ? Number(key) : null);

/** Stands before every instant: what has no time yet. */
export const NO_TIME = '-infinity';
const INSTANT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(\.\d{1,6})?\+00$/;

/** An instant as the database writes it in UTC, if there is such an instant. */
export const instantKey: KeyOf<string> = (key) => {
	const found = INSTANT.exec(key);
	return key === NO_TIME || (found && !Number.isNaN(Date.parse(`${found[1]}T${found[2]}Z`))) ? key : null;
};

/** Two texts, the first without the sign that parts them. */
export const pairKey: KeyOf<readonly [string, string]> = (key) => {
	const at = key.indexOf('~');
	return at < 0 ? null : [key.slice(0, at), key.slice(at + 1)];
};
export function pairText(first: string, second: string): string {
	return `${first}~${second}`;
}

/** The part of an address that a place is read from; what makes no sense there is left out and named. */
export interface AskedPlaces {
	readonly text: (name: string) => string | null;
	readonly drop: (name: string) => null;
}

/** A place the address asks for, if the order has such keys. */
export function placeAsked(of: AskedPlaces, name: 'after' | 'before', keyOf: KeyOf<unknown> = textKey): Place | null {
	const text = of.text(name);
	if (text === null) return null;
	const [, id, key] = /^([1-9]\d{0,17})~([^\u0000]{0,300})$/su.exec(text) ?? [];
	return id !== undefined && key !== undefined && keyOf(key) !== null ? { id, key } : of.drop(name);
}

/** Where the address lets the page begin; going back counts before going on. */
export function turnAsked(of: AskedPlaces, keyOf: KeyOf<unknown> = textKey): Turn {
	const [before, after] = [placeAsked(of, 'before', keyOf), placeAsked(of, 'after', keyOf)];
	return { after: before ? null : after, before };
}

/** The place of a list in the order of its ids: the id itself. Null when the text is none. */
export function readId(text: string | null): string | null {
	return text !== null && /^[1-9]\d{0,17}$/.test(text) ? text : null;
}
