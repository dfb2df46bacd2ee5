/**
 * The closed list of reasons for which an act is refused, each with the details a sentence about it needs. A refusal is a value;
 * an exception is a bug. Strangers and missing rows look the same: both are `not_found`.
 */
import type { Day } from './day.ts';
import type { FollowUpState } from './follow-up-state.ts';
import type { NeedOffice, NeedState } from './need-state.ts';
import type { Department, Duty } from './parties.ts';
import type { ReportState } from './report-state.ts';

/** A date a year or a report has, by the name of the field it is typed into. */
export type DateField =
	| 'opensOn'
	| 'channelDueOn'
	| 'ministryDueOn'
	| 'acceptedLateUntilOn'
	| 'correctionsUntilOn'
	| 'correctByOn'
	| 'extensionOn'
	| 'letterOn'
	| 'announcedOn'
	| 'effectiveOn'
	| 'answerByOn'
	| 'promisedOn';

export type Refusal =
	/** No such thing, or not yours to know of. */
	| { readonly code: 'not_found' }
	/** The report is not in a state this move starts from. */
	| { readonly code: 'wrong_state'; readonly state: ReportState; readonly allowed: readonly ReportState[] }
	/** What was asked for is with another office, answered, or no longer said. */
	| { readonly code: 'need_held'; readonly state: NeedState; readonly office: NeedOffice | null }
	/** A question about a figure is with somebody else, or has ended. */
	| { readonly code: 'follow_up_held'; readonly state: FollowUpState }
	/** Figures that are no longer far outside, or are asked about already: the list has changed since it was looked at. */
	| { readonly code: 'not_outlying'; readonly count: number }
	/** Somebody saved in between: `expected` is what the caller saw, `actual` what is there. */
	| { readonly code: 'stale_version'; readonly expected: number; readonly actual: number }
	/** Checks of level error, or warnings without explanation, still stand in the way; keys as in checks. */
	| { readonly code: 'incomplete'; readonly checks: readonly string[] }
	/** A resubmission that changes nothing and answers nothing. */
	| { readonly code: 'nothing_changed' }
	/** Comments of the return that have no answer yet. */
	| { readonly code: 'comments_unanswered'; readonly count: number }
	/** Not every department has approved the current version. One entry per report when many are forwarded. */
	| { readonly code: 'opinion_missing'; readonly departments: readonly Department[]; readonly reports: readonly string[] }
	/** The ministries have closed the year. */
	| { readonly code: 'year_closed'; readonly year: number }
	/** Reporting for the year begins on this day. */
	| { readonly code: 'not_open_yet'; readonly opensOn: Day }
	/** A department has begun to read the version, so it can no longer be withdrawn. */
	| { readonly code: 'already_opened'; readonly department: Department; readonly openedAt: Date }
	/** The enterprise has begun to correct, so the return can no longer be undone. */
	| { readonly code: 'already_touched' }
	/** The move is done already: an opinion given, a receipt recorded, an answer sent. */
	| { readonly code: 'already_done' }
	/** There is no opinion or return of yours to take back. */
	| { readonly code: 'nothing_to_undo' }
	/** Nobody is written to between these hours in Beijing. */
	| { readonly code: 'quiet_hours'; readonly fromHour: number; readonly untilHour: number }
	/** Everybody meant was left out, each with a reason. */
	| { readonly code: 'nobody_to_remind' }
	/** It could be taken back until then. */
	| { readonly code: 'undo_over'; readonly untilAt: Date }
	/** A reason code is missing or unknown; `allowed` lists what may be chosen. */
	| { readonly code: 'reason_required'; readonly allowed: readonly string[] }
	/** Your organisation or your duty does not do this; `needed` says who does. */
	| { readonly code: 'not_your_duty'; readonly needed: readonly Duty[] }
	/** The page was made for another person, another office of theirs, another object, or does not say for whom; nothing was written. */
	| { readonly code: 'other_page'; readonly madeFor: 'person' | 'office' | 'object' | 'nobody' }
	/** A second person must do this, not the one who began it. */
	| { readonly code: 'same_person' }
	/** Forwarding needs a covering letter with number and date. */
	| { readonly code: 'letter_missing'; readonly fields: readonly ('number' | 'date')[] }
	/** A date outside the days allowed for it, both ends included. */
	| { readonly code: 'date_out_of_range'; readonly field: DateField; readonly given: string; readonly earliestOn: Day; readonly latestOn: Day }
	/** Text where a calendar day is needed. */
	| { readonly code: 'date_invalid'; readonly field: DateField; readonly given: string }
	/** Two dates the wrong way round: `field` must not be before `notBefore`. */
	| { readonly code: 'date_order'; readonly field: DateField; readonly given: Day; readonly notBefore: DateField; readonly notBeforeOn: Day }
	/** Several dates refused at once, each at its field. */
	| { readonly code: 'dates_refused'; readonly dates: readonly DateRefusal[] }
	/** The enterprise owes no report for this year (方案第十一条). */
	| { readonly code: 'not_owed'; readonly year: number }
	| { readonly code: 'year_exists'; readonly year: number }
	/** More time is asked for by the ministries' date, not after it. */
	| { readonly code: 'asked_too_late'; readonly askUntilOn: Day }
	/** The date promised for late filing has not passed, so the year cannot be closed. */
	| { readonly code: 'too_early_to_close'; readonly acceptedLateUntilOn: Day }
	/** Somebody waits for an answer of the ministries: unable to file to be confirmed, or more time asked for. */
	| { readonly code: 'closing_waits'; readonly excuses: number; readonly extensions: number }
	| { readonly code: 'contacts_missing'; readonly required: number; readonly actual: number }
	/** Fields refused by their form, path → code of the problem. */
	/** Those who may do it were asked so short a time ago that they are not asked again. */
	| { readonly code: 'asked_just_now'; readonly at: Date; readonly againAt: Date }
	| { readonly code: 'invalid_input'; readonly fields: Readonly<Record<string, string>> }
	| { readonly code: 'file_too_large'; readonly sizeBytes: number; readonly limitBytes: number }
	| { readonly code: 'file_kind_refused'; readonly found: string; readonly allowed: readonly string[] }
	/** The table has rows that cannot be taken: nothing is applied. */
	| { readonly code: 'rows_refused'; readonly count: number }
	/** Rows whose announcement lies in another year than the cohort's: somebody must have looked at the date. */
	| { readonly code: 'announcement_unconfirmed'; readonly count: number }
	/** The file or the register changed since the dry run. */
	| { readonly code: 'preview_outdated' }
	/** An invitation or link that was used, withdrawn or ran out. */
	| { readonly code: 'link_spent' }
	/** A name or address another account has. */
	| { readonly code: 'taken'; readonly field: string }
	/** Another view of the same person on the same list is called so. */
	| { readonly code: 'view_name_taken' }
	| { readonly code: 'too_many_views'; readonly most: number };

/** One refused date of a form with several. */
export type DateRefusal = Extract<Refusal, { code: 'date_out_of_range' | 'date_invalid' | 'date_order' }>;

export type RefusalCode = Refusal['code'];

/** What a rule answers: the facts to save, or the reason it refuses. */
export type Decision<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly refusal: Refusal };

export function refuse(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
	return { ok: false, refusal };
}
