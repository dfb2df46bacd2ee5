/** What the pictures of the trends say: sentences out of the very numbers that are drawn, and the words inside the drawings. */
import { compare, decimal } from '#lib/domain/decimal.ts';
import type { Verdict } from '#lib/domain/check/criteria.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import type { Change, ChangeWord } from '#lib/domain/trend/change.ts';
import type { TileChart } from '#lib/domain/trend/channel-tiles.ts';
import type { TitleFacts } from '#lib/domain/trend/title-facts.ts';
import type { Tier } from '#lib/domain/trend/trend-filter.ts';
import type { MetricLimit, Nature } from '#lib/domain/trend/trend-metric.ts';
import type { Point } from '#lib/domain/trend/trend-point.ts';
import { m } from '#lib/paraglide/messages.js';
import { articleText } from './article-text.ts';
import { counted } from './counted.ts';
import { criterionLabel, kindOf, valueText } from './form-words.ts';
import { formatExact, formatFigure, formatNumber, formatPoints, formatRate, missing, withSign } from './format.ts';
import { bracketed, dotted } from './punctuation.ts';
import { basisWord, wordOf, type Word } from './words.ts';

export const tierWord = {
	over5: m.trend_tier_over5,
	'3to5': m.trend_tier_3to5,
	'1to3': m.trend_tier_1to3,
	other: m.trend_tier_other,
	group: m.trend_tier_group
} satisfies Record<Tier, Word>;

/** A limit as the notice writes it, with its unit. */
export function limitFigure(metric: string, { threshold }: Pick<MetricLimit, 'threshold'>): string {
	return kindOf(metric) === 'rate' ? `${formatExact(threshold, 'rate')}%` : valueText(metric, threshold);
}

/** The word of a basis after a year, inside a sentence. */
export const basisInSentence = { final: m.trend_basis_final, forecast: m.trend_basis_forecast } satisfies Record<FigureBasis, Word>;

const joined = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(m.trend_between());

/** The sentence over a metric's picture: the last audited year that is closed, who is below its threshold, how it moved; the running year apart. */
export function trendSentence(facts: TitleFacts | null): string {
	if (facts === null) return m.trend_said_none();
	const { metric, year, basis, n, of, median, limit, below, ahead } = facts;
	const words = { year, basis: basisInSentence[basis](), n: formatNumber(n), of: formatNumber(of) };
	return joined([
		median === null ? m.trend_said_few(words) : m.trend_said_median({ ...words, median: medianText(metric, median, limit?.threshold ?? null) }),
		limit === null || below === null ? null : belowText(metric, limit, below),
		...movedTexts(facts),
		ahead?.median
			? m.trend_said_ahead({ year: ahead.year, median: medianText(metric, ahead.median, limit?.threshold ?? null), n: formatNumber(ahead.n) })
			: null
	]);
}

/** Half a person is drawn as a whole one, and the sentence says what is drawn. */
const medianText = (metric: string, median: string, limit: string | null): string =>
	valueText(metric, median, limit, kindOf(metric) === 'count' ? 'table' : 'sentence');

/** The plain change of the median and, where it is known, that of the enterprises known in both years; across a break that nothing is compared. */
function movedTexts({ metric, change }: TitleFacts): readonly (string | null)[] {
	if (change === null) return [];
	const { since, plain, same } = change;
	if (!plain.known) return [plain.why === 'break' ? m.trend_said_break({ year: since }) : null];
	const stayed = same?.medians.same?.change;
	return [
		m.trend_said_change({ year: since, change: changeOrWhy(metric, plain) }),
		same && stayed?.known ? m.trend_said_same({ n: formatNumber(same.n.stayers), change: changeOrWhy(metric, stayed) }) : null
	];
}

function belowText(metric: string, limit: MetricLimit, below: number): string {
	const words = { article: articleText(limit.article), limit: limitFigure(metric, limit) };
	return below === 0 ? m.trend_said_reach(words) : m.trend_said_below({ ...words, count: formatNumber(below) });
}

/** How far it moved: points for a share, per cent for an amount; where a loss is in it or the base is zero the amount itself, for which there is a word. */
function changeText(metric: string, { delta, rate, points, word }: Extract<Change, { known: true }>): string {
	const side = compare(decimal(delta), decimal('0'));
	if (side === 0) return m.trend_same();
	const size = (text: string): string => text.replace(/^-/, '');
	const change =
		points !== null
			? m.trend_points({ points: formatPoints(size(delta)) })
			: rate !== null && word === null
				? formatRate(size(rate))
				: medianText(metric, size(delta), null);
	return side > 0 ? m.trend_up({ change }) : m.trend_down({ change });
}

/** How a figure changed, or in a word why nothing can be said of it. */
export function changeOrWhy(metric: string, change: Change): string {
	if (!change.known) return { break: m.trend_break(), unknown: missing, mixed_basis: missing }[change.why];
	const word = change.word === null ? '' : bracketed(changeWord[change.word]());
	return `${changeText(metric, change)}${word}`;
}

const changeWord = {
	turned_profit: m.trend_change_turned_profit,
	turned_loss: m.trend_change_turned_loss,
	loss_narrowed: m.trend_change_loss_narrowed,
	loss_widened: m.trend_change_loss_widened,
	zero_base: m.trend_change_zero_base
} satisfies Record<ChangeWord, Word>;

