import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { CONTACT_LISTS, type ContactsQuery } from '#lib/server/reads/channel/channel-contacts.ts';
import { turnAsked } from '#lib/server/reads/page.ts';

/** The contacts an address asks for; what makes no sense is left out and named. */
export function listQueryOf(params: URLSearchParams): { readonly query: ContactsQuery; readonly ignored: readonly string[] } {
	const ask = asked(params);
	const query = { list: ask.oneOf('list', CONTACT_LISTS), q: ask.search('q'), ...turnAsked(ask) };
	return { query, ignored: ask.ignored(TABLE_KEYS) };
}
