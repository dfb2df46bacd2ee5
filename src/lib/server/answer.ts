import { fail, type RequestEvent } from '@sveltejs/kit';
import type { Refusal, RefusalCode } from '#lib/domain/refusal.ts';
import { refusalText } from '#lib/words/refusal-words.ts';
import { notFound } from './access.ts';

/**
 * The status of each refusal: 400 for what was typed, 409 for how things stand. The list is closed, so a refusal nobody thought of does not
 * compile.
 */
const STATUS: Readonly<Record<RefusalCode, 400 | 403 | 404 | 409 | 410 | 413 | 415>> = {
	not_found: 404,
	not_your_duty: 403,
	invalid_input: 400,
	reason_required: 400,
	letter_missing: 400,
	need_held: 409,
	follow_up_held: 409,
	not_outlying: 409,
	date_invalid: 400,
	date_out_of_range: 400,
	date_order: 400,
	dates_refused: 400,
	file_too_large: 413,
	file_kind_refused: 415,
	link_spent: 410,
	already_done: 409,
	announcement_unconfirmed: 409,
	already_opened: 409,
	already_touched: 409,
	asked_just_now: 409,
	asked_too_late: 409,
	comments_unanswered: 409,
	contacts_missing: 409,
	incomplete: 409,
	nobody_to_remind: 409,
	not_open_yet: 409,
	not_owed: 409,
	nothing_changed: 409,
	nothing_to_undo: 409,
	opinion_missing: 409,
	other_page: 409,
	preview_outdated: 409,
	quiet_hours: 409,
	rows_refused: 409,
	same_person: 409,
	stale_version: 409,
	taken: 409,
	view_name_taken: 409,
	too_many_views: 409,
	closing_waits: 409,
	too_early_to_close: 409,
	undo_over: 409,
	wrong_state: 409,
	year_closed: 409,
	year_exists: 409
};

/** The status a refusal is answered with, wherever it is. */
export function statusOf(refusal: Refusal): number {
	return STATUS[refusal.code];
}

/** Makes what is not there, or not theirs to know of, a page that does not exist: both look the same. */
export function hideIfNotFound(event: Pick<RequestEvent, 'locals'>, refusal: Refusal): void {
	if (refusal.code === 'not_found') notFound(event);
}

/**
 * A refused act as its page shows it again: the reason, and beside it what the page keeps.
 *
 * @throws 404 for what is not there, or not theirs to know of
 */
export function refused<Kept extends object>(event: Pick<RequestEvent, 'locals'>, refusal: Refusal, kept: Kept) {
	hideIfNotFound(event, refusal);
	return fail(statusOf(refusal), { ...kept, refusal });
}

/** The same with the reason as a sentence, for pages that carry no vocabulary of refusals. */
export function refusedInWords<Kept extends object>(event: Pick<RequestEvent, 'locals'>, refusal: Refusal, kept: Kept) {
	hideIfNotFound(event, refusal);
	return fail(statusOf(refusal), { ...kept, sentence: refusalText(refusal) });
}