/** What a year of a picture says to whoever points at it, or does not see it. */
export function pointText(point: Point): string {
	const { metric, year, basis, nKnown, nOwed, distribution, absent, marks, settled } = point;
	const words = { year, basis: basisInSentence[basis](), n: formatNumber(nKnown), of: formatNumber(nOwed) };
	const limit = point.limit?.threshold ?? null;
	const said =
		distribution.kind === 'quartiles'
			? m.trend_point_said({
					...words,
					median: valueText(metric, distribution.median, limit),
					lower: valueText(metric, distribution.lower, limit),
					upper: valueText(metric, distribution.upper, limit)
				})
			: m.trend_point_said_dots(words);
	return joined([
		said,
		absent.notFiled === 0 ? null : m.trend_point_absent({ count: absent.notFiled }),
		absent.notAnswered === 0 ? null : m.trend_point_unanswered({ count: absent.notAnswered }),
		absent.notApplicable === 0 ? null : m.trend_point_inapplicable({ count: absent.notApplicable }),
		marks.includes('corrected') ? m.trend_mark_corrected() : null,
		settled || basis === 'forecast' ? null : m.trend_open_year()
	]);
}

/** Marks of a point in words, for a table or a file. */
export function marksText({ marks, settled, basis }: Point): string {
	return dotted([
		...(basis === 'forecast' ? [m.ui_basis_forecast()] : []),
		...(marks.includes('corrected') ? [m.trend_mark_corrected()] : []),
		...(marks.includes('break') ? [m.trend_break()] : []),
		...(settled || basis === 'forecast' ? [] : [m.trend_open_year()])
	]);
}

/** A median at the end of its line, with enough digits to be on its side of the limit. */
const endText = (metric: string, median: string, limit: string | null): string =>
	kindOf(metric) === 'rate' ? formatRate(median, { limit }) : formatFigure(median, kindOf(metric), { limit });

/** How far the channels are, and how many of them are behind: of the nation, or of those the filters leave. */
export function tilesSentence({ kind, nation: { part, whole }, nBehind }: Pick<TileChart, 'kind' | 'nation' | 'nBehind'>, ofNation: boolean): string {
	const words = { part: formatNumber(part), whole: formatNumber(whole) };
	const rate = formatRate(whole === 0 ? null : part / whole, { place: 'tile', limit: '1' });
	const said =
		kind === 'so_far' || whole === 0
			? m.trend_tiles_so_far(words)
			: ofNation
				? m.trend_tiles_on_time({ ...words, rate })
				: m.trend_tiles_on_time_here({ ...words, rate });
	return [said, ...counted([[nBehind, ofNation ? m.trend_tiles_behind : m.trend_tiles_behind_here]])].join(m.trend_tiles_between());
}

/** The words inside a small drawing of a metric, from long to short. */
export function multipleWords(metric: string) {
	const limitIn = (point: Point): readonly string[] =>
		point.limit === null
			? []
			: [
					m.trend_limit_long({ article: articleText(point.limit.article), limit: limitFigure(metric, point.limit) }),
					m.trend_limit_short({ limit: limitFigure(metric, point.limit) }),
					limitFigure(metric, point.limit)
				];
	return {
		value: (value: string) => (kindOf(metric) === 'rate' ? `${formatExact(value, 'rate')}%` : formatNumber(value)),
		count: (n: number) => formatNumber(n),
		finalRow: [m.trend_row_final(), m.trend_row_final_short()],
		forecastRow: [m.trend_row_forecast(), m.trend_row_forecast_short()],
		limit: limitIn,
		break: [m.trend_break()],
		end: ({ distribution, limit }: Point) => (distribution.kind === 'quartiles' ? [endText(metric, distribution.median, limit?.threshold ?? null)] : [])
	};
}

export const reachWord = { below: m.trend_metric_below, reach: m.trend_metric_reaches, unknown: m.trend_metric_unknown } satisfies Record<string, Word>;

export const natureWord = { stock: m.trend_metric_stock, flow: m.trend_metric_flow, ratio: m.trend_metric_ratio } satisfies Record<Nature, Word>;

const SIGNS: Readonly<Record<string, Word>> = {
	not_filed: m.trend_column_not_filed,
	not_answered: m.trend_column_not_answered,
	not_applicable: m.trend_column_not_applicable
};

/** Which sign stands where a figure would: never a zero, and never one sign for another. */
export const signWord = (kind: string): string => wordOf(SIGNS, kind) ?? missing;

/** Met, not met and unknown of a point, in one line. */
export const pointTextShort = (standing: NonNullable<Point['standing']>): string =>
	m.trend_criteria_cell({ met: formatNumber(standing.met), unmet: formatNumber(standing.unmet), unknown: formatNumber(standing.unknown) });

/** What a criterion was found to be, by itself. */
export const metWord = { met: m.trend_met, unmet: m.trend_unmet, unknown: m.trend_unknown } satisfies Record<Verdict, Word>;

const foundWord = { met: m.trend_criterion_met, unmet: m.trend_criterion_unmet, unknown: m.trend_criterion_unknown } satisfies Record<Verdict, unknown>;

/** A criterion and what it was found to be. */
export const criterionFoundText = ({ id, verdict }: { readonly id: CriterionId; readonly verdict: Verdict }): string =>
	foundWord[verdict]({ criterion: criterionLabel(id) });

/** Audited or forecast, of which year. */
export const yearAndBasis = (year: number, basis: FigureBasis): string => m.check_year_figure({ year, basis: basisWord[basis]() });

/** Above or below a limit, with a sign and enough digits not to be nothing. */
export function roomText(metric: string, room: string): string {
	if (compare(decimal(room), decimal('0')) === 0) return '0';
	const negative = room.startsWith('-');
	const size = room.replace(/^-/, '');
	const text = kindOf(metric) === 'rate' ? m.trend_points({ points: formatPoints(size) }) : formatNumber(size);
	return text === missing ? missing : negative ? `−${text}` : withSign(text);
}
