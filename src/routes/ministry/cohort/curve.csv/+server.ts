import { m } from '#lib/paraglide/messages.js';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import { countColumn } from '#lib/server/sheets/sheet-column.ts';
import { curveRows } from '#lib/ui/charts/submission-curve.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { leavingOf } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The curve of the dashboard as rows: days to the date, and per year how many had come and of how many. */
export const GET: RequestHandler = async (event) => {
	const { found, filters, now } = await leavingOf(event);
	const curves = found.shown?.curves ?? [];
	const rows = curveRows(curves);
	type Row = (typeof rows)[number];
	const what = m.progress_curve_forwarded();
	return tableDownload(
		event,
		{
			title: m.sheet_curve_title({ year: found.shown?.year.year ?? '', curve: m.progress_curve(), what }),
			filters,
			notes: found.shown ? [asOfText(found.shown.asOf, now)] : [],
			columns: [
				countColumn(m.sheet_days_from_due(), (row: Row) => row.offset),
				...curves.flatMap(({ year, expected }) => [
					countColumn(m.sheet_curve_count({ year, what }), (row: Row) => row.byYear.get(year)?.count ?? 0),
					countColumn(m.sheet_curve_expected({ year }), () => expected)
				])
			],
			rows
		},
		'csv'
	);
};
