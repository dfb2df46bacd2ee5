import { MINISTRIES } from '#lib/domain/parties.ts';
import { REASON_KINDS } from '#lib/domain/report/reason-kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import { asked } from '#lib/forms/asked.ts';
import type { XlsxColumn } from '#lib/server/files/export-xlsx.ts';
import { listExport } from '#lib/server/pages/list-export.ts';
import { ministryReasons } from '#lib/server/reads/ministry/ministry-reasons.ts';
import { formatInstant } from '#lib/words/format.ts';
import { reasonKindWord, reasonText } from '#lib/words/reason-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import type { RequestHandler } from './$types';

/** All counted reasons of a year in one sheet. */
export const GET: RequestHandler = listExport({
	kinds: MINISTRIES,
	queryOf: (params) => ({ query: asked(params).year('year') }),
	read: ministryReasons,
	table: ({ year, reasons, late }, { now }) => {
		const rows = REASON_KINDS.flatMap((kind) => reasons[kind].map((one) => ({ ...one, kind })));
		const title = `${m.progress_reasons()} ${year?.year ?? ''}`.trim();
		const columns: XlsxColumn<(typeof rows)[number]>[] = [
			{ header: m.progress_reasons_kind(), width: 22, value: (row) => reasonKindWord[row.kind]() },
			{ header: m.progress_reason(), width: 30, value: (row) => reasonText(row.kind, row.code) },
			{ header: categoryWord.manufacturing(), value: (row) => row.times.manufacturing },
			{ header: categoryWord.it_outsourcing(), value: (row) => row.times.it_outsourcing },
			{ header: m.progress_reason_reports(), value: (row) => row.reports }
		];
		const notes = [
			`${title}: ${m.ui_table_as_of({ at: formatInstant(now) })}`,
			m.progress_reasons_explained_of({ explained: late.explained, late: late.reports })
		];
		return { sheet: m.progress_reasons(), columns, rows, notes, fileName: `${title}.xlsx` };
	}
});
