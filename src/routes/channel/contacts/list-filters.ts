import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';

/** The filters of the contacts, as their page offers them and their sheet names them. */
export function listFilters(): Filter[] {
	return [{ kind: 'text', name: 'q', label: m.channel_filter_q() }];
}
