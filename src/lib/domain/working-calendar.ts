/**
 * Working days as the State Council arranges them: Monday to Friday, less the days off, plus the weekend days that are worked (调休).
 * A year that is not arranged yet is *unknown*: every answer that would need it is null, never a guess (domain.md 4).
 */
import { addDays, daysBetween, weekdayOf, yearOf, type Day } from './day.ts';

/** What differs from Monday to Friday in one year. */
export interface YearArrangement {
	readonly year: number;
	/** Grows with every correction; the newest counts. */
	readonly version: number;
	/** Where it was taken from, in words: the number of the State Council's notice. */
	readonly source: string;
	/** Day off → its name. */
	readonly holidays: ReadonlyMap<Day, string>;
	/** Weekend day that is worked → for which holiday. */
	readonly makeUpDays: ReadonlyMap<Day, string>;
}

/** The arrangements that are known, by year. */
export type WorkingCalendar = ReadonlyMap<number, YearArrangement>;

export const NO_CALENDAR: WorkingCalendar = new Map();

/** Whether the day is worked; null when its year is not arranged. */
export function isWorkingDay(on: Day, calendar: WorkingCalendar): boolean | null {
	const year = calendar.get(yearOf(on));
	if (!year) return null;
	if (year.makeUpDays.has(on)) return true;
	if (year.holidays.has(on)) return false;
	return weekdayOf(on) <= 5;
}

/** The day itself if it is worked, else the nearest working day before it; null as soon as a day of an unknown year would decide. */
export function workingDayOnOrBefore(on: Day, calendar: WorkingCalendar): Day | null {
	let candidate = on;
	// The longest rest so far was nine days; thirty is a bound, not an expectation.
	for (let back = 0; back < 30; back += 1) {
		const worked = isWorkingDay(candidate, calendar);
		if (worked === null) return null;
		if (worked) return candidate;
		candidate = addDays(candidate, -1);
	}
	return null;
}

/** Working days after `from` up to and including `to`: 0 when `to` is not later; null when a year between is unknown. */
export function workingDaysUntil(from: Day, to: Day, calendar: WorkingCalendar): number | null {
	let count = 0;
	for (let n = 1; n <= daysBetween(from, to); n += 1) {
		const worked = isWorkingDay(addDays(from, n), calendar);
		if (worked === null) return null;
		if (worked) count += 1;
	}
	return count;
}

/** What an arrangement says of a day, for a calendar on screen. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'make_up' | 'unknown';

export function dayKindOf(on: Day, calendar: WorkingCalendar): { readonly kind: DayKind; readonly name: string | null } {
	const year = calendar.get(yearOf(on));
	if (!year) return { kind: 'unknown', name: null };
	const madeUp = year.makeUpDays.get(on);
	if (madeUp !== undefined) return { kind: 'make_up', name: madeUp };
	const holiday = year.holidays.get(on);
	if (holiday !== undefined) return { kind: 'holiday', name: holiday };
	return { kind: weekdayOf(on) <= 5 ? 'working' : 'weekend', name: null };
}

/** A correction as a ministry types it: one day, and what it is to be. */
export interface ArrangedDay {
	readonly on: Day;
	readonly kind: 'holiday' | 'make_up';
	readonly name: string;
}

export type CalendarProblem = 'outside_year' | 'make_up_on_weekday' | 'twice';

/** Days that cannot stand in an arrangement, each with its reason: another year's, a worked day that is worked anyway, one named twice. */
export function calendarProblems(year: number, days: readonly ArrangedDay[]): readonly { readonly on: Day; readonly problem: CalendarProblem }[] {
	const seen = new Set<Day>();
	return days.flatMap<{ on: Day; problem: CalendarProblem }>(({ on, kind }) => {
		const twice = seen.has(on);
		seen.add(on);
		if (yearOf(on) !== year) return [{ on, problem: 'outside_year' }];
		if (twice) return [{ on, problem: 'twice' }];
		// A day off on a weekend is only a name; a make-up day on a weekday would be a mistake of typing.
		return kind === 'make_up' && weekdayOf(on) <= 5 ? [{ on, problem: 'make_up_on_weekday' }] : [];
	});
}

/** The latest day since which so many working days have passed by `today`; null when a year between is unknown. */
export function dayBeforeWorkingDays(count: number, today: Day, calendar: WorkingCalendar): Day | null {
	let left = count;
	let candidate = today;
	while (left > 0) {
		const worked = isWorkingDay(candidate, calendar);
		if (worked === null) return null;
		if (worked) left -= 1;
		candidate = addDays(candidate, -1);
	}
	return candidate;
}
