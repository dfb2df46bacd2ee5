import { CRITERIA_OF, type Verdict } from '#lib/domain/check/criteria.ts';
import type { CriterionId } from '#lib/domain/policy.ts';

const VERDICTS: readonly Verdict[] = ['met', 'unmet', 'unknown'];

/** A criterion and what it was found to be, as an address says it: `M4:unmet`. Null for any other text. */
export function parseCriterion(text: string): { readonly id: CriterionId; readonly verdict: Verdict } | null {
	const [name, said, more] = text.split(':');
	const id = [...CRITERIA_OF.manufacturing, ...CRITERIA_OF.it_outsourcing].find((one) => one === name);
	const verdict = VERDICTS.find((one) => one === said);
	return id !== undefined && verdict !== undefined && more === undefined ? { id, verdict } : null;
}
