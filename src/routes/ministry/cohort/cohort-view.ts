import { daysBetween, dayInBeijing, type Day } from '#lib/domain/day.ts';
import { reachedAt } from '#lib/domain/report/progress.ts';
import { CRITERIA_OF } from '#lib/domain/check/criteria.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { CohortFigure } from '#lib/domain/trend/cohort-figures.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { metricsOf } from '#lib/domain/trend/trend-metric.ts';
import { metricHref, reportsHref } from '#lib/forms/trend-links.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortSeries, CohortYear, MinistryCohort } from '#lib/server/reads/ministry/ministry-cohort.ts';
import type { CohortValues } from '#lib/server/reads/ministry/ministry-cohort-values.ts';
import { drawDots } from '#lib/ui/charts/dot-distribution.ts';
import { drawMultiple } from '#lib/ui/charts/small-multiple.ts';
import type { DotPictureData } from '#lib/ui/trend/dot-picture.ts';
import { articleText } from '#lib/words/article-text.ts';
import { counted } from '#lib/words/counted.ts';
import { criterionLabel, fieldLabel, kindOf } from '#lib/words/form-words.ts';
import { formatDay, formatDayShort, formatFigure, formatInstant, formatNumber, formatRate, missing } from '#lib/words/format.ts';
import { offsetText } from '#lib/words/offset-text.ts';
import { placeName, tileName } from '#lib/words/place-words.ts';
import { figureWord } from '#lib/words/progress-words.ts';
import { bracketed, listWords } from '#lib/words/punctuation.ts';
import { basisInSentence, limitFigure, multipleWords, pointText, roomText, tilesSentence, trendSentence } from '#lib/words/trend-words.ts';
import { categoryWord } from '#lib/words/words.ts';

/** The dashboard as it is shown: every word said and every picture drawn on the server, so that nothing of it weighs in the browser. */
export function cohortView(found: MinistryCohort, now: Date) {
	const { shown, filter } = found;
	if (shown === null) return null;
	const { year } = shown;
	const isToday = shown.asOf === dayInBeijing(now);
	return {
		year: year.year,
		asOf: isToday ? m.trend_as_of_now({ at: formatInstant(now) }) : m.trend_as_of_day({ day: formatDay(shown.asOf, false) }),
		past: !isToday,
		anybody: shown.figures.some(({ now: { whole } }) => whole > 0),
		figures: shown.figures.map((figure) => headFigure(figure, filter, year.year, shown.asOf)),
		...tilesView(found, shown),
		curve: curveView(shown),
		metrics: {
			sections: CATEGORIES.flatMap((category) => {
				const cards = shown.series.filter((one) => one.category === category).map((one) => cardView(one, filter));
				const others = metricsOf(category).filter(({ id }) => !shown.series.some((one) => one.category === category && one.metric.id === id));
				const links = others.map(({ id }) => ({ href: metricHref(filter, id, { category }), label: fieldLabel(id) }));
				return cards.length === 0 ? [] : [{ category, title: m.trend_metrics_title({ category: categoryWord[category]() }), cards, links }];
			}),
			dots: shown.values === null ? null : dotsView(shown.chosen, shown.values, filter),
			kept: shown.keptAt === null ? m.trend_live() : m.trend_kept_at({ at: formatInstant(shown.keptAt) })
		},
		near: nearView(found, shown),
		criteria: criteriaView(shown, filter)
	};
}

function headFigure({ figure, kind, now: { part, whole }, lastYear }: CohortFigure, filter: TrendFilter, year: number, asOf: Day) {
	const label =
		figure === 'in_time' ? (kind === 'on_time' ? m.progress_rate_on_time() : m.progress_rate_so_far({ day: formatDayShort(asOf) })) : figureWord[figure]();
	const textOf = (one: { readonly part: number; readonly whole: number }): string =>
		figure === 'in_time' ? (one.whole === 0 ? missing : formatRate(one.part / one.whole, { limit: '1' })) : formatNumber(one.part);
	const ofText =
		figure === 'expected'
			? whole > part
				? m.trend_figure_of_all({ count: formatNumber(whole - part) })
				: ''
			: figure === 'in_time'
				? m.progress_rate_of({ part: formatNumber(part), whole: formatNumber(whole) })
				: m.trend_figure_of({ whole: formatNumber(whole) });
	const behind = figure === 'in_time' ? (kind === 'on_time' ? 'on_time' : 'forwarded') : figure;
	return {
		figure,
		label,
		text: textOf({ part, whole }),
		of: ofText,
		before:
			lastYear === null
				? m.trend_figure_before_none()
				: m.trend_figure_before({
						figure: figure === 'in_time' ? textOf(lastYear) + bracketed(`${formatNumber(lastYear.part)} / ${formatNumber(lastYear.whole)}`) : textOf(lastYear)
					}),
		late: figure === 'overdue' && part > 0,
		href: part === 0 ? null : reportsHref(filter, year, { year, figure: behind, asOf })
	};
}

