import type { Policy } from '#lib/domain/policy.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { policyIn } from '#lib/server/store/report/policy.ts';

/** The policy of the year a figure is of; before the first year that was opened, that year's. */
export function policyByYear(years: readonly Pick<ReportingYear, 'year' | 'policyVersion'>[], policies: ReadonlyMap<string, Policy>): (year: number) => Policy {
	const oldestFirst = [...years].sort((a, b) => a.year - b.year);
	return (year) => {
		const of = oldestFirst.findLast((one) => one.year <= year) ?? oldestFirst[0];
		if (!of) throw new RangeError('no year was opened');
		return policyIn(policies, of.policyVersion);
	};
}
