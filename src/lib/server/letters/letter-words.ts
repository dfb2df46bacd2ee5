/** What every official letter says alike. Letters go to Chinese offices and are papers of record: they are Chinese, whatever language their writer reads. */
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { LetterHead, LetterLine, LetterTerms, LetterYear } from '#lib/domain/chase/official-letter.ts';
import { NOTICE_NUMBER, textOf } from '#lib/domain/notice.ts';
import { chineseNumeral, type OfficialPaper, type PaperBlock } from '#lib/domain/official-paper.ts';
import type { Court } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/words/format.ts';

export const ZH = { locale: 'zh-CN' } as const;

/** What the writer decides of a letter, whatever it is about. */
export interface LetterFrame {
	readonly terms: LetterTerms;
	readonly head: LetterHead;
	/** Whoever prepares it first: GB/T 9704-2012, 7.3.5.1. */
	readonly offices: readonly string[];
	/** '' = as the list has it. */
	readonly addressees: string;
	readonly contact: string;
}

/** 2026年11月30日: figures, without leading zeros (GB/T 9704-2012, 7.3.5.4). */
export function dateText(on: Day): string {
	const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
	return m.letter_date({ year, month, day }, ZH);
}

/** The same in a narrow cell: the year is left out where it is the report's. */
export function dateCell(on: Day, reportYear: number): string {
	const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
	return year === reportYear ? m.letter_date_short({ month, day }, ZH) : dateText(on);
}

/** To the minute, in Beijing. */
export function instantText(at: Date): string {
	const [hour = 0, minute = 0] = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16).split(':').map(Number);
	const date = dateText(dayInBeijing(at));
	return minute === 0 ? m.letter_instant_hour({ date, hour }, ZH) : m.letter_instant({ date, hour, minute }, ZH);
}

export const joined = (words: readonly string[]): string => words.join(m.letter_list_between({}, ZH));

/** Counts that are something, as words: what is zero is not named. */
export function partsText(parts: readonly (readonly [word: string, count: number])[]): string {
	return joined(parts.filter(([, count]) => count > 0).map(([word, count]) => m.letter_part({ word, count: formatNumber(count) }, ZH)));
}

export const paragraph = (...sentences: readonly string[]): PaperBlock => ({ kind: 'paragraph', text: sentences.filter(Boolean).join('') });

/** Counts the headings of a letter: 一、二、… */
export function headings() {
	let count = 0;
	return (word: (about: { no: string }, options: typeof ZH) => string): PaperBlock => {
		count += 1;
		return { kind: 'heading', level: 1, text: word({ no: chineseNumeral(count) }, ZH) };
	};
}

/** The article in its own words, and the date of the year: the notice's, or what both ministries set instead, by which document. */
export function basisText({ year, ministryDueOn, departureNo }: LetterYear): string {
	const date = dateText(ministryDueOn);
	return (
		m.letter_basis({ no: NOTICE_NUMBER, text: textOf('11').replaceAll(' ', '') }, ZH) +
		(departureNo === null ? m.letter_due({ year, date }, ZH) : m.letter_due_departed({ year, date, no: departureNo.trim() }, ZH))
	);
}

/** How many are late by the ministries' date, and how the days are counted. */
export function lateText(lines: readonly Pick<LetterLine, 'daysLate'>[]): string {
	const count = lines.filter(({ daysLate }) => daysLate > 0).length;
	return count > 0 ? m.letter_late({ count: formatNumber(count) }, ZH) : m.letter_not_late({}, ZH);
}

export const ownerWord = {
	enterprise: m.letter_owner_enterprise,
	commerce: m.letter_owner_commerce,
	industry: m.letter_owner_industry,
	departments: m.letter_owner_departments,
	group: m.letter_owner_group,
	channel: m.letter_owner_channel,
	ministries: m.letter_owner_ministries,
	nobody: m.letter_owner_nobody
} satisfies Record<Court, unknown>;

/** 逾期3天（企业2天、商务主管部门1天）; and before it, how far past its own date an enterprise is. */
export function lateCell({ daysPastOwn, daysLate, daysByOwner }: Pick<LetterLine, 'daysPastOwn' | 'daysLate' | 'daysByOwner'>): string {
	const owners = (Object.entries(daysByOwner) as [Court, number][]).map(([owner, days]) => m.letter_days_of({ owner: ownerWord[owner]({}, ZH), days }, ZH));
	const said = [
		...(daysPastOwn > 0 ? [m.letter_days_past_own({ days: daysPastOwn }, ZH)] : []),
		...(daysLate > 0 ? [m.letter_days_late({ days: daysLate, owners: joined(owners) }, ZH)] : [])
	];
	return said.length === 0 ? m.letter_days_none({}, ZH) : said.join(m.letter_clause_between({}, ZH));
}

/** The whole paper: head, title, to whom, what it says, what is attached, who signs. */
export function paperOf(
	frame: LetterFrame,
	letter: {
		readonly title: string;
		readonly addressees: string;
		readonly text: readonly PaperBlock[];
		readonly annexes: readonly { readonly title: string; readonly blocks: readonly PaperBlock[] }[];
	}
): OfficialPaper {
	const { terms, offices, contact } = frame;
	return {
		head: {
			office: frame.head === 'printed' ? offices.join('\n') : null,
			number: terms.number?.text ?? m.letter_number_blank({ year: Number(terms.on.slice(0, 4)) }, ZH)
		},
		blocks: [
			{ kind: 'title', text: letter.title },
			{ kind: 'addressee', text: frame.addressees.trim() || letter.addressees },
			...letter.text,
			{ kind: 'attachments', titles: letter.annexes.map(({ title }) => title) },
			{ kind: 'signature', offices, date: dateText(terms.on) },
			...(contact.trim() === '' ? [] : [{ kind: 'note' as const, text: contact.trim() }]),
			...letter.annexes.map(({ title, blocks }, index) => ({ kind: 'attachment' as const, no: letter.annexes.length > 1 ? index + 1 : null, title, blocks }))
		]
	};
}
