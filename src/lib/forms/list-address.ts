/** What an address says of a list, shared by browser and server. */

/** Of the page and not of its list: what an act came to, and whether the rest of the filters stands open. */
export const PAGE_KEYS: readonly string[] = ['more', 'said'];

/** What any change of filter or order makes meaningless: these, and a place in the list. */
export const PASSING_KEYS: readonly string[] = ['after', 'before', 'page', 'row', 'peek', 'done', ...PAGE_KEYS];

/** The query without pairs that say nothing; null where there is none such. A form without script sends every box it has, empty or not. */
export function withoutEmpty(search: string): string | null {
	if (!/[?&][^=&]*=?(&|$)/.test(search)) return null;
	const asked = new URLSearchParams(search);
	const said = new URLSearchParams([...asked].filter(([, value]) => value !== ''));
	return said.size === asked.size ? null : queryText(said);
}

/** What is kept of an address under a name: its filters, order and columns; not the place in the list, nor what an act said. Always in one order. */
export function viewQuery(search: string): string {
	const kept = new URLSearchParams(
		[...new URLSearchParams(search)].filter(([name, value]) => value !== '' && !PASSING_KEYS.includes(name) && !name.startsWith('/'))
	);
	kept.sort();
	return queryText(kept);
}

/** With its question mark; '' for a query that asks nothing. */
function queryText(query: URLSearchParams): string {
	const text = query.toString();
	return text === '' ? '' : `?${text}`;
}
