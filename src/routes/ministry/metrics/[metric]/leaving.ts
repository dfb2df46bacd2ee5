import type { RequestEvent } from '@sveltejs/kit';
import { MINISTRIES, type Category } from '#lib/domain/parties.ts';
import type { ForecastError } from '#lib/domain/trend/forecast-error.ts';
import type { MedianPair, SameEnterprisesAnswer } from '#lib/domain/trend/same-enterprises.ts';
import { m } from '#lib/paraglide/messages.js';
import { notFound, requireActor } from '#lib/server/access.ts';
import type { ExportedTable } from '#lib/server/pages/list-export.ts';
import { pointColumns, type PointRow } from '#lib/server/pages/point-table.ts';
import { ministryMetric } from '#lib/server/reads/ministry/ministry-metric.ts';
import { figureFormat } from '#lib/server/sheets/figure-format.ts';
import { countColumn, figureCell, rateColumn, textColumn, yearColumn } from '#lib/server/sheets/sheet-column.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import { fieldLabel, unitOf } from '#lib/words/form-words.ts';
import { bracketed } from '#lib/words/punctuation.ts';
import { placeName } from '#lib/words/place-words.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { changeOrWhy } from '#lib/words/trend-words.ts';
import { categoryWord } from '#lib/words/words.ts';
import { listFilters } from './list-filters.ts';
import { metricQueryOf } from './metric-query.ts';
import { metricView } from './metric-view.ts';
import { multiplePicture } from '../../trend-pictures.ts';

/** A workbook of more rows is no longer opened by the programs people have. */
const EXPORT_LIMIT = 50_000;

async function read(event: RequestEvent, id: string, most: number) {
	const actor = requireActor(event, MINISTRIES);
	const params = event.url.searchParams;
	const { query, ignored } = metricQueryOf(id, params);
	const now = event.locals.now();
	const found = await ministryMetric(actor, { ...query, after: null, before: null }, now, most);
	const filters = chosenFilters(listFilters(found, query.metric), params, [...ignored, ...found.ignored]);
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
	const format = figureFormat(id);
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

/** The picture of one category, which the address names as its part. */
export async function leavingPicture(event: RequestEvent, id: string) {
	const { found, query, filters, now } = await read(event, id, 1);
	const part = event.url.searchParams.get('part');
	const drawn = found.shown?.pictures.find(({ category }) => category === part);
	if (!drawn || found.shown === null) notFound(event);
	return {
		picture: multiplePicture(drawn.category, query.metric, drawn.series, drawn.facts),
		asked: { filters, asOf: asOfText(found.shown.asOf, now) }
	};
}

interface ChangeRow {
	readonly category: Category;
	readonly part: string;
	readonly year: number;
	readonly answer: SameEnterprisesAnswer | null;
	readonly error: ForecastError | null;
}

/** What moved between audited years and how far forecasts missed, of all and of each channel or cohort asked for, as typed figures. */
export async function leavingChanges(event: RequestEvent, id: string): Promise<ExportedTable<ChangeRow>> {
	const { found, query, filters, notes } = await read(event, id, 1);
	const { shown } = found;
	const nameOf = (key: string): string => placeName(found.channels.find((channel) => channel.id === key)?.name ?? key);
	const rows = (shown?.pictures ?? []).flatMap(({ category, changes, errors }) => {
		const years = [...new Set([...changes, ...errors].map(({ year }) => year))].sort((a, b) => a - b);
		return years.map((year): ChangeRow => ({
			category,
			part: '',
			year,
			answer: changes.find((one) => one.year === year)?.answer ?? null,
			error: errors.find((one) => one.year === year)?.error ?? null
		}));
	});
	const parts = (shown?.parts ?? []).flatMap(({ key, error }): ChangeRow[] =>
		shown === null || error === null ? [] : [{ category: shown.told.category, part: nameOf(key), year: shown.told.of, answer: null, error }]
	);
	const format = figureFormat(id);
	const unit = unitOf(id);
	const withUnit = (header: string): string => (unit === '' ? header : header + bracketed(unit));
	const known = ({ answer }: ChangeRow) => (answer?.known ? answer.parts : null);
	const amount = (header: string, of: (row: ChangeRow) => string | undefined) => ({
		header: withUnit(header),
		cell: (row: ChangeRow) => figureCell(of(row), format)
	});
	return {
		title: m.trend_changes_file({ metric: fieldLabel(id) }),
		filters,
		notes: [...notes, m.trend_same_how(), m.trend_error_how()],
		columns: [
			textColumn(m.trend_column_category(), (row: ChangeRow) => categoryWord[row.category]()),
			textColumn(m.trend_column_part(), (row: ChangeRow) => row.part),
			yearColumn(m.trend_column_year(), (row: ChangeRow) => row.year),
			...(query.metric.nature === 'ratio'
				? []
				: [
						amount(m.trend_same_total(), (row) => known(row)?.amounts?.total),
						amount(m.trend_same_stayers(), (row) => known(row)?.amounts?.stayers),
						amount(m.trend_same_entries(), (row) => known(row)?.amounts?.entries),
						amount(m.trend_same_exits(), (row) => known(row)?.amounts?.exits)
					]),
			countColumn(`${m.trend_same_stayers()} n`, (row: ChangeRow) => known(row)?.n.stayers),
			countColumn(`${m.trend_same_entries()} n`, (row: ChangeRow) => known(row)?.n.entries),
			countColumn(`${m.trend_same_exits()} n`, (row: ChangeRow) => known(row)?.n.exits),
			textColumn(m.trend_same_median_plain(), (row: ChangeRow) => changeIn(id, known(row)?.medians.plain)),
			textColumn(m.trend_same_median_same(), (row: ChangeRow) => changeIn(id, known(row)?.medians.same)),
			textColumn(m.trend_column_marks(), (row: ChangeRow) => (row.answer?.known === false && row.answer.why === 'break' ? m.trend_break() : '')),
			countColumn(m.trend_error_pairs(), (row: ChangeRow) => row.error?.n),
			rateColumn(m.trend_error_signed(), (row: ChangeRow) => row.error?.signed),
			rateColumn(m.trend_error_absolute(), (row: ChangeRow) => row.error?.absolute),
			countColumn(m.trend_error_high(), (row: ChangeRow) => row.error?.nTooHigh),
			countColumn(m.trend_error_low(), (row: ChangeRow) => row.error?.nTooLow),
			countColumn(m.trend_error_exact(), (row: ChangeRow) => row.error?.nExact),
			countColumn(m.trend_error_zero(), (row: ChangeRow) => row.error?.nFinalZero)
		],
		rows: [...rows, ...parts]
	};
}

const changeIn = (id: string, pair: MedianPair | null | undefined): string => (pair ? changeOrWhy(id, pair.change) : '');
