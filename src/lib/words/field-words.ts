/** What the boxes of forms are called away from their place, where a form that could not be read says which. */
import { parseAnswerKey, parseExplanationKey } from '#lib/domain/form/answer-key.ts';
import { m } from '#lib/paraglide/messages.js';
import { boxLabel } from './box-label.ts';
import { wordOf, type Word } from './words.ts';

const fields: Readonly<Record<string, Word>> = {
	reasonCode: m.refusal_box_reason_code,
	excuseReason: m.refusal_box_reason_code,
	correctByOn: m.refusal_field_correct_by_on,
	remark: m.refusal_box_remark,
	reason: m.refusal_box_reason,
	source: m.refusal_box_source,
	checklist: m.channel_checklist,
	comments: m.channel_return_comments,
	letterNo: m.channel_letter_no,
	documentNo: m.refusal_box_document_no,
	letterOn: m.channel_letter_on,
	reports: m.refusal_box_reports,
	reportIds: m.refusal_box_reports,
	requests: m.refusal_box_requests,
	untilOn: m.refusal_field_extension_on,
	dueOn: m.refusal_field_channel_due_on,
	promisedOn: m.refusal_field_promised_on,
	effectiveOn: m.refusal_field_effective_on,
	answerByOn: m.refusal_field_answer_by_on,
	question: m.refusal_box_question,
	figures: m.refusal_box_figures,
	comment: m.refusal_box_comment,
	announcedOn: m.refusal_field_announced_on,
	opensOn: m.refusal_field_opens_on,
	channelDueOn: m.refusal_field_channel_due_on,
	ministryDueOn: m.refusal_field_ministry_due_on,
	acceptedLateUntilOn: m.refusal_field_accepted_late_until_on,
	correctionsUntilOn: m.refusal_field_corrections_until_on,
	validFromOn: m.refusal_field_effective_on,
	year: m.refusal_box_year,
	name: m.refusal_box_name,
	nameZh: m.refusal_box_name,
	channelId: m.refusal_box_channel,
	channelIds: m.refusal_box_channel,
	creditCode: m.refusal_box_credit_code,
	file: m.refusal_box_file,
	means: m.refusal_box_means,
	outcome: m.refusal_box_outcome,
	spokeTo: m.refusal_box_spoke_to,
	result: m.refusal_box_result,
	verdict: m.refusal_box_verdict,
	lateReason: m.report_late_sentence,
	lateReasonCode: m.report_late_reason,
	kind: m.refusal_box_kind,
	note: m.refusal_box_remark,
	to: m.report_send_to,
	answer: m.filing_answer_label
};

/**
 * The name of a field by the path its problem stands at: `comments.2.remark` is the third comment. What no person typed (a version, a hidden id)
 * is called what it is: the page's own data, which a fresh page brings in order.
 */
export function fieldWord(path: string): string {
	const [name = '', place, part] = path.split('.');
	if (name === 'comments' && place !== undefined) {
		const no = Number(place) + 1;
		return part === 'answerKey' ? m.channel_comment_place({ no }) : m.channel_comment_text({ no });
	}
	const word = wordOf(fields, name);
	if (word !== undefined) return word;
	return parseExplanationKey(path) || (parseAnswerKey(path) && boxLabel(path) !== path) ? boxLabel(path) : m.refusal_box_of_the_page();
}

/** Every field that has a problem, each once. */
export function fieldsWithProblems(problems: Readonly<Record<string, unknown>>): string[] {
	return [...new Set(Object.keys(problems).map(fieldWord))];
}
