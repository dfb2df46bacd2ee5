import type { RequestEvent } from '@sveltejs/kit';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { CRITERIA_OF } from '#lib/domain/check/criteria.ts';
import type { TitleFacts } from '#lib/domain/trend/title-facts.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { TrendSeries } from '#lib/domain/trend/trend-point.ts';
import { m } from '#lib/paraglide/messages.js';
import { figureFormat } from '#lib/server/sheets/figure-format.ts';
import type { SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { countColumn, figureCell, textColumn, yearColumn } from '#lib/server/sheets/sheet-column.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import { leavingName, type ExportedTable, type Leaving } from '#lib/server/pages/list-export.ts';
import { pointColumns, type PointRow } from '#lib/server/pages/point-table.ts';
import type { CohortYear, MinistryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import { criteriaFile, dotsFile, multipleFile, tilesFile, type PictureWords } from '#lib/ui/charts/picture-file.ts';
import { drawMultiple } from '#lib/ui/charts/small-multiple.ts';
import { drawTiles, type TilePlace } from '#lib/ui/charts/tile-grid.ts';
import { articleText } from '#lib/words/article-text.ts';
import { criterionLabel, fieldLabel } from '#lib/words/form-words.ts';
import { formatDayShort, formatNumber, formatRate } from '#lib/words/format.ts';
import { placeName, tileName } from '#lib/words/place-words.ts';
import { bracketed, listWords } from '#lib/words/punctuation.ts';
import { multipleWords, tilesSentence, trendSentence } from '#lib/words/trend-words.ts';
import { basisWord, categoryWord } from '#lib/words/words.ts';
import { dotsView } from './cohort/cohort-view.ts';

/** A picture of the trends as it leaves: drawn, or as the rows it is drawn from. */
export interface TrendPicture<Row = unknown> {
	/** The sentence over it. */
	readonly title: string;
	/** Of its file. */
	readonly name: string;
	readonly notes: readonly string[];
	readonly draw: (words: PictureWords) => string;
	readonly columns: readonly SheetColumn<Row>[];
	readonly rows: readonly Row[];
}

/** What was asked for, in words, and of which day. */
export interface PictureAsked {
	readonly filters: Leaving['filters'];
	readonly asOf: string;
}

/** A picture as its file: sentence, notes, filters and day inside. */
export function pictureDownload<Row>(event: RequestEvent, { title, name, notes, draw, rows }: TrendPicture<Row>, { filters, asOf }: PictureAsked): Response {
	const chosen = filters.map(({ label, text }) => m.sheet_filter({ label, text })).join(m.sheet_filters_between());
	const svg = draw({ title, lines: [m.sheet_filters({ filters: chosen || m.sheet_filters_none() }), asOf, ...notes] });
	return new Response(svg, { headers: attachmentHeaders(leavingName(event, { title: name, filters, count: rows.length }, 'svg'), 'image/svg+xml') });
}

/** The rows a picture is drawn from, with the same head. */
export function pictureTable<Row>({ title, name, notes, columns, rows }: TrendPicture<Row>, { filters, asOf }: PictureAsked): ExportedTable<Row> {
	return { title: name, filters, notes: [title, asOf, ...notes], columns, rows };
}

/** One metric of one category over the years. */
export function multiplePicture(category: Category, metric: TrendMetric, series: TrendSeries, facts: TitleFacts | null): TrendPicture<PointRow> {
	const label = `${fieldLabel(metric.id)}${bracketed(categoryWord[category]())}`;
	return {
		title: `${label}${m.trend_between()}${trendSentence(facts)}`,
		name: label,
		notes: [m.trend_metrics_how()],
		draw: (words) => multipleFile(drawMultiple(series, 720, multipleWords(metric.id)), words),
		columns: pointColumns(),
		rows: [...series.final, ...series.forecast].map((point) => ({ category, metric, point }))
	};
}

/** The picture of the dashboard an address asks for: tiles, dots, criteria-…, or …-… of a category and metric; null where there is none such. */
export function cohortPicture(found: MinistryCohort, part: string): TrendPicture<never> | null {
	const { shown } = found;
	if (shown === null) return null;
	const picture =
		part === 'tiles'
			? tilesPicture(found, shown)
			: part === 'dots'
				? dotsPicture(found, shown)
				: (CATEGORIES.flatMap((category) => (part === `criteria-${category}` ? (criteriaPicture(shown, category) ?? []) : []))[0] ??
					shown.series.flatMap((one) =>
						part === `${one.category}-${one.metric.id}` ? [multiplePicture(one.category, one.metric, one.series, one.facts)] : []
					)[0] ??
					null);
	return picture as TrendPicture<never> | null;
}

function tilesPicture({ channels, filter }: MinistryCohort, { tiles, asOf }: CohortYear) {
	const name = tiles.kind === 'on_time' ? m.progress_rate_on_time() : m.progress_rate_so_far({ day: formatDayShort(asOf) });
	const rate = (part: number, whole: number): string => formatRate(whole === 0 ? null : part / whole, { place: 'tile', limit: '1' });
	const outside = [
		[m.progress_tile_taiwan(), 7, 6],
		[m.progress_tile_macao(), 4, 7],
		[m.progress_tile_hongkong(), 5, 7]
	] as const;
	const rows = tiles.tiles.flatMap((tile) => {
		const channel = channels.find(({ id }) => id === tile.channelId);
		return channel ? [{ tile, channel }] : [];
	});
	type Row = (typeof rows)[number];
	const places: readonly TilePlace[] = [
		...rows.map(({ tile, channel }): TilePlace => ({ id: channel.id, at: channel.tile, names: [placeName(channel.name), tileName(channel.name)], tile })),
		...outside.map(([place, column, row]): TilePlace => ({ id: place, at: { column, row }, names: [place, place], tile: null }))
	];
	const title = tilesSentence(tiles, filter.channelId === null && filter.tier === null);
	return {
		title: `${m.progress_tiles()}${m.trend_between()}${title}`,
		name: m.progress_tiles(),
		notes: [name, m.trend_tiles_note()],
		draw: (said: PictureWords) =>
			tilesFile(
				drawTiles(places, 720, {
					value: (tile) => [`${rate(tile.part, tile.whole)} n=${tile.whole}`, rate(tile.part, tile.whole)],
					missing: (tile) => [`−${tile.missing}`]
				}),
				said
			),
		columns: [
			textColumn(m.trend_near_channel(), (row: Row) => placeName(row.channel.name)),
			countColumn(m.trend_picture_part(), (row: Row) => row.tile.part),
			countColumn(m.trend_picture_whole(), (row: Row) => row.tile.whole),
			countColumn(m.progress_figure_missing(), (row: Row) => row.tile.missing),
			textColumn(m.trend_column_marks(), (row: Row) => (row.tile.behind ? '▼' : ''))
		],
		rows
	};
}

function dotsPicture({ filter }: MinistryCohort, { values, chosen }: CohortYear) {
	if (values === null) return null;
	const view = dotsView(chosen, values, filter);
	const { metric } = chosen;
	const format = figureFormat(metric.id);
	type Row = (typeof values.rows)[number];
	return {
		title: `${view.label}${m.trend_between()}${basisWord[values.basis]()} ${values.year}${m.trend_between()}n=${formatNumber(values.n)}`,
		name: `${m.trend_dots_heading()} ${view.label}`,
		notes: [view.caption],
		draw: (words: PictureWords) => dotsFile(view.data, words),
		columns: [
			textColumn(m.trend_near_enterprise(), (row: Row) => row.name),
			{ header: view.label, cell: (row: Row) => figureCell(row.value, format) },
			textColumn(m.trend_near_verdict(), (row: Row) => (row.reaches === null ? '' : row.reaches ? m.trend_met() : m.trend_unmet()))
		],
		rows: values.rows
	};
}

function criteriaPicture({ criteria, year }: CohortYear, category: Category) {
	const counts = criteria[category];
	if (counts.length === 0) return null;
	const years = [...new Set(counts.map((count) => count.year))].sort((a, b) => a - b);
	const newest = counts.filter((count) => count.year === years.at(-1));
	const said = m.trend_criteria_said({
		year: years.at(-1) ?? year.year,
		parts: listWords(
			newest.map((count) => m.trend_criteria_part({ article: articleText(count.article), unmet: formatNumber(count.unmet), of: formatNumber(count.of) }))
		)
	});
	type Row = (typeof counts)[number];
	return {
		title: `${categoryWord[category]()}${m.trend_between()}${said}`,
		name: `${m.trend_criteria_title()} ${categoryWord[category]()}`,
		notes: [m.trend_criteria_how()],
		draw: (words: PictureWords) =>
			criteriaFile(
				{
					years,
					rows: CRITERIA_OF[category].map((criterion) => ({
						label: criterionLabel(criterion),
						cells: counts.filter((count) => count.criterion === criterion)
					})),
					legend: [m.trend_met(), m.trend_unmet(), m.trend_unknown()]
				},
				words
			),
		columns: [
			yearColumn(m.ministry_column_year(), (row: Row) => row.year),
			textColumn(m.trend_criteria_criterion(), (row: Row) => criterionLabel(row.criterion)),
			textColumn(m.trend_near_criterion(), (row: Row) => articleText(row.article)),
			countColumn(m.trend_column_met(), (row: Row) => row.met),
			countColumn(m.trend_column_unmet(), (row: Row) => row.unmet),
			countColumn(m.trend_column_unknown(), (row: Row) => row.unknown),
			countColumn(m.trend_column_owed(), (row: Row) => row.of),
			textColumn(m.trend_column_marks(), (row: Row) => (row.isBreak ? m.trend_break() : ''))
		],
		rows: counts
	};
}
