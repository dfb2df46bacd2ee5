/** Whose the late days were, in words. */
import type { Lateness } from '#lib/domain/report/lateness.ts';
import { m } from '#lib/paraglide/messages.js';
import { courtWord } from './standing-words.ts';

/** 企业 2 天、两部门 3 天: adds up to the days late. */
export function daysByOwnerText(days: Lateness['daysByOwner']): string {
	const parts = Object.entries(days).map(([owner, count]) => m.ministry_days_of({ owner: courtWord[owner as keyof typeof courtWord](), days: count }));
	return parts.join(m.ministry_list_between());
}
