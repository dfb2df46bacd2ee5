import { any, both, byNobody, byReport, forEnterprise, marked, ministries, none, ofReport, system, type Expectation } from './row-rules.ts';

/** Who may see and change which row of what the ministries ask about figures, and of the views they freeze. */
export const TREND_TABLES: Readonly<Record<string, Expectation>> = {
	follow_up: { rows: byReport('t.id::text'), sees: ofReport, adds: ministries, changes: ofReport },
	follow_up_entry: {
		rows: `select t.id::text as key, r.enterprise_id::text as enterprise, r.channel_id as channel, null::text as org, null::text as person, t.by_kind as mark
			from %T t join follow_up c on c.id = t.follow_up_id join annual_report r on r.id = c.report_id`,
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: none
	},
	follow_up_reminder: {
		rows: `select t.id::text as key, r.enterprise_id::text as enterprise, r.channel_id as channel, null::text as org, null::text as person, t.audience as mark
			from %T t join follow_up c on c.id = t.follow_up_id join annual_report r on r.id = c.report_id`,
		sees: forEnterprise,
		adds: system,
		changes: system
	},
	// What filers are held against is read by nobody: a function answers yes and n.
	filer_limit: { rows: byNobody("t.category || ' ' || t.metric || ' ' || t.report_year || ' ' || t.basis"), sees: system, adds: system, changes: none },
	filer_limit_year: { rows: byNobody('t.report_year::text'), sees: system, adds: system, changes: none },
	frozen_view: { rows: byNobody('t.code', 't.by_kind'), sees: ministries, adds: any(system, marked), changes: none },
	frozen_view_comment: { rows: byNobody('t.id::text', 't.by_kind'), sees: ministries, adds: any(system, marked), changes: none }
};
