import type { Verdict } from '#lib/domain/check/criteria.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { CriterionId, Policy } from '#lib/domain/policy.ts';
import { criterionCounts, verdictsKept, type CriterionCount, type JudgedReport } from '#lib/domain/trend/criterion-counts.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { endOfScope, isMember, type TrendScope } from '#lib/server/store/trend/trend-scope.ts';

/**
 * How many meet each criterion, by article and year: from the verdicts kept of the version that spoke last. One question; it answers groups of reports that
 * were judged alike, and `criterionCounts` counts them.
 */
export async function criteriaOf(
	db: ActorDb,
	scope: TrendScope,
	categories: readonly Category[],
	years: readonly number[],
	policies: ReadonlyMap<string, Policy>
): Promise<Readonly<Record<Category, readonly CriterionCount[]>>> {
	const { sql, within } = db;
	const end = endOfScope(scope);
	const rows = await sql<{ year: number; category: string; policy_version: string; unmet: string[] | null; unknown: string[] | null; n: number }[]>`
		select r.year, coalesce(r.category, '') as category, coalesce(j.policy_version, y.policy_version) as policy_version, j.unmet, j.unknown, count(*)::int as n
		from trend_reports(${end}::timestamptz, null) r
		join reporting_year y on y.year = r.year
		left join version_verdict j on j.report_id = r.report_id and j.version_no = r.version_no
		where r.year = any(${years as number[]}::int[]) and r.category = any(${categories as string[]}::text[]) and (r.owed or r.version_no is not null)
			and ${within.report} and ${isMember(db, scope)}
		group by 1, 2, 3, 4, 5`;
	const judged = rows.flatMap((row, group): JudgedReport[] => {
		const category = row.category as Category;
		const verdicts: ReadonlyMap<CriterionId, Verdict> | null =
			row.unmet === null || row.unknown === null ? null : verdictsKept(category, { unmet: row.unmet, unknown: row.unknown });
		return Array.from({ length: row.n }, (_, index) => ({
			designationId: `${group}/${index}`,
			year: row.year,
			category,
			policyVersion: row.policy_version,
			verdicts
		}));
	});
	const of = (category: Category) => (categories.includes(category) ? criterionCounts(judged, category, (version) => policies.get(version) ?? null) : []);
	return { manufacturing: of('manufacturing'), it_outsourcing: of('it_outsourcing') };
}
