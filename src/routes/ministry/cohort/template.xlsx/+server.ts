import { MINISTRIES } from '#lib/domain/parties.ts';
import { templateHeader } from '#lib/domain/register/cohort-columns.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { requireActor } from '#lib/server/access.ts';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import type { RequestHandler } from './$types';

/** An empty list with its header, and above it how each column is read. Text cells keep Excel from turning a code into 9.11E+17. */
export const GET: RequestHandler = async (event) => {
	requireActor(event, MINISTRIES);
	const header = templateHeader(getLocale());
	const columns = header.map((title, index) => ({ header: title, width: index === 0 ? 36 : 20, value: () => null }));
	return tableDownload({
		sheet: m.cohort_template_sheet(),
		columns,
		rows: [],
		notes: [m.cohort_template_note()],
		fileName: `${m.cohort_template_sheet()}.xlsx`
	});
};
