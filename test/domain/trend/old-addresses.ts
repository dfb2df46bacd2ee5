/** Addresses of the cohort as they were mailed; each is read for ever as it was read then. Lines are added, never changed. */
import { day } from '#lib/domain/day.ts';
import { NO_FILTER, type TrendFilter } from '#lib/domain/trend/trend-filter.ts';

export const OLD_ADDRESSES: readonly (readonly [address: string, read: TrendFilter])[] = [
	['', NO_FILTER],
	['year=2026&class=mfg', { ...NO_FILTER, year: 2026, category: 'manufacturing' }],
	[
		'cohort=2022,2025&year=2026&class=mfg&metric=informatisation_share',
		{ ...NO_FILTER, cohorts: [2022, 2025], year: 2026, category: 'manufacturing', metric: 'informatisation_share' }
	],
	['class=ito&region=320000&metric=ito_executed', { ...NO_FILTER, category: 'it_outsourcing', channelId: '320000', metric: 'ito_executed' }],
	['region=660000&status=returned,submitted', { ...NO_FILTER, channelId: '660000', statuses: ['submitted', 'returned'] }],
	['tier=over5&asof=2026-11-23', { ...NO_FILTER, tier: 'over5', asOf: day('2026-11-23') }],
	['tier=group&year=2025', { ...NO_FILTER, tier: 'group', year: 2025 }]
];
