import { m } from '#lib/paraglide/messages.js';

/** A distance from the date as an axis says it: 前 7 天, 截止日, 后 3 天. */
export function offsetText(days: number): string {
	return days === 0 ? m.progress_offset_due() : days < 0 ? m.progress_offset_before({ days: -days }) : m.progress_offset_after({ days });
}

/** The same on an axis, where the date itself is marked: −7 天. */
export function offsetShort(days: number): string {
	return days === 0 ? m.progress_offset_due() : m.progress_offset_short({ days: days < 0 ? `\u2212${-days}` : `+${days}` });
}
