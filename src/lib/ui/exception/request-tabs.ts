/** The tabs above a list of requests. */
import { m } from '#lib/paraglide/messages.js';
import { withQuery } from '#lib/ui/kit/table/address.ts';

export type RequestCounts = Readonly<Record<'waiting' | 'mine' | 'over' | 'all', number>>;

export function requestTabs(url: URL, counts: RequestCounts, list: string, mine: string) {
	const words = { waiting: m.exception_list_waiting(), mine, over: m.exception_list_over(), all: m.exception_list_all() };
	return (['waiting', 'mine', 'over', 'all'] as const).map((one) => ({
		href: withQuery(url, { list: one, after: null, done: null }),
		label: words[one],
		count: counts[one],
		current: list === one
	}));
}
