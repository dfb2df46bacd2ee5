/**
 * Reminding by hand (domain.md 4): an office chooses reports, the system writes to whoever holds each of them; a ministry chooses channels, and the system
 * writes to their departments. Never at night, and half a minute passes before anything leaves (「非方案规定，系统设置」). Who gets what says reminder-choice.ts.
 */
import { dayInBeijing, startOf } from '#lib/domain/day.ts';
import type { Department } from '#lib/domain/parties.ts';
import { audiencesBeside, type RemindedReport } from './reminder-ladder.ts';

/** From this hour in Beijing until the other nobody is written to: people sleep. */
export const QUIET_FROM_HOUR = 22;
export const QUIET_UNTIL_HOUR = 8;

/** How long a batch can be taken back; no mail of it leaves earlier. */
export const UNDO_SECONDS = 30;

export function isQuiet(now: Date): boolean {
	const hour = (now.getTime() - startOf(dayInBeijing(now)).getTime()) / 3_600_000;
	return hour >= QUIET_FROM_HOUR || hour < QUIET_UNTIL_HOUR;
}

/** Whether somebody other than the office itself holds the report: only then is there anybody to remind. */
export function isRemindable(report: Pick<RemindedReport, 'court' | 'channelKind'>, me: Department): boolean {
	return audiencesBeside(me, report).length > 0;
}
