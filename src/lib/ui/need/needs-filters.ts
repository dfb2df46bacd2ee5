import { NEED_KINDS, NEED_OFFICES } from '#lib/domain/need-state.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { classFilter, regionFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { needKindWord, needOfficeWord } from '#lib/words/need-words.ts';

interface Known {
	readonly years: readonly number[];
	readonly channels: readonly { readonly id: string; readonly name: string }[];
}

/** The filters of the list of needs, as its page offers them and its sheet names them; a channel is asked for where the list is national. */
export function needsFilters({ years, channels }: Known, national: boolean): Filter[] {
	const owners = [
		{ value: 'none', label: m.need_owner_none() },
		...NEED_OFFICES.map((office) => ({ value: office, label: needOfficeWord[office]() })),
		{ value: 'me', label: m.need_owner_me() }
	];
	return [
		{ kind: 'text', name: 'q', label: m.need_filter_q() },
		{ kind: 'choice', name: 'kind', label: m.need_filter_kind(), options: NEED_KINDS.map((kind) => ({ value: kind, label: needKindWord[kind]() })) },
		yearFilter(m.need_filter_year(), years),
		...(national ? [regionFilter(m.need_filter_channel(), channels)] : []),
		{ kind: 'choice', name: 'owner', label: m.need_filter_owner(), options: owners },
		classFilter(m.need_filter_class())
	];
}
