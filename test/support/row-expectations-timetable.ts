import {
	all,
	any,
	both,
	byNobody,
	byReport,
	forEnterprise,
	isDepartment,
	isMinistry,
	marked,
	ministries,
	none,
	ofReport,
	ownChannel,
	ownEnterprise,
	ownOrg,
	ownPerson,
	system,
	type Expectation,
	type Rule
} from './row-rules.ts';

const office: Rule = (party) => isDepartment(party) || isMinistry(party);
const shared: Rule = (_, row) => row.mark === 'shared';
const ofOffice: Rule = (party, row) => party.kind !== 'enterprise' && ofReport(party, row);
const byRequest = (key: string, mark: string) =>
	`select ${key} as key, r.enterprise_id::text as enterprise, r.channel_id as channel, null::text as org, null::text as person, ${mark} as mark from %T t
		join extension_request x on x.id = t.request_id join annual_report r on r.id = x.report_id`;
const ofPerson = (key: string) =>
	`select ${key} as key, null::text as enterprise, null::text as channel, null::text as org, t.person_id as person, null::text as mark from %T t`;

/** Who may see and change which row of the timetable: calendars, reminders, contacts, exceptions, feeds and robots; and the views of an office. */
export const TIMETABLE_TABLES: Readonly<Record<string, Expectation>> = {
	working_calendar: { rows: byNobody(`t.year || '/' || t.version`), sees: all, adds: ministries, changes: none },
	working_calendar_day: { rows: byNobody(`t.year || '/' || t.version || '/' || t.on_day`), sees: all, adds: ministries, changes: none },
	job_run: { rows: byNobody('t.job || t.run_key'), sees: any(ministries, ({ kind }) => kind === 'administration'), adds: system, changes: system },
	reminder_policy: { rows: byNobody('t.version::text'), sees: all, adds: ministries, changes: none },
	reminder_batch: {
		rows: `select t.id::text as key, null::text as enterprise, t.channel_id as channel, null::text as org, null::text as person, t.org_kind as mark from %T t`,
		sees: any(ministries, ownChannel),
		adds: any(system, both(marked, any(isMinistry, ownChannel))),
		changes: any(system, both(marked, any(isMinistry, ownChannel)))
	},
	reminder: { rows: byReport('t.id::text', 't.audience'), sees: forEnterprise, adds: ofOffice, changes: ofOffice },
	contact_log: {
		rows: byReport('t.id::text', 't.org_kind'),
		sees: ofOffice,
		adds: any(system, both(marked, ofReport)),
		changes: any(system, both(marked, ofReport))
	},
	contact_check: {
		rows: `select t.id::text as key, e.id::text as enterprise, e.channel_id as channel, null::text as org, null::text as person, t.by_kind as mark from %T t
			join enterprise e on e.id = t.enterprise_id`,
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: none
	},
	extension_request: { rows: byReport('t.id::text'), sees: ofReport, adds: any(system, ownEnterprise), changes: ofReport },
	extension_remark: {
		rows: byRequest(`t.request_id || t.department`, 't.department'),
		sees: ofReport,
		adds: any(system, both(marked, ofReport)),
		changes: any(system, both(marked, ofReport))
	},
	extension_decision: { rows: byRequest(`t.request_id || t.ministry`, 't.ministry'), sees: ofReport, adds: any(system, marked), changes: none },
	report_excuse: { rows: byReport('t.id::text', 't.declared_by'), sees: ofReport, adds: any(system, both(marked, ofReport)), changes: ofReport },
	report_reopening: { rows: byReport('t.id::text', 't.ministry'), sees: ofReport, adds: any(system, marked), changes: none },
	calendar_feed: { rows: ofPerson('t.id::text'), sees: any(system, ownPerson), adds: any(system, ownPerson), changes: any(system, ownPerson) },
	robot: {
		rows: `select t.id::text as key, null::text as enterprise, null::text as channel, t.org_id::text as org, null::text as person, null::text as mark
			from %T t`,
		sees: any(system, ownOrg),
		adds: any(system, both(office, ownOrg)),
		changes: any(system, both(office, ownOrg))
	},
	robot_message: {
		rows: `select t.id::text as key, null::text as enterprise, null::text as channel, b.org_id::text as org, null::text as person, null::text as mark from %T t
			join robot b on b.id = t.robot_id`,
		sees: any(system, ownOrg),
		adds: system,
		changes: system
	},
	saved_view: {
		rows: `select t.id::text as key, null::text as enterprise, null::text as channel, t.org_id::text as org, t.person_id as person,
			case when t.shared then 'shared' end as mark from %T t`,
		sees: any(system, both(ownOrg, any(ownPerson, shared))),
		adds: any(system, both(ownOrg, ownPerson)),
		changes: any(system, both(ownOrg, ownPerson)),
		removes: any(system, both(ownOrg, any(ownPerson, shared)))
	}
};
