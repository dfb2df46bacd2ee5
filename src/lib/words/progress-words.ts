/** The overview's figures in words, and the list of reports behind each. */
import type { ChannelMatter } from '#lib/domain/report/channel-matters.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { ProgressBy, ProgressFigure, ProgressRate } from '#lib/domain/report/progress.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDay, formatDayShort, formatInstant, formatRate, missing } from './format.ts';
import type { Word } from './words.ts';
import { departureText } from './year-words.ts';

export const figureWord = {
	expected: m.progress_figure_expected,
	submitted: m.progress_figure_submitted,
	forwarded: m.progress_figure_forwarded,
	missing: m.progress_figure_missing,
	on_time: m.progress_figure_on_time,
	overdue: m.progress_figure_overdue,
	extended: m.progress_figure_extended,
	excused: m.progress_figure_excused,
	excuse_pending: m.progress_figure_excuse_pending,
	not_filed: m.progress_figure_not_filed,
	not_delivered: m.progress_figure_not_delivered
} satisfies Record<ProgressFigure, Word>;

export const progressByWord = {
	channel: m.progress_by_channel,
	department: m.progress_by_department,
	category: m.progress_by_category,
	cohort: m.progress_by_cohort
} satisfies Record<ProgressBy, Word>;

export const matterWord = {
	overdue: m.progress_matter_overdue,
	unreported: m.progress_matter_unreported,
	awaiting_opinion: m.progress_matter_awaiting_opinion,
	approved: m.progress_matter_approved
} satisfies Record<ChannelMatter, Word>;

/** What a rate is called: there is no rate of on time before the date has passed. */
export function rateTitle({ kind }: ProgressRate, asOf: Day): string {
	return kind === 'on_time' ? m.progress_rate_on_time() : m.progress_rate_so_far({ day: formatDayShort(asOf) });
}

export function rateText({ rate }: ProgressRate): string {
	return rate === null ? missing : formatRate(rate, { limit: '1' });
}

/** Which figures are of the day and which of now. */
export function asOfText(asOf: Day, now: Date): string {
	return asOf === dayInBeijing(now)
		? m.progress_what_of_now({ at: formatInstant(now) })
		: m.progress_what_of_day({ day: formatDay(asOf, false), at: formatInstant(now) });
}

export const CLASS_OF = { manufacturing: 'mfg', it_outsourcing: 'ito' } as const satisfies Record<Category, string>;

/** The list behind a figure: the same filters, the same day. */
export function behindHref(
	year: number,
	figure: ProgressFigure,
	asOf: Day,
	filters: { readonly region?: string | null; readonly category?: string | null; readonly cohort?: number | string | null }
): string {
	const query = new URLSearchParams({ year: String(year), figure, asof: asOf });
	if (filters.region) query.set('region', filters.region);
	if (filters.category === 'manufacturing' || filters.category === 'it_outsourcing') query.set('class', CLASS_OF[filters.category]);
	if (filters.cohort !== null && filters.cohort !== undefined) query.set('cohort', String(filters.cohort));
	return `/ministry/reports?${query.toString()}`;
}

/** What the figures mean, with the year's own date, and the document where that is not the notice's. */
export const meaningText = (year: Pick<ReportingYear, 'ministryDueOn' | 'departureNo'> | null): string =>
	year === null ? '' : `${m.progress_meaning({ date: formatDay(year.ministryDueOn, false) })}${departureText(year)}`;
