import type { RequestEvent } from '@sveltejs/kit';
import type { FrozenDocument, FrozenPart } from '#lib/domain/trend/frozen-document.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/server/actor.ts';
import { livingAddress, pointTable, reportYearsOf, tablePart } from '#lib/server/pages/frozen-page.ts';
import { ministryMetric, type MetricShown } from '#lib/server/reads/ministry/ministry-metric.ts';
import { multipleFile } from '#lib/ui/charts/drawing-file.ts';
import { drawMultiple } from '#lib/ui/charts/small-multiple.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import { fieldLabel, kindOf, unitOf } from '#lib/words/form-words.ts';
import { formatFigure, formatNumber, missing } from '#lib/words/format.ts';
import { bracketed, labelled } from '#lib/words/punctuation.ts';
import { multipleWords, trendSentence } from '#lib/words/trend-words.ts';
import { listFilters } from './list-filters.ts';
import { metricQueryOf } from './metric-query.ts';
import { metricView } from './metric-view.ts';

/** The page of a metric as it is shown, to be kept; of the enterprises those of its first page. Null before the first year. */
export async function metricDocument(event: RequestEvent, id: string, actor: Actor): Promise<FrozenDocument | null> {
	const params = event.url.searchParams;
	const { query, ignored } = metricQueryOf(id, params);
	const { metric } = query;
	const now = event.locals.now();
	const found = await ministryMetric(actor, { ...query, after: null, before: null }, now);
	const view = metricView(found, metric, now);
	if (found.shown === null || view.shown === null) return null;
	const { shown } = found;
	const [first] = shown.pictures;
	const label = fieldLabel(id);
	return {
		layout: 1,
		title: labelled(label, trendSentence(first?.facts ?? null)),
		address: livingAddress(`/ministry/metrics/${id}`, found.filter, shown.year.year, {
			of: String(shown.told.of),
			basis: shown.told.basis,
			reach: query.reach,
			by: query.by,
			sort: query.descending ? '-value' : null
		}),
		filters: chosenFilters(listFilters(found, metric), params, [...ignored, ...found.ignored]).map(({ label, text }) => ({ label, text })),
		asOf: shown.asOf,
		parts: [
			...shown.pictures.map((one) => picturePart(one, label, view.shown?.pictures.find(({ category }) => category === one.category)?.title ?? '')),
			...partsPart(view.shown, id, query.by),
			rowsPart(view.shown, id)
		],
		reportYears: reportYearsOf(found.years, shown.year.year),
		filter: found.filter
	};
}

function picturePart({ series, facts, points }: MetricShown['pictures'][number], label: string, category: string): FrozenPart {
	const sentence = trendSentence(facts);
	const heading = labelled(`${label}${bracketed(category)}`, sentence);
	const drawing = points.length === 0 ? null : drawMultiple(series, 720, multipleWords(series.metric.id));
	return {
		heading,
		notes: [m.trend_metrics_how(), m.trend_metric_quartile_rule()],
		pictures: drawing === null ? [] : [{ svg: multipleFile(drawing, heading), alt: sentence, width: drawing.width, height: drawing.height }],
		table: points.length === 0 ? null : pointTable(series.metric, points)
	};
}

type View = NonNullable<ReturnType<typeof metricView>['shown']>;

const inUnit = (id: string, label: string): string => (unitOf(id) === '' ? label : label + bracketed(unitOf(id)));

function partsPart({ parts, category, told }: View, id: string, by: 'channel' | 'cohort' | null): readonly FrozenPart[] {
	if (by === null || parts.length === 0) return [];
	const figure = (value: string | null, limit: string | null): string => formatFigure(value, kindOf(id), { limit });
	const byWord = by === 'cohort' ? m.progress_by_cohort() : m.progress_by_channel();
	return [
		tablePart(
			[category, told, byWord].join(m.trend_between()),
			[],
			[
				[byWord, false],
				[m.trend_metric_n(), true],
				[inUnit(id, m.trend_column_lower()), true],
				[inUnit(id, m.trend_column_median()), true],
				[inUnit(id, m.trend_column_upper()), true],
				[inUnit(id, m.trend_metric_total()), true],
				[m.trend_criteria_title(), false]
			],
			parts.map(({ name, n, lower, median, upper, total, limit, standing, dots }) => [
				name,
				n,
				figure(lower, limit),
				dots.length > 0 ? dots.map((value) => figure(value, limit)).join(m.trend_between()) : figure(median, limit),
				figure(upper, limit),
				figure(total, limit),
				standing || missing
			])
		)
	];
}

function rowsPart({ rows, total, category, told, limit }: View, id: string): FrozenPart {
	return tablePart(
		[category, told, m.trend_metric_enterprises()].join(m.trend_between()),
		rows.length < total ? [m.frozen_first_rows({ shown: formatNumber(rows.length), total: formatNumber(total) })] : [],
		[
			[m.trend_near_enterprise(), false],
			[m.trend_near_channel(), false],
			[inUnit(id, m.trend_near_actual()), true],
			[m.trend_near_verdict(), false],
			[m.trend_metric_report(), true]
		],
		rows.map(({ name, channel, value, sign, report, corrected }) => [
			name,
			channel,
			formatFigure(value, kindOf(id), { limit }),
			`${sign}${corrected ? bracketed(m.trend_metric_corrected()) : ''}` || missing,
			report === null ? missing : String(report.year)
		])
	);
}
