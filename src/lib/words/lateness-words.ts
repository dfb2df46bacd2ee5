/** On time or not, and whose the late days were, in words. */
import type { Day } from '#lib/domain/day.ts';
import { timelinessOf as judge, type Lateness, type Timeliness } from '#lib/domain/report/lateness.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';
import { courtWord } from './standing-words.ts';

interface Judged {
	readonly state: ReportState;
	readonly extensionOn: Day | null;
	readonly lateness: Pick<Lateness, 'onTime'>;
}

/** One word for a report of a list. */
export function timelinessOf({ state, extensionOn, lateness }: Judged): Timeliness {
	return judge({ state, extensionOn, onTime: lateness.onTime });
}

/** 企业 2 天、两部门 3 天: adds up to the days late. */
export function daysByOwnerText(days: Lateness['daysByOwner']): string {
	const parts = Object.entries(days).map(([owner, count]) => m.ministry_days_of({ owner: courtWord[owner as keyof typeof courtWord](), days: count }));
	return parts.join(m.ministry_list_between());
}
