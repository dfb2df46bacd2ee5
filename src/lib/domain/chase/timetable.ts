/** What the timetable owes besides reminders: the ministries' weekly summary, and the year that nobody has opened yet. All of it ours (非方案规定). */
import { addDays, weekdayOf, yearOf, type Day } from '#lib/domain/day.ts';
import { proposeDates } from '#lib/domain/report/reporting-year.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { ReminderPolicy } from './reminder-policy.ts';
import { isWorkingDay, type WorkingCalendar } from '#lib/domain/working-calendar.ts';

/** An opening is announced this long; later the ladder has taken over, and news would be old. */
export const ANNOUNCED_FOR_DAYS = 14;

/** The ministries are told this long before the proposed opening that the year is not opened. */
export const TOLD_AHEAD_DAYS = 30;

/** Somebody without any office keeps the account so long, in case he comes back. */
export const ACCOUNT_KEPT_DAYS = 30;

/**
 * The weekly summary that is due, by the day it is named after: the policy's weekday of this week. It leaves on that day or, where that is no working
 * day or was missed, on the next working day of the week. Null when none is due; also where the calendar does not know the day.
 */
export function weeklyDigestDue(today: Day, policy: Pick<ReminderPolicy, 'digestWeekday'>, calendar: WorkingCalendar): Day | null {
	const late = weekdayOf(today) - policy.digestWeekday;
	return late >= 0 && isWorkingDay(today, calendar) === true ? addDays(today, -late) : null;
}

/** Whether a year that has begun is news today: on its first working days. */
export function isNews(opensOn: Day, today: Day): boolean {
	return opensOn <= today && today < addDays(opensOn, ANNOUNCED_FOR_DAYS);
}

/** The year that ought to be opened soon and is not; null when none is. */
export function yearToOpen(today: Day, policy: Policy, opened: ReadonlySet<number>): { readonly year: number; readonly proposedOn: Day } | null {
	for (const year of [yearOf(today), yearOf(today) + 1]) {
		if (opened.has(year)) continue;
		const proposedOn = proposeDates(year, policy).opensOn;
		if (today >= addDays(proposedOn, -TOLD_AHEAD_DAYS) && yearOf(today) <= year) return { year, proposedOn };
	}
	return null;
}
