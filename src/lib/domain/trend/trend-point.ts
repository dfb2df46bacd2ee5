/**
 * One plotted point, the same for chart, table and file: its value with n known of n owed, basis, marks, criterion version and the day it is as of
 * (方案第十一条, 第六条; the statistics are 非方案规定).
 */
import type { Day } from '#lib/domain/day.ts';
import { decimal, decimalText, divide } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { changeOf, type Change } from './change.ts';
import { distributionFrom, exactGroup, KEPT_PLACES, keptText, sumOf, type Distribution, type ExactGroup } from './quantile.ts';
import { isMeasured, limitOf, reaches, readingOf, type Measured, type MetricLimit, type TrendMetric } from './trend-metric.ts';

/** What a designation owed and delivered for one report year, as the ministries hold it. */
export interface ReportStanding {
	/** Expected: neither excused nor not owed nor filed of one's own will. */
	readonly owed: boolean;
	/** A version of it was forwarded: its figures are among the history. */
	readonly forwarded: boolean;
	/** A later version replaced the one that was forwarded first. */
	readonly corrected: boolean;
	/** The channel it goes through, or went: a year stays with the channel it had. */
	readonly channelId: string;
}

/** One designation of a group with all that its forwarded reports state. */
export interface Member {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly category: Category;
	readonly history: HistoryFigures;
	/** By report year. */
	readonly reports: ReadonlyMap<number, ReportStanding>;
}

/** What stands where a figure would: four signs that are never taken for each other, and never for zero. */
export type Absence = 'not_filed' | 'not_answered' | 'not_applicable' | 'not_owed';

export type PointCell = { readonly kind: 'value'; readonly measured: Measured; readonly corrected: boolean } | { readonly kind: Absence };

/** The report that states a year's figure: the audited one comes a year later (方案第十一条). */
export function reportYearOf(year: number, basis: FigureBasis): number {
	return basis === 'final' ? year + 1 : year;
}

/** One designation's figure of a year on one basis, or which sign stands there (方案第十一条). */
export function cellOf(member: Member, metric: TrendMetric, year: number, basis: FigureBasis): PointCell {
	if (!metric.categories.includes(member.category)) return { kind: 'not_applicable' };
	const report = member.reports.get(reportYearOf(year, basis));
	const reading = readingOf(metric, member.history, year, basis);
	if (isMeasured(reading)) return { kind: 'value', measured: reading, corrected: member.reports.get(reading.reportYear)?.corrected ?? false };
	if (report === undefined || (!report.owed && !report.forwarded)) return { kind: 'not_owed' };
	return { kind: report.forwarded ? reading : 'not_filed' };
}

/** 预计 · 已更正 · 口径变化; the marks of single figures (未报, 未填, 不适用) are counted in `absent`. */
export type PointMark = 'forecast' | 'corrected' | 'break';

/** A definition or rule that is another from this year on: drawn, and no change is told across it. */
export interface Break {
	readonly year: number;
	readonly of: 'definition' | 'rule';
}

export interface Point {
	readonly metric: TrendMetric['id'];
	readonly year: number;
	readonly basis: FigureBasis;
	readonly nKnown: number;
	readonly nOwed: number;
	readonly absent: { readonly notFiled: number; readonly notAnswered: number; readonly notApplicable: number };
	readonly distribution: Distribution;
	/** The sum, unrounded; null for a ratio, which has `ofTotals`. */
	readonly total: string | null;
	/** Total ÷ total of a ratio, beside the median of the enterprises' own: two figures, both named. */
	readonly ofTotals: string | null;
	/** Three parts that add up to n owed; null where no criterion stands on the metric. */
	readonly standing: { readonly met: number; readonly unmet: number; readonly unknown: number } | null;
	readonly limit: MetricLimit | null;
	readonly marks: readonly PointMark[];
	/** The report year that states it is closed: until then n known still grows. */
	readonly settled: boolean;
	readonly asOf: Day;
}

/** How points are made: which criteria each year is held against, what broke when, and what day it is. */
export interface TrendFrame {
	readonly category: Category;
	/** Whose enterprises: of one channel, or of those of a tier; null is the nation. */
	readonly channels: ReadonlySet<string> | null;
	/** The policy of the year a figure is of, whatever its basis; today's for all where the reader asked for that switch. */
	readonly policyOf: (year: number) => Policy;
	/** Definitions that changed; changed thresholds are found by themselves. */
	readonly definitionBreaks: readonly { readonly metric: TrendMetric['id']; readonly year: number }[];
	/** The latest report year that both ministries have closed; null before the first. */
	readonly closedThrough: number | null;
	readonly asOf: Day;
}

