import { MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { listExport } from '#lib/server/pages/list-export.ts';
import { frozenViewsForExport, type ListedFrozenView } from '#lib/server/reads/ministry/frozen-views-list.ts';
import { countColumn, dayColumn, instantColumn, textColumn } from '#lib/server/sheets/sheet-column.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import { formatNumber } from '#lib/words/format.ts';
import { frozenStatusMark } from '#lib/words/frozen-words.ts';
import { labelled, listWords } from '#lib/words/punctuation.ts';
import { ministryWord } from '#lib/words/standing-words.ts';
import { frozenViewsQueryOf, listFilters } from '../list-query.ts';
import type { RequestHandler } from './$types';

/** What the list shows, all pages of it, as .xlsx. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: frozenViewsQueryOf,
	read: (actor, query) => frozenViewsForExport(actor, query),
	table: ({ rows, more }, { params, ignored }) => ({
		title: m.frozen_list(),
		filters: chosenFilters(listFilters(), params, ignored),
		notes: more ? [m.sheet_more({ count: formatNumber(rows.length) })] : [],
		columns: [
			textColumn<ListedFrozenView>(m.frozen_column_code(), (row) => row.code),
			textColumn<ListedFrozenView>(m.frozen_column_title(), (row) => row.title),
			textColumn<ListedFrozenView>(m.frozen_column_filters(), (row) => listWords(row.filters.map(({ label, text }) => labelled(label, text)))),
			dayColumn<ListedFrozenView>(m.frozen_column_as_of(), (row) => row.asOf),
			textColumn<ListedFrozenView>(m.frozen_column_status(), (row) => listWords(row.statuses.map((status) => frozenStatusMark[status].word()))),
			textColumn<ListedFrozenView>(m.frozen_filter_by(), (row) => ministryWord[row.by]()),
			textColumn<ListedFrozenView>(m.frozen_column_by(), (row) => row.personName),
			instantColumn<ListedFrozenView>(m.frozen_column_at(), (row) => row.frozenAt),
			countColumn<ListedFrozenView>(m.frozen_column_comments(), (row) => row.comments)
		],
		rows
	})
});
