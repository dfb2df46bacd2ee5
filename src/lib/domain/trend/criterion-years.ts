/** Years in a row against each criterion (方案第五条): each audited year by itself, by the policy of that year; the running year is an outlook. */
import { judgeCriteria, outlookOf, together, CRITERIA_OF, type CriterionFinding, type Verdict } from '#lib/domain/check/criteria.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { ArticleId } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { CriterionId, Policy } from '#lib/domain/policy.ts';

export interface CriterionYears {
	readonly criterion: CriterionId;
	/** As the newest year's policy cites it. */
	readonly article: ArticleId;
	/** One for each year asked for, oldest first. */
	readonly years: readonly { readonly year: number; readonly verdict: Verdict }[];
	/** Met without a gap up to the last of them: a year unknown ends the row as one not met does. */
	readonly inARow: number;
	/** What is forecast, or declared, of the running year; null where nothing is known of it. */
	readonly outlook: Verdict | null;
}

/**
 * What each year's own figures say of each criterion (方案第五条, 第六条). A declaration counts for the year it was made in. Whether "each of three years" holds is
 * what a report's verdict says; this is what it rests on.
 *
 * @param declared what reports declared, by report year
 */
export function criterionYears(
	{ category, known, declared }: { readonly category: Category; readonly known: HistoryFigures; readonly declared: ReadonlyMap<number, Answers> },
	years: readonly number[],
	policyOf: (year: number) => Policy
): readonly CriterionYears[] {
	const findings = new Map<string, ReadonlyMap<CriterionId, CriterionFinding>>();
	/** Of a report of the year after: the year asked about is then its last audited one. */
	const judged = (criterion: CriterionId, runningYear: number, policy: Policy): CriterionFinding | undefined => {
		const key = `${runningYear} ${policy.version}`;
		const found =
			findings.get(key) ??
			new Map(
				judgeCriteria({ policy, category, runningYear, known, answers: declared.get(runningYear) ?? {} }).map(
					(finding) => [finding.criterion, finding] as const
				)
			);
		findings.set(key, found);
		return found.get(criterion);
	};
	const last = years.at(-1);
	return CRITERIA_OF[category].map((criterion) => {
		const byYear = years.map((year) => ({ year, verdict: verdictIn(criterion, year) }));
		const unbroken = [...byYear].reverse().findIndex(({ verdict }) => verdict !== 'met');
		const running = last === undefined ? undefined : judged(criterion, last + 1, policyOf(last + 1));
		const ahead = running === undefined ? null : isDeclared(running) ? running.verdict : outlookOf(running);
		return {
			criterion,
			article: policyOf(last ?? 0).criteria[criterion].article,
			years: byYear,
			inARow: unbroken < 0 ? byYear.length : unbroken,
			outlook: ahead === 'unknown' ? null : ahead
		};
	});

	function verdictIn(criterion: CriterionId, year: number): Verdict {
		const own = judged(criterion, year, policyOf(year));
		if (own !== undefined && isDeclared(own)) return own.verdict;
		const after = judged(criterion, year + 1, policyOf(year));
		return together((after?.parts ?? []).map(({ perYear }) => perYear.at(-1)?.verdict ?? 'unknown'));
	}
}

const isDeclared = ({ parts }: CriterionFinding): boolean => parts.every(({ unit }) => unit === 'declaration');
