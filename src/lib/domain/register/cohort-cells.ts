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
	/** A formula that nobody has computed, and one that came to an error such as #N/A: the value is not in the file. */
	| 'formula_without_result'
	| 'formula_error'
	/** An earlier row of the file has the same code and category. */
	| 'duplicate_in_file'
	/** An earlier row has the same code with another name. */
	| 'name_conflict_in_file'
	/** The register has the designation as revoked or ceased. */
	| 'designation_ended';

/** What was changed to read a cell: said beside it, so that nobody is surprised by what was stored. */
export type CellNoteCode =
	| 'full_width'
	| 'invisible_removed'
	| 'case_changed'
	| 'serial_date'
	/** White space between Han characters. */
	| 'space_removed'
	/** Brackets beside Chinese are Chinese. */
	| 'brackets'
	/** The text stands in the first cell of a merged range. */
	| 'merged'
	/** Several numbers or addresses stand in the cell; the first is kept. */
	| 'first_of_several'
	/** 企业性质 and 报送渠道 do not go together (方案第七条): nothing was changed, somebody should look. */
	| 'channel_mismatch';

export type CellReading<T> =
	| { readonly ok: true; readonly value: T; readonly notes: readonly CellNoteCode[] }
	/** `doubtful` is what may be taken once somebody confirms it. */
	| { readonly ok: false; readonly code: CellProblemCode; readonly doubtful?: T };

/** The first day an enterprise can have been announced: the notice itself is of 8 November 2021. */
const NOTICE_ON = day('2021-11-08');
const NOTICE_YEAR = 2021;
const TEXT_MAX = 200;

/** How a list writes 中央管理, with or without annex 2's number before it. */
const CENTRAL = /^(?:1[.、．)）]?)?(?:中央管理|中央企业|中央国有|央企|central)/i;

/** Whether what a list says of 企业性质 is 中央管理; null where it says nothing. */
export function saysCentral(text: string): boolean | null {
	const said = text.normalize('NFKC').replace(/\s/g, '');
	return said === '' || saysNothing(said) ? null : CENTRAL.test(said);
}

/** How people write that there is nothing: /, 无, a dash of any length. */
const NOTHING = /^(?:[/／\\\-－‐‑–—―_.·*]{1,6}|无|暂无|没有|空|不详|nil|none|null|n\/?a)$/i;

/** True for an empty cell and for one that says there is nothing. */
export function saysNothing(given: string): boolean {
	const text = given.replace(/[\s\p{Cf}\p{Cc}]/gu, '');
	return text === '' || NOTHING.test(text);
}

/**
 * Text with invisible characters and white space between Han characters removed, full-width letters and figures made half-width; brackets beside
 * Chinese are Chinese.
 */
export function readText(given: string): CellReading<string> {
	const { text, notes } = cleaned(given);
	const chinese = /\p{Script=Han}/u.test(text);
	const closed = chinese ? closedUp(text) : text;
	const value = chinese ? closed.replaceAll('(', '（').replaceAll(')', '）') : closed;
	if (value === '') return { ok: false, code: 'missing' };
	if (value.length > TEXT_MAX) return { ok: false, code: 'too_long' };
	return { ok: true, value, notes: [...notes, ...(closed === text ? [] : ['space_removed' as const]), ...(value === closed ? [] : ['brackets' as const])] };
}

/** Chinese writes no white space between characters: a line was broken, or two characters were spread to the width of three. */
function closedUp(text: string): string {
	return text.replace(/(?<=[\p{Script=Han}（）()《》〔〕【】、，。·])[\s\u2800\u3164]+(?=[\p{Script=Han}（）()《》〔〕【】、，。·])/gu, '');
}

/** What two spellings of a name, a document number or a person have in common. */
function textKey(text: string): string {
	return closedUp(cleaned(text).text.normalize('NFKC'))
		.replace(/[〔【[]/g, '(')
		.replace(/[〕】\]]/g, ')')
		.replace(/\s*([()])\s*/g, '$1')
		.replace(/\s+/g, ' ');
}

/** The figures of a telephone number, however they are set apart; +86 is understood. */
function phoneKey(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/转|ext\.?|#/g, 'x')
		.replace(/[^\dx+]/g, '')
		.replace(/^(\+|00)86/, '');
}

/** Whether two spellings mean one value: white space, brackets, hyphens and the case of an address are no change. */
export function sameValue(kind: 'text' | 'phone' | 'email', one: string, other: string): boolean {
	if (one === other) return true;
	const key = kind === 'phone' ? phoneKey : kind === 'email' ? (text: string) => text.trim().toLowerCase() : textKey;
	return key(one) === key(other);
}

