/** A year bound in one volume, as its page prints it and its workbook holds it: the same sections, columns and rows, said once. */
import type { RequestEvent } from '@sveltejs/kit';
import { CATEGORIES, type Category, type OrganisationKind } from '#lib/domain/parties.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { NEED_KINDS, NEED_STATES } from '#lib/domain/need-state.ts';
import { PROGRESS_FIGURES, type ProgressCounts } from '#lib/domain/report/progress.ts';
import { isMeasured, metricsOf, readingOf, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { VolumePoint } from '#lib/domain/trend/year-volume.ts';
import { asked } from '#lib/forms/asked.ts';
import { m } from '#lib/paraglide/messages.js';
import { notFound, requireActor } from '#lib/server/access.ts';
import { boundYear, VOLUME_MOST, type BoundYear, type VolumeRow } from '#lib/server/reads/office/year-volume.ts';
import { figureFormat } from '#lib/server/sheets/figure-format.ts';
import { COUNT_FORMAT, figureCell, instantCell, rateCell, textCell, YEAR_FORMAT, type SheetCell } from '#lib/server/sheets/sheet-column.ts';
import { articleText } from '#lib/words/article-text.ts';
import { criterionLabel, fieldLabel, kindOf, unitOf } from '#lib/words/form-words.ts';
import { formatDay, formatExact, formatFigure, formatInstant, formatNumber, formatRate } from '#lib/words/format.ts';
import { needKindWord, needStateMark } from '#lib/words/need-words.ts';
import { placeName } from '#lib/words/place-words.ts';
import { asOfText, figureWord } from '#lib/words/progress-words.ts';
import { bracketed, listWords } from '#lib/words/punctuation.ts';
import { outcomeText, stateMark } from '#lib/words/standing-words.ts';
import { marksText } from '#lib/words/trend-words.ts';
import { basisWord, categoryWord } from '#lib/words/words.ts';
import type { ExportedWorkbook } from './list-export.ts';

/** A cell as a sheet reads it and as paper shows it. */
interface VolumeCell {
	readonly cell: SheetCell;
	readonly text: string;
	/** What paper sets under it, where a sheet has a column of its own. */
	readonly under?: string;
}

interface Column<Row> {
	readonly header: string;
	readonly number: boolean;
	/** A sheet is as wide as it likes; paper is not. */
	readonly sheetOnly?: true;
	readonly of: (row: Row) => VolumeCell;
}

/** A part of the volume: one table on paper, one sheet in the workbook. */
export interface VolumeSection {
	readonly id: string;
	readonly title: string;
	readonly notes: readonly string[];
	readonly columns: readonly { readonly header: string; readonly number: boolean; readonly sheetOnly: boolean }[];
	readonly rows: readonly (readonly VolumeCell[])[];
}

const text = <Row>(header: string, of: (row: Row) => string | null): Column<Row> => ({
	header,
	number: false,
	of: (row) => ({ cell: textCell(of(row)), text: of(row) ?? '' })
});
const count = <Row>(header: string, of: (row: Row) => number | null | undefined, format = COUNT_FORMAT): Column<Row> => ({
	header,
	number: true,
	of: (row) => {
		const value = of(row) ?? null;
		return { cell: figureCell(value, format), text: value === null ? '' : format === YEAR_FORMAT ? String(value) : formatNumber(value) };
	}
});
const instant = <Row>(header: string, of: (row: Row) => Date | null): Column<Row> => ({
	header,
	number: false,
	of: (row) => ({ cell: instantCell(of(row)), text: of(row) === null ? '' : formatInstant(of(row)) })
});

/** Two columns of a sheet; paper sets the second under the first. */
const stacked = <Row>(upper: Column<Row>, lower: Column<Row>): readonly Column<Row>[] => [
	{ ...upper, of: (row) => ({ ...upper.of(row), under: lower.of(row).text }) },
	{ ...lower, sheetOnly: true }
];

/** A figure of a metric, which may be another for each row; beside its limit with enough digits. */
function figure(value: string | null | undefined, id: string, limit: string | null = null): VolumeCell {
	if (value === null || value === undefined) return { cell: null, text: '' };
	return { cell: figureCell(value, figureFormat(id)), text: `${formatFigure(value, kindOf(id), { limit })}${kindOf(id) === 'rate' ? '%' : ''}` };
}

/** To the last digit, as the article says it; the unit stands beside the metric. */
const limitCell = (id: string, threshold: string | null): VolumeCell =>
	threshold === null
		? { cell: null, text: '' }
		: { cell: figureCell(threshold, figureFormat(id)), text: `${formatExact(threshold, kindOf(id))}${kindOf(id) === 'rate' ? '%' : ''}` };

const withUnit = (label: string, id: string): string => (unitOf(id) === '' ? label : label + bracketed(unitOf(id)));

function section<Row>(id: string, title: string, columns: readonly Column<Row>[], rows: readonly Row[], notes: readonly string[] = []): VolumeSection {
	return {
		id,
		title,
		notes,
		columns: columns.map(({ header, number, sheetOnly = false }) => ({ header, number, sheetOnly })),
		rows: rows.map((row) => columns.map((column) => column.of(row)))
	};
}

/** Whose volume it is, in words. */
export const whoseVolume = ({ channel }: Pick<BoundYear, 'channel'>): string => (channel === null ? m.volume_nation() : placeName(channel.name));

export const volumeTitle = (bound: BoundYear): string => m.volume_of({ whose: whoseVolume(bound), year: bound.year.year });

/** The parts, in the order they are bound in. */
export function volumeSections(bound: BoundYear, now: Date): readonly VolumeSection[] {
	return [
		coverOf(bound, now),
		countsOf(bound),
		...CATEGORIES.flatMap((category) => metricsSection(bound, category)),
		criteriaSection(bound),
		...CATEGORIES.flatMap((category) => listSection(bound, category)),
		needsSection(bound)
	];
}

function coverOf(bound: BoundYear, now: Date): VolumeSection {
	const { year } = bound.year;
	const rows: readonly (readonly [string, string])[] = [
		[m.volume_whose(), whoseVolume(bound)],
		[m.volume_year(), String(year)],
		[m.volume_as_of(), asOfText(bound.asOf, now)],
		[m.volume_count(), formatNumber(bound.rows.length)],
		[m.volume_due(), formatDay(bound.year.ministryDueOn)],
		[m.volume_closed(), bound.year.closedAt === null ? m.volume_open() : m.volume_closed_on({ at: formatInstant(bound.year.closedAt) })],
		[m.volume_filters(), m.sheet_filters_none()],
		[m.volume_basis(), m.volume_basis_text({ year, before: year - 1 })],
		[m.volume_marks(), m.volume_marks_text()],
		[m.volume_rule(), m.trend_metric_quartile_rule()],
		[m.volume_verdicts(), m.volume_verdicts_text()]
	];
	type Row = (typeof rows)[number];
	return section('cover', m.volume_cover(), [text<Row>(m.volume_item(), ([item]) => item), text<Row>(m.volume_content(), ([, content]) => content)], rows);
}

function countsOf({ volume, channel, channels }: BoundYear): VolumeSection {
	const rows: { name: string; counts: ProgressCounts }[] = [{ name: m.volume_total(), counts: volume.total }];
	for (const category of CATEGORIES) {
		const counts = volume.byCategory.get(category);
		if (counts) rows.push({ name: categoryWord[category](), counts });
	}
	if (channel === null)
		for (const { id, name } of channels) {
			const counts = volume.byChannel.get(id);
			if (counts) rows.push({ name: placeName(name), counts });
		}
	type Row = (typeof rows)[number];
	return section(
		'counts',
		m.volume_counts(),
		[text<Row>(m.volume_group(), ({ name }) => name), ...PROGRESS_FIGURES.map((one) => count<Row>(figureWord[one](), ({ counts }) => counts[one]))],
		rows
	);
}

function metricsSection({ volume }: BoundYear, category: Category): readonly VolumeSection[] {
	const rows = volume.points.filter((one) => one.category === category);
	if (rows.length === 0) return [];
	const quartiles = ({ point: { distribution } }: VolumePoint) => (distribution.kind === 'quartiles' ? distribution : null);
	const stat = (header: string, of: (row: VolumePoint) => string | null | undefined): Column<VolumePoint> => ({
		header,
		number: true,
		of: (row) => figure(of(row), row.metric.id, row.point.limit?.threshold ?? null)
	});
	const columns: readonly Column<VolumePoint>[] = [
		text(m.trend_column_metric(), ({ metric }) => withUnit(fieldLabel(metric.id), metric.id)),
		text(m.trend_column_year(), ({ point }) => m.volume_year_basis({ year: point.year, basis: basisWord[point.basis]() })),
		count(m.trend_column_known(), ({ point }) => point.nKnown),
		count(m.trend_column_owed(), ({ point }) => point.nOwed),
		stat(m.trend_metric_total(), ({ point }) => (point.nKnown === 0 ? null : (point.total ?? point.ofTotals))),
		stat(m.trend_column_lower(), (row) => quartiles(row)?.lower),
		stat(m.trend_column_median(), (row) => quartiles(row)?.median),
		stat(m.trend_column_upper(), (row) => quartiles(row)?.upper),
		{ header: m.trend_column_limit(), number: true, of: ({ metric, point: { limit } }) => limitCell(metric.id, limit?.threshold ?? null) },
		count(m.trend_column_met(), ({ point }) => point.standing?.met),
		count(m.trend_column_unmet(), ({ point }) => point.standing?.unmet),
		count(m.trend_column_unknown(), ({ point }) => point.standing?.unknown),
		{ header: m.volume_share_met(), number: true, sheetOnly: true, of: ({ point }) => shareCell(point.standing?.met, point.nOwed) },
		...stacked(
			text<VolumePoint>(m.trend_column_marks(), ({ point }) => marksText(point)),
			text<VolumePoint>(m.trend_column_dots(), ({ metric, point: { distribution } }) =>
				distribution.kind === 'dots' ? listWords(distribution.values.map((value) => figure(value, metric.id).text)) : null
			)
		)
	];
	return [section(`metrics-${category}`, bracketedTitle(m.volume_metrics(), category), columns, rows, [m.trend_metric_quartile_rule()])];
}

/** Met of all that were expected: the unknown ones are among the whole. */
function shareCell(part: number | undefined, whole: number): VolumeCell {
	if (part === undefined || whole === 0) return { cell: null, text: '' };
	return { cell: rateCell(part / whole), text: formatRate(part / whole, { limit: '1' }) };
}

const bracketedTitle = (title: string, category: Category): string => title + bracketed(categoryWord[category]());

function criteriaSection({ volume }: BoundYear): VolumeSection {
	type Row = (typeof volume.criteria)[number];
	return section(
		'criteria',
		m.volume_criteria(),
		[
			text<Row>(m.trend_column_category(), ({ category }) => categoryWord[category]()),
			text<Row>(m.volume_article(), ({ article }) => articleText(article)),
			text<Row>(m.trend_criteria_criterion(), ({ criterion }) => criterionLabel(criterion)),
			count<Row>(m.trend_column_met(), ({ met }) => met),
			count<Row>(m.trend_column_unmet(), ({ unmet }) => unmet),
			count<Row>(m.trend_column_unknown(), ({ unknown }) => unknown),
			count<Row>(m.trend_column_owed(), ({ of }) => of),
			{ header: m.volume_share_met(), number: true, of: ({ met, of }: Row) => shareCell(met, of) }
		],
		volume.criteria,
		[m.volume_verdicts_text()]
	);
}

/** What of each category stands beside the names: size, revenue, result, and what article 5 asks for. */
const KEY_FIGURES: Readonly<Record<Category, readonly (readonly [id: string, basis: FigureBasis])[]>> = {
	manufacturing: [
		['employees', 'final'],
		['revenue', 'final'],
		['revenue', 'forecast'],
		['profit', 'final'],
		['informatisation_share', 'final'],
		['networking_rate', 'final']
	],
	it_outsourcing: [
		['revenue', 'final'],
		['revenue', 'forecast'],
		['profit', 'final'],
		['ito_executed', 'final'],
		['manufacturing_customers', 'final'],
		['manufacturing_share', 'final']
	]
};

function listSection({ rows, channel, channels, year, volume }: BoundYear, category: Category): readonly VolumeSection[] {
	const listed = rows.filter((row) => row.category === category);
	if (listed.length === 0) return [];
	const metrics = KEY_FIGURES[category].flatMap(([id, basis]) => metricsOf(category).flatMap((metric) => (metric.id === id ? [{ metric, basis }] : [])));
	const limit = (metric: TrendMetric, of: number): string | null =>
		volume.points.find((one) => one.category === category && one.metric.id === metric.id && one.point.year === of)?.point.limit?.threshold ?? null;
	const names = new Map(channels.map(({ id, name }) => [id, placeName(name)]));
	const columns: readonly Column<VolumeRow>[] = [
		...stacked(
			text<VolumeRow>(m.trend_near_enterprise(), ({ name }) => name),
			text(m.channel_column_code(), ({ creditCode }) => creditCode)
		),
		...(channel === null ? [text<VolumeRow>(m.trend_near_channel(), ({ channelId }) => names.get(channelId) ?? channelId)] : []),
		count(m.channel_column_cohort(), ({ cohortYear }) => cohortYear, YEAR_FORMAT),
		...stacked(
			text<VolumeRow>(m.channel_column_state(), (row) => stateMark(row).word()),
			text(m.channel_column_timeliness(), (row) => outcomeText(row.outcome, row.firstSubmittedAt))
		),
		{ ...instant(m.channel_column_forwarded(), ({ firstForwardedAt }) => firstForwardedAt), sheetOnly: true },
		...metrics.map(({ metric, basis }): Column<VolumeRow> => {
			const of = basis === 'final' ? year.year - 1 : year.year;
			return {
				header: withUnit(`${fieldLabel(metric.id)} ${m.volume_year_basis({ year: of, basis: basisWord[basis]() })}`, metric.id),
				number: true,
				of: (row) => {
					const reading = readingOf(metric, row.history, of, basis);
					return figure(isMeasured(reading) ? reading.value : null, metric.id, limit(metric, of));
				}
			};
		}),
		text(m.volume_unmet(), ({ unmet }) => listWords(unmet))
	];
	const notes = rows.length === VOLUME_MOST ? [m.sheet_more({ count: formatNumber(VOLUME_MOST) })] : [];
	return [section(`list-${category}`, bracketedTitle(m.volume_list(), category), columns, listed, notes)];
}

function needsSection({ needs }: BoundYear): VolumeSection {
	const rows = NEED_KINDS.flatMap((kind) => NEED_STATES.flatMap((state) => needs.filter((one) => one.kind === kind && one.state === state)));
	type Row = (typeof rows)[number];
	return section(
		'needs',
		m.volume_needs(),
		[
			text<Row>(m.volume_kind(), ({ kind }) => needKindWord[kind]()),
			text<Row>(m.volume_state(), ({ state }) => needStateMark[state].word()),
			count<Row>(m.volume_count(), ({ n }) => n)
		],
		rows,
		rows.length === 0 ? [m.volume_needs_none()] : []
	);
}

type Asked = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>;

async function read(event: Asked, kinds: readonly OrganisationKind[]) {
	const actor = requireActor(event, kinds);
	const year = /^2\d{3}$/.exec(event.params['year'] ?? '');
	if (!year) notFound(event);
	const of = asked(event.url.searchParams);
	// A channel's volume is its own: whose it is, is no question of its address.
	const wanted = actor.channelId === null ? of.channel('channel') : null;
	const now = event.locals.now();
	const { bound, ignored } = await boundYear(actor, Number(year[0]), wanted, now);
	if (bound === null) notFound(event);
	return { bound, now, ignored: [...of.ignored(), ...ignored] };
}

/** Rows of a list that a page holds; a longer one goes on in the workbook, and the page says so. */
const PRINTED_MOST = 2_000;

/** The volume as a page that is read and printed. */
export async function volumePage(event: Asked, kinds: readonly OrganisationKind[]) {
	const { bound, now, ignored } = await read(event, kinds);
	return {
		year: bound.year.year,
		title: volumeTitle(bound),
		whose: whoseVolume(bound),
		asOf: asOfText(bound.asOf, now),
		channel: bound.channel?.id ?? '',
		channels: bound.channels.map(({ id, name }) => ({ value: id, label: placeName(name) })),
		ignored,
		sections: volumeSections(bound, now).map(({ columns, rows, ...one }) => ({
			...one,
			columns: columns.filter(({ sheetOnly }) => !sheetOnly).map(({ header, number }) => ({ header, number })),
			notes: rows.length > PRINTED_MOST ? [...one.notes, m.volume_rest({ count: formatNumber(rows.length), shown: formatNumber(PRINTED_MOST) })] : one.notes,
			rows: rows.slice(0, PRINTED_MOST).map((row) => row.flatMap(({ text, under }, at) => (columns[at]?.sheetOnly ? [] : !under ? text : { text, under })))
		}))
	};
}

/** The volume as a workbook: a sheet for each section, cells typed. */
export async function volumeWorkbook(event: Asked, kinds: readonly OrganisationKind[]): Promise<ExportedWorkbook> {
	const { bound, now } = await read(event, kinds);
	return {
		title: volumeTitle(bound),
		filters: [],
		count: bound.rows.length,
		sheets: volumeSections(bound, now).map(({ title, notes, columns, rows }) => ({
			title,
			notes,
			headers: columns.map(({ header }) => header),
			rows: rows.map((row) => row.map(({ cell }) => cell))
		}))
	};
}
