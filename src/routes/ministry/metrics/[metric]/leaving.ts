import type { RequestEvent } from '@sveltejs/kit';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import type { ExportedTable } from '#lib/server/pages/list-export.ts';
import { pointColumns, type PointRow } from '#lib/server/pages/point-table.ts';
import { ministryMetric } from '#lib/server/reads/ministry/ministry-metric.ts';
import { AMOUNT_FORMAT, COUNT_FORMAT, figureCell, RATE_FORMAT, textColumn, yearColumn } from '#lib/server/sheets/sheet-column.ts';
import { sheetFilters } from '#lib/ui/kit/table/filter.ts';
import { fieldLabel, kindOf, unitOf } from '#lib/words/form-words.ts';
import { bracketed } from '#lib/words/punctuation.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { listFilters } from './list-filters.ts';
import { metricQueryOf } from './metric-query.ts';
import { metricView } from './metric-view.ts';

/** A workbook of more rows is no longer opened by the programs people have. */
const EXPORT_LIMIT = 50_000;

async function read(event: RequestEvent, id: string, most: number) {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const { query, ignored } = metricQueryOf(id, params);
	const now = event.locals.now();
	const found = await ministryMetric(actor, { ...query, after: null, before: null }, now, most);
	const filters = sheetFilters(listFilters(found, query.metric), params, [...ignored, ...found.ignored]);
	return { found, query, filters, now, notes: found.shown ? [asOfText(found.shown.asOf, now)] : [] };
}

/** The points of a metric over the years, audited and forecast each in its row. */
export async function leavingPoints(event: RequestEvent, id: string): Promise<ExportedTable<PointRow>> {
	const { found, query, filters, notes } = await read(event, id, 1);
	const rows = (found.shown?.pictures ?? []).flatMap(({ category, points }) => points.map((point): PointRow => ({ category, metric: query.metric, point })));
	return { title: fieldLabel(id), filters, notes: [...notes, m.trend_metric_quartile_rule()], columns: pointColumns(), rows };
}

/** The enterprises behind a year's mark, all of them. */
export async function leavingEnterprises(event: RequestEvent, id: string) {
	const { found, query, filters, notes, now } = await read(event, id, EXPORT_LIMIT);
	const view = metricView(found, query.metric, now).shown;
	const rows = view?.rows ?? [];
	type Row = (typeof rows)[number];
	const unit = unitOf(id);
	const format = kindOf(id) === 'rate' ? RATE_FORMAT : kindOf(id) === 'money' ? AMOUNT_FORMAT : COUNT_FORMAT;
	const table: ExportedTable<Row> = {
		title: `${fieldLabel(id)} ${view?.told ?? ''}`.trim(),
		filters,
		notes,
		columns: [
			textColumn(m.trend_near_enterprise(), (row: Row) => row.name),
			textColumn(m.trend_near_channel(), (row: Row) => row.channel),
			{ header: unit === '' ? fieldLabel(id) : `${fieldLabel(id)}${bracketed(unit)}`, cell: (row: Row) => figureCell(row.value, format) },
			textColumn(m.trend_near_verdict(), (row: Row) => row.sign),
			yearColumn(m.trend_metric_report(), (row: Row) => (row.report === null ? null : Number(row.report.year))),
			textColumn(m.trend_column_marks(), (row: Row) => (row.corrected ? m.trend_metric_corrected() : ''))
		],
		rows
	};
	return table;
}
