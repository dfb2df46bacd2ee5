/** Addresses within a page: what a filter, a sorting or a page turn changes, and nothing else. The view is its address. */

import { PASSING_KEYS } from '#lib/forms/list-address.ts';

/**
 * Path and query of `url` with `changes` applied; null or '' removes a key. What passes is dropped unless a change sets it.
 */
export function withQuery(url: URL, changes: Readonly<Record<string, string | readonly string[] | null>>): string {
	const query = new URLSearchParams(url.search);
	for (const key of PASSING_KEYS) query.delete(key);
	for (const [key, value] of Object.entries(changes)) {
		query.delete(key);
		for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') query.append(key, one);
	}
	const text = query.toString();
	return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

/** Takes one value of a key away, keeping its others: for the cross on a chip. */
export function withoutValue(url: URL, key: string, value: string): string {
	const left = url.searchParams
		.getAll(key)
		.flatMap((text) => text.split(','))
		.filter((text) => text !== value);
	return withQuery(url, { [key]: left });
}

/** The pairs a GET form must carry along as hidden inputs so that it changes only its own `names`. */
export function keptPairs(url: URL, names: readonly string[]): { name: string; value: string }[] {
	const dropped = new Set<string>([...names, ...PASSING_KEYS]);
	return [...url.searchParams].filter(([name]) => !dropped.has(name)).map(([name, value]) => ({ name, value }));
}

/** What a form must carry along that changes `name` alone and stays on the page of the list that is shown. */
export function stayingPairs(url: URL, name: string): [string, string][] {
	return [...url.searchParams].filter(([key, value]) => key !== name && value !== '' && !key.startsWith('/'));
}

/** The same place without `name`. */
export function staying(url: URL, name: string): string {
	return `?${new URLSearchParams(stayingPairs(url, name)).toString()}`;
}

/** An address of a page turn that says with which row the turn goes on: paging by key counts no rows, so the page before tells. */
export function withRow(href: string, row: number): string {
	return `${href}${href.includes('?') ? '&' : '?'}row=${row}`;
}

/**
 * Which rows of all a page shows. Both ends of a list are known by themselves; between them the turn that led here said where it went on.
 * Null where nobody can know: an address that was shortened, or says more rows than there are.
 */
export function rowsShown(
	url: URL,
	{ shown, total, first, last }: { readonly shown: number; readonly total: number | undefined; readonly first: boolean; readonly last: boolean }
): { readonly from: number; readonly to: number } | null {
	const row = Number(url.searchParams.get('row'));
	const from = first ? 1 : last && total !== undefined ? total - shown + 1 : url.searchParams.has('before') ? row - shown + 1 : row;
	const to = from + shown - 1;
	return Number.isSafeInteger(from) && from > (first ? 0 : 1) && (total === undefined || to <= total) ? { from, to } : null;
}
