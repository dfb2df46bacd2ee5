import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { PROGRESS_FIGURES, type ProgressCounts } from '#lib/domain/report/progress.ts';
import { cohortFigures } from '#lib/domain/trend/cohort-figures.ts';
import { sameAmong, titleFacts as factsOf } from '#lib/domain/trend/title-facts.ts';
import { seriesOf, type Member, type TrendSeries } from '#lib/domain/trend/trend-point.ts';
import { frameOf, member, metricCalled, policyAt } from './trend-members.ts';

const titleFacts = (series: TrendSeries, members: readonly Member[]) => factsOf(series, sameAmong(members, series));
const share = metricCalled('informatisation_share');
const rows = (percent: number) => ({ informatisationWan: String(percent * 10), revenueWan: '1000' });

/** Five that are there both years, and one that came. */
const MEMBERS = [
	...[3, 4.98, 6, 7, 8].map((percent, index) =>
		member(`d${String(index)}`, { '2023': rows(percent), '2024': rows(percent + 1), '2025f': rows(percent + 2), '2026f': rows(20) })
	),
	member('new', { '2024': rows(2) }),
	member('silent', {}, { reports: { 2025: { owed: true } } }),
	member('other', { '2024': { revenueWan: '9' } }, { category: 'it_outsourcing' })
];

describe('what a title says is what is drawn', () => {
	const series = seriesOf(MEMBERS, share, [2023, 2024, 2025, 2026], frameOf());

	test('the last audited and closed year, on how many, how many are below, and what changed', () => {
		const facts = titleFacts(series, MEMBERS);
		// 2024: 2, 4, 5.98, 7, 8, 9 %: median 6.49 %.
		expect(facts).toMatchObject({
			metric: 'informatisation_share',
			year: 2024,
			basis: 'final',
			n: 6,
			of: 7,
			median: '0.0649',
			limit: { article: '5.2.4', threshold: '0.05' },
			medianReaches: true,
			below: 2,
			unknown: 1,
			change: { since: 2023, plain: { known: true, points: '0.49' }, same: { n: { stayers: 5, entries: 1 }, medians: { same: { change: { points: '1' } } } } },
			ahead: { year: 2026, n: 5, median: '0.2' }
		});
		const drawn = series.final.find(({ year }) => year === facts?.year);
		expect([facts?.median, facts?.n, facts?.below]).toEqual([
			drawn?.distribution.kind === 'quartiles' ? drawn.distribution.median : null,
			drawn?.nKnown,
			drawn?.standing?.unmet
		]);
	});

	test('a median a hair below the limit is not said to reach it', () => {
		const close = [1, 2, 3, 4, 5].map((index) => member(`d${String(index)}`, { '2024': { informatisationWan: '49999.999', revenueWan: '1000000' } }));
		expect(titleFacts(seriesOf(close, share, [2024], frameOf()), close)).toMatchObject({ medianReaches: false, median: '0.049999999', below: 5 });
	});

	test('nothing is told across a changed rule', () => {
		const frame = frameOf({ policyOf: (year) => policyAt(year >= 2024 ? '0.06' : '0.05') });
		expect(titleFacts(seriesOf(MEMBERS, share, [2023, 2024], frame), MEMBERS)?.change).toEqual({
			since: 2023,
			plain: { known: false, why: 'break' },
			same: null
		});
	});

	test('all forecast: the sentence speaks of a forecast, and of no change', () => {
		const only = MEMBERS.slice(0, 5).map(({ designationId }) => member(designationId, { '2025f': rows(6), '2026f': rows(7) }));
		expect(titleFacts(seriesOf(only, share, [2025, 2026], frameOf()), only)).toMatchObject({
			year: 2026,
			basis: 'forecast',
			median: '0.07',
			change: null,
			ahead: null
		});
	});

	test('one year, one enterprise, nobody', () => {
		const one = [member('a', { '2024': rows(6) })];
		expect(titleFacts(seriesOf(one, share, [2024], frameOf()), one)).toMatchObject({
			n: 1,
			median: null,
			medianReaches: null,
			below: 0,
			change: null,
			ahead: null
		});
		expect(titleFacts(seriesOf([], share, [2024], frameOf()), [])).toBeNull();
	});

	test('before the first close it speaks of what there is', () => {
		const open = frameOf({ closedThrough: null });
		expect(titleFacts(seriesOf(MEMBERS, share, [2023, 2024], open), MEMBERS)).toMatchObject({ year: 2024, basis: 'final' });
	});
});

describe('the four figures', () => {
	const counts = (changes: Partial<ProgressCounts>): ProgressCounts => ({
		...(Object.fromEntries(PROGRESS_FIGURES.map((figure) => [figure, 0])) as Record<(typeof PROGRESS_FIGURES)[number], number>),
		...changes
	});
	const at = (asOf: string, changes: Partial<ProgressCounts>, year = 2026) => ({
		counts: counts(changes),
		year: { ministryDueOn: day(`${String(year)}-11-30`) },
		asOf: day(asOf)
	});

	test('each with its denominator, and last year’s of the same day', () => {
		const now = at('2026-12-05', { expected: 100, on_time: 80, overdue: 15, extended: 5, excused: 3, not_filed: 2 });
		const before = at('2025-12-05', { expected: 90, on_time: 60, overdue: 30 }, 2025);
		expect(cohortFigures(now, before)).toEqual([
			{ figure: 'expected', kind: null, now: { part: 100, whole: 103 }, lastYear: { part: 90, whole: 90 } },
			{ figure: 'in_time', kind: 'on_time', now: { part: 80, whole: 95 }, lastYear: { part: 60, whole: 90 } },
			{ figure: 'overdue', kind: null, now: { part: 15, whole: 100 }, lastYear: { part: 30, whole: 90 } },
			{ figure: 'not_filed', kind: null, now: { part: 2, whole: 100 }, lastYear: { part: 0, whole: 90 } }
		]);
	});

	test('while the date is ahead it is how far the year is, and no rate; without a last year nothing stands beside', () => {
		expect(cohortFigures(at('2026-11-30', { expected: 100, forwarded: 40, on_time: 40 }), null)[1]).toEqual({
			figure: 'in_time',
			kind: 'so_far',
			now: { part: 40, whole: 100 },
			lastYear: null
		});
	});
});