export function readCode(given: string): CellReading<CreditCode> {
	const { notes } = cleaned(given);
	const reading = readCreditCode(given);
	if (!reading.ok) {
		const { problem } = reading;
		if (problem.code === 'check') return { ok: false, code: 'code_check', doubtful: problem.given };
		return { ok: false, code: problem.code === 'missing' ? 'missing' : `code_${problem.code}` };
	}
	const lower = /\p{Ll}/u.test(given);
	return { ok: true, value: reading.creditCode, notes: lower ? [...notes, 'case_changed'] : notes };
}

/** 制造业类, 制造业, 制造业类重点企业, 1; 信息技术外包类, 信息技术服务外包类, ITO, 2. */
export function readCategory(given: string): CellReading<Category> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const key = text
		.toLowerCase()
		.replace(/[\s_]/g, '')
		// 一、制造业类; (二)信息技术外包类; 2.信息技术外包类
		.replace(/^[(（]?[一二12][)）、.．](?=.)/, '');
	if (/^(制造业?(企业)?类?(重点企业|企业)?|manufacturing|mfg|1)$/.test(key)) return { ok: true, value: 'manufacturing', notes };
	if (/^(信息技术(服务)?外包(企业)?类?(重点企业|企业)?|服务外包类?|ito类?(企业)?|itoutsourcing|2)$/.test(key))
		return { ok: true, value: 'it_outsourcing', notes };
	return { ok: false, code: 'category_unknown' };
}

/** 2022, 2022年, 2022年度, 2022年第一批; between the notice's year and the one given. */
export function readYear(given: string, latestYear: number): CellReading<number> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const digits = /^(\d{4})(?:\.0+)?(?:年度?)?(?:第?[一二三四五六七八九十\d]{0,3}批次?)?$/.exec(text)?.[1];
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

/** A mainland mobile or landline number, or an international one with +: figures, spaces and hyphens; stored without them. Of several the first. */
export function readPhone(given: string): CellReading<string> {
	return firstOf(given, /[/、，,;；|\n\r]|\s{1,8}|或/, 'phone_invalid', (text) => {
		const value = text.replace(/[\s()（）-]/g, '').replace(/转/g, 'x');
		return /^\+?\d{7,15}(x\d{1,6})?$/.test(value) ? value : null;
	});
}

/** Of several the first. */
export function readEmail(given: string): CellReading<string> {
	return firstOf(given, /[/、，,;；|\s]|或/, 'email_invalid', (text) =>
		text.length <= TEXT_MAX && /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text) ? text : null
	);
}

/** The cell as one value; else, where every part of it is one, the first of them. */
function firstOf(given: string, between: RegExp, code: CellProblemCode, read: (text: string) => string | null): CellReading<string> {
	const { text, notes } = cleaned(given);
	if (text === '') return { ok: false, code: 'missing' };
	const whole = read(text);
	if (whole !== null) return { ok: true, value: whole, notes };
	// A line end is gone from the cleaned text, and it is what parts two lines of a cell.
	const parts =
		given.length > TEXT_MAX
			? []
			: cleaned(given.replace(/[\r\n]+/g, ';'))
					.text.split(between)
					.filter((part) => part.trim() !== '');
	const values = parts.map((part) => read(part.trim()));
	const [first] = values;
	if (values.length < 2 || first === undefined || first === null || values.includes(null)) return { ok: false, code };
	return { ok: true, value: first, notes: [...notes, 'first_of_several'] };
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
	// Excel keeps a text of figures by an apostrophe before it.
	const bare = given.replace(/^\s{0,8}['’](?=[\d+])/, '');
	const visible = bare.replace(/[\p{Cf}\p{Cc}]/gu, (character) => (/\s/.test(character) && character !== '\ufeff' ? ' ' : ''));
	if (visible.length !== bare.length) notes.push('invisible_removed');
	// Letters, figures and the signs of numbers and addresses only: full-width commas and brackets are right in Chinese names.
	const narrow = visible.replace(/[０-９Ａ-Ｚａ-ｚ．－／＠＋＿]/g, (character) => character.normalize('NFKC'));
	if (narrow !== visible) notes.push('full_width');
	return {
		text: narrow
			.replace(/[\s\u2800\u3164]/g, ' ')
			.replace(/ +/g, ' ')
			.trim(),
		notes
	};
}
