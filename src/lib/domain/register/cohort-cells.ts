/** Reads single cells of an imported list: what was meant, what had to be changed to understand it, or why it cannot be taken. */
import { addDays, day, parseDay, type Day } from '#lib/domain/day.ts';
import { readCreditCode, type CreditCode } from '#lib/domain/credit-code.ts';
import type { Category } from '#lib/domain/parties.ts';

export type CellProblemCode =
	| 'missing'
	| 'too_long'
	| 'code_excel_scientific'
	| 'code_excel_rounded'
	| 'code_length'
	| 'code_alphabet'
	| 'code_check'
	| 'category_unknown'
	| 'channel_unknown'
	| 'channel_ambiguous'
	| 'year_invalid'
	| 'year_out_of_range'
	| 'date_invalid'
	| 'date_out_of_range'
	| 'phone_invalid'
	| 'email_invalid'
	/** An earlier row of the file has the same code and category. */
	| 'duplicate_in_file'
	/** An earlier row has the same code with another name. */
	| 'name_conflict_in_file'
	/** The register has the designation as revoked or ceased. */
	| 'designation_ended';

/** What was changed to read a cell: said beside it, so that nobody is surprised by what was stored. */
export type CellNoteCode = 'full_width' | 'invisible_removed' | 'case_changed' | 'serial_date';

export type CellReading<T> =
	{ readonly ok: true; readonly value: T; readonly notes: readonly CellNoteCode[] } | { readonly ok: false; readonly code: CellProblemCode };

/** The first day an enterprise can have been announced: the notice itself is of 8 November 2021. */
const NOTICE_ON = day('2021-11-08');
const NOTICE_YEAR = 2021;
const TEXT_MAX = 200;

/** Text with invisible characters removed and full-width letters and figures made half-width; Chinese brackets stay Chinese. */
export function readText(given: string): CellReading<string> {
	const { text, notes } = cleaned(given);
	const value = /\p{Script=Han}/u.test(text) ? text.replaceAll('(', '（').replaceAll(')', '）') : text;
	if (value === '') return { ok: false, code: 'missing' };
	return value.length > TEXT_MAX ? { ok: false, code: 'too_long' } : { ok: true, value, notes };
}

export function readCode(given: string): CellReading<CreditCode> {
	const { notes } = cleaned(given);
	const reading = readCreditCode(given);
	if (!reading.ok) return { ok: false, code: reading.problem.code === 'missing' ? 'missing' : `code_${reading.problem.code}` };
	const lower = /\p{Ll}/u.test(given);
	return { ok: true, value: reading.creditCode, notes: lower ? [...notes, 'case_changed'] : notes };
}

/** 制造业类, 制造业, 制造业类重点企业, 1; 信息技术外包类, 信息技术服务外包类, ITO, 2. */
export function readCategory(given: string): CellReading<Category> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const key = text.toLowerCase().replace(/[\s_]/g, '');
	if (/^(制造业?(企业)?类?(重点企业|企业)?|manufacturing|mfg|1|1[、.]制造业类重点企业)$/.test(key)) return { ok: true, value: 'manufacturing', notes };
	if (/^(信息技术(服务)?外包(企业)?类?(重点企业|企业)?|服务外包类?|ito类?(企业)?|itoutsourcing|2|2[、.]信息技术外包类重点企业)$/.test(key))
		return { ok: true, value: 'it_outsourcing', notes };
	return { ok: false, code: 'category_unknown' };
}

/** 2022, 2022年, 2022年度; between the notice's year and the one given. */
export function readYear(given: string, latestYear: number): CellReading<number> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const digits = /^(\d{4})(?:\.0+)?(?:年度?)?(?:批次?)?$/.exec(text)?.[1];
	if (digits === undefined) return { ok: false, code: 'year_invalid' };
	const year = Number(digits);
	return year < NOTICE_YEAR || year > latestYear ? { ok: false, code: 'year_out_of_range' } : { ok: true, value: year, notes };
}

/** 2022-01-05, 2022/1/5, 2022.1.5, 2022年1月5日, 20220105, or the serial number a spreadsheet keeps (44566); not after `latestOn`. */
export function readDate(given: string, latestOn: Day): CellReading<Day> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const serial = /^\d{5}(\.\d+)?$/.test(text);
	const on = serial ? addDays(day('1899-12-30'), Math.floor(Number(text))) : writtenDay(text);
	if (on === null) return { ok: false, code: 'date_invalid' };
	if (on < NOTICE_ON || on > latestOn) return { ok: false, code: 'date_out_of_range' };
	return { ok: true, value: on, notes: serial ? [...notes, 'serial_date'] : notes };
}

/** A mainland mobile or landline number, or an international one with +: figures, spaces and hyphens; stored without them. */
export function readPhone(given: string): CellReading<string> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const value = text.replace(/[\s()（）-]/g, '').replace(/转/g, 'x');
	return /^\+?\d{7,15}(x\d{1,6})?$/.test(value) ? { ok: true, value, notes } : { ok: false, code: 'phone_invalid' };
}

export function readEmail(given: string): CellReading<string> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	if (text.length > TEXT_MAX) return { ok: false, code: 'too_long' };
	return /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text) ? { ok: true, value: text, notes } : { ok: false, code: 'email_invalid' };
}

function writtenDay(text: string): Day | null {
	const parts =
		/^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
	const [, year, month, dayOfMonth] = parts ?? [];
	if (year === undefined || month === undefined || dayOfMonth === undefined) return null;
	return parseDay(`${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`);
}

function cleaned(given: string): { readonly text: string; readonly notes: readonly CellNoteCode[] } {
	const notes: CellNoteCode[] = [];
	const visible = given.replace(/[\p{Cf}\p{Cc}]/gu, (character) => (/\s/.test(character) && character !== '\ufeff' ? ' ' : ''));
	if (visible.length !== given.length) notes.push('invisible_removed');
	// Letters, figures and the signs of numbers and addresses only: full-width commas and brackets are right in Chinese names.
	const narrow = visible.replace(/[０-９Ａ-Ｚａ-ｚ．－／＠＋＿]/g, (character) => character.normalize('NFKC'));
	if (narrow !== visible) notes.push('full_width');
	return {
		text: narrow
			.replace(/\u3000/g, ' ')
			.replace(/ +/g, ' ')
			.trim(),
		notes
	};
}
