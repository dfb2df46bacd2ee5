/**
 * Calendar days as text 'YYYY-MM-DD' in Beijing time, and the instants between which they lie. A `Day` is never a `Date`.
 * Beijing has kept +08:00 without summer time since 1992, and nothing here is older than the notice (2021), so the offset is
 * a constant and the zone the process or the database stands in cannot matter.
 */

declare const dayBrand: unique symbol;

/** A real calendar day, 'YYYY-MM-DD'. Compares with `<` and `>` as text. */
export type Day = string & { readonly [dayBrand]: true };

const MS_PER_DAY = 86_400_000;
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for an existing day of the years 1000–9999: 2028-02-29 is one, 2027-02-29 is not. */
export function isDay(text: unknown): text is Day {
	return typeof text === 'string' && utcOf(text) !== null;
}

/** The day, or null if there is no such day. For text people typed. */
export function parseDay(text: string): Day | null {
	return isDay(text) ? text : null;
}

/** The day; throws a RangeError if there is no such day. For literals and trusted columns, where a wrong day is a bug. */
export function day(text: string): Day {
	if (!isDay(text)) throw new RangeError(`not a calendar day: ${JSON.stringify(text)}`);
	return text;
}

/** The day of a year, month (1–12) and day of month; throws a RangeError if there is no such day. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
	const two = (n: number): string => String(n).padStart(2, '0');
	return day(`${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`);
}

/** The calendar day it is in Beijing at this instant. */
export function dayInBeijing(instant: Date): Day {
	return fromUtc(instant.getTime() + BEIJING_OFFSET_MS);
}

export function addDays(from: Day, days: number): Day {
	return fromUtc(mustUtc(from) + days * MS_PER_DAY);
}

/** Whole days from `from` to `to`: 0 for the same day, negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
	return Math.round((mustUtc(to) - mustUtc(from)) / MS_PER_DAY);
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekdayOf(on: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
	return (new Date(mustUtc(on)).getUTCDay() || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

export function yearOf(on: Day): number {
	return Number(on.slice(0, 4));
}

/** 00:00 Beijing time of the day: the first instant that belongs to it. */
export function startOf(on: Day): Date {
	return new Date(mustUtc(on) - BEIJING_OFFSET_MS);
}

/** 24:00 Beijing time of the day = 00:00 of the next: the first instant that no longer belongs to it. Compare with `<`. */
export function endOf(on: Day): Date {
	return new Date(mustUtc(on) - BEIJING_OFFSET_MS + MS_PER_DAY);
}

export function earlierOf(a: Day, b: Day): Day {
	return a <= b ? a : b;
}

export function laterOf(a: Day, b: Day): Day {
	return a >= b ? a : b;
}

function utcOf(text: string): number | null {
	const parts = SHAPE.exec(text);
	if (!parts) return null;
	const [year, month, dayOfMonth] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
	if (year < 1000) return null;
	const ms = Date.UTC(year, month - 1, dayOfMonth);
	const read = new Date(ms);
	return read.getUTCMonth() === month - 1 && read.getUTCDate() === dayOfMonth ? ms : null;
}

function mustUtc(on: Day): number {
	const ms = utcOf(on);
	if (ms === null) throw new RangeError(`not a calendar day: ${JSON.stringify(on)}`);
	return ms;
}

function fromUtc(ms: number): Day {
	return day(new Date(ms).toISOString().slice(0, 10));
}
