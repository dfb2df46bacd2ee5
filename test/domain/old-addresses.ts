/**
 * Addresses of lists and dashboards as they were mailed and kept, each with what it asked for: read for ever as it was read then. Lines are added, never
 * changed; a word that is given up stays here and goes on being understood.
 */
export type OldAddress = readonly [page: string, query: string, asked: Readonly<Record<string, unknown>>];

export const OLD_LIST_ADDRESSES: readonly OldAddress[] = [
	['/ministry/reports', '', { year: null, states: [], sort: 'name', descending: false }],
	[
		'/ministry/reports',
		'year=2026&class=mfg&region=320000&status=returned,submitted',
		{ year: 2026, category: 'manufacturing', channelId: '320000', states: ['returned', 'submitted'] }
	],
	['/ministry/reports', 'status=draft&status=not_started', { states: ['draft', 'not_started'] }],
	['/ministry/reports', 'cohort=2022', { cohort: 2022, cohorts: [] }],
	['/ministry/reports', 'cohort=2022,2025&tier=over5', { cohort: null, cohorts: [2022, 2025], tier: 'over5' }],
	['/ministry/reports', 'late=ent&asof=2026-12-01', { late: 'ent', asOf: '2026-12-01' }],
	['/ministry/reports', 'late=fwd&sort=-days_late', { late: 'fwd', sort: 'days_late', descending: true }],
	['/ministry/reports', 'court=mine&flags=warnings', { court: 'mine', flags: 'warnings' }],
	['/ministry/reports', 'figure=missing&asof=2026-11-20&region=660000', { figure: 'missing', asOf: '2026-11-20', channelId: '660000' }],
	['/ministry/reports', 'criterion=M4:unmet&year=2025', { criterion: { id: 'M4', verdict: 'unmet' }, year: 2025 }],
	['/ministry/reports', 'criterion=M4%3Aunmet', { criterion: { id: 'M4', verdict: 'unmet' } }],
	['/ministry/reports', 'reason=late:other&held=2026-11-01', { reason: { kind: 'late', code: 'other' }, heldSince: '2026-11-01' }],
	['/ministry/reports', 'q=%E5%8C%96%E5%B7%A5&cols=name,state&density=s', { q: '化工' }],
	['/ministry/progress', 'year=2025&by=department&asof=2025-12-05&tile=count', { year: 2025, by: 'department', asOf: '2025-12-05' }],
	['/ministry/progress', 'class=ito&cohort=2022&curve=forwarded&sort=-overdue', { category: 'it_outsourcing', cohort: 2022, curve: 'forwarded' }],
	[
		'/ministry/cohort',
		'cohort=2022,2025&year=2026&class=mfg&metric=informatisation_share',
		{ cohorts: [2022, 2025], year: 2026, category: 'manufacturing', metric: 'informatisation_share' }
	],
	[
		'/ministry/cohort',
		'tier=group&status=returned&asof=2026-11-23&region=g017',
		{ tier: 'group', statuses: ['returned'], asOf: '2026-11-23', channelId: 'g017' }
	],
	['/ministry/metrics/informatisation_share', 'class=mfg&of=2024&basis=final&reach=below', { of: 2024, basis: 'final', reach: 'below', by: null }],
	['/ministry/metrics/ito_executed', 'of=2024&basis=forecast&by=cohort&sort=-value', { of: 2024, basis: 'forecast', by: 'cohort', descending: true }],
	['/ministry/metrics/revenue', 'by=channel&after=12~5000.5', { by: 'channel', after: { id: '12', key: '5000.5' } }],
	[
		'/ministry/cohort/trial',
		'metric=informatisation_share&threshold=6',
		{ subject: 'informatisation_share', trial: { subject: 'informatisation_share', threshold: '0.06' } }
	],
	[
		'/ministry/cohort/trial',
		'metric=revenue&threshold=80000&becomes=unmet&year=2025&cohort=2022',
		{ trial: { subject: 'revenue', threshold: '80000' }, becomes: 'unmet' }
	],
	[
		'/ministry/follow-ups/candidates',
		'year=2025&basis=final&class=ito&metric=ito_executed',
		{ year: 2025, basis: 'final', category: 'it_outsourcing', metric: 'ito_executed' }
	],
	[
		'/ministry/follow-ups',
		'state=overdue&metric=revenue&region=320000&class=mfg',
		{ state: 'overdue', metric: 'revenue', channelId: '320000', category: 'manufacturing' }
	],
	['/ministry/needs', 'state=mine&kind=support&year=2025&owner=none', { state: 'mine', kind: 'support', year: 2025, owner: 'none' }],
	[
		'/channel/reports',
		'year=2026&court=enterprise&state=draft,not_started&category=it_outsourcing&cohort=2022&q=x&sort=-flags',
		{ year: 2026, court: 'enterprise', states: ['draft', 'not_started'], category: 'it_outsourcing', cohort: 2022, q: 'x', sort: 'flags', descending: true }
	],
	[
		'/channel/chase',
		'list=not_started&stage=owed&category=manufacturing&cohort=2022&sort=risk',
		{ list: 'not_started', stage: 'owed', category: 'manufacturing', cohort: 2022, sort: 'risk' }
	],
	['/channel/contacts', 'list=never&q=x', { list: 'never', q: 'x' }],
	[
		'/audit',
		'who=x&act=export-journal&kind=export&object=journal&org=0&from=2026-01-01&to=2026-12-31',
		{ who: 'x', act: 'export-journal', kind: 'export', from: '2026-01-01', to: '2026-12-31' }
	],
	['/admin/organisations', 'kind=commerce&q=x&after=12', { kind: 'commerce', after: '12' }],
	['/channel/people', 'q=x&after=12', { after: '12' }]
];