/**
 * The channel a designation had in a year (方案第七条): that of the year's own report; before its first report that of the first, and after a gap that of the last
 * before it. So forecast and audited figure of a year stand with the same channel, whoever forwarded them.
 */
export function channelIn({ reports }: Pick<Member, 'reports'>, year: number): string | null {
	const known = [...reports.keys()].sort((a, b) => a - b);
	const own = known.findLast((one) => one <= year) ?? known[0];
	return own === undefined ? null : (reports.get(own)?.channelId ?? null);
}

/** The members a year is told of: of the category, for categories never share an axis, and of the channels they had that year (方案第七条). */
export function membersIn(members: readonly Member[], year: number, { category, channels }: Pick<TrendFrame, 'category' | 'channels'>): readonly Member[] {
	return members.filter((member) => {
		if (member.category !== category) return false;
		const channel = channels === null ? null : channelIn(member, year);
		return channels === null || (channel !== null && channels.has(channel));
	});
}

/**
 * What a point is made from, counted and added up and not yet rounded: made of members here, by a live query or by a kept cell, always the same. `met` is by
 * the threshold of the year; a trial counts anew.
 */
export interface PointTally {
	readonly nKnown: number;
	readonly nOwed: number;
	readonly absent: Point['absent'];
	readonly group: ExactGroup;
	/** The sum of the values, or of numerators and denominators, unrounded; null for what is not added up. */
	readonly total: string | null;
	readonly parts: { readonly numerator: string; readonly denominator: string } | null;
	/** Null where no criterion stands on the metric. */
	readonly met: number | null;
	readonly corrected: boolean;
}

/** Counts a group for one year on one basis; who is no member that year is not counted (方案第十一条). */
export function tallyOf(members: readonly Member[], metric: TrendMetric, year: number, basis: FigureBasis, frame: TrendFrame): PointTally {
	const cells = membersIn(members, year, frame).map((member) => cellOf(member, metric, year, basis));
	const known = cells.flatMap((cell) => (cell.kind === 'value' ? [cell] : []));
	const count = (kind: Absence): number => cells.filter((cell) => cell.kind === kind).length;
	const limit = limitOf(metric, frame.category, frame.policyOf(year));
	const values = known.map(({ measured }) => measured.value);
	const parts = known.flatMap(({ measured }) => measured.parts ?? []);
	const sum = (texts: readonly string[]): string => decimalText(sumOf(texts.map(decimal)));
	const isRatio = metric.nature === 'ratio';
	return {
		nKnown: known.length,
		nOwed: cells.length - count('not_owed'),
		absent: { notFiled: count('not_filed'), notAnswered: count('not_answered'), notApplicable: count('not_applicable') },
		group: exactGroup(values),
		total: isRatio ? null : sum(values),
		parts: isRatio ? { numerator: sum(parts.map(({ numerator }) => numerator)), denominator: sum(parts.map(({ denominator }) => denominator)) } : null,
		met: limit === null ? null : known.filter(({ measured }) => reaches(measured, limit.threshold)).length,
		corrected: known.some((cell) => cell.corrected)
	};
}

/** The point of a tally: rounded, marked, and beside its limit (方案第十一条). */
export function pointFrom(tally: PointTally, metric: TrendMetric, year: number, basis: FigureBasis, frame: TrendFrame): Point {
	const { nKnown, nOwed, absent, group, total, parts, met } = tally;
	const limit = limitOf(metric, frame.category, frame.policyOf(year));
	const broke = breakAt(metric, year, frame) !== null;
	return {
		metric: metric.id,
		year,
		basis,
		nKnown,
		nOwed,
		absent,
		distribution: distributionFrom(group, metric.unit, limit?.threshold ?? null),
		total,
		ofTotals: parts === null ? null : shareOfTotals(parts, limit?.threshold ?? null),
		standing: met === null ? null : { met, unmet: nKnown - met, unknown: nOwed - nKnown },
		limit,
		marks: [
			...(basis === 'forecast' ? (['forecast'] as const) : []),
			...(tally.corrected ? (['corrected'] as const) : []),
			...(broke ? (['break'] as const) : [])
		],
		settled: frame.closedThrough !== null && reportYearOf(year, basis) <= frame.closedThrough,
		asOf: frame.asOf
	};
}

/** The point of a group of members (方案第十一条). */
export function pointOf(members: readonly Member[], metric: TrendMetric, year: number, basis: FigureBasis, frame: TrendFrame): Point {
	return pointFrom(tallyOf(members, metric, year, basis, frame), metric, year, basis, frame);
}

