/** Which page a request of a script was made on. */
import { page } from '$app/state';

/** The header that says for a request of a script what `__page` says for a form; none where the page has no mark. */
export function pageHeaders(): Readonly<Record<string, string>> {
	const { pageMark: mark } = page.data;
	return mark ? { 'x-page': mark } : {};
}
