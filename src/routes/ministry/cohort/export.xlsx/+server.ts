import { m } from '#lib/paraglide/messages.js';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import { pointColumns, type PointRow } from '#lib/server/pages/point-table.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { leavingOf } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** Every point of the dashboard's metrics as .xlsx, audited and forecast each in its row. */
export const GET: RequestHandler = async (event) => {
	const { found, filters, now } = await leavingOf(event);
	const rows = (found.shown?.series ?? []).flatMap(({ category, metric, series }) =>
		[...series.final, ...series.forecast].map((point): PointRow => ({ category, metric, point }))
	);
	return tableDownload(event, {
		title: `${m.trend_title()} ${found.shown?.year.year ?? ''}`.trim(),
		filters,
		notes: found.shown ? [asOfText(found.shown.asOf, now), m.trend_metrics_how()] : [],
		columns: pointColumns(),
		rows
	});
};
