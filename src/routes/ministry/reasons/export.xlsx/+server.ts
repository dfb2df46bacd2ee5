import { MINISTRIES } from '#lib/domain/parties.ts';
import { REASON_KINDS } from '#lib/domain/report/reason-kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import { asked } from '#lib/forms/asked.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { ministryReasons } from '#lib/server/reads/ministry/ministry-reasons.ts';
import { countColumn, textColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { reasonKindWord, reasonText } from '#lib/words/reason-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import type { RequestHandler } from './$types';

/** All counted reasons of a year in one sheet. Its one filter is the year, which the title says. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: (params) => ({ query: asked(params).year('year') }),
	read: ministryReasons,
	table: ({ year, reasons, late }) => {
		const rows = REASON_KINDS.flatMap((kind) => reasons[kind].map((one) => ({ ...one, kind })));
		const columns: SheetColumn<(typeof rows)[number]>[] = [
			textColumn(m.progress_reasons_kind(), (row) => reasonKindWord[row.kind]()),
			textColumn(m.progress_reason(), (row) => reasonText(row.kind, row.code)),
			countColumn(categoryWord.manufacturing(), (row) => row.times.manufacturing),
			countColumn(categoryWord.it_outsourcing(), (row) => row.times.it_outsourcing),
			countColumn(m.progress_reason_reports(), (row) => row.reports)
		];
		return {
			title: `${m.progress_reasons()} ${year?.year ?? ''}`.trim(),
			filters: [],
			notes: [m.progress_reasons_explained_of({ explained: late.explained, late: late.reports })],
			columns,
			rows
		};
	}
});
