import { compare, decimalText, parseDecimal, shift, ZERO, type Decimal } from '#lib/domain/decimal.ts';

/** `money` is 万元 with at most two places; `count` is a whole number. */
export type NumberKind = 'money' | 'count';

/** Why typed text is not taken as a number. Nothing is ever rounded, cut or converted on the quiet. */
export const NUMBER_REFUSALS = [
	'nul',
	'bidi_mark',
	'invisible_character',
	'text_too_long',
	'unit_in_text',
	/** (1,234.50), 1,234.50- or a dash, as accounts are written. */
	'accounting',
	'percent_in_text',
	'exponent',
	'negative_zero',
	'negative_not_allowed',
	'wrong_grouping',
	'too_many_decimals',
	'not_whole',
	'too_large',
	'not_a_number'
] as const;
export type NumberRefusal = (typeof NUMBER_REFUSALS)[number];

/**
 * `value` is canonical decimal text, null for an empty box (missing, never zero). `offers` holds what the text means in the field's own unit, to be chosen by
 * the person.
 */
export type NumberReading =
	{ readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly code: NumberRefusal; readonly offers: readonly string[] };

export interface NumberRules {
	readonly negative?: boolean;
}

/** Digits before the point; a hundred trillion 万元 is beyond any enterprise and within numeric(16,2). */
export const MAX_WHOLE_DIGITS = 14;
const MAX_NUMBER_LENGTH = 64;

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const INVISIBLE = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200d\u2060\ufeff]/;

// Zero-width characters and soft hyphens come along with text from the web and change no word, so only true controls are refused in text.
const CONTROL = /[\u0001-\u0008\u000e-\u001f\u007f-\u009f]/;

/** Powers of ten from the written unit to 万元. Longest first, so that 万元 is not read as 元. */
const MONEY_UNITS: readonly (readonly [string, number])[] = [
	['万亿元', 8],
	['百万元', 2],
	['千万元', 3],
	['亿元', 4],
	['万元', 0],
	['千元', -1],
	['百元', -2],
	['万亿', 8],
	['百万', 2],
	['千万', 3],
	['亿', 4],
	['万', 0],
	['千', -1],
	['百', -2],
	['元', -4],
	['圆', -4]
];
const COUNT_UNITS: readonly (readonly [string, number])[] = [
	['亿', 8],
	['万', 4],
	['千', 3],
	['百', 2]
];
const COUNTED = /[人名个家台套件项条]$/;

/**
 * Reads what a person typed into a number box, the same in the browser and on the server. Accepts full-width digits and punctuation,
 * thousands separators in their places, spaces and a real minus; refuses the rest by code.
 */
export function readNumber(typed: string, kind: NumberKind, rules: NumberRules = {}): NumberReading {
	if (typed.includes('\u0000')) return refused('nul');
	if (BIDI.test(typed)) return refused('bidi_mark');
	if (INVISIBLE.test(typed)) return refused('invisible_character');
	if (typed.trim() === '') return { ok: true, value: null };
	if (typed.length > MAX_NUMBER_LENGTH) return refused('text_too_long');
	const text = typed
		.replace(/[\uff01-\uff5e]/g, (full) => String.fromCharCode(full.charCodeAt(0) - 0xfee0))
		.replace(/\u2212/g, '-')
		.replace(/\s+/g, ' ')
		.trim();
	if (/^[+-]?[\d.,]+ ?e ?[+-]?\d+$/i.test(text)) return refused('exponent');
	if (/[%‰]$/.test(text)) return refused('percent_in_text');
	const accounted = readAccounting(text, kind, rules);
	if (accounted) return accounted;
	const inUnit = readUnit(text, kind, rules);
	if (inUnit) return inUnit;
	return readPlain(text, kind, rules);
}

function readPlain(text: string, kind: NumberKind, rules: NumberRules): NumberReading {
	const plain = /^([+-]?) ?([\d., ]+)$/.exec(text);
	const body = plain?.[2];
	if (plain === null || body === undefined || !/\d/.test(body)) return refused('not_a_number');
	const digits = ungroup(body);
	if (digits === null) return refused('wrong_grouping');
	const [rawWhole = '', fraction = ''] = digits.split('.');
	const whole = rawWhole.replace(/^0+(?=\d)/, '') || '0';
	if (whole.length > MAX_WHOLE_DIGITS) return refused('too_large');
	const places = fraction.replace(/0+$/, '').length;
	if (kind === 'count' && places > 0) return refused('not_whole');
	if (places > 2) return refused('too_many_decimals');
	const sign = plain[1] === '-' ? '-' : '';
	const value = parseDecimal(`${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`);
	if (value === null) return refused('not_a_number');
	if (sign === '-' && value.units === 0n) return refused('negative_zero');
	if (compare(value, ZERO) < 0 && (kind === 'count' || rules.negative !== true)) return refused('negative_not_allowed');
	return { ok: true, value: decimalText(value) };
}

/** '1,234.5' and '1 234.5' → '1234.5'; null when a separator stands where thousands do not end. */
function ungroup(body: string): string | null {
	if (/^\d*\.?\d*$/.test(body)) return body;
	return /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(body) || /^\d{1,3}( \d{3})+(\.\d*)?$/.test(body) ? body.replace(/[, ]/g, '') : null;
}

/** A currency sign without a unit: 元, as it is written. */
const SIGN_ALONE = ['', -4] as const;
const CURRENCY = /^(?:[¥￥]|RMB|CNY|人民币) ?/i;

