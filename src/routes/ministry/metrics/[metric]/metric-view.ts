import { dayInBeijing } from '#lib/domain/day.ts';
import { decimal, decimalText, negate } from '#lib/domain/decimal.ts';
import type { ForecastError } from '#lib/domain/trend/forecast-error.ts';
import { TRIABLE } from '#lib/domain/trend/policy-trial.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { TrendMetric, TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import type { Point, TrendSeries } from '#lib/domain/trend/trend-point.ts';
import { trendAddress } from '#lib/forms/trend-address.ts';
import { metricHref } from '#lib/forms/trend-links.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MetricSeries, MinistryMetric } from '#lib/server/reads/ministry/ministry-metric.ts';
import { drawMultiple } from '#lib/ui/charts/small-multiple.ts';
import { anchorOf } from '#lib/words/answer-words.ts';
import { articleCitation, fieldLabel, kindOf, unitOf, yearLabel } from '#lib/words/form-words.ts';
import { formatDay, formatFigure, formatInstant, formatNumber, formatRate, missing, withSign } from '#lib/words/format.ts';
import { placeName } from '#lib/words/place-words.ts';
import { bracketed, listWords } from '#lib/words/punctuation.ts';
import { changeOrWhy, limitFigure, marksText, multipleWords, natureWord, pointText, pointTextShort, signWord, trendSentence } from '#lib/words/trend-words.ts';
import { categoryWord } from '#lib/words/words.ts';

/** A point as a row of the table beside the picture: figures by the one formatter, which stands in the page. */
function pointRow(point: Point) {
	const { distribution } = point;
	const quartiles = distribution.kind === 'quartiles' ? distribution : null;
	return {
		id: `${point.year}-${point.basis}`,
		year: yearLabel(point.year, point.basis),
		n: `${formatNumber(point.nKnown)} / ${formatNumber(point.nOwed)}`,
		lower: quartiles?.lower ?? null,
		median: quartiles?.median ?? null,
		upper: quartiles?.upper ?? null,
		total: point.total ?? point.ofTotals,
		limit: point.limit?.threshold ?? null,
		standing: point.standing === null ? '' : pointTextShort(point.standing),
		marks: marksText(point),
		dots: distribution.kind === 'dots' ? distribution.values : []
	};
}

/** One step from an audited year to the next; what cannot be told across a break says so. */
function changeRow({ year, answer }: MetricSeries['changes'][number], id: string) {
	const years = `${year - 1} → ${year}`;
	const nothing = { total: missing, stayers: missing, entries: missing, exits: missing, growth: missing, plain: missing, same: missing };
	if (!answer.known) return { id: String(year), years, ...nothing, total: answer.why === 'break' ? m.trend_break() : missing };
	const { n, amounts, medians } = answer.parts;
	const withN = (amount: string | undefined, count: number): string => {
		const words = { n: formatNumber(count) };
		return amount === undefined ? m.trend_same_n(words) : m.trend_same_with_n({ ...words, amount: withSign(formatFigure(amount, kindOf(id))) });
	};
	const pair = (before: number, after: number): string => m.trend_same_n_pair({ before: formatNumber(before), after: formatNumber(after) });
	return {
		id: String(year),
		years,
		total: amounts === null ? pair(n.from, n.to) : `${withSign(formatFigure(amounts.total, kindOf(id)))}${bracketed(pair(n.from, n.to))}`,
		stayers: withN(amounts?.stayers, n.stayers),
		entries: withN(amounts?.entries, n.entries),
		exits: withN(amounts === null ? undefined : negative(amounts.exits), n.exits),
		growth: amounts === null ? missing : changeOrWhy(id, amounts.same.change),
		plain: medians.plain === null ? missing : changeOrWhy(id, medians.plain.change),
		same: medians.same === null ? missing : changeOrWhy(id, medians.same.change)
	};
}

/** What left is taken off the total. */
const negative = (amount: string): string => decimalText(negate(decimal(amount)));

/** How far forecasts missed: medians, or each one where there are few. */
function errorRow(error: ForecastError | null) {
	if (error === null) return { n: missing, signed: missing, absolute: missing, high: missing, low: missing, exact: missing, zero: missing };
	const few = error.dots.map((dot) => withSign(formatRate(dot))).join(m.trend_between());
	return {
		n: formatNumber(error.n),
		signed: error.signed === null ? few || missing : withSign(formatRate(error.signed)),
		absolute: formatRate(error.absolute),
		high: formatNumber(error.nTooHigh),
		low: formatNumber(error.nTooLow),
		exact: formatNumber(error.nExact),
		zero: formatNumber(error.nFinalZero)
	};
}

