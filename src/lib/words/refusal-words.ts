/** A refusal as the sentence the person reads. Every code has one; a new code does not compile until it does. */
import { fileKindWay, fileKindWord } from './file-kind-words.ts';
import type { DateField, Refusal } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';
import { listWords } from '#lib/words/punctuation.ts';
import { fieldsWithProblems } from './field-words.ts';
import { followUpStateMark } from './follow-up-words.ts';
import { formatDay, formatInstant, formatMean, formatNumber } from './format.ts';
import { needOfficeText, needStateMark } from './need-words.ts';
import { departmentWord, dutyWord, reportStateMark } from './standing-words.ts';
import { type Word } from './words.ts';
import { counted } from './counted.ts';

const dateFieldWord = {
	opensOn: m.refusal_field_opens_on,
	channelDueOn: m.refusal_field_channel_due_on,
	ministryDueOn: m.refusal_field_ministry_due_on,
	acceptedLateUntilOn: m.refusal_field_accepted_late_until_on,
	correctionsUntilOn: m.refusal_field_corrections_until_on,
	correctByOn: m.refusal_field_correct_by_on,
	extensionOn: m.refusal_field_extension_on,
	letterOn: m.refusal_field_letter_on,
	announcedOn: m.refusal_field_announced_on,
	effectiveOn: m.refusal_field_effective_on,
	answerByOn: m.refusal_field_answer_by_on,
	promisedOn: m.refusal_field_promised_on
} satisfies Record<DateField, Word>;

const megabytes = (bytes: number) => formatMean(bytes / (1024 * 1024));

/** Which fields of a form could not be taken, in one sentence. */
export function unreadableText(problems: Readonly<Record<string, unknown>>): string {
	return m.refusal_invalid_input({ fields: listWords(fieldsWithProblems(problems)) });
}

/** The sentence for a refusal, with its figures, days and names in it. */
export function refusalText(refusal: Refusal): string {
	switch (refusal.code) {
		case 'not_found':
			return m.refusal_not_found();
		case 'wrong_state':
			return m.refusal_wrong_state({
				state: reportStateMark[refusal.state].word(),
				allowed: listWords(refusal.allowed.map((state) => reportStateMark[state].word()))
			});
		case 'need_held':
			return m.refusal_need_held({ state: needStateMark[refusal.state].word(), office: needOfficeText({ office: refusal.office, personName: null }) });
		case 'follow_up_held':
			return m.refusal_follow_up_held({ state: followUpStateMark[refusal.state].word() });
		case 'not_outlying':
			return m.refusal_not_outlying({ count: formatNumber(refusal.count) });
		case 'stale_version':
			return m.refusal_stale_version();
		case 'incomplete':
			return m.refusal_incomplete({ count: formatNumber(refusal.checks.length) });
		case 'nothing_changed':
			return m.refusal_nothing_changed();
		case 'comments_unanswered':
			return m.refusal_comments_unanswered({ count: formatNumber(refusal.count) });
		case 'opinion_missing':
			return m.refusal_opinion_missing({
				departments: listWords(refusal.departments.map((department) => departmentWord[department]())),
				count: formatNumber(Math.max(1, refusal.reports.length))
			});
		case 'year_closed':
			return m.refusal_year_closed({ year: refusal.year });
		case 'not_open_yet':
			return m.refusal_not_open_yet({ day: formatDay(refusal.opensOn) });
		case 'already_opened':
			return m.refusal_already_opened({ department: departmentWord[refusal.department](), at: formatInstant(refusal.openedAt) });
		case 'already_touched':
			return m.refusal_already_touched();
		case 'already_done':
			return m.refusal_already_done();
		case 'asked_just_now':
			return m.refusal_asked_just_now({ at: formatInstant(refusal.at), again: formatInstant(refusal.againAt) });
		case 'nothing_to_undo':
			return m.refusal_nothing_to_undo();
		case 'quiet_hours':
			return m.refusal_quiet_hours({ from: refusal.fromHour, until: refusal.untilHour });
		case 'nobody_to_remind':
			return m.refusal_nobody_to_remind();
		case 'undo_over':
			return m.refusal_undo_over({ at: formatInstant(refusal.untilAt) });
		case 'reason_required':
			return m.refusal_reason_required();
		case 'not_your_duty':
			return m.refusal_not_your_duty({ needed: listWords(refusal.needed.map((duty) => dutyWord[duty]())) });
		case 'other_page':
			return m.refusal_other_page();
		case 'same_person':
			return m.refusal_same_person();
		case 'letter_missing':
			return refusal.fields.length > 1
				? m.refusal_letter_missing_both()
				: refusal.fields[0] === 'date'
					? m.refusal_letter_missing_date()
					: m.refusal_letter_missing_number();
		case 'date_out_of_range':
			return m.refusal_date_out_of_range({
				field: dateFieldWord[refusal.field](),
				earliest: formatDay(refusal.earliestOn),
				latest: formatDay(refusal.latestOn)
			});
		case 'date_invalid':
			return m.refusal_date_invalid({ field: dateFieldWord[refusal.field]() });
		case 'date_order':
			return m.refusal_date_order({ field: dateFieldWord[refusal.field](), other: dateFieldWord[refusal.notBefore](), day: formatDay(refusal.notBeforeOn) });
		case 'dates_refused':
			return m.refusal_dates_refused({ count: formatNumber(refusal.dates.length) });
		case 'not_owed':
			return m.refusal_not_owed({ year: refusal.year });
		case 'year_exists':
			return m.refusal_year_exists({ year: refusal.year });
		case 'asked_too_late':
			return m.refusal_asked_too_late({ day: formatDay(refusal.askUntilOn) });
		case 'closing_waits':
			return m.refusal_closing_waits({
				waits: listWords(
					counted([
						[refusal.excuses, m.exception_year_pending],
						[refusal.extensions, m.exception_year_open]
					])
				)
			});
		case 'too_early_to_close':
			return m.refusal_too_early_to_close({ day: formatDay(refusal.acceptedLateUntilOn) });
		case 'contacts_missing':
			return m.refusal_contacts_missing({ required: refusal.required, actual: refusal.actual });
		case 'invalid_input':
			return unreadableText(refusal.fields);
		case 'file_too_large':
			return m.refusal_file_too_large({ actual: megabytes(refusal.sizeBytes), limit: megabytes(refusal.limitBytes) });
		case 'file_kind_refused':
			return refusal.found === ''
				? m.refusal_file_kind_unknown({ allowed: listWords(refusal.allowed) })
				: m.refusal_file_kind_refused({ found: fileKindWord(refusal.found), allowed: listWords(refusal.allowed), way: fileKindWay(refusal.found) });
		case 'rows_refused':
			return m.refusal_rows_refused({ count: formatNumber(refusal.count) });
		case 'announcement_unconfirmed':
			return m.duty_import_unconfirmed({ count: formatNumber(refusal.count) });
		case 'preview_outdated':
			return m.refusal_preview_outdated();
		case 'link_spent':
			return m.refusal_link_spent();
		case 'taken':
			return m.refusal_taken();
		case 'view_name_taken':
			return m.refusal_view_name_taken();
		case 'too_many_views':
			return m.refusal_too_many_views({ most: refusal.most });
	}
}
