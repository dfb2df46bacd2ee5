/**
 * What a ministry reminds a channel of (domain.md 4; 非方案规定): reports past their date, wherever they lie, those its enterprises have not submitted, those
 * its departments have not signed, and those approved by all and not forwarded. A report may be a matter twice: overdue, and still with somebody.
 */
import type { Court } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';

export const CHANNEL_MATTERS = ['overdue', 'unreported', 'awaiting_opinion', 'approved'] as const;
export type ChannelMatter = (typeof CHANNEL_MATTERS)[number];

/**
 * What a report is to its channel on a day; nothing once it is with the ministries or with nobody. One that was forwarded before and came back is judged by
 * its first forwarding (方案第十一条): its correction may be awaited, the report is not overdue.
 */
export function mattersOf(
	{ court, dueOn, forwarded }: { readonly court: Court; /** At the ministries, with any extension. */ readonly dueOn: Day; readonly forwarded: boolean },
	today: Day
): readonly ChannelMatter[] {
	if (court === 'ministries' || court === 'nobody') return [];
	const held: ChannelMatter = court === 'enterprise' ? 'unreported' : court === 'channel' ? 'approved' : 'awaiting_opinion';
	return dueOn < today && !forwarded ? ['overdue', held] : [held];
}
