import type { RequestEvent } from '@sveltejs/kit';
import { daysBetween } from '#lib/domain/day.ts';
import type { FrozenDocument, FrozenPart } from '#lib/domain/trend/frozen-document.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/server/actor.ts';
import { livingAddress, pointTable, reportYearsOf, tablePart } from '#lib/server/pages/frozen-page.ts';
import { ministryCohort, type CohortYear, type MinistryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import { dotsFile, multipleFile, tilesFile } from '#lib/ui/charts/drawing-file.ts';
import { drawMultiple } from '#lib/ui/charts/small-multiple.ts';
import { CURVE_SIZE, curveRows, curveSvgFile, drawCurves } from '#lib/ui/charts/submission-curve.ts';
import { drawTiles, type TilePlace } from '#lib/ui/charts/tile-grid.ts';
import { chosenFilters } from '#lib/ui/kit/table/filter.ts';
import { fieldLabel, kindOf, unitOf } from '#lib/words/form-words.ts';
import { formatFigure, formatNumber, formatRate, missing } from '#lib/words/format.ts';
import { offsetShort, offsetText } from '#lib/words/offset-text.ts';
import { placeName, tileName } from '#lib/words/place-words.ts';
import { bracketed, labelled } from '#lib/words/punctuation.ts';
import { multipleWords } from '#lib/words/trend-words.ts';
import { cohortView, type CohortView } from './cohort-view.ts';
import { listFilters } from './list-filters.ts';

/** The dashboard as it is shown, to be kept: same read, same sentences, each picture as a file, each figure as a row. Null before the first year. */
export async function cohortDocument(event: RequestEvent, actor: Actor): Promise<FrozenDocument | null> {
	const params = event.url.searchParams;
	const { filter, ignored } = readTrendAddress(params);
	const now = event.locals.now();
	const found = await ministryCohort(actor, filter, now);
	const view = cohortView(found, now);
	if (found.shown === null || view === null || !view.anybody) return null;
	const { shown } = found;
	return {
		layout: 1,
		title: labelled(`${m.trend_title()} ${view.year}`, view.tilesTitle),
		address: livingAddress('/ministry/cohort', found.filter, shown.year.year),
		filters: chosenFilters(listFilters(found), params, [...ignored, ...found.ignored]).map(({ label, text }) => ({ label, text })),
		asOf: shown.asOf,
		parts: [
			tablePart(
				m.frozen_figures(),
				[view.asOf, view.metrics.kept],
				[
					[m.frozen_figure(), false],
					[m.frozen_value(), true],
					[m.frozen_of(), false],
					[m.frozen_before(), false]
				],
				view.figures.map(({ label, text, of, before }) => [label, text, of || missing, before])
			),
			tilesPart(found, shown, view),
			curvePart(shown, view),
			...seriesParts(shown, view),
			...dotsPart(view.metrics),
			nearPart(view),
			...view.criteria.map(({ title, said, years, rows }) =>
				tablePart(
					labelled(`${m.trend_criteria_title()}${bracketed(title)}`, said),
					[m.trend_criteria_how()],
					[[m.trend_criteria_criterion(), false], ...years.map((year) => [String(year), false] as const)],
					rows.map(({ label, article, cells }) => [
						`${label}${bracketed(article)}`,
						...cells.map(({ of, said: cell, isBreak }) => (of === 0 ? missing : isBreak ? cell + bracketed(m.trend_break()) : cell))
					])
				)
			)
		],
		reportYears: reportYearsOf(found.years, shown.year.year),
		filter: found.filter
	};
}

/** Outside this notice's duty of reporting, drawn so that the grid is complete (screens.md 5.4). */
const outside = (): readonly TilePlace[] => [
	{ id: 'taiwan', at: { column: 7, row: 6 }, names: [m.progress_tile_taiwan()], tile: null },
	{ id: 'macao', at: { column: 4, row: 7 }, names: [m.progress_tile_macao()], tile: null },
	{ id: 'hongkong', at: { column: 5, row: 7 }, names: [m.progress_tile_hongkong()], tile: null }
];

/** A group has a name no square holds. */
const shorter = (name: string): readonly string[] => [name, [...name].slice(0, 7).join('')];

function tilesPart({ channels }: MinistryCohort, { tiles }: CohortYear, view: CohortView): FrozenPart {
	const known = tiles.tiles.flatMap((tile) => {
		const channel = channels.find(({ id }) => id === tile.channelId);
		return channel ? [{ tile, channel }] : [];
	});
	const rateOf = (part: number, whole: number, place?: 'tile'): string =>
		whole === 0 ? missing : formatRate(part / whole, { limit: '1', ...(place && { place }) });
	const places = known.map(({ tile, channel }): TilePlace => ({ id: channel.id, at: channel.tile, names: shorter(tileName(channel.name)), tile }));
	const drawing = drawTiles([...places, ...outside()], 720, {
		value: ({ part, whole }) => [rateOf(part, whole, 'tile')],
		missing: ({ missing: lacking }) => [m.frozen_tile_missing({ count: formatNumber(lacking) })]
	});
	const svg = tilesFile(drawing, view.tilesTitle);
	return tablePart(
		labelled(m.progress_tiles(), view.tilesTitle),
		[m.trend_tiles_note()],
		[
			[m.ministry_column_channel(), false],
			[m.frozen_rate(), true],
			[m.frozen_part(), true],
			[m.progress_figure_missing(), true],
			[m.frozen_behind(), false]
		],
		known.map(({ tile: { part, whole, missing: lacking, behind, empty }, channel }) => [
			placeName(channel.name),
			empty ? missing : rateOf(part, whole),
			empty ? missing : `${formatNumber(part)} / ${formatNumber(whole)}`,
			formatNumber(lacking),
			behind ? `▼ ${m.frozen_behind_yes()}` : missing
		]),
		[{ svg, alt: view.tilesTitle, width: drawing.width, height: Math.ceil(drawing.height) }]
	);
}

function curvePart({ year, asOf }: CohortYear, { curve }: CohortView): FrozenPart {
	const until = daysBetween(year.ministryDueOn, asOf);
	const { curves, title, caption } = curve;
	const svg = curveSvgFile(drawCurves(curves, until), { title, caption, due: m.progress_due_line(), offset: offsetShort });
	return tablePart(
		labelled(m.progress_curve(), title),
		[caption],
		[[m.progress_days_to_due(), false], ...curves.map((one) => [m.progress_year_of({ year: one.year, count: formatNumber(one.expected) }), true] as const)],
		curveRows(curves).map(({ offset, byYear }) => [
			offsetText(offset),
			...curves.map((one, index) => {
				const reached = byYear.get(one.year);
				return one.expected === 0 || !reached || (index === 0 && offset > until)
					? missing
					: `${formatNumber(reached.count)}${bracketed(formatRate(reached.share, { limit: '1' }))}`;
			})
		]),
		[{ svg, alt: title, width: Math.round(CURVE_SIZE.width * 1.5), height: Math.round((CURVE_SIZE.height + 68) * 1.5) }]
	);
}

/** Each metric under the sentence its card has. */
function seriesParts({ series }: CohortYear, view: CohortView): readonly FrozenPart[] {
	return view.metrics.sections.flatMap(({ category, title, cards }) =>
		cards.flatMap(({ id, label, sentence }): FrozenPart[] => {
			const one = series.find((of) => `${of.category}-${of.metric.id}` === id && of.category === category);
			if (!one) return [];
			const { series: drawn, metric } = one;
			const points = [...drawn.final, ...drawn.forecast].sort((a, b) => a.year - b.year || (a.basis < b.basis ? 1 : -1));
			const drawing = points.length === 0 ? null : drawMultiple(drawn, 720, multipleWords(metric.id));
			return [
				{
					heading: labelled(label, sentence),
					notes: [title],
					pictures:
						drawing === null ? [] : [{ svg: multipleFile(drawing, labelled(label, sentence)), alt: sentence, width: drawing.width, height: drawing.height }],
					table: points.length === 0 ? null : pointTable(metric, points)
				}
			];
		})
	);
}

/** Dot by dot where they are few; of many the picture, whose counts stand with the metric. */
function dotsPart({ dots }: CohortView['metrics']): readonly FrozenPart[] {
	if (dots === null) return [];
	const { data, label, caption } = dots;
	const heading = `${m.trend_dots_heading()}${m.trend_between()}${label}`;
	return [
		tablePart(
			heading,
			[caption],
			[[m.trend_near_enterprise(), false]],
			data.single.map(({ title }) => [title]),
			[{ svg: dotsFile(data, `${heading}${m.trend_between()}${caption}`), alt: caption, width: data.width, height: data.height }]
		)
	];
}

function nearPart({ near }: CohortView): FrozenPart {
	const figure = (id: string, value: string, limit: string): string =>
		`${formatFigure(value, kindOf(id), { limit })}${unitOf(id) === '' ? '' : ` ${unitOf(id)}`}`;
	return tablePart(
		m.trend_near_title(),
		[near.said],
		[
			[m.trend_near_enterprise(), false],
			[m.trend_near_channel(), false],
			[m.trend_near_criterion(), false],
			[m.trend_near_metric(), false],
			[m.trend_near_year(), true],
			[m.trend_near_actual(), true],
			[m.trend_near_limit(), true],
			[m.trend_near_room(), true]
		],
		near.rows.map(({ name, channel, article, subject, year, actual, threshold, room }) => [
			name,
			channel,
			article,
			fieldLabel(subject),
			year,
			figure(subject, actual, threshold),
			figure(subject, threshold, threshold),
			room
		])
	);
}