/** Its picture in both widths, and where each year of it leads. */
function drawnOf(series: TrendSeries, id: TrendMetricId, category: Category, filter: TrendFilter) {
	const points = [...series.final, ...series.ahead];
	return {
		wide: drawMultiple(series, 720, multipleWords(id)),
		narrow: drawMultiple(series, 340, multipleWords(id)),
		hits: [...new Set(points.map(({ year }) => year))].map((year) => {
			const ofYear = points.filter((point) => point.year === year);
			return {
				year,
				href: metricHref(filter, id, { category, of: year, basis: ofYear.at(-1)?.basis ?? 'final' }),
				title: ofYear.map(pointText).join('\n')
			};
		})
	};
}

export type MetricDrawn = ReturnType<typeof drawnOf>;

/** The page of a metric as it is shown: definition, pictures, tables and the enterprises behind them. */
export function metricView(found: MinistryMetric, metric: TrendMetric, now: Date) {
	const { shown, filter, channels } = found;
	const article = articleCitation(metric.article);
	const unit = unitOf(metric.id);
	const formula = metric.formula;
	const parts = metric.fields.map((field) => fieldLabel(field));
	const definition = {
		unit: unit === '' ? m.trend_metric_count() : unit,
		nature: natureWord[metric.nature](),
		formula: formula === null ? m.trend_metric_as_stated() : formula.kind === 'share' ? parts.join(' ÷ ') : parts.join(' + '),
		fields: listWords(parts),
		article,
		/** Where another threshold is tried; null where none stands. */
		trial: TRIABLE.some(({ subject }) => subject === metric.id) ? `/ministry/cohort/trial?${trendAddress({ ...filter, metric: metric.id })}` : null
	};
	if (shown === null) return { definition, shown: null };
	const { told, pictures, parts: byPart, rows } = shown;
	const isToday = shown.asOf === dayInBeijing(now);
	const limit = pictures.find(({ category }) => category === told.category)?.points.find(({ year }) => year === told.of)?.limit ?? null;
	const nameOf = (id: string) => placeName(channels.find((channel) => channel.id === id)?.name ?? id);
	return {
		definition,
		shown: {
			asOf: isToday ? m.trend_as_of_now({ at: formatInstant(now) }) : m.trend_as_of_day({ day: formatDay(shown.asOf, false) }),
			pictures: pictures.map(({ category, series, facts, points, changes, errors }) => {
				const drawn = [...series.final, ...series.ahead];
				return {
					category,
					title: categoryWord[category](),
					sentence: trendSentence(facts),
					drawn: drawn.length === 0 ? null : drawnOf(series, metric.id, category, filter),
					points: points.map(pointRow),
					changes: changes.map((one) => changeRow(one, metric.id)),
					errors: errors.map(({ year, error }) => ({ id: String(year), year: String(year), ...errorRow(error) }))
				};
			}),
			told: yearLabel(told.of, told.basis),
			category: categoryWord[told.category](),
			limit: limit?.threshold ?? null,
			limitText: limit === null ? '' : limitFigure(metric.id, limit),
			parts: byPart
				.map(({ key, point, error }) => ({ key, name: channels.some(({ id }) => id === key) ? nameOf(key) : key, ...pointRow(point), error: errorRow(error) }))
				.sort((a, b) => (a.key < b.key ? -1 : 1)),
			rows: rows.rows.map((row) => ({
				id: row.designationId,
				name: row.name,
				channel: nameOf(row.channelId),
				value: row.value,
				sign: row.value === null ? signWord(row.kind) : row.reaches === null ? '' : row.reaches ? m.trend_met() : m.trend_unmet(),
				below: row.reaches === false,
				corrected: row.corrected,
				href: `/ministry/enterprises/${row.enterpriseId}`,
				report:
					row.reportId === null
						? null
						: { href: `/ministry/reports/${row.reportId}${row.value === null ? '' : `#${anchorOf(metric.id)}`}`, year: String(row.reportYear ?? '') }
			})),
			total: rows.total
		}
	};
}
