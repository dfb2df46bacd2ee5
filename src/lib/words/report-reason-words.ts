/** Why a report was sent back, came late or cannot come, in words. Beside words.ts, so that a page that shows no reason does not carry them. */
import type { ExcuseReason, LateReason, OfficeLateReason, ReturnReason } from '#lib/domain/policy.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

/** Why a report was sent back. */
export const returnReasonWord = {
	figure_wrong: m.ui_return_reason_figure_wrong,
	figure_doubtful: m.ui_return_reason_figure_doubtful,
	explanation_insufficient: m.ui_return_reason_explanation_insufficient,
	attachment_missing: m.ui_return_reason_attachment_missing,
	narrative_insufficient: m.ui_return_reason_narrative_insufficient,
	seal_missing: m.ui_return_reason_seal_missing,
	other: m.ui_return_reason_other
} satisfies Record<ReturnReason, Word>;

/** Why a report comes after its date, as its enterprise or an office says it. */
export const lateReasonWord = {
	audit_unfinished: m.ui_late_reason_audit_unfinished,
	person_changed: m.ui_late_reason_person_changed,
	figures_unsettled: m.ui_late_reason_figures_unsettled,
	technical: m.ui_late_reason_technical,
	not_aware: m.ui_late_reason_not_aware,
	other: m.ui_late_reason_other,
	checking_figures: m.ui_late_reason_checking_figures,
	awaiting_answer: m.ui_late_reason_awaiting_answer,
	collected_to_forward: m.ui_late_reason_collected_to_forward
} satisfies Record<LateReason | OfficeLateReason, Word>;

/** Why an enterprise cannot file at all. */
export const excuseReasonWord = {
	closed: m.ui_excuse_reason_closed,
	merged: m.ui_excuse_reason_merged,
	moved_abroad: m.ui_excuse_reason_moved_abroad,
	insolvency: m.ui_excuse_reason_insolvency,
	force_majeure: m.ui_excuse_reason_force_majeure,
	other: m.ui_excuse_reason_other
} satisfies Record<ExcuseReason, Word>;
