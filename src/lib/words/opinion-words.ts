/** How a department stands to a report, in words: 已签署, 待审 3 天. */
import { dayInBeijing, daysBetween } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatInstant } from './format.ts';
import type { IconName } from './icon.ts';
import type { Tone } from './words.ts';

/** Whole days in Beijing that have passed since the instant. */
export function daysSince(since: Date, now: Date): number {
	return Math.max(0, daysBetween(dayInBeijing(since), dayInBeijing(now)));
}

/** 已签署, 待审 3 天, 今日提交; 未签署 where nothing waits for a signature. */
export function opinionWords(signed: boolean, waitingSince: Date | null, now: Date): string {
	if (signed) return m.channel_opinion_signed();
	if (waitingSince === null) return m.channel_opinion_none();
	const days = daysSince(waitingSince, now);
	return days === 0 ? m.channel_opinion_waiting_today() : m.channel_opinion_waiting({ days });
}

export function opinionTone(signed: boolean): { tone: Tone; icon: IconName } {
	return signed ? { tone: 'ok', icon: 'check' } : { tone: 'info', icon: 'clock' };
}

export function openedWords(openedAt: Date | null): string {
	return openedAt === null ? m.channel_opinion_unopened() : m.channel_opinion_opened({ at: formatInstant(openedAt) });
}
