import {
	system,
	all,
	none,
	ministries,
	ownEnterprise,
	ownChannel,
	ownPerson,
	ownOrg,
	any,
	both,
	ofReport,
	marked,
	forwardedOnly,
	byReport,
	byEnterprise,
	byNobody,
	enterpriseOrSystem,
	type Expectation
} from './row-rules.ts';

/** Who may see and change which row of the register, the reports and what belongs to them. */
export const REPORT_TABLES: Readonly<Record<string, Expectation>> = {
	annual_report: {
		rows: `select id::text as key, enterprise_id::text as enterprise, channel_id as channel, null::text as org, null::text as person, null::text as mark
			from %T`,
		sees: ofReport,
		adds: ministries,
		changes: ofReport
	},
	annual_report_draft: {
		rows: byReport('t.report_id::text'),
		sees: ofReport,
		adds: enterpriseOrSystem,
		changes: enterpriseOrSystem,
		removes: enterpriseOrSystem
	},
	draft_answer: {
		rows: byReport('t.report_id || t.answer_key'),
		sees: enterpriseOrSystem,
		adds: enterpriseOrSystem,
		changes: enterpriseOrSystem,
		removes: enterpriseOrSystem
	},
	annual_report_version: {
		rows: byReport(`t.report_id || '/' || t.no`, `case when t.forwarded_at is not null then 'forwarded' end`),
		sees: forwardedOnly,
		adds: enterpriseOrSystem,
		changes: any(system, ownChannel)
	},
	annual_figure: {
		rows: byReport(
			`t.report_id || '/' || t.figure_year`,
			`case when v.forwarded_at is not null then 'forwarded' end`,
			'join annual_report_version v on v.report_id = t.report_id and v.no = t.version_no'
		),
		sees: forwardedOnly,
		adds: enterpriseOrSystem,
		changes: none
	},
	annual_field_revenue: {
		rows: byReport(
			`t.report_id || '/' || t.figure_year || t.industry`,
			`case when v.forwarded_at is not null then 'forwarded' end`,
			'join annual_report_version v on v.report_id = t.report_id and v.no = t.version_no'
		),
		sees: forwardedOnly,
		adds: enterpriseOrSystem,
		changes: none
	},
	version_verdict: {
		rows: byReport(
			`t.report_id || '/' || t.version_no`,
			`case when v.forwarded_at is not null then 'forwarded' end`,
			'join annual_report_version v on v.report_id = t.report_id and v.no = t.version_no'
		),
		sees: forwardedOnly,
		adds: enterpriseOrSystem,
		changes: system
	},
	report_need: {
		rows: byReport('t.id::text'),
		sees: ofReport,
		adds: any(system, ownChannel),
		changes: any(ministries, ownChannel)
	},
	report_need_answer: {
		rows: `select t.id::text as key, r.enterprise_id::text as enterprise, r.channel_id as channel, null::text as org, null::text as person, t.by_kind as mark
			from %T t join report_need n on n.id = t.need_id join annual_report r on r.id = n.report_id`,
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: none
	},
	attachment: { rows: byReport('t.id::text'), sees: ofReport, adds: enterpriseOrSystem, changes: enterpriseOrSystem },
	opinion: {
		rows: byReport('t.id::text', 't.department'),
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: any(system, both(marked, ofReport))
	},
	late_reason: {
		rows: byReport('t.id::text', `t.org_kind || case when r.first_forwarded_at is null then '' else '/forwarded' end`),
		sees: (party, row) => ofReport(party, row) && (party.kind === 'system' || !ministries(party, row) || row.mark?.endsWith('/forwarded') === true),
		adds: any(system, (party, row) => ownChannel(party, row) && row.mark?.split('/')[0] === party.kind),
		changes: none
	},
	report_return: {
		rows: byReport('t.id::text', 't.returned_by'),
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: any(system, both(marked, ofReport), ownEnterprise)
	},
	return_comment: {
		rows: `select t.id::text as key, r.enterprise_id::text as enterprise, r.channel_id as channel, null::text as org, null::text as person, x.returned_by
			as mark from %T t join report_return x on x.id = t.return_id join annual_report r on r.id = x.report_id`,
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: enterpriseOrSystem
	},
	explanation_mark: {
		rows: byReport('t.report_id || t.check_key || t.department', 't.department'),
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: any(system, both(marked, ofReport)),
		removes: any(system, both(marked, ofReport))
	},
	forwarding: {
		rows: `select t.id::text as key, (select min(r.enterprise_id)::text from forwarding_item i join annual_report r on r.id = i.report_id
			where i.forwarding_id = t.id) as enterprise, t.channel_id as channel, null::text as org, null::text as person, null::text as mark from %T t`,
		sees: ofReport,
		adds: any(system, ownChannel),
		changes: none
	},
	forwarding_item: { rows: byReport(`t.forwarding_id || '/' || t.report_id`), sees: ofReport, adds: any(system, ownChannel), changes: none },
	reception: { rows: byReport(`t.report_id || t.ministry`, 't.ministry'), sees: ofReport, adds: any(system, marked), changes: none },
	report_event: { rows: byReport('t.id::text'), sees: ofReport, adds: ofReport, changes: none },
	channel_year: {
		rows: `select t.channel_id || t.year as key, (select min(r.enterprise_id)::text from annual_report r where r.channel_id = t.channel_id and r.year = t.year)
			as enterprise, t.channel_id as channel, null::text as org, null::text as person, null::text as mark from %T t`,
		sees: any(ofReport, (party, row) => party.kind === 'enterprise' && party.actor?.channelId === row.channel),
		adds: any(system, ownChannel),
		changes: any(system, ownChannel)
	},
	enterprise: {
		rows: `select id::text as key, id::text as enterprise, channel_id as channel, null::text as org, null::text as person, null::text as mark from %T`,
		sees: any(ofReport, ({ kind }) => kind === 'public'),
		adds: ministries,
		changes: ministries
	},
	designation: { rows: byEnterprise('t.id::text'), sees: any(ofReport, ({ kind }) => kind === 'public'), adds: ministries, changes: ministries },
	enterprise_profile: {
		rows: byEnterprise('t.enterprise_id::text'),
		sees: ofReport,
		adds: any(ministries, ownEnterprise),
		changes: any(ministries, ownEnterprise)
	},
	enterprise_contact: {
		rows: byEnterprise(`t.enterprise_id || '/' || t.place`),
		sees: ofReport,
		adds: any(ministries, ownEnterprise),
		changes: any(ministries, ownEnterprise),
		removes: any(ministries, ownEnterprise)
	},
	enterprise_event: { rows: byEnterprise('t.id::text'), sees: ofReport, adds: ministries, changes: none },
	cohort_import: { rows: byNobody('t.id::text'), sees: ministries, adds: ministries, changes: ministries },
	mail: {
		rows: `select t.id::text as key, null::text as enterprise, null::text as channel, null::text as org, t.person_id as person, null::text as mark from %T t`,
		sees: any(system, ownPerson),
		adds: ({ kind }) => kind !== 'public' && kind !== 'nobody',
		changes: any(system, ownPerson)
	},
	policy: { rows: byNobody('t.version'), sees: all, adds: ministries, changes: none },
	reporting_year: { rows: byNobody('t.year::text'), sees: all, adds: ministries, changes: ministries },
	reporting_year_closing: {
		rows: byNobody(`t.year || t.ministry`, 't.ministry'),
		sees: all,
		adds: any(system, marked),
		changes: none,
		removes: any(system, marked)
	},
	reporting_year_amendment: { rows: byNobody('t.id::text', 't.ministry'), sees: ministries, adds: any(system, marked), changes: ministries },
	duty_settlement: { rows: byNobody('t.id::text', 't.ministry'), sees: ministries, adds: any(system, marked), changes: ministries },
	sign_in_account: { rows: byNobody('t.account_key'), sees: system, adds: system, changes: system, removes: system },
	sign_in_attempt: { rows: byNobody('t.id::text'), sees: system, adds: system, changes: system, removes: system },
	receipt_check: { rows: byNobody('t.asker_hash'), sees: system, adds: system, changes: system, removes: system },
	password_reset: { rows: byNobody('t.id::text'), sees: system, adds: system, changes: system },
	journal: {
		rows: `select t.org_id || '/' || t.seq as key, null::text as enterprise, null::text as channel, null::text as org, null::text as person, null::text as mark
			from %T t`,
		sees: any(system, ({ kind }) => kind === 'audit'),
		adds: none,
		changes: none
	},
	journal_head: {
		rows: `select t.org_id::text as key, null::text as enterprise, null::text as channel, t.org_id::text as org, null::text as person, null::text as mark
			from %T t`,
		sees: any(system, ownOrg, ({ kind }) => kind === 'audit'),
		adds: none,
		changes: none
	}
};
