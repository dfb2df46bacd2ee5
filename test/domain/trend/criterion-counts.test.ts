import { describe, expect, test } from 'vitest';
import { CRITERIA_OF, judgeCriteria, type CriteriaInput } from '#lib/domain/check/criteria.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import { criterionCounts, verdictsKept, verdictsOf, type JudgedReport } from '#lib/domain/trend/criterion-counts.ts';
import { nearestToThreshold } from '#lib/domain/trend/nearest-to-threshold.ts';
import { policyWith, TRIABLE, trialOf, tryThreshold, type TriedReport } from '#lib/domain/trend/policy-trial.ts';
import { limitOf } from '#lib/domain/trend/trend-metric.ts';
import { stated } from '../form/filing-examples.ts';
import { seeded } from './second-statistics.ts';
import { metricCalled, policyAt } from './trend-members.ts';

/** Shares of informatisation of the three audited years before 2026, in per cent of 100,000. */
const spending = (percents: readonly (number | null)[], more: { employees?: string } = {}): HistoryFigures =>
	percents.flatMap((percent, index) =>
		percent === null ? [] : [stated(2023 + index, 'final', { informatisationWan: String(percent * 1000), revenueWan: '100000', ...more })]
	);
const input = (known: HistoryFigures, changes: Partial<CriteriaInput> = {}): CriteriaInput => ({
	policy: DEFAULT_POLICY,
	category: 'manufacturing',
	runningYear: 2026,
	known,
	answers: {},
	...changes
});
const judged = (designationId: string, year: number, known: HistoryFigures | null, policy: Policy = DEFAULT_POLICY): JudgedReport => ({
	designationId,
	year,
	category: 'manufacturing',
	policyVersion: policy.version,
	verdicts: known === null ? null : verdictsOf(judgeCriteria(input(known, { policy, runningYear: year })))
});
const known = new Map([DEFAULT_POLICY, policyAt('0.06')].map((policy) => [policy.version, policy]));
const policyOf = (version: string) => known.get(version) ?? null;

describe('met, not met and unknown, by article and year (方案第五条)', () => {
	test('three parts that add up; what never came is unknown and no failure', () => {
		const reports = [
			judged('a', 2026, spending([5, 6, 7])),
			judged('b', 2026, spending([5, 4, 7])),
			judged('c', 2026, spending([5, null, 7])),
			judged('d', 2026, null)
		];
		expect(criterionCounts(reports, 'manufacturing', policyOf)[0]).toEqual({
			year: 2026,
			criterion: 'M4',
			article: '5.2.4',
			policyVersions: ['2026-1'],
			met: 1,
			unmet: 1,
			unknown: 2,
			of: 4,
			isBreak: false
		});
	});

	test('every criterion of the category each year, none of the other', () => {
		for (const category of CATEGORIES) {
			const counts = criterionCounts(
				[2025, 2026].map((year) => ({ ...judged('a', year, null), category })),
				category,
				policyOf
			);
			expect(counts.map(({ year, criterion }) => [year, criterion])).toEqual(
				[2025, 2026].flatMap((year) => CRITERIA_OF[category].map((criterion) => [year, criterion]))
			);
		}
		expect(criterionCounts([judged('a', 2026, null)], 'it_outsourcing', policyOf)).toEqual([]);
	});

	test('another threshold is a break for its criterion alone, and each year is judged by its own', () => {
		const six = policyAt('0.06');
		const reports = [judged('a', 2025, spending([5.5, 5.5, 5.5])), judged('a', 2026, spending([5.5, 5.5, 5.5]), six)];
		const found = criterionCounts(reports, 'manufacturing', policyOf);
		expect(found.filter(({ isBreak }) => isBreak).map(({ year, criterion, unmet }) => [year, criterion, unmet])).toEqual([[2026, 'M4', 1]]);
	});

	test('a year judged by two policies says so', () => {
		const reports = [judged('a', 2026, null), judged('b', 2026, null, policyAt('0.06'))];
		expect(criterionCounts(reports, 'manufacturing', policyOf)[0]?.policyVersions).toEqual(['2026-1', 'test-0.06']);
	});

	test('kept verdicts and findings say the same', () => {
		const findings = judgeCriteria(input(spending([5, 4, 7], { employees: '1000' })));
		const of = (verdict: string) => findings.filter((finding) => finding.verdict === verdict).map(({ criterion }) => criterion);
		expect(verdictsKept('manufacturing', { unmet: of('unmet'), unknown: of('unknown') })).toEqual(verdictsOf(findings));
		expect([...verdictsOf(findings)]).toEqual([
			['M4', 'unmet'],
			['M5', 'unknown'],
			['M6', 'met']
		]);
	});
});

