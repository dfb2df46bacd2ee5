/**
 * The number of an official document, 发文字号 (GB/T 9704-2012, 7.2.5): the office's own sign, the year in full within 〔〕, the serial without 第 and without
 * leading zeros, 号. What a keyboard gives for the brackets is taken and written as the standard has it.
 */
import { yearOf, type Day } from './day.ts';

export interface DocumentNumber {
	/** 机关代字, such as 商办服贸函. */
	readonly sign: string;
	readonly year: number;
	readonly serial: number;
	/** The whole as it is printed. */
	readonly text: string;
}

/** `form`: not as the standard writes it; `padded`: 第 or leading zeros, which it forbids; `year`: another year than the document's. */
export type DocumentNumberProblem = 'form' | 'padded' | 'year';

const BRACKETS = { open: /[([{【〖［（「『〈《<]/gu, close: /[)\]}】〗］）」』〉》>]/gu } as const;
const NUMBER = /^(\p{Script=Han}[\p{Script=Han}A-Za-z0-9·]{0,29})〔(\d{4})〕(第?)(\d{1,5})号$/u;

/** Reads what was typed: wide figures, any brackets and spaces between are no mistakes. */
export function parseDocumentNumber(typed: string): DocumentNumber | Exclude<DocumentNumberProblem, 'year'> {
	const text = typed
		.normalize('NFKC')
		.replace(/[\s\u200b\ufeff]+/gu, '')
		.replace(BRACKETS.open, '〔')
		.replace(BRACKETS.close, '〕');
	const [, sign = '', year = '', ordinal = '', serial = ''] = NUMBER.exec(text) ?? [];
	if (serial === '') return 'form';
	if (ordinal !== '' || serial.startsWith('0')) return 'padded';
	return { sign, year: Number(year), serial: Number(serial), text };
}

/** The same, of a document of that day: numbers begin anew each year, so the two years are one. */
export function documentNumberOn(typed: string, on: Day): DocumentNumber | DocumentNumberProblem {
	const read = parseDocumentNumber(typed);
	if (typeof read === 'string') return read;
	return read.year === yearOf(on) ? read : 'year';
}
