/** "What if the threshold were 6 %": a criterion tried on the record at hand, which changes nothing (非方案规定). Judged by `domain/check` alone. */
import { CRITERIA_OF, judgeCriterion, type CriteriaInput, type Verdict } from '#lib/domain/check/criteria.ts';
import { compare, parseDecimal, ZERO } from '#lib/domain/decimal.ts';
import type { ArticleId } from '#lib/domain/notice.ts';
import type { Metric } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY, type CriteriaPolicy, type CriterionId, type Policy } from '#lib/domain/policy.ts';

/** Every threshold that can be tried: the criterion, the figure it is set for, and its place in the policy. */
export const TRIABLE = [
	{ criterion: 'M4', subject: 'informatisation_share', setting: 'minRate', unit: 'rate' },
	{ criterion: 'M5', subject: 'networking_rate', setting: 'minRate', unit: 'rate' },
	{ criterion: 'M6', subject: 'employees', setting: 'minEmployees', unit: 'count' },
	{ criterion: 'M6', subject: 'revenue', setting: 'minRevenueWan', unit: 'wan' },
	{ criterion: 'S2', subject: 'ito_executed', setting: 'minWan', unit: 'wan' },
	{ criterion: 'S4', subject: 'manufacturing_customers', setting: 'minCount', unit: 'count' },
	{ criterion: 'S5', subject: 'manufacturing_share', setting: 'minRate', unit: 'rate' }
] as const satisfies readonly { criterion: CriterionId; subject: string; setting: string; unit: 'rate' | 'count' | 'wan' }[];

export type TrialSubject = (typeof TRIABLE)[number]['subject'];

export interface Trial {
	readonly subject: TrialSubject;
	/** Decimal text in the unit, a rate 0–1. */
	readonly threshold: string;
}

/** A threshold that can be tried: above zero, a rate up to one, and with no more places than a judged rate has (非方案规定). Null for any other text. */
export function trialOf(subject: string, threshold: string): Trial | null {
	const place = TRIABLE.find((one) => one.subject === subject);
	const value = parseDecimal(threshold);
	if (!place || value === null || value.scale > 6 || compare(value, ZERO) <= 0) return null;
	if (place.unit === 'rate' && compare(value, { units: 1n, scale: 0 }) > 0) return null;
	if (place.unit === 'count' && value.scale > 0) return null;
	return { subject: place.subject, threshold };
}

/** A policy with one threshold tried in it; its version says so, so that nothing judged by it can be kept as a verdict (非方案规定). */
export function policyWith(policy: Policy, { subject, threshold }: Trial): Policy {
	const place = placeOf(subject);
	const rule = { ...policy.criteria[place.criterion], [place.setting]: threshold };
	return { ...policy, version: `${policy.version}+trial`, criteria: { ...policy.criteria, [place.criterion]: rule } as CriteriaPolicy };
}

/** What a threshold belongs to (方案第五条). */
export function placeOf(subject: TrialSubject): (typeof TRIABLE)[number] & { readonly category: Category } {
	const place = TRIABLE.find((one) => one.subject === subject);
	if (!place) throw new RangeError(`no threshold on ${String(subject)}`);
	return { ...place, category: CRITERIA_OF.manufacturing.includes(place.criterion) ? 'manufacturing' : 'it_outsourcing' };
}

/** The figures a criterion is judged on, one or two (方案第五条): what a question to the record has to bring. */
export const JUDGED_ON: Readonly<Record<(typeof TRIABLE)[number]['criterion'], readonly [Metric, Metric | null]>> = {
	M4: ['informatisationWan', 'revenueWan'],
	M5: ['equipmentNetworked', 'equipmentTotal'],
	M6: ['employees', 'revenueWan'],
	S2: ['itoExecutedWan', null],
	S4: ['manufacturingCustomers', null],
	S5: ['manufacturingRevenueWan', 'revenueWan']
};

/** One verdict as it is and as it would be. */
export interface TriedVerdict {
	readonly from: Verdict;
	readonly to: Verdict;
}

/** What a report is found to be by the rule in force and by the one tried; of one that never came nothing is known either way (非方案规定). */
export function tryOn(report: CriteriaInput | null, trial: Trial): TriedVerdict {
	if (report === null) return { from: 'unknown', to: 'unknown' };
	const { criterion } = placeOf(trial.subject);
	return {
		from: judgeCriterion(criterion, report).verdict,
		to: judgeCriterion(criterion, { ...report, policy: policyWith(report.policy, trial) }).verdict
	};
}

/** Who stands where by the rule in force and by the one tried. */
export interface TrialCount {
	readonly year: number;
	readonly of: number;
	readonly now: Readonly<Record<Verdict, number>>;
	readonly tried: Readonly<Record<Verdict, number>>;
	/** Whose verdict would be another. */
	readonly nMoved: number;
}

/** Counts by report year, oldest first, of reports or of groups of `n` that are judged alike (非方案规定). */
export function trialCounts(judged: readonly (TriedVerdict & { readonly year: number; readonly n: number })[]): readonly TrialCount[] {
	return [...Map.groupBy(judged, ({ year }) => year)]
		.sort(([a], [b]) => a - b)
		.map(([year, inYear]): TrialCount => {
			const sum = (which: (one: TriedVerdict) => boolean): number => inYear.reduce((all, one) => (which(one) ? all + one.n : all), 0);
			const countOf = (side: 'from' | 'to') => {
				const of = (verdict: Verdict): number => sum((one) => one[side] === verdict);
				return { met: of('met'), unmet: of('unmet'), unknown: of('unknown') };
			};
			return { year, of: sum(() => true), now: countOf('from'), tried: countOf('to'), nMoved: sum(({ from, to }) => from !== to) };
		});
}

/** One report of the record as it is judged. */
export interface TriedReport extends CriteriaInput {
	readonly designationId: string;
}

/** A year of a trial with who would stand elsewhere. */
export interface TrialYear extends Omit<TrialCount, 'nMoved'> {
	/** Designations whose verdict would be another, in order of id. */
	readonly moved: readonly ({ readonly designationId: string } & TriedVerdict)[];
}

export interface TrialResult {
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	readonly category: Category;
	readonly trial: Trial;
	/** By report year, oldest first. */
	readonly years: readonly TrialYear[];
}

/** The trial over every year of the record, each report by its own year's policy otherwise (非方案规定). Reports of the other category are left out. */
export function tryThreshold(reports: readonly TriedReport[], trial: Trial): TrialResult {
	const { criterion, category } = placeOf(trial.subject);
	const judged = reports
		.filter((report) => report.category === category)
		.map((report) => ({ designationId: report.designationId, year: report.runningYear, n: 1, ...tryOn(report, trial) }));
	const years = trialCounts(judged).map(({ nMoved: _, ...count }): TrialYear => ({
		...count,
		moved: judged
			.filter(({ year, from, to }) => year === count.year && from !== to)
			.map(({ designationId, from, to }) => ({ designationId, from, to }))
			.sort((a, b) => (a.designationId < b.designationId ? -1 : 1))
	}));
	return { criterion, article: DEFAULT_POLICY.criteria[criterion].article, category, trial, years };
}
