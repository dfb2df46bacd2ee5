/**
 * How figures, days and instants read on screen. Everything takes text or plain values and returns text; nothing asks for the time.
 * Money arrives as decimal text in 万元 and stays decimal; the digits on screen are rounded half away from zero.
 */
import { parseDay, weekdayOf } from '#lib/domain/day.ts';
import { fixedText, parseDecimal, shift, type Decimal } from '#lib/domain/decimal.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { weekdayWord } from './words.ts';

/** The true minus sign; a hyphen is not one. */
const minus = '−';
/** What stands where a figure is missing: never a zero. */
export const missing = '—';

/** Groups the whole part by thousands and sets the real minus: `-1234.5` → `−1,234.5`. */
function group(text: string): string {
	const negative = text.startsWith('-');
	const [whole = '0', fraction] = (negative ? text.slice(1) : text).split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return `${negative ? minus : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A count or any decimal, grouped, with `digits` places (0 unless told). Missing or unreadable → —. */
export function formatNumber(value: string | number | null | undefined, digits = 0): string {
	const read = readValue(value);
	return read ? group(fixedText(read, digits)) : missing;
}

function readValue(value: string | number | null | undefined): Decimal | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string') return parseDecimal(value);
	return Number.isFinite(value) ? parseDecimal(value.toFixed(9)) : null;
}

/** 万元 from decimal text: 2 places in forms, 0 in tables (the unit stands in the header). */
export function formatWan(value: string | null | undefined, place: 'form' | 'table' = 'table'): string {
	return formatNumber(value, place === 'form' ? 2 : 0);
}

/** A rate 0–1 as percent with one place: `0.047` → `4.7%`. */
export function formatRate(rate: string | number | null | undefined, digits = 1): string {
	const figure = formatPercentFigure(rate, digits);
	return figure === missing ? missing : `${figure}%`;
}

/** The percent figure without its sign, for columns whose header carries the unit. */
export function formatPercentFigure(rate: string | number | null | undefined, digits = 1): string {
	const read = readValue(rate);
	return read ? group(fixedText(shift(read, 2), digits)) : missing;
}

/** Adds an explicit plus to what is above zero: for changes. Takes text as these functions return it. */
export function withSign(formatted: string): string {
	return formatted === missing || formatted.startsWith(minus) || /^[0.,]+%?$/.test(formatted) ? formatted : `+${formatted}`;
}

const englishMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2026-11-30` → 2026年11月30日（星期一） · Monday, 30 November 2026. Without the weekday when `weekday` is false. */
export function formatDay(day: string | null | undefined, weekday = true): string {
	const on = day ? parseDay(day) : null;
	if (!on) return missing;
	const [year = 0, month = 0, date = 0] = on.split('-').map(Number);
	const name = weekdayWord[weekdayOf(on)]();
	if (getLocale() === 'en') {
		const plain = `${date} ${englishMonths[month - 1] ?? ''} ${year}`;
		return weekday ? `${name}, ${plain}` : plain;
	}
	const plain = `${year}年${month}月${date}日`;
	return weekday ? `${plain}（${name}）` : plain;
}

/** A day for narrow cells: 11月30日 · 30 Nov. */
export function formatDayShort(day: string | null | undefined): string {
	const on = day ? parseDay(day) : null;
	if (!on) return missing;
	const [, month = 0, date = 0] = on.split('-').map(Number);
	return getLocale() === 'en' ? `${date} ${(englishMonths[month - 1] ?? '').slice(0, 3)}` : `${month}月${date}日`;
}

const BEIJING_AHEAD_MS = 8 * 3_600_000;

/** `2026-11-29T09:00:00` in Beijing, by the constant offset of domain/day.ts: asking Intl for the parts cost a list more than its rows. */
function inBeijing(at: Date | string | null | undefined): string | null {
	if (!at) return null;
	const ms = (typeof at === 'string' ? new Date(at) : at).getTime();
	return Number.isNaN(ms) ? null : new Date(ms + BEIJING_AHEAD_MS).toISOString().slice(0, 19);
}

/** An instant in Beijing time to the minute: `2026-11-29 09:00`, wherever server and reader are. */
export function formatInstant(at: Date | string | null | undefined): string {
	return inBeijing(at)?.slice(0, 16).replace('T', ' ') ?? missing;
}

/** An instant to the second, for receipts and the journal. */
export function formatInstantExact(at: Date | string | null | undefined): string {
	return inBeijing(at)?.replace('T', ' ') ?? missing;
}

/** The clock time alone, to the second, for the state of saving: `14:32:08`. */
export function formatTime(at: Date | string | null | undefined): string {
	return inBeijing(at)?.slice(11) ?? missing;
}

/** A content hash as people compare it: first and last eight characters. */
export function shortHash(hash: string | null | undefined): string {
	if (!hash) return missing;
	return hash.length <= 18 ? hash : `${hash.slice(0, 8)}…${hash.slice(-8)}`;
}