describe('nearest to the threshold', () => {
	const of = (designationId: string, history: HistoryFigures) => ({ designationId, findings: judgeCriteria(input(history)) });

	test('on either side, by room ÷ limit; the year with the least room is named, and the unknown is not near', () => {
		const found = nearestToThreshold(
			[of('a', spending([5.4, 9, 9])), of('b', spending([9, 4.9, 9])), of('c', spending([5, 5, 5])), of('d', spending([null, null, null]))],
			10,
			['M4']
		);
		expect(found.map(({ designationId, year, actual, headroom, verdict }) => [designationId, year, actual, headroom, verdict])).toEqual([
			['c', 2023, '0.05', '0', 'met'],
			['b', 2024, '0.049', '-0.001', 'unmet'],
			['a', 2023, '0.054', '0.004', 'met']
		]);
		expect(found[0]).toMatchObject({ criterion: 'M4', article: '5.2.4', subject: 'informatisation_share', threshold: '0.05', policyVersion: '2026-1' });
	});

	test('people and 万元 in one list, and no more than asked for', () => {
		const found = nearestToThreshold([of('a', spending([9, 9, 9], { employees: '1010' })), of('b', spending([9, 9, 9], { employees: '990' }))], 3, null);
		expect(found.map(({ designationId, subject }) => [designationId, subject])).toEqual([
			['a', 'employees'],
			['b', 'employees'],
			['a', 'informatisation_share']
		]);
	});

	test('a declaration has no distance', () => {
		const findings = judgeCriteria(input([], { category: 'it_outsourcing', answers: { export_app_registered: 'no', export_app_filing: 'no' } }));
		expect(nearestToThreshold([{ designationId: 's', findings }], 10)).toEqual([]);
	});
});

describe('a threshold tried on the record', () => {
	const report = (designationId: string, history: HistoryFigures, changes: Partial<CriteriaInput> = {}): TriedReport => ({
		designationId,
		...input(history, changes)
	});

	test('who would stand elsewhere, and nothing is changed', () => {
		const trial = trialOf('informatisation_share', '0.06');
		if (!trial) throw new Error('trial');
		const frozen = JSON.stringify(DEFAULT_POLICY);
		const reports = [
			report('b', spending([5, 6, 7])),
			report('a', spending([5.5, 9, 9])),
			report('c', spending([6, 6, 6])),
			report('d', spending([3, 9, 9])),
			report('e', spending([null, 9, 9]))
		];
		expect(tryThreshold([...reports, report('s', [], { category: 'it_outsourcing' })], trial)).toEqual({
			criterion: 'M4',
			article: '5.2.4',
			category: 'manufacturing',
			trial,
			years: [
				{
					year: 2026,
					of: 5,
					now: { met: 3, unmet: 1, unknown: 1 },
					tried: { met: 1, unmet: 3, unknown: 1 },
					moved: [
						{ designationId: 'a', from: 'met', to: 'unmet' },
						{ designationId: 'b', from: 'met', to: 'unmet' }
					]
				}
			]
		});
		expect(JSON.stringify(DEFAULT_POLICY)).toBe(frozen);
	});

	test('a lower one moves the other way; the threshold in force moves nobody', () => {
		const reports = [report('a', spending([4, 4, 4])), report('b', spending([9, 9, 9]))];
		const moved = (threshold: string) => tryThreshold(reports, { subject: 'informatisation_share', threshold }).years[0]?.moved.map(({ to }) => to);
		expect([moved('0.04'), moved('0.05')]).toEqual([['met'], []]);
	});

	test('each report stays under its own policy but for the one threshold', () => {
		const tried = policyWith(policyAt('0.06'), { subject: 'revenue', threshold: '80000' });
		expect([tried.criteria.M4.minRate, tried.criteria.M6.minRevenueWan, tried.criteria.M6.minEmployees]).toEqual(['0.06', '80000', '1000']);
		expect(tried.version).toBe('test-0.06+trial');
	});

	test('the table names the very thresholds that are judged', () => {
		for (const { criterion, subject } of TRIABLE) {
			const category: Category = CRITERIA_OF.manufacturing.includes(criterion) ? 'manufacturing' : 'it_outsourcing';
			const limit = limitOf(metricCalled(subject), category, policyWith(DEFAULT_POLICY, { subject, threshold: '0.123' }));
			expect([limit?.criterion, limit?.threshold]).toEqual([criterion, '0.123']);
		}
		const limits = CATEGORIES.flatMap((category) =>
			judgeCriteria(input([], { category })).flatMap(({ parts }) => parts.filter(({ unit }) => unit !== 'declaration'))
		);
		expect(TRIABLE.map(({ subject }) => subject).toSorted()).toEqual(limits.map(({ subject }) => subject).toSorted());
	});

	test.each([
		['informatisation_share', '0.06', true],
		['informatisation_share', '1', true],
		['informatisation_share', '1.01', false],
		['informatisation_share', '0', false],
		['informatisation_share', '0.0600001', false],
		['informatisation_share', '6%', false],
		['employees', '1500', true],
		['employees', '1500.5', false],
		['revenue', '60000.5', true],
		['profit', '5', false]
	])('%s of %s can be tried: %s', (subject, threshold, taken) => expect(trialOf(subject, threshold) !== null).toBe(taken));

	test('a higher threshold never lets anybody in: random records', () => {
		const random = seeded(6);
		const reports = Array.from({ length: 60 }, (_, index) =>
			report(`d${String(index)}`, spending([0, 1, 2].map(() => (random(5) === 0 ? null : random(100) / 10))))
		);
		let met = 61;
		for (const threshold of ['0.01', '0.03', '0.05', '0.07', '0.09']) {
			const year = tryThreshold(reports, { subject: 'informatisation_share', threshold }).years[0];
			if (!year) throw new Error('no year');
			expect(year.tried.met + year.tried.unmet + year.tried.unknown).toBe(60);
			expect(year.tried.met).toBeLessThanOrEqual(met);
			met = year.tried.met;
		}
	});
});
