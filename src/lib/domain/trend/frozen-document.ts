/** What a frozen view keeps of a page of trends: its sentence, figures as rows, pictures as svg, and the question it was the answer to (非方案规定). */
import type { Day } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { TrendFilter } from './trend-filter.ts';

/** A table as it was shown: text by text, in the language of whoever froze it. */
export interface FrozenTable {
	readonly columns: readonly { readonly text: string; readonly number: boolean }[];
	readonly rows: readonly (readonly string[])[];
}

/** A part of the page: its heading is the sentence over picture and table. */
export interface FrozenPart {
	readonly heading: string;
	readonly notes: readonly string[];
	/** Whole svg files with their colours and fonts written in; each says itself what it shows. */
	readonly pictures: readonly { readonly svg: string; readonly alt: string; readonly width: number; readonly height: number }[];
	readonly table: FrozenTable | null;
}

export interface FrozenDocument {
	/** The layout of this text; read for ever. */
	readonly layout: 1;
	/** The sentence of the page, computed from the same numbers as the pictures. */
	readonly title: string;
	/** The living page, with the filters in force. */
	readonly address: string;
	/** The same filters in words. */
	readonly filters: readonly { readonly label: string; readonly text: string }[];
	readonly asOf: Day;
	readonly parts: readonly FrozenPart[];
	/** Which statements it rests on: those that the reports of these years make, under the filters. */
	readonly reportYears: readonly number[];
	readonly filter: TrendFilter;
}

export const FROZEN_BOUNDS = { title: 300, address: 2_000, parts: 60, pictures: 60, svg: 400_000, rows: 5_000, columns: 40, years: 30 } as const;

/** Letters and figures that are not taken for each other when a code is read out. */
export const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
export const CODE_LENGTH = 8;

/** A code out of an address; null for any other text (非方案规定). */
export function frozenCode(text: string): string | null {
	return text.length === CODE_LENGTH && [...text].every((letter) => CODE_LETTERS.includes(letter)) ? text : null;
}

/** A code out of random bytes: those that would favour some letters are left out. Null when they do not suffice. */
export function codeFrom(bytes: readonly number[]): string | null {
	const fair = bytes.filter((byte) => byte < 256 - (256 % CODE_LETTERS.length)).slice(0, CODE_LENGTH);
	return fair.length < CODE_LENGTH ? null : fair.map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
}

/**
 * Whether a document may be kept (非方案规定): whole, within bounds, of a page of the ministries, and its pictures nothing but drawings.
 */
export function checkFrozen(document: FrozenDocument): Decision<object> {
	const { title, address, parts, reportYears } = document;
	const pictures = parts.flatMap((part) => part.pictures);
	const bad = (field: string, why: string) => refuse({ code: 'invalid_input', fields: { [field]: why } });
	if (title.trim() === '') return bad('title', 'missing');
	if (title.length > FROZEN_BOUNDS.title) return bad('title', 'too_long');
	if (!/^\/ministry\/[a-z]/.test(address) || address.length > FROZEN_BOUNDS.address) return bad('address', 'unknown');
	if (parts.length === 0 || parts.length > FROZEN_BOUNDS.parts || pictures.length > FROZEN_BOUNDS.pictures) return bad('parts', 'count');
	if (reportYears.length === 0 || reportYears.length > FROZEN_BOUNDS.years) return bad('years', 'count');
	for (const { table } of parts) if (table !== null && !isTable(table)) return bad('table', 'count');
	return pictures.every(({ svg }) => isDrawing(svg)) ? { ok: true } : bad('pictures', 'unreadable');
}

function isTable({ columns, rows }: FrozenTable): boolean {
	const within = columns.length > 0 && columns.length <= FROZEN_BOUNDS.columns && rows.length <= FROZEN_BOUNDS.rows;
	return within && rows.every((row) => row.length === columns.length);
}

/** One svg file and nothing in it that acts, loads or styles: it is shown as an image, and kept for ever. */
export function isDrawing(svg: string): boolean {
	if (svg.length > FROZEN_BOUNDS.svg || !/^<svg\s[^>]*>/.test(svg) || !svg.endsWith('</svg>') || svg.indexOf('<svg', 1) >= 0) return false;
	if (!svg.includes('xmlns="http://www.w3.org/2000/svg"')) return false;
	return !/<(?:script|style|foreignObject|iframe|image|use|animate|set|!|\?)|\son\w+\s*=|\sstyle\s*=|(?:href|src)\s*=|url\(|javascript:/i.test(svg);
}
