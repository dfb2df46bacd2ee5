import { m } from '#lib/paraglide/messages.js';

/** A distance from the date as an axis says it: 前 7 天, 截止日, 后 3 天. */
export function offsetText(days: number): string {
	return days === 0 ? m.progress_offset_due() : days < 0 ? m.progress_offset_before({ days: -days }) : m.progress_offset_after({ days });
}
