/** What the rules say of one set of answers: the same for a draft, a frozen version, a list of kept verdicts and the demonstration. */
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { readFigures, withReport, type HistoryFigures, type ReadFigures } from '#lib/domain/form/figures.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Check } from './check.ts';
import { runChecks } from './checks.ts';
import type { JudgedFar } from './checks-of-cohort.ts';
import { criterionLimits, judgeCriteria, type CriterionFinding } from './criteria.ts';

export interface Answered {
	readonly form: AnnualReportForm;
	/** The report year. */
	readonly year: number;
	readonly answers: Answers;
	/** What earlier reports state. */
	readonly history: HistoryFigures;
	readonly policy: Policy;
}

export interface Judged {
	readonly read: ReadFigures;
	readonly checks: readonly Check[];
	readonly findings: readonly CriterionFinding[];
}

/** The figures and the criteria of 方案第五条 alone. */
export function judgeFigures({ form, year, answers, history, policy }: Answered): Pick<Judged, 'read' | 'findings'> {
	const read = readFigures(form, year, answers, history, criterionLimits(policy, form.category));
	const known = withReport(history, year, read.rows, read.earlier);
	return { read, findings: judgeCriteria({ policy, category: form.category, runningYear: year, known, answers }) };
}

/** Figures, criteria and every check. */
export function judgeAnswers(
	answered: Answered & { readonly attachments: readonly AttachmentFact[]; readonly channelKind: ChannelKind; readonly far?: readonly JudgedFar[] }
): Judged {
	return { ...judgeFigures(answered), checks: runChecks(answered) };
}
