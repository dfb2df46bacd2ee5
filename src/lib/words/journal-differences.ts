/** What an entry of the journal changed, in words: the journal stores codes, for ever; the auditor reads what the screens say. */
import { explanationKey } from '#lib/domain/form/answer-key.ts';
import { m } from '#lib/paraglide/messages.js';
import { outcomeWord, meansWord } from './chase-words.ts';
import { boxLabel } from './box-label.ts';
import { eventWord } from './event-words.ts';
import { extensionReasonWord, verdictWord } from './exception-words.ts';
import { followUpStateMark } from './follow-up-words.ts';
import { slotLabel } from './slot-words.ts';
import { fieldLabel } from './form-words.ts';
import { formatDay, formatInstantExact, missing } from './format.ts';
import { journalFieldWord } from './journal-fields.ts';
import { needOfficeWord, needStateMark } from './need-words.ts';
import { policyFieldWords } from './policy-words.ts';
import { listWords } from '#lib/words/punctuation.ts';
import { excuseReasonWord, lateReasonWord, returnReasonWord } from './report-reason-words.ts';
import { departmentWord, designationMark, dutyWord, ministryWord, organisationKindWord, reportStateMark } from './standing-words.ts';
import { basisWord, categoryWord, wordOf, type Word } from './words.ts';

/** One note of an entry: what it is called, and what it said before and after; null where the entry says nothing of that side. */
export interface JournalDifference {
	readonly field: string;
	readonly before: string | null;
	readonly after: string | null;
}

type Words = Readonly<Partial<Record<string, Word>>>;

const wordsOfMarks = (marks: Readonly<Record<string, { readonly word: Word }>>): Words =>
	Object.fromEntries(Object.entries(marks).map(([code, mark]) => [code, mark.word]));
const offices: Words = { ...organisationKindWord, ...departmentWord, ...ministryWord };

/** The codes each note may hold; the same code may mean two things in two notes. */
const codes: Readonly<Record<string, Words>> = {
	state: wordsOfMarks({ ...reportStateMark, ...needStateMark, ...followUpStateMark }),
	basis: basisWord,
	office: needOfficeWord,
	status: wordsOfMarks(designationMark),
	department: offices,
	ministry: offices,
	by: offices,
	duty: dutyWord,
	category: categoryWord,
	means: meansWord,
	verdict: { ...verdictWord, accepted: m.records_value_accepted, queried: m.records_value_queried },
	outcome: { ...outcomeWord, ...verdictWord, right: m.records_value_right, wrong: m.records_value_wrong },
	confirmation: { awaited: m.records_value_awaited, given: m.records_value_given },
	reasonCode: { ...lateReasonWord, ...extensionReasonWord, ...excuseReasonWord, ...returnReasonWord },
	kind: offices
};

function valueText(field: string, value: unknown): string {
	if (value === null || value === undefined || value === '') return missing;
	if (typeof value === 'boolean') return value ? m.records_value_yes() : m.records_value_no();
	if (Array.isArray(value)) return value.length === 0 ? missing : listWords(value.map((one) => valueText(field, one)));
	if (typeof value === 'object')
		return listWords(Object.entries(value).map(([name, inner]) => m.records_value_line({ field: journalFieldText(name), value: valueText(name, inner) })));
	const text = String(value);
	const known = Object.hasOwn(codes, field) ? wordOf(codes[field] ?? {}, text) : undefined;
	if (known !== undefined) return known;
	if (field === 'kind') return eventWord(text);
	if (field === 'metric') return fieldLabel(text);
	if (field === 'slot') return slotLabel(text);
	if (field === 'checkKey') return boxLabel(explanationKey(text, 'text'));
	if (/^\d{4}-\d\d-\d\dT\d\d:/.test(text)) return formatInstantExact(text);
	return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDay(text, false) : text;
}

/** The name of a note; as it was written where nobody has a word for it. */
export function journalFieldText(name: string): string {
	return wordOf(journalFieldWord, name) ?? (Object.hasOwn(policyFieldWords, name) ? policyFieldWords[name as keyof typeof policyFieldWords].label() : name);
}

function notesOf(json: string | null): Readonly<Record<string, unknown>> {
	const read: unknown = json === null ? {} : JSON.parse(json);
	return typeof read === 'object' && read !== null ? (read as Readonly<Record<string, unknown>>) : {};
}

/** What changed, note by note in the order they were written. What both sides say alike is left out: it did not change. */
export function journalDifferences(before: string | null, after: string | null): readonly JournalDifference[] {
	const [was, is] = [notesOf(before), notesOf(after)];
	return [...new Set([...Object.keys(was), ...Object.keys(is)])]
		.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
		.map((name) => ({
			field: journalFieldText(name),
			before: Object.hasOwn(was, name) ? valueText(name, was[name]) : null,
			after: Object.hasOwn(is, name) ? valueText(name, is[name]) : null
		}));
}
