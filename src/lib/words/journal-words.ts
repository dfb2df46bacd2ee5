/** What the journal names by code, in the auditor's words: every act of this system and every kind of thing it is done to. */
import { m } from '#lib/paraglide/messages.js';
import { wordOf, type Word } from './words.ts';
import { stepWord } from './step-words.ts';

const acts: Readonly<Record<string, Word>> = {
	'accept-invitation': m.records_act_accept_invitation,
	'add-attachment': m.records_act_add_attachment,
	'amend-reporting-year': m.year_act_amend,
	'propose-year-amendment': m.year_act_propose,
	'withdraw-year-amendment': m.year_act_withdraw,
	'agree-to-duties': m.duty_act_agree,
	'withdraw-duty-settlement': m.duty_act_withdraw,
	'agree-to-close-year': m.records_act_agree_close,
	'answer-return-comment': m.records_act_answer_comment,
	'apply-cohort-import': m.records_act_apply_import,
	'cancel-invitation': m.records_act_cancel_invitation,
	'change-duty': m.records_act_change_duty,
	'change-password': m.records_act_change_password,
	'confirm-invitation': m.records_act_confirm_invitation,
	'confirm-password': m.records_act_confirm_password,
	'correct-working-calendar': m.calendar_act_correct,
	'take-up-need': m.need_act_take_up,
	'pass-on-need': m.need_act_pass_on,
	'answer-need': m.need_act_answer,
	'ask-follow-ups': m.follow_act_ask,
	'pass-on-follow-up': m.follow_act_pass_on,
	'answer-follow-up': m.follow_act_answer,
	'accept-follow-up': m.follow_act_accept,
	'ask-follow-up-again': m.follow_act_again,
	'withdraw-follow-up': m.follow_act_withdraw,
	'decide-extensions': m.exception_act_decide,
	'disable-person': m.records_act_disable_person,
	'download-attachment': m.records_act_download_attachment,
	'download-version': m.records_act_download_version,
	'end-membership': m.records_act_end_membership,
	'export-journal': m.records_act_export_journal,
	'hand-over': m.records_act_hand_over,
	'invite-person': m.records_act_invite_person,
	'load-demonstration': m.records_act_load_demonstration,
	'open-first-person': m.records_act_open_first_person,
	'open-organisation': m.records_act_open_organisation,
	'open-reporting-year': m.records_act_open_year,
	'confirm-credit-code': m.records_act_confirm_credit_code,
	'plan-cohort-import': m.records_act_plan_import,
	'remark-on-extension': m.exception_act_remark,
	'remove-attachment': m.records_act_remove_attachment,
	'request-password-reset': m.records_act_request_reset,
	'reset-password': m.records_act_reset_password,
	'reveal-contact': m.records_act_reveal_contact,
	'judge-explanation': m.records_act_judge_explanation,
	// Written until 2026; the journal keeps its words.
	'review-explanation': m.records_act_judge_explanation,
	'send-receipt': m.records_act_send_receipt,
	'set-channel-date': m.records_act_set_channel_date,
	'set-profile': m.records_act_set_profile,
	'sign-in': m.records_act_sign_in,
	'sign-out': m.records_act_sign_out,
	'close-stale': m.records_act_close_stale,
	'log-contact': m.records_act_log_contact,
	'strike-contact': m.records_act_strike_contact,
	'check-contact': m.records_act_check_contact,
	'remind-by-hand': m.records_act_remind_by_hand,
	'remind-channels': m.records_act_remind_channels,
	'make-letter': m.letter_act_make,
	'undo-reminders': m.records_act_undo_reminders,
	'set-reminder-policy': m.records_act_set_reminder_policy,
	'set-robot': m.records_act_set_robot,
	'make-calendar-feed': m.records_act_make_calendar_feed,
	'revoke-calendar-feed': m.records_act_revoke_calendar_feed,
	'save-view': m.records_act_save_view,
	'rename-view': m.records_act_rename_view,
	'set-view-sharing': m.records_act_set_view_sharing,
	'delete-view': m.records_act_delete_view,
	'withdraw-closing-agreement': m.records_act_withdraw_agreement
};

const objects: Readonly<Record<string, Word>> = {
	annual_report: m.records_object_annual_report,
	attachment: m.records_object_attachment,
	channel_year: m.records_object_channel_year,
	cohort_import: m.records_object_cohort_import,
	designation: m.records_object_designation,
	enterprise: m.records_object_enterprise,
	extension_request: m.exception_object_request,
	export: m.records_object_export,
	follow_up: m.follow_object,
	invitation: m.records_object_invitation,
	membership: m.records_object_membership,
	organisation: m.records_object_organisation,
	person: m.records_object_person,
	report_need: m.need_object,
	reporting_year: m.records_object_reporting_year,
	session: m.records_object_session,
	calendar_feed: m.records_object_calendar_feed,
	contact_check: m.records_object_contact_check,
	contact_log: m.records_object_contact_log,
	reminder_batch: m.records_object_reminder_batch,
	reminder_policy: m.records_object_reminder_policy,
	robot: m.records_object_robot,
	saved_view: m.records_object_saved_view,
	working_calendar: m.calendar_object_calendar
};

/** The act in words; its own name for one nobody has a word for. */
export function actWord(act: string): string {
	return wordOf(acts, act) ?? stepWord(act);
}

export function objectKindWord(kind: string): string {
	return wordOf(objects, kind) ?? kind;
}