function tilesView({ channels, filter }: MinistryCohort, { tiles, year, asOf }: CohortYear) {
	const rateOf = (part: number, whole: number): string => (whole === 0 ? missing : formatRate(part / whole, { place: 'tile', limit: '1' }));
	const name = tiles.kind === 'on_time' ? m.progress_rate_on_time() : m.progress_rate_so_far({ day: formatDayShort(asOf) });
	const shown = tiles.tiles.flatMap(({ channelId, empty, part, whole, step, missing: lacking, behind }) => {
		const channel = channels.find(({ id }) => id === channelId);
		if (!channel) return [];
		return [
			{
				id: channelId,
				name: tileName(channel.name),
				place: channel.tile,
				figure: empty ? missing : rateOf(part, whole),
				n: empty ? null : whole,
				band: step,
				below: behind,
				said: empty
					? m.progress_tile_nothing({ name: placeName(channel.name) })
					: m.progress_tile_said({ name: placeName(channel.name), title: name, rate: rateOf(part, whole), expected: whole, missing: lacking }),
				href: reportsHref(filter, year.year, { year: year.year, figure: lacking > 0 ? 'missing' : 'expected', asOf, region: channelId }) ?? ''
			}
		];
	});
	return { tiles: shown, tilesTitle: tilesSentence(tiles, filter.channelId === null && filter.tier === null) };
}

/** The same sentence as over the curve of the progress page. */
function curveView({ curves, year, asOf }: CohortYear) {
	const until = daysBetween(year.ministryDueOn, asOf);
	const [current] = curves;
	const before = curves.find((curve) => curve.year === year.year - 1);
	const [reached, reachedBefore] = [current ? reachedAt(current, until) : null, before ? reachedAt(before, until) : null];
	const words = {
		offset: offsetText(until),
		year: year.year,
		kind: m.progress_kind_forwarded(),
		rate: formatRate(reached?.share),
		part: formatNumber(reached?.count ?? 0),
		whole: formatNumber(current?.expected ?? 0)
	};
	const title = reachedBefore
		? m.progress_curve_title_compared({
				...words,
				before: formatRate(reachedBefore.share),
				partBefore: formatNumber(reachedBefore.count),
				wholeBefore: formatNumber(before?.expected ?? 0)
			})
		: m.progress_curve_title(words);
	return { title, caption: m.progress_curve_caption({ year: year.year, day: formatDay(asOf, false) }), curves, until };
}

/** A metric's card: its sentence, its drawing, and where each year of it leads. */
export function cardView({ category, metric, series, facts }: CohortSeries, filter: TrendFilter) {
	const drawn = [...series.final, ...series.ahead];
	return {
		id: `${category}-${metric.id}`,
		label: fieldLabel(metric.id),
		href: metricHref(filter, metric.id, { category }),
		sentence: trendSentence(facts),
		drawing: drawn.length === 0 ? null : drawMultiple(series, 340, multipleWords(metric.id)),
		hits: [...new Set(drawn.map(({ year }) => year))].map((year) => {
			const points = drawn.filter((point) => point.year === year);
			const point = points.at(-1);
			return {
				year,
				href: metricHref(filter, metric.id, { category, of: year, basis: point?.basis ?? 'final' }),
				title: points.map(pointText).join('\n')
			};
		})
	};
}

/** Few enough to be pointed at one by one. */
const SINGLE_MOST = 60;

