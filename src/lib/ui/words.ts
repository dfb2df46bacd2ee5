/**
 * From the domain's codes to the words of the screen. Every map is complete: a code without a word does not compile.
 * A word is a function, since the language is known only while a page is being made.
 */
import type { CheckLevel } from '#lib/domain/check.ts';
import type { Court } from '#lib/domain/court.ts';
import type { Category, ChannelKind, Department, DesignationStatus, Duty, Ministry, OrganisationKind } from '#lib/domain/parties.ts';
import type { Verdict } from '#lib/domain/criteria.ts';
import type { Timeliness } from '#lib/domain/lateness.ts';
import type { ExcuseReason, LateReason, ReturnReason } from '#lib/domain/policy.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IconName } from './Icon.svelte';

/** A word in the reader's language. */
export type Word = () => string;
/** The five tones a mark can have; colour never stands alone. */
export type Tone = 'ok' | 'warn' | 'late' | 'info' | 'plain';
/** How a code is marked: tone, icon and word together. */
export interface Mark {
	tone: Tone;
	icon: IconName;
	word: Word;
}

/** Met with little headroom is said as 接近限值; the domain knows only met, unmet and unknown. */
export type ShownVerdict = Verdict | 'near';

export const reportStateMark = {
	not_started: { tone: 'plain', icon: 'minus', word: m.ui_state_not_started },
	draft: { tone: 'info', icon: 'edit', word: m.ui_state_draft },
	submitted: { tone: 'info', icon: 'forward', word: m.ui_state_submitted },
	returned: { tone: 'warn', icon: 'returned', word: m.ui_state_returned },
	forwarded: { tone: 'ok', icon: 'forward', word: m.ui_state_forwarded },
	received: { tone: 'ok', icon: 'check', word: m.ui_state_received },
	not_filed: { tone: 'late', icon: 'cross', word: m.ui_state_not_filed },
	excused: { tone: 'plain', icon: 'minus', word: m.ui_state_excused }
} satisfies Record<ReportState, Mark>;

export const courtWord = {
	enterprise: m.ui_court_enterprise,
	commerce: m.ui_court_commerce,
	industry: m.ui_court_industry,
	departments: m.ui_court_departments,
	group: m.ui_court_group,
	channel: m.ui_court_channel,
	ministries: m.ui_court_ministries,
	nobody: m.ui_court_nobody
} satisfies Record<Court, Word>;

export const categoryWord = {
	manufacturing: m.ui_category_manufacturing,
	it_outsourcing: m.ui_category_it_outsourcing
} satisfies Record<Category, Word>;

export const channelKindWord = {
	province: m.ui_channel_kind_province,
	central_group: m.ui_channel_kind_central_group
} satisfies Record<ChannelKind, Word>;

export const departmentWord = {
	commerce: m.ui_department_commerce,
	industry: m.ui_department_industry,
	group: m.ui_department_group
} satisfies Record<Department, Word>;

export const ministryWord = {
	mofcom: m.ui_ministry_mofcom,
	miit: m.ui_ministry_miit
} satisfies Record<Ministry, Word>;

/** Duties in an authority. An enterprise calls the same two 填报人 and 审核人: see {@link enterpriseDutyWord}. */
export const dutyWord = {
	handler: m.ui_duty_handler,
	approver: m.ui_duty_approver,
	reader: m.ui_duty_reader
} satisfies Record<Duty, Word>;

export const enterpriseDutyWord = {
	handler: m.ui_duty_filer,
	approver: m.ui_duty_checker,
	reader: m.ui_duty_reader
} satisfies Record<Duty, Word>;

/** The duty as the organisation of that kind says it. */
export function dutyIn(kind: OrganisationKind, duty: Duty): string {
	return kind === 'enterprise' ? enterpriseDutyWord[duty]() : dutyWord[duty]();
}

export const organisationKindWord = {
	enterprise: m.ui_org_enterprise,
	commerce: m.ui_org_commerce,
	industry: m.ui_org_industry,
	group: m.ui_org_group,
	mofcom: m.ui_org_mofcom,
	miit: m.ui_org_miit,
	expert_pool: m.ui_org_expert_pool,
	administration: m.ui_org_administration,
	audit: m.ui_org_audit
} satisfies Record<OrganisationKind, Word>;

export const designationMark = {
	active: { tone: 'ok', icon: 'check', word: m.ui_designation_active },
	revoked: { tone: 'late', icon: 'cross', word: m.ui_designation_revoked },
	ceased: { tone: 'plain', icon: 'minus', word: m.ui_designation_ceased }
} satisfies Record<DesignationStatus, Mark>;

export const verdictMark = {
	met: { tone: 'ok', icon: 'check', word: m.ui_verdict_met },
	near: { tone: 'info', icon: 'near', word: m.ui_verdict_near },
	unmet: { tone: 'warn', icon: 'warn', word: m.ui_verdict_unmet },
	unknown: { tone: 'plain', icon: 'unknown', word: m.ui_verdict_unknown }
} satisfies Record<ShownVerdict, Mark>;

export const checkLevelMark = {
	error: { tone: 'late', icon: 'cross', word: m.ui_level_error },
	warning: { tone: 'warn', icon: 'warn', word: m.ui_level_warning },
	note: { tone: 'info', icon: 'info', word: m.ui_level_note }
} satisfies Record<CheckLevel, Mark>;

export const basisWord = {
	final: m.ui_basis_final,
	forecast: m.ui_basis_forecast
} satisfies Record<'final' | 'forecast', Word>;

export const timelinessMark = {
	on_time: { tone: 'ok', icon: 'check', word: m.ui_timeliness_on_time },
	late: { tone: 'late', icon: 'cross', word: m.ui_timeliness_late },
	extended: { tone: 'info', icon: 'clock', word: m.ui_timeliness_extended },
	pending: { tone: 'plain', icon: 'clock', word: m.ui_timeliness_pending },
	excused: { tone: 'plain', icon: 'minus', word: m.ui_timeliness_excused },
	not_filed: { tone: 'late', icon: 'cross', word: m.ui_timeliness_not_filed }
} satisfies Record<Timeliness, Mark>;

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

/** Why a report comes after its date. */
export const lateReasonWord = {
	audit_unfinished: m.ui_late_reason_audit_unfinished,
	person_changed: m.ui_late_reason_person_changed,
	figures_unsettled: m.ui_late_reason_figures_unsettled,
	technical: m.ui_late_reason_technical,
	not_aware: m.ui_late_reason_not_aware,
	other: m.ui_late_reason_other
} satisfies Record<LateReason, Word>;

/** Why an enterprise cannot file at all. */
export const excuseReasonWord = {
	closed: m.ui_excuse_reason_closed,
	merged: m.ui_excuse_reason_merged,
	moved_abroad: m.ui_excuse_reason_moved_abroad,
	insolvency: m.ui_excuse_reason_insolvency,
	force_majeure: m.ui_excuse_reason_force_majeure,
	other: m.ui_excuse_reason_other
} satisfies Record<ExcuseReason, Word>;

/** By ISO weekday, Monday = 1. */
export const weekdayWord = {
	1: m.ui_weekday_1,
	2: m.ui_weekday_2,
	3: m.ui_weekday_3,
	4: m.ui_weekday_4,
	5: m.ui_weekday_5,
	6: m.ui_weekday_6,
	7: m.ui_weekday_7
} satisfies Record<1 | 2 | 3 | 4 | 5 | 6 | 7, Word>;
