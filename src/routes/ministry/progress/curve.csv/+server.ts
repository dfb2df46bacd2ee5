import { MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import { ministryProgress } from '#lib/server/reads/ministry/ministry-progress.ts';
import { countColumn } from '#lib/server/sheets/sheet-column.ts';
import { curveRows } from '#lib/ui/charts/submission-curve.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { curveTitle } from '../curve-title.ts';
import { filtersInForce } from '../list-filters.ts';
import { progressQueryOf } from '../progress-query.ts';
import type { RequestHandler } from './$types';

/** The curve as rows: days to the date, and per year how many had come and of how many. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const { query, ignored } = progressQueryOf(params);
	const now = event.locals.now();
	const found = await ministryProgress(actor, query, now);
	const rows = curveRows(found.curves);
	type Row = (typeof rows)[number];
	const what = query.curve === 'submitted' ? m.progress_curve_submitted() : m.progress_curve_forwarded();
	return tableDownload(
		event,
		{
			title: curveTitle(found.year, query.curve),
			filters: filtersInForce(found, params, ignored),
			notes: [asOfText(found.asOf, now)],
			columns: [
				countColumn(m.sheet_days_from_due(), (row: Row) => row.offset),
				...found.curves.flatMap(({ year, expected }) => [
					countColumn(m.sheet_curve_count({ year, what }), (row: Row) => row.byYear.get(year)?.count ?? 0),
					countColumn(m.sheet_curve_expected({ year }), () => expected)
				])
			],
			rows
		},
		'csv'
	);
};
