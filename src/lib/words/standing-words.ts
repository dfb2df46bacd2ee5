/** Where a report, an enterprise and an office stand, in words. Beside words.ts, so that filing, which shows none of it, does not carry them. */
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { ChannelKind, Department, DesignationStatus, Duty, Ministry, OrganisationKind } from '#lib/domain/parties.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDay } from './format.ts';
import type { Mark, Word } from './words.ts';

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

export const channelKindWord = {
	province: m.ui_channel_kind_province,
	central_group: m.ui_channel_kind_central_group
} satisfies Record<ChannelKind, Word>;

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

/** How a year went: one word for badge, dot, filter, letter and file. */
export const timelinessMark = {
	on_time: { tone: 'ok', icon: 'check', word: m.ui_timeliness_on_time },
	late: { tone: 'late', icon: 'cross', word: m.ui_timeliness_late },
	extended: { tone: 'info', icon: 'clock', word: m.ui_timeliness_extended },
	open: { tone: 'plain', icon: 'clock', word: m.ui_timeliness_pending },
	excused: { tone: 'plain', icon: 'minus', word: m.ui_timeliness_excused },
	excuse_pending: { tone: 'warn', icon: 'clock', word: m.ui_timeliness_excuse_pending },
	not_filed: { tone: 'late', icon: 'cross', word: m.ui_timeliness_not_filed },
	not_delivered: { tone: 'late', icon: 'returned', word: m.ui_timeliness_not_delivered },
	not_owed: { tone: 'plain', icon: 'minus', word: m.duty_not_owed },
	voluntary: { tone: 'plain', icon: 'check', word: m.duty_voluntary }
} satisfies Record<YearOutcome, Mark>;

/** The same in words, saying of what was not filed that it had been submitted once: it was sent back or taken back, and did not come again. */
export function outcomeText(outcome: YearOutcome, firstSubmittedAt: Date | null): string {
	return outcome === 'not_filed' && firstSubmittedAt !== null
		? m.ui_timeliness_not_filed_submitted({ day: formatDay(dayInBeijing(firstSubmittedAt), false) })
		: timelinessMark[outcome].word();
}

export const reportStateMark = {
	not_started: { tone: 'plain', icon: 'minus', word: m.ui_state_not_started },
	draft: { tone: 'info', icon: 'edit', word: m.ui_state_draft },
	submitted: { tone: 'info', icon: 'forward', word: m.ui_state_submitted },
	returned: { tone: 'warn', icon: 'returned', word: m.ui_state_returned },
	forwarded: { tone: 'ok', icon: 'forward', word: m.ui_state_forwarded },
	received: { tone: 'ok', icon: 'check', word: m.ui_state_received },
	not_filed: { tone: 'late', icon: 'cross', word: m.ui_state_not_filed },
	not_delivered: { tone: 'late', icon: 'returned', word: m.ui_state_not_delivered },
	excused: { tone: 'plain', icon: 'minus', word: m.ui_state_excused },
	not_owed: { tone: 'plain', icon: 'minus', word: m.duty_not_owed }
} satisfies Record<ReportState, Mark>;

/** All opinions are given and nobody has forwarded it: no longer what "submitted" makes a handler look for. */
const APPROVED: Mark = { tone: 'ok', icon: 'check', word: m.ui_state_approved };

/** How a report stands, by state and court: what every badge of one report shows. Filters and refusals speak of the state alone. */
export function stateMark({ state, court }: { readonly state: ReportState; readonly court: Court }): Mark {
	return state === 'submitted' && court === 'channel' ? APPROVED : reportStateMark[state];
}

export const departmentWord = {
	commerce: m.ui_department_commerce,
	industry: m.ui_department_industry,
	group: m.ui_department_group
} satisfies Record<Department, Word>;

export const ministryWord = {
	mofcom: m.ui_ministry_mofcom,
	miit: m.ui_ministry_miit
} satisfies Record<Ministry, Word>;

/** Duties in an authority. An enterprise calls its handler 填报人: see {@link enterpriseDutyWord}. The approver is 审核人 everywhere. */
export const dutyWord = {
	handler: m.ui_duty_handler,
	approver: m.ui_duty_approver,
	reader: m.ui_duty_reader
} satisfies Record<Duty, Word>;

export const enterpriseDutyWord = {
	handler: m.ui_duty_filer,
	approver: m.ui_duty_approver,
	reader: m.ui_duty_reader
} satisfies Record<Duty, Word>;

/** The duty as the organisation of that kind says it. */
export function dutyIn(kind: OrganisationKind, duty: Duty): string {
	return kind === 'enterprise' ? enterpriseDutyWord[duty]() : dutyWord[duty]();
}
