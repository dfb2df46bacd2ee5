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
