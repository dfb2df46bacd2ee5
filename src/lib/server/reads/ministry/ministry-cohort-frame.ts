/** What the dashboard and the page of a metric have alike: which filters hold, by which policy each year is held, and how points are made. */
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { TrendFrame } from '#lib/domain/trend/trend-point.ts';
import type { TieredChannel } from '#lib/server/store/trend/trend-scope.ts';

/** What of the filters is a choice here: a year, a channel, a day that are not there are left out and named. */
export function understood(
	asked: TrendFilter,
	{ year, channels, today }: { readonly year: ReportingYear | null; readonly channels: readonly TieredChannel[]; readonly today: Day }
): { readonly filter: TrendFilter; readonly ignored: readonly string[] } {
	const noYear = asked.year !== null && asked.year !== year?.year;
	const noChannel = asked.channelId !== null && !channels.some(({ id }) => id === asked.channelId);
	const noDay = asked.asOf !== null && (asked.asOf > today || (year !== null && asked.asOf < year.opensOn));
	return {
		filter: {
			...asked,
			year: noYear ? null : asked.year,
			channelId: noChannel ? null : asked.channelId,
			// Today is no past day: it is told from what is kept.
			asOf: noDay || asked.asOf === today ? null : asked.asOf
		},
		ignored: [...(noYear ? ['year'] : []), ...(noChannel ? ['region'] : []), ...(noDay ? ['asof'] : [])]
	};
}

/** How points of a category are made, of a day. */
export function frames({
	years,
	asOf,
	channels,
	policyOf
}: {
	readonly years: readonly ReportingYear[];
	readonly asOf: Day;
	readonly channels: readonly string[] | null;
	readonly policyOf: (year: number) => Policy;
}): (category: Category) => TrendFrame {
	const closed = years.filter(({ closedAt }) => closedAt !== null && dayInBeijing(closedAt) <= asOf).map(({ year }) => year);
	return (category) => ({
		category,
		channels: channels === null ? null : new Set(channels),
		policyOf,
		definitionBreaks: [],
		closedThrough: closed.length === 0 ? null : Math.max(...closed),
		asOf
	});
}
