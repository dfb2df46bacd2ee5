/** Who stands nearest to a limit, on either side of it (方案第五条; how near is near is 非方案规定). */
import type { CriterionFinding, CriterionPart, Verdict } from '#lib/domain/check/criteria.ts';
import { absolute, compare, decimal, decimalText, multiply, type Decimal } from '#lib/domain/decimal.ts';
import type { ArticleId } from '#lib/domain/notice.ts';
import type { CriterionId } from '#lib/domain/policy.ts';

export interface FoundOf {
	readonly designationId: string;
	readonly findings: readonly CriterionFinding[];
}

export interface NearThreshold {
	readonly designationId: string;
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	readonly policyVersion: string;
	/** What stands beside the limit: a field or a share. */
	readonly subject: string;
	readonly unit: CriterionPart['unit'];
	/** The tested year with the least room, and its figure. */
	readonly year: number;
	readonly actual: string;
	readonly threshold: string;
	/** actual − threshold; below zero it is missed. */
	readonly headroom: string;
	readonly verdict: Verdict;
}

/** The nearest first, by room ÷ limit, so that people and 万元 stand in one list; unknown ones are not near (方案第五条). Equal ones by designation. */
export function nearestToThreshold(of: readonly FoundOf[], most: number, criteria: readonly CriterionId[] | null = null): readonly NearThreshold[] {
	return of
		.flatMap(({ designationId, findings }) =>
			findings
				.filter(({ criterion }) => criteria === null || criteria.includes(criterion))
				.flatMap((finding) => finding.parts.flatMap((part) => nearOf(designationId, finding, part) ?? []))
		)
		.sort((a, b) => compare(roomAgainst(a, b), roomAgainst(b, a)) || (a.designationId < b.designationId ? -1 : a.designationId > b.designationId ? 1 : 0))
		.slice(0, most);
}

function nearOf(designationId: string, finding: CriterionFinding, part: CriterionPart): NearThreshold | null {
	if (part.headroom === null || part.unit === 'declaration') return null;
	const tested = part.perYear.flatMap(({ year, actual, tested }) => (tested && actual !== null ? [{ year, actual: decimal(actual) }] : []));
	const least = tested.reduce((one, other) => (compare(other.actual, one.actual) < 0 ? other : one));
	return {
		designationId,
		criterion: finding.criterion,
		article: finding.article,
		policyVersion: finding.policyVersion,
		subject: part.subject,
		unit: part.unit,
		year: least.year,
		actual: decimalText(least.actual),
		threshold: part.threshold,
		headroom: part.headroom,
		verdict: part.verdict
	};
}

/** |headroom| × the other's limit: compares room ÷ limit without dividing. */
function roomAgainst(one: NearThreshold, other: NearThreshold): Decimal {
	return multiply(absolute(decimal(one.headroom)), decimal(other.threshold));
}
