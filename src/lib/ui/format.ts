/**
 * How figures, days and instants read on screen. Everything takes text or plain values and returns text; nothing asks for the time.
 * Money arrives as decimal text in 万元 and is rounded here by digits, never through a float.
 */
import { getLocale } from '#lib/paraglide/runtime.js';
import { weekdayWord } from './words.ts';

/** The true minus sign; a hyphen is not one. */
const minus = '−';
/** What stands where a figure is missing: never a zero. */
export const missing = '—';

const decimalText = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Rounds decimal text half away from zero to `digits` places, exactly.
 * Returns null for text that is not a plain decimal.
 */
export function roundDecimal(text: string, digits: number): string | null {
	const parts = decimalText.exec(text.trim());
	if (!parts) return null;
	const whole = parts[2] ?? '0';
	const fraction = (parts[3] ?? '').padEnd(digits + 1, '0');
	let scaled = BigInt(whole + fraction.slice(0, digits));
	if ((fraction[digits] ?? '0') >= '5') scaled += 1n;
	const padded = scaled.toString().padStart(digits + 1, '0');
	const rounded = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
	return parts[1] === '-' && scaled !== 0n ? `-${rounded}` : rounded;
}

/** Groups the whole part by thousands and sets the real minus: `-1234.5` → `−1,234.5`. */
function group(text: string): string {
	const negative = text.startsWith('-');
	const [whole = '0', fraction] = (negative ? text.slice(1) : text).split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return `${negative ? minus : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A count or any decimal, grouped, with `digits` places (0 unless told). Missing or unreadable → —. */
export function formatNumber(value: string | number | null | undefined, digits = 0): string {
	if (value === null || value === undefined || value === '') return missing;
	const text = typeof value === 'number' ? (Number.isFinite(value) ? value.toFixed(digits) : '') : value;
	const rounded = roundDecimal(text, digits);
	return rounded === null ? missing : group(rounded);
}

/** 万元 from decimal text: 2 places in forms, 0 in tables (the unit stands in the header). */
export function formatWan(value: string | null | undefined, place: 'form' | 'table' = 'table'): string {
	return formatNumber(value, place === 'form' ? 2 : 0);
}

/** A rate 0–1 as percent with one place: `0.047` → `4.7%`. */
export function formatRate(rate: string | number | null | undefined, digits = 1): string {
	const percent = percentText(rate, digits);
	return percent === null ? missing : `${group(percent)}%`;
}

/** The percent figure without its sign, for columns whose header carries the unit. */
export function formatPercentFigure(rate: string | number | null | undefined, digits = 1): string {
	const percent = percentText(rate, digits);
	return percent === null ? missing : group(percent);
}

function percentText(rate: string | number | null | undefined, digits: number): string | null {
	if (rate === null || rate === undefined || rate === '') return null;
	const text = typeof rate === 'number' ? (Number.isFinite(rate) ? rate.toFixed(digits + 6) : '') : rate;
	const parts = decimalText.exec(text.trim());
	if (!parts) return null;
	const fraction = (parts[3] ?? '').padEnd(2, '0');
	return roundDecimal(`${parts[1] ?? ''}${parts[2] ?? '0'}${fraction.slice(0, 2)}.${fraction.slice(2) || '0'}`, digits);
}

/** Adds an explicit plus to what is above zero: for changes. Takes text as these functions return it. */
export function withSign(formatted: string): string {
	return formatted === missing || formatted.startsWith(minus) || /^[0.,]+%?$/.test(formatted) ? formatted : `+${formatted}`;
}

function dayParts(day: string): { year: number; month: number; date: number } | null {
	const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	return parts ? { year: Number(parts[1]), month: Number(parts[2]), date: Number(parts[3]) } : null;
}

/** ISO weekday of a day text, Monday = 1; the calendar is the same in every time zone. */
function isoWeekday(parts: { year: number; month: number; date: number }): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
	const sundayFirst = new Date(Date.UTC(parts.year, parts.month - 1, parts.date)).getUTCDay();
	return (sundayFirst === 0 ? 7 : sundayFirst) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

const englishMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2026-11-30` → 2026年11月30日(星期一) · Monday, 30 November 2026. Without the weekday when `weekday` is false. */
export function formatDay(day: string | null | undefined, weekday = true): string {
	const parts = day ? dayParts(day) : null;
	if (!parts) return missing;
	const name = weekdayWord[isoWeekday(parts)]();
	if (getLocale() === 'en') {
		const plain = `${parts.date} ${englishMonths[parts.month - 1] ?? ''} ${parts.year}`;
		return weekday ? `${name}, ${plain}` : plain;
	}
	const plain = `${parts.year}年${parts.month}月${parts.date}日`;
	return weekday ? `${plain}(${name})` : plain;
}

/** A day for narrow cells: 11月30日 · 30 Nov. */
export function formatDayShort(day: string | null | undefined): string {
	const parts = day ? dayParts(day) : null;
	if (!parts) return missing;
	return getLocale() === 'en' ? `${parts.date} ${(englishMonths[parts.month - 1] ?? '').slice(0, 3)}` : `${parts.month}月${parts.date}日`;
}

const shanghai = new Intl.DateTimeFormat('en-CA', {
	timeZone: 'Asia/Shanghai',
	hourCycle: 'h23',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit',
	second: '2-digit'
});

function shanghaiParts(at: Date | string): { day: string; hour: string; minute: string; second: string } | null {
	const instant = typeof at === 'string' ? new Date(at) : at;
	if (Number.isNaN(instant.getTime())) return null;
	const found = new Map(shanghai.formatToParts(instant).map((part) => [part.type, part.value]));
	return {
		day: `${found.get('year') ?? ''}-${found.get('month') ?? ''}-${found.get('day') ?? ''}`,
		hour: found.get('hour') ?? '',
		minute: found.get('minute') ?? '',
		second: found.get('second') ?? ''
	};
}

/** An instant in Beijing time to the minute: `2026-11-29 09:00`, wherever server and reader are. */
export function formatInstant(at: Date | string | null | undefined): string {
	const parts = at ? shanghaiParts(at) : null;
	return parts ? `${parts.day} ${parts.hour}:${parts.minute}` : missing;
}

/** An instant to the second, for receipts and the journal. */
export function formatInstantExact(at: Date | string | null | undefined): string {
	const parts = at ? shanghaiParts(at) : null;
	return parts ? `${parts.day} ${parts.hour}:${parts.minute}:${parts.second}` : missing;
}

/** The clock time alone, to the second, for the state of saving: `14:32:08`. */
export function formatTime(at: Date | string | null | undefined): string {
	const parts = at ? shanghaiParts(at) : null;
	return parts ? `${parts.hour}:${parts.minute}:${parts.second}` : missing;
}

/** Whole days from one day to another; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number | null {
	const start = dayParts(from);
	const end = dayParts(to);
	if (!start || !end) return null;
	return Math.round((Date.UTC(end.year, end.month - 1, end.date) - Date.UTC(start.year, start.month - 1, start.date)) / 86_400_000);
}

/** 13812345678 → 138****5678; a landline keeps its last two figures. The masked text is all that leaves the screen. */
export function maskPhone(phone: string | null | undefined): string {
	if (!phone) return missing;
	const mobile = /^(?:\+?86[- ]?)?(1\d{2})\d{4}(\d{4})$/.exec(phone.trim());
	if (mobile) return `${mobile[1] ?? ''}****${mobile[2] ?? ''}`;
	const trimmed = phone.trim();
	return trimmed.length <= 4 ? '****' : `${trimmed.slice(0, 3)}****${trimmed.slice(-2)}`;
}

/** A content hash as people compare it: first and last eight characters. */
export function shortHash(hash: string | null | undefined): string {
	if (!hash) return missing;
	return hash.length <= 18 ? hash : `${hash.slice(0, 8)}…${hash.slice(-8)}`;
}
