import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import type { Check } from '#lib/domain/check/check.ts';
import { runChecks } from '#lib/domain/check/checks.ts';
import { judgeCriteria, type CriterionFinding } from '#lib/domain/check/criteria.ts';
import { readFigures, withReport, type HistoryFigures, type ReadFigures } from '#lib/domain/form/figures.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Db } from '#lib/server/db/door.ts';
import { loadHistory } from './annual-figure.ts';
import { loadPolicy } from './policy.ts';

export interface Judgement {
	readonly read: ReadFigures;
	readonly checks: readonly Check[];
	readonly findings: readonly CriterionFinding[];
	readonly history: HistoryFigures;
	readonly policy: Policy;
}

/** Figures, checks and criteria of one set of answers: the same rules the browser runs, on what the database knows. */
export async function judge(
	db: Db,
	report: {
		readonly designationId: string;
		readonly year: number;
		readonly policyVersion: string;
		readonly form: AnnualReportForm;
		readonly answers: Answers;
		readonly attachments: readonly AttachmentFact[];
	}
): Promise<Judgement> {
	const { form, year, answers, attachments } = report;
	const [policy, history] = await Promise.all([loadPolicy(db, report.policyVersion), loadHistory(db, report.designationId, year)]);
	const read = readFigures(form, year, answers, history);
	const checks = runChecks({ form, year, answers, history, attachments, policy });
	const findings = judgeCriteria({ policy, category: form.category, runningYear: year, known: withReport(history, year, read.rows, read.earlier), answers });
	return { read, checks, findings, history, policy };
}
