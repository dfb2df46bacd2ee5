/**
 * Dated events of an enterprise (domain.md 1): a new name, another channel, a merger, the end. Each year stays with the name and the channel
 * it had then (方案第十一条), so an event reaches only the reports that were not yet due on its day and have never been forwarded.
 */
import { day, dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { isClosed, type ReportCase } from '#lib/domain/report/report-case.ts';
import { dateWithin } from '#lib/domain/report/reporting-year.ts';

export const ENTERPRISE_EVENTS = ['renamed', 'moved', 'merged', 'ceased'] as const;
export type EnterpriseEventKind = (typeof ENTERPRISE_EVENTS)[number];

/** The notice is of this day; no event of a designated enterprise is older. */
const NOTICE_ON = day('2021-11-08');

/** The event's day: not before the notice or an earlier event of its kind, not after today. What is to come is recorded when it has come. */
export function validateEventDay(given: string, lastOn: Day | null, now: Date): Decision<{ on: Day }> {
	return dateWithin('effectiveOn', given, lastOn ?? NOTICE_ON, dayInBeijing(now));
}

/**
 * Whether a report takes on the new name or channel: its ministries' date is not before the event and it was never forwarded. A report
 * forwarded once has been given by the old channel, and its corrections go on through it; a closed year is left as it is.
 */
export function followsEvent(report: ReportCase, effectiveOn: Day): boolean {
	const reached =
		report.state === 'not_started' ||
		report.state === 'draft' ||
		report.state === 'submitted' ||
		report.state === 'returned' ||
		report.state === 'excused' ||
		report.state === 'not_owed';
	return reached && !isClosed(report) && report.firstForwardedAt === null && report.year.ministryDueOn >= effectiveOn;
}

/**
 * The report under another channel. Opinions and openings of the old departments do not count for the new ones, which sign for
 * themselves (annex 2 asks for the opinion of the province that recommends). The enterprise's work and its submitted version stay.
 */
export function underChannel(report: ReportCase, channelKind: ChannelKind): ReportCase {
	return { ...report, channelKind, opinions: {}, opinionAt: {}, openedAt: {} };
}

/** A new name must be new, another channel another one. */
export function changesNothing(from: string, to: string): Decision<object> {
	return from === to ? refuse({ code: 'nothing_changed' }) : { ok: true };
}
