import { MINISTRIES } from '#lib/domain/parties.ts';
import { FROZEN_PAGES } from '#lib/domain/trend/frozen-view.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FrozenViewsQuery } from '#lib/server/reads/ministry/frozen-views-list.ts';
import { instantKey, turnAsked } from '#lib/server/reads/page.ts';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { frozenPageWord } from '#lib/words/frozen-words.ts';
import { ministryWord } from '#lib/words/standing-words.ts';

/** The list an address asks for: q, by, of (which page), after, before. */
export function frozenViewsQueryOf(params: URLSearchParams): { readonly query: FrozenViewsQuery; readonly ignored: readonly string[] } {
	const of = asked(params);
	const query: FrozenViewsQuery = {
		q: of.search('q'),
		by: of.oneOf('by', MINISTRIES),
		page: of.oneOf('of', FROZEN_PAGES),
		...turnAsked(of, instantKey)
	};
	return { query, ignored: of.ignored(TABLE_KEYS) };
}

/** The filters of the list, as its page offers them and its sheet names them. */
export function listFilters(): Filter[] {
	return [
		{ kind: 'text', name: 'q', label: m.frozen_filter_q() },
		{ kind: 'choice', name: 'by', label: m.frozen_filter_by(), options: MINISTRIES.map((kind) => ({ value: kind, label: ministryWord[kind]() })) },
		{ kind: 'choice', name: 'of', label: m.frozen_filter_page(), options: FROZEN_PAGES.map((page) => ({ value: page, label: frozenPageWord[page]() })) }
	];
}