/** The enterprises of one metric as dots. */
export function dotsView({ category, metric }: CohortYear['chosen'], values: CohortValues, filter: TrendFilter) {
	const { year, basis, limit, rows, every, n } = values;
	const label = fieldLabel(metric.id);
	const limitIn = limit === null ? '' : limitFigure(metric.id, limit);
	const words = multipleWords(metric.id);
	const drawing = drawDots({ values: rows.map((row) => ({ ...row, id: row.designationId })), threshold: limit?.threshold ?? null, scale: metric.scale }, 720, {
		value: words.value,
		limit: limit === null ? [] : [m.trend_limit_long({ article: articleText(limit.article), limit: limitIn }), m.trend_limit_short({ limit: limitIn }), limitIn]
	});
	const byId = new Map(rows.map((row) => [row.designationId, row]));
	const one = n <= SINGLE_MOST;
	const tenth = (value: number): number => Math.round(value * 10) / 10;
	const pathOf = (side: boolean | null): string =>
		drawing.dots
			.filter(({ reaches }) => reaches === side)
			.map(({ x, y }) => `M${tenth(x)} ${tenth(y)}h0`)
			.join('');
	const sideOf = (side: boolean | null) => ({
		side: side === null ? ('all' as const) : side ? ('reach' as const) : ('below' as const),
		path: pathOf(side),
		href: metricHref(filter, metric.id, { category, of: year, basis, ...(side !== null && { reach: side ? ('reach' as const) : ('below' as const) }) }),
		title: side === null ? m.trend_dots_all() : side ? m.trend_dots_reach({ limit: limitIn }) : m.trend_dots_below({ limit: limitIn })
	});
	const data: DotPictureData = {
		width: drawing.width,
		height: drawing.height,
		radius: drawing.radius,
		...drawing.plot,
		ticks: drawing.ticks,
		limitX: drawing.limitX,
		texts: drawing.texts,
		sides: one ? [] : [true, false, null].map(sideOf).filter(({ path }) => path !== ''),
		single: one
			? drawing.dots.flatMap(({ id, x, y, reaches }) => {
					const row = byId.get(id);
					if (!row) return [];
					const figure = formatFigure(row.value, kindOf(metric.id), { place: 'sentence', limit: limit?.threshold ?? null });
					return [
						{
							id,
							x: tenth(x),
							y: tenth(y),
							href: `/ministry/enterprises/${row.enterpriseId}`,
							title: `${row.name} ${figure}${kindOf(metric.id) === 'rate' ? '%' : ''}`,
							below: reaches === false
						}
					];
				})
			: []
	};
	const caption = { year, basis: basisInSentence[basis](), every: formatNumber(every) };
	return {
		metric: metric.id,
		label,
		data,
		below: rows.filter(({ reaches }) => reaches === false).length,
		caption: `${every === 1 ? m.trend_dots_caption(caption) : m.trend_dots_caption_every(caption)}${drawing.scale === 'log' ? m.trend_dots_log() : ''}`,
		links: [...(limit === null ? [] : [sideOf(false), sideOf(true)]), sideOf(null)].map(({ href, title }) => ({ href, title }))
	};
}

function nearView({ channels }: MinistryCohort, { nearest }: CohortYear) {
	return {
		said:
			nearest.length === 0
				? m.trend_near_none()
				: m.trend_near_said({
						parts: listWords(
							counted([
								[nearest.filter(({ headroom }) => headroom.startsWith('-')).length, m.trend_near_below],
								[nearest.filter(({ headroom }) => !headroom.startsWith('-')).length, m.trend_near_above]
							])
						)
					}),
		rows: nearest.map((near) => ({
			id: `${near.designationId}-${near.subject}`,
			name: near.name,
			href: `/ministry/enterprises/${near.enterpriseId}`,
			channel: placeName(channels.find(({ id }) => id === near.channelId)?.name ?? ''),
			article: articleText(near.article),
			metric: fieldLabel(near.subject),
			subject: near.subject,
			year: String(near.year),
			actual: near.actual,
			threshold: near.threshold,
			room: roomText(near.subject, near.headroom),
			below: near.headroom.startsWith('-')
		}))
	};
}

function criteriaView({ criteria, year }: CohortYear, filter: TrendFilter) {
	return CATEGORIES.flatMap((category: Category) => {
		const counts = criteria[category];
		if (counts.length === 0) return [];
		const years = [...new Set(counts.map((count) => count.year))].sort((a, b) => a - b);
		const newest = counts.filter((count) => count.year === years.at(-1));
		const rows = CRITERIA_OF[category].map((criterion) => ({
			criterion,
			label: criterionLabel(criterion),
			article: articleText(newest.find((count) => count.criterion === criterion)?.article ?? '5'),
			cells: years.map((of) => {
				const count = counts.find((one) => one.year === of && one.criterion === criterion);
				if (!count) return { year: of, of: 0, parts: [], isBreak: false, said: '' };
				const part = (verdict: 'met' | 'unmet' | 'unknown') => ({
					verdict,
					count: count[verdict],
					share: count.of === 0 ? 0 : count[verdict] / count.of,
					href: count[verdict] === 0 ? null : reportsHref(filter, year.year, { year: of, category, criterion: `${criterion}:${verdict}` })
				});
				return {
					year: of,
					of: count.of,
					isBreak: count.isBreak,
					parts: [part('met'), part('unmet'), part('unknown')],
					said: m.trend_criteria_cell({ met: formatNumber(count.met), unmet: formatNumber(count.unmet), unknown: formatNumber(count.unknown) })
				};
			})
		}));
		const said = m.trend_criteria_said({
			year: years.at(-1) ?? year.year,
			parts: listWords(
				newest.map(({ article, unmet, of }) => m.trend_criteria_part({ article: articleText(article), unmet: formatNumber(unmet), of: formatNumber(of) }))
			)
		});
		return [{ category, title: categoryWord[category](), years, rows, said }];
	});
}

export type CohortView = NonNullable<ReturnType<typeof cohortView>>;
