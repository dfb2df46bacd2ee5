/** The states of an annual report (方案第十一条; domain.md 2). "Approved" is no state: it is computed from the opinions. */
export const REPORT_STATES = [
	'not_started',
	'draft',
	'submitted',
	'returned',
	'forwarded',
	'received',
	'not_filed',
	'not_delivered',
	'excused',
	'not_owed'
] as const;

export type ReportState = (typeof REPORT_STATES)[number];

/** Who has to act next on a report: 'departments' = both of a province; 'channel' = approved by all and not yet forwarded. `courtOf` says which. */
export const COURTS = ['enterprise', 'commerce', 'industry', 'departments', 'group', 'channel', 'ministries', 'nobody'] as const;
export type Court = (typeof COURTS)[number];
