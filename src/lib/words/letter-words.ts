/** What a page says of an official letter before it is one. */
import { LETTER_DATED_WITHIN_DAYS, type LetterKind, type LetterLine, type LetterSkip } from '#lib/domain/chase/official-letter.ts';
import { m } from '#lib/paraglide/messages.js';
import { daysByOwnerText } from './lateness-words.ts';
import { wordOf, type Word } from './words.ts';

export const letterKindWord = { urging: m.letter_kind_urging, circular: m.letter_kind_circular } satisfies Record<LetterKind, Word>;

const skipWords = {
	not_open: m.letter_skip_not_open,
	done: m.letter_skip_done,
	not_owed: m.letter_skip_not_owed,
	excuse_pending: m.letter_skip_excuse_pending,
	with_channel: m.letter_skip_with_channel
} satisfies Record<LetterSkip, unknown>;

/** How many reports stand in no letter, by why; '' where all do. */
export function skippedText(skipped: Readonly<Partial<Record<LetterSkip, number>>>): string {
	const parts = (Object.entries(skipped) as [LetterSkip, number][]).map(([why, count]) => skipWords[why]({ count }));
	return parts.length === 0 ? '' : m.letter_skipped({ parts: parts.join(m.letter_clause_between()) });
}

/** How late, by the two clocks. */
export function lineLateText({ daysPastOwn, daysLate, daysByOwner }: Pick<LetterLine, 'daysPastOwn' | 'daysLate' | 'daysByOwner'>): string {
	const said = [
		...(daysPastOwn > 0 ? [m.letter_days_past_own({ days: daysPastOwn })] : []),
		...(daysLate > 0 ? [m.letter_days_late({ days: daysLate, owners: daysByOwnerText(daysByOwner) })] : [])
	];
	return said.length === 0 ? m.letter_days_none() : said.join(m.letter_clause_between());
}

const problemWords: Readonly<Record<string, Word>> = {
	number_form: m.letter_problem_number_form,
	number_padded: m.letter_problem_number_padded,
	number_year: m.letter_problem_number_year,
	none_chosen: m.letter_problem_rows,
	too_many: m.letter_problem_rows,
	too_long: m.letter_problem_long
};

/** What is wrong with one field of the form. */
export function letterProblemText(field: string, code: string): string {
	if (field === 'letterOn') return m.letter_problem_date({ days: LETTER_DATED_WITHIN_DAYS });
	if (field.startsWith('chosen')) return m.letter_problem_rows();
	return wordOf(problemWords, code) ?? m.letter_problem_text();
}
