/** On time or not, and whose the late days were, in words. */
import type { Lateness } from '#lib/domain/lateness.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';
import { courtWord, type Timeliness } from '../words.ts';

interface Judged {
	readonly state: ReportState;
	readonly extensionOn: string | null;
	readonly lateness: Pick<Lateness, 'onTime'>;
}

/** One word for a report; an excused or never filed one is neither on time nor late. */
export function timelinessOf({ state, extensionOn, lateness }: Judged): Timeliness {
	if (state === 'excused' || state === 'not_filed') return state;
	if (lateness.onTime === false) return 'late';
	if (lateness.onTime === true) return extensionOn === null ? 'on_time' : 'extended';
	return 'pending';
}

/** 企业 2 天、两部门 3 天: adds up to the days late. */
export function daysByOwnerText(days: Lateness['daysByOwner']): string {
	const parts = Object.entries(days).map(([owner, count]) => m.ministry_days_of({ owner: courtWord[owner as keyof typeof courtWord](), days: count }));
	return parts.join(m.ministry_list_between());
}
