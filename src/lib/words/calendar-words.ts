/** Working days in words. */
import type { RangeProblem } from '#lib/domain/calendar-correction.ts';
import type { CalendarProblem, DayKind } from '#lib/domain/working-calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export const dayKindWord = {
	working: m.calendar_day_working,
	weekend: m.calendar_day_weekend,
	holiday: m.calendar_day_holiday,
	make_up: m.calendar_day_make_up,
	unknown: m.calendar_day_unknown
} satisfies Record<DayKind, Word>;

const problemWords = {
	outside_year: m.calendar_problem_outside_year,
	make_up_on_weekday: m.calendar_problem_make_up_on_weekday,
	twice: m.calendar_problem_twice,
	missing: m.calendar_problem_missing,
	date_invalid: m.calendar_problem_date_invalid,
	date_order: m.calendar_problem_date_order,
	too_long: m.calendar_problem_too_long
} satisfies Record<RangeProblem | CalendarProblem, Word>;

export function calendarProblem(code: string): string {
	return Object.hasOwn(problemWords, code) ? problemWords[code as RangeProblem]() : m.calendar_problem_date_invalid();
}

/** Working days until a day, or in words that nobody can say: a year without an arrangement is never counted. */
export function workingDaysText(days: number | null): string {
	return days === null ? m.calendar_days_left_unknown() : m.calendar_days_left({ days });
}
