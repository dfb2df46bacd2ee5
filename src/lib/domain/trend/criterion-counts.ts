/** How many meet each criterion, by article and year, from the verdicts of `domain/check` alone (方案第五条, 第六条). */
import { CRITERIA_OF, type CriterionFinding, type Verdict } from '#lib/domain/check/criteria.ts';
import type { ArticleId } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { CriterionId, Policy } from '#lib/domain/policy.ts';

/** What one report was found to be, with the policy it was judged by; null: nothing was forwarded, so that nothing is known. */
export interface JudgedReport {
	readonly designationId: string;
	/** The report year: the verdict rests on the audited years before it. */
	readonly year: number;
	readonly category: Category;
	readonly policyVersion: string;
	readonly verdicts: ReadonlyMap<CriterionId, Verdict> | null;
}

export interface CriterionCount {
	readonly year: number;
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	/** More than one where a year's reports were judged by different ones: shown, never added up in silence. */
	readonly policyVersions: readonly string[];
	readonly met: number;
	readonly unmet: number;
	readonly unknown: number;
	/** met + unmet + unknown: every report expected of the category. */
	readonly of: number;
	/** Another threshold than the year before (口径变化): no change is told across it. */
	readonly isBreak: boolean;
}

/** The verdicts of findings by criterion (方案第五条). */
export function verdictsOf(findings: readonly Pick<CriterionFinding, 'criterion' | 'verdict'>[]): ReadonlyMap<CriterionId, Verdict> {
	return new Map(findings.map(({ criterion, verdict }) => [criterion, verdict]));
}

/** The same from what is kept of a version: which criteria were not met and which unknown; the rest were met (方案第五条). */
export function verdictsKept(
	category: Category,
	kept: { readonly unmet: readonly string[]; readonly unknown: readonly string[] }
): ReadonlyMap<CriterionId, Verdict> {
	return new Map(
		CRITERIA_OF[category].map((criterion) => [criterion, kept.unmet.includes(criterion) ? 'unmet' : kept.unknown.includes(criterion) ? 'unknown' : 'met'])
	);
}

/** Met, not met and unknown of one category by article and year, oldest year first (方案第五条). A report that never came is unknown, never a failure. */
export function criterionCounts(reports: readonly JudgedReport[], category: Category, policyOf: (version: string) => Policy | null): readonly CriterionCount[] {
	const byYear = Map.groupBy(
		reports.filter((report) => report.category === category),
		({ year }) => year
	);
	const ruleIn = (versions: readonly string[], criterion: CriterionId): string =>
		versions.map((version) => JSON.stringify(policyOf(version)?.criteria[criterion] ?? version)).join();
	let before: readonly string[] | null = null;
	return [...byYear]
		.sort(([a], [b]) => a - b)
		.flatMap(([year, inYear]) => {
			const versions = [...new Set(inYear.map(({ policyVersion }) => policyVersion))].sort();
			const earlier = before;
			before = versions;
			return CRITERIA_OF[category].map((criterion): CriterionCount => {
				const count = (verdict: Verdict): number => inYear.filter(({ verdicts }) => (verdicts?.get(criterion) ?? 'unknown') === verdict).length;
				return {
					year,
					criterion,
					article: articleOf(criterion, versions, policyOf),
					policyVersions: versions,
					met: count('met'),
					unmet: count('unmet'),
					unknown: count('unknown'),
					of: inYear.length,
					isBreak: earlier !== null && ruleIn(earlier, criterion) !== ruleIn(versions, criterion)
				};
			});
		});
}

function articleOf(criterion: CriterionId, versions: readonly string[], policyOf: (version: string) => Policy | null): ArticleId {
	for (const version of versions) {
		const policy = policyOf(version);
		if (policy !== null) return policy.criteria[criterion].article;
	}
	throw new RangeError(`no policy is known of ${versions.join()}`);
}
