import { TABLE_KEYS } from '#lib/forms/asked.ts';
import { RecordId } from '#lib/forms/channel.ts';
import { chaseFilters } from '#lib/forms/chase.ts';
import { CHASE_SORTS, type ChaseQuery } from '#lib/server/reads/channel/channel-chase-facts.ts';
import { turnAsked } from '#lib/server/reads/page.ts';

/** The board an address asks for. What is unknown or makes no sense is left out and named, never refused. */
export function listQueryOf(params: URLSearchParams): { readonly query: ChaseQuery; readonly ignored: readonly string[] } {
	const { ask, filters } = chaseFilters(params);
	const sort = ask.text('sort') ?? 'risk';
	const known = CHASE_SORTS.find((value) => value === sort.replace(/^-/, ''));
	if (!known) ask.drop('sort');
	const open = ask.text('open');
	const opened = open !== null && RecordId.safeParse(open).success ? open : null;
	if (open !== null && opened === null) ask.drop('open');
	return {
		query: { ...filters, sort: known ?? 'risk', descending: known !== undefined && sort.startsWith('-'), ...turnAsked(ask), open: opened },
		ignored: ask.ignored(TABLE_KEYS)
	};
}
