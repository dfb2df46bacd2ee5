/** The page's own filters, and which picture of it: what the files of a picture are asked for by. */
export function partSearch(search: string, part: string): string {
	return `?${new URLSearchParams([...new URLSearchParams(search), ['part', part]]).toString()}`;
}
