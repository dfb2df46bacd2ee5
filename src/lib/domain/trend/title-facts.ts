/** What a chart's title has to say, out of the very points that are drawn; the words are the screen's (方案第五条, 第六条; 非方案规定 for the statistics). */
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { compare, decimal } from '#lib/domain/decimal.ts';
import type { Change } from './change.ts';
import { sameEnterprises, type SameEnterprises, yearGroup } from './same-enterprises.ts';
import type { MetricLimit, TrendMetricId } from './trend-metric.ts';
import { crosses, medianChange, membersIn, type Member, type Point, type TrendSeries } from './trend-point.ts';

export interface TitleFacts {
	readonly metric: TrendMetricId;
	/** The year and basis the sentence speaks of: the last audited and closed one; a forecast only where nothing is audited yet, and then it says so. */
	readonly year: number;
	readonly basis: FigureBasis;
	readonly n: number;
	readonly of: number;
	/** Null under five: then the sentence names n and no median. */
	readonly median: string | null;
	readonly limit: MetricLimit | null;
	/** On which side of the limit the median stands, judged before it was rounded for the screen. */
	readonly medianReaches: boolean | null;
	/** 14 家低于: of the same point, with those of whom nothing is known. */
	readonly below: number | null;
	readonly unknown: number | null;
	/** Against the audited point before it; never against a forecast, and never across a break. */
	readonly change: { readonly since: number; readonly plain: Change; readonly same: SameEnterprises | null } | null;
	/** The running year, said apart and never as the end of a trend. */
	readonly ahead: { readonly year: number; readonly n: number; readonly median: string | null } | null;
}

/** The same enterprises between two points: of members (`sameAmong`), or of a kept cell. */
export type SameBetween = (before: Point, said: Point) => SameEnterprises | null;

/**
 * The facts of the sentence over a metric's picture; null where nothing is known (非方案规定). It speaks of the last audited year that is closed; before the first
 * close of what there is.
 */
export function titleFacts(series: TrendSeries, same: SameBetween): TitleFacts | null {
	const settled = series.final.filter((point) => point.settled);
	const audited = settled.length > 0 ? settled : series.final;
	const said = audited.at(-1) ?? series.ahead.at(-1);
	if (said === undefined) return null;
	const before = said.basis === 'final' ? audited.at(-2) : undefined;
	const ahead = said.basis === 'final' ? series.ahead.at(-1) : undefined;
	const median = medianIn(said);
	return {
		metric: series.metric.id,
		year: said.year,
		basis: said.basis,
		n: said.nKnown,
		of: said.nOwed,
		median,
		limit: said.limit,
		medianReaches: median === null || said.limit === null ? null : compare(decimal(median), decimal(said.limit.threshold)) >= 0,
		below: said.standing?.unmet ?? null,
		unknown: said.standing?.unknown ?? null,
		change: before === undefined ? null : changeSince(series, same, before, said),
		ahead: ahead === undefined ? null : { year: ahead.year, n: ahead.nKnown, median: medianIn(ahead) }
	};
}

function changeSince({ metric, breaks }: TrendSeries, same: SameBetween, before: Point, said: Point): NonNullable<TitleFacts['change']> {
	return { since: before.year, plain: medianChange(before, said, metric, breaks), same: crosses(breaks, before.year, said.year) ? null : same(before, said) };
}

/** The same enterprises between two points of a series, from the members it is drawn of (非方案规定). */
export function sameAmong(members: readonly Member[], { metric, breaks, frame }: TrendSeries): SameBetween {
	return (before, said) => {
		const groupOf = (point: Point) => yearGroup(membersIn(members, point.year, frame), metric, point.year, point.basis);
		const answer = sameEnterprises(groupOf(before), groupOf(said), metric, breaks);
		return answer.known ? answer.parts : null;
	};
}

function medianIn({ distribution }: Point): string | null {
	return distribution.kind === 'quartiles' ? distribution.median : null;
}
