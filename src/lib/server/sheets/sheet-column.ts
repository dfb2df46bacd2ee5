import type { Day } from '#lib/domain/day.ts';

/**
 * A cell as other programs read it: text that stays text though it is made of digits, a number with the way it is shown, or a day or an instant
 * as a date. Null is an empty cell.
 */
export type SheetCell =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'number'; readonly value: number; readonly format: string }
	| { readonly kind: 'date'; readonly at: Date; readonly format: string }
	| null;

export interface SheetColumn<Row> {
	readonly header: string;
	readonly cell: (row: Row) => SheetCell;
}

export const COUNT_FORMAT = '#,##0';
/** 万元. */
export const AMOUNT_FORMAT = '#,##0.00';
export const YEAR_FORMAT = '0';
/** One place as on screen, and as many more as there are: 4.9822 % is not shown as the limit it misses. */
export const RATE_FORMAT = '0.0###%';
export const DAY_FORMAT = 'yyyy-mm-dd';
export const MINUTE_FORMAT = 'yyyy-mm-dd hh:mm';
export const SECOND_FORMAT = 'yyyy-mm-dd hh:mm:ss';

/** A double holds fifteen digits; a longer figure stays exact as text. */
const EXACT_DIGITS = 15;
const BEIJING_AHEAD_MS = 8 * 3_600_000;

/** Words, names, codes, numbers that nobody adds up: a telephone number, a postcode. */
export function textCell(text: string | null | undefined): SheetCell {
	return text === null || text === undefined || text === '' ? null : { kind: 'text', text };
}

/** A figure from decimal text, with the places its unit has. What is no number stays text. */
export function figureCell(value: string | number | null | undefined, format = COUNT_FORMAT): SheetCell {
	if (value === null || value === undefined || value === '') return null;
	if (typeof value === 'number') return Number.isFinite(value) ? { kind: 'number', value, format } : null;
	const isFigure = /^-?\d+(\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= EXACT_DIGITS;
	return isFigure ? { kind: 'number', value: Number(value), format } : textCell(value);
}

/** A rate 0–1, shown in per cent. */
export function rateCell(rate: string | number | null | undefined): SheetCell {
	return figureCell(rate, RATE_FORMAT);
}

export function dayCell(day: Day | null | undefined): SheetCell {
	return day ? { kind: 'date', at: new Date(`${day}T00:00:00Z`), format: DAY_FORMAT } : null;
}

/** An instant in Beijing time, to the whole second. A sheet knows no time zone: what stands in it is what a clock there showed. */
export function instantCell(at: Date | string | null | undefined, format = MINUTE_FORMAT): SheetCell {
	if (!at) return null;
	const ms = new Date(at).getTime();
	return Number.isNaN(ms) ? null : { kind: 'date', at: new Date(Math.floor((ms + BEIJING_AHEAD_MS) / 1_000) * 1_000), format };
}

/** One column of each kind: what it is headed, and what of a row stands in it. */
export const textColumn = <Row>(header: string, value: (row: Row) => string | null | undefined): SheetColumn<Row> => ({
	header,
	cell: (row) => textCell(value(row))
});
export const countColumn = <Row>(header: string, value: (row: Row) => number | null | undefined): SheetColumn<Row> => ({
	header,
	cell: (row) => figureCell(value(row))
});
export const yearColumn = <Row>(header: string, value: (row: Row) => number | null | undefined): SheetColumn<Row> => ({
	header,
	cell: (row) => figureCell(value(row), YEAR_FORMAT)
});
export const rateColumn = <Row>(header: string, value: (row: Row) => string | number | null | undefined): SheetColumn<Row> => ({
	header,
	cell: (row) => rateCell(value(row))
});
export const dayColumn = <Row>(header: string, value: (row: Row) => Day | null | undefined): SheetColumn<Row> => ({
	header,
	cell: (row) => dayCell(value(row))
});
export const instantColumn = <Row>(header: string, value: (row: Row) => Date | string | null | undefined, format = MINUTE_FORMAT): SheetColumn<Row> => ({
	header,
	cell: (row) => instantCell(value(row), format)
});
