/**
 * How figures, days and instants read on screen. Everything takes text or plain values and returns text; nothing asks for the time.
 * Figures arrive as decimal text and stay decimal; the digits on screen are rounded half away from zero. No other file writes a figure (a lint rule).
 */
import { parseDay, weekdayOf } from '#lib/domain/day.ts';
import { compare, decimalText, fixedText, parseDecimal, round, shift, type Decimal } from '#lib/domain/decimal.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { placesBeside, placesOfRoom } from './beside-limit.ts';
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

/** What a figure counts: this and the place where it stands decide its places, nothing else does. Rates and points arrive as 0–1. */
export type FigureKind = 'money' | 'count' | 'rate' | 'points' | 'mean';
/** A column of a table, the report itself (its boxes and columns, and its print), a sentence, or a tile too small for places. */
export type FigurePlace = 'table' | 'form' | 'sentence' | 'tile';

/** `stated`: none for a whole figure, two for any other, so that nothing stated is rounded away. */
const PLACES: Readonly<Record<FigureKind, Readonly<Record<FigurePlace, number | 'stated'>>>> = {
	money: { table: 0, form: 2, sentence: 'stated', tile: 0 },
	count: { table: 0, form: 'stated', sentence: 'stated', tile: 0 },
	rate: { table: 1, form: 1, sentence: 1, tile: 0 },
	points: { table: 1, form: 1, sentence: 1, tile: 1 },
	mean: { table: 1, form: 1, sentence: 1, tile: 1 }
};

export interface FigureAt {
	readonly place?: FigurePlace;
	/** What it stands beside: it then shows as many digits more as keep it on its side. */
	readonly limit?: string | null | undefined;
	/** The others of its row or column, which have the same places. */
	readonly along?: readonly (string | null)[];
}

/**
 * Every figure on every screen, print, mail, letter and picture: grouped, a real minus, the places of its unit, no unit. Missing or unreadable → —.
 * What a table rounds away is one look away: {@link roundedFrom}.
 */
export function formatFigure(value: string | number | null | undefined, kind: FigureKind, at: FigureAt = {}): string {
	const read = shown(value, kind);
	if (!read) return missing;
	const limit = shown(at.limit, kind);
	const places = Math.max(...[read, ...(at.along ?? []).flatMap((other) => shown(other, kind) ?? [])].map((one) => placesAt(one, kind, at.place, limit)));
	return group(fixedText(read, places));
}

function placesAt(read: Decimal, kind: FigureKind, place: FigurePlace = 'table', limit: Decimal | null): number {
	const usual = PLACES[kind][place];
	return placesBeside(read, limit, usual === 'stated' ? (isWhole(read) ? 0 : placesOfRoom(read, 2)) : usual);
}

/** A figure with all its digits and no more: a limit as the notice writes it, and what a table rounded. */
export function formatExact(value: string | number | null | undefined, kind: FigureKind): string {
	const read = shown(value, kind);
	return read ? group(decimalText(read)) : missing;
}

/** The figure with all its digits where it is shown with fewer; undefined where nothing was rounded away. */
export function roundedFrom(value: string | null, kind: FigureKind, at: FigureAt = {}): string | undefined {
	const exact = formatExact(value, kind);
	return formatFigure(value, kind, at)
		.replace(/(\.\d*?)0+$/, '$1')
		.replace(/\.$/, '') === exact
		? undefined
		: exact;
}

/** The distance between two rates in percentage points, two places at most: never a nought that is none. */
export function formatPoints(size: string): string {
	const read = shown(size, 'points');
	return read ? group(decimalText(round(read, placesOfRoom(read, 2)))) : missing;
}

/** As it is shown: a rate in per cent. */
function shown(value: string | number | null | undefined, kind: FigureKind): Decimal | null {
	const read = readValue(value);
	return read && (kind === 'rate' || kind === 'points') ? shift(read, 2) : read;
}

function readValue(value: string | number | null | undefined): Decimal | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string') return parseDecimal(value);
	return Number.isFinite(value) ? parseDecimal(value.toFixed(9)) : null;
}

const isWhole = (read: Decimal): boolean => compare(round(read, 0), read) === 0;

/** A count of things. */
export const formatNumber = (value: string | number | null | undefined): string => formatFigure(value, 'count');

/** A mean of days, a size in MB: one place. */
export const formatMean = (value: string | number | null | undefined): string => formatFigure(value, 'mean');

/** A rate 0–1 with its sign, for where no head carries it: `0.047` → `4.7%`. */
export function formatRate(rate: string | number | null | undefined, at: FigureAt = {}): string {
	const figure = formatFigure(rate, 'rate', at);
	return figure === missing ? missing : `${figure}%`;
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