/** A negative amount in brackets, with its sign behind it or a triangle before it; a dash for nothing. Offered as what it means, never taken for it. */
function readAccounting(text: string, kind: NumberKind, rules: NumberRules): NumberReading | null {
	const bare = text.replace(CURRENCY, '');
	if (/^[-–—]{1,3}$/.test(bare)) return { ok: false, code: 'accounting', offers: ['0'] };
	const inner = withoutSign(bare);
	const amount = inner === null ? null : looseDecimal(inner.replace(CURRENCY, ''));
	if (amount === null) return null;
	const taken = readPlain(`-${decimalText(amount)}`, kind, rules);
	if (!taken.ok && taken.code === 'negative_not_allowed') return refused('negative_not_allowed');
	return { ok: false, code: 'accounting', offers: taken.ok && taken.value !== null ? [taken.value] : [] };
}

/** (1,234.50), 1,234.50- and △1,234.50 without what makes them negative; null for anything else. */
function withoutSign(text: string): string | null {
	const [, bracketed, before, marked] = /^(?:\( ?(.*?) ?\)|([^-]*?) ?-|[△▲] ?(.*))$/.exec(text) ?? [];
	const inner = bracketed ?? before ?? marked;
	return inner !== undefined && /\d/.test(inner) && !/[-(]/.test(inner) ? inner : null;
}

function readUnit(text: string, kind: NumberKind, rules: NumberRules): NumberReading | null {
	// 1200(万元)
	const bare = text
		.replace(CURRENCY, '')
		.replace(/ ?人民币$/, '')
		.replace(/ ?[([]([^()[\]\d]{1,6})[)\]]$/, '$1');
	const counted = kind === 'count' ? bare.replace(COUNTED, '') : bare;
	const units = kind === 'money' ? MONEY_UNITS : COUNT_UNITS;
	// A currency sign without a unit means 元.
	const unit = units.find(([suffix]) => counted.endsWith(suffix)) ?? (kind === 'money' && CURRENCY.test(text) ? SIGN_ALONE : undefined);
	if (unit === undefined && counted === text) return null;
	const written = counted.slice(0, counted.length - (unit?.[0].length ?? 0)).trim();
	const unsigned = withoutSign(written);
	const amount = looseDecimal(unsigned === null ? written : `-${unsigned}`);
	if (amount === null) return refused('not_a_number');
	// A sign alone may stand in a column of 万元 as well: both readings are offered, the one by its unit first.
	const powers = unit === SIGN_ALONE ? [unit[1], 0] : [unit?.[1] ?? 0];
	const offers = powers.flatMap((power) => {
		const taken = readPlain(decimalText(shift(amount, power)), kind, rules);
		return taken.ok && taken.value !== null ? [taken.value] : [];
	});
	return { ok: false, code: 'unit_in_text', offers: [...new Set(offers)] };
}

function looseDecimal(text: string): Decimal | null {
	const match = /^([+-]?) ?([\d., ]+)$/.exec(text);
	const digits = match?.[2] === undefined ? null : ungroup(match[2]);
	if (match === null || digits === null) return null;
	const [whole = '', fraction = ''] = digits.split('.');
	return parseDecimal(`${match[1] === '-' ? '-' : ''}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`);
}

function refused(code: NumberRefusal): NumberReading {
	return { ok: false, code, offers: [] };
}

export const TEXT_REFUSALS = ['nul', 'bidi_mark', 'control_character', 'broken_character', 'text_too_long'] as const;
export type TextRefusal = (typeof TEXT_REFUSALS)[number];

/** `length` counts code points, as the screen does; `value` is null for an empty or blank box. */
export type TextReading =
	{ readonly ok: true; readonly value: string | null; readonly length: number } | { readonly ok: false; readonly code: TextRefusal; readonly length: number };

/**
 * Reads typed text. Line ends become LF, because browsers send CRLF and Word pastes its soft breaks as vertical tabs, which no .docx may hold;
 * nothing else is altered and nothing is cut.
 */
export function readText(typed: string, max: number): TextReading {
	const value = typed.replace(/\r\n?|\v|\f/g, '\n');
	const length = countCharacters(value);
	if (value.includes('\u0000')) return { ok: false, code: 'nul', length };
	if (BIDI.test(value)) return { ok: false, code: 'bidi_mark', length };
	if (CONTROL.test(value)) return { ok: false, code: 'control_character', length };
	// PostgreSQL refuses half a surrogate pair; isWellFormed is missing in Chromium 109.
	if (/\p{Surrogate}/u.test(value)) return { ok: false, code: 'broken_character', length };
	if (length > max) return { ok: false, code: 'text_too_long', length };
	return { ok: true, value: value.trim() === '' ? null : value, length };
}

/** Characters as people count them in Chinese text: code points, so one rare ideograph is one. */
export function countCharacters(text: string): number {
	let count = 0;
	for (const _ of text) count += 1;
	return count;
}

/** Longest text kept of one box (draft_answer_size). */
export const BOX_MAX_LENGTH = 20_000;

/** Why a text cannot be kept even as a half-known answer; null when it can. The browser asks before it sends, the server before it stores. */
export function whyUnsavable(typed: string): TextRefusal | null {
	if (typed.includes('\u0000')) return 'nul';
	if (/\p{Surrogate}/u.test(typed)) return 'broken_character';
	return typed.length > BOX_MAX_LENGTH ? 'text_too_long' : null;
}