/** Total ÷ total over those whose both parts are known (非方案规定): large enterprises weigh more than in the median of ratios. */
function shareOfTotals({ numerator, denominator }: NonNullable<PointTally['parts']>, limit: string | null): string | null {
	// Twice the places kept and more, so that a sum a hair below the limit is told from one that reaches it.
	const share = divide(decimal(numerator), decimal(denominator), 2 * KEPT_PLACES.rate + 12);
	return share === null ? null : keptText(share, 'rate', limit);
}

/** Whether the metric means another thing, or is held against another threshold, than the year before (口径变化; 非方案规定). */
export function breakAt(metric: TrendMetric, year: number, frame: TrendFrame): Break | null {
	if (frame.definitionBreaks.some((one) => one.metric === metric.id && one.year === year)) return { year, of: 'definition' };
	const thresholdIn = (of: number): string | null => limitOf(metric, frame.category, frame.policyOf(of))?.threshold ?? null;
	const [before, now] = [thresholdIn(year - 1), thresholdIn(year)];
	const same = before === now || (before !== null && now !== null && decimalText(decimal(before)) === decimalText(decimal(now)));
	return same ? null : { year, of: 'rule' };
}

/** A metric over the years: both bases whole, and what of them a chart draws. */
export interface TrendSeries {
	readonly metric: TrendMetric;
	readonly frame: TrendFrame;
	/** Years with any audited figure, oldest first. */
	readonly final: readonly Point[];
	/** Years with any forecast, oldest first. */
	readonly forecast: readonly Point[];
	/** Forecasts that no settled audited point has replaced yet: drawn apart. */
	readonly ahead: readonly Point[];
	/** From the last settled audited point to the first forecast after it: drawn as a joint, never as a change. */
	readonly joint: { readonly from: number; readonly to: number } | null;
	readonly breaks: readonly Break[];
}

/**
 * Which value counts as what (方案第六条, 第十一条): audited where known, else forecast, each a point of its own. While the year that states the audited figures
 * is open, three of a hundred do not push the forecasts of a hundred aside.
 */
export function seriesOf(members: readonly Member[], metric: TrendMetric, years: readonly number[], frame: TrendFrame): TrendSeries {
	return seriesFrom((year, basis) => tallyOf(members, metric, year, basis, frame), metric, years, frame);
}

/** The same of tallies that were kept or queried; null where there is none (方案第六条, 第十一条). */
export function seriesFrom(
	tallyAt: (year: number, basis: FigureBasis) => PointTally | null,
	metric: TrendMetric,
	years: readonly number[],
	frame: TrendFrame
): TrendSeries {
	const inOrder = [...new Set(years)].sort((a, b) => a - b);
	const pointsOn = (basis: FigureBasis): readonly Point[] =>
		inOrder.flatMap((year) => {
			const tally = tallyAt(year, basis);
			return tally === null || tally.nKnown === 0 ? [] : [pointFrom(tally, metric, year, basis, frame)];
		});
	const [final, forecast] = [pointsOn('final'), pointsOn('forecast')];
	const settledYears = final.filter(({ settled }) => settled).map(({ year }) => year);
	const last = settledYears.at(-1) ?? null;
	const ahead = forecast.filter(({ year }) => !settledYears.includes(year) && (last === null || year > last));
	const shown = [...final, ...ahead].map(({ year }) => year);
	return {
		metric,
		frame,
		final,
		forecast,
		ahead,
		joint: last === null || ahead[0] === undefined ? null : { from: last, to: ahead[0].year },
		breaks: yearsAfterFirst(shown).flatMap((year) => breakAt(metric, year, frame) ?? [])
	};
}

/** Every year after the first and up to the last: a year without a point may still be the one in which something changed. */
function yearsAfterFirst(years: readonly number[]): readonly number[] {
	if (years.length === 0) return [];
	const [first, last] = [Math.min(...years), Math.max(...years)];
	return Array.from({ length: last - first }, (_, index) => first + 1 + index);
}

/** The plain change of the median from one point to another; none across a break, and none from one basis to the other (方案第六条). */
export function medianChange(from: Point, to: Point, metric: TrendMetric, breaks: readonly Break[]): Change {
	const sideOf = ({ distribution, basis }: Point) => (distribution.kind === 'quartiles' ? { value: distribution.median, basis } : null);
	return changeOf(sideOf(from), sideOf(to), metric.unit, crosses(breaks, from.year, to.year));
}

/** Whether a break lies after one year and up to the other (非方案规定). */
export function crosses(breaks: readonly Break[], from: number, to: number): boolean {
	return breaks.some(({ year }) => year > from && year <= to);
}
