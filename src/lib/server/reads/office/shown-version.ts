/** A submitted version on an office's screen: how it was handed in, and all that is computed from it. */
import type { Check } from '#lib/domain/check/check.ts';
import type { CriterionFinding } from '#lib/domain/check/criteria.ts';
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { compareAnswers, type Difference } from '#lib/domain/form/compare-answers.ts';
import { figureLines, type FigureLine } from '#lib/domain/form/figure-line.ts';
import type { DerivedValue } from '#lib/domain/form/figures.ts';
import { maskContent, maskDifferences } from '#lib/domain/form/masked-content.ts';
import { draftOf, type ReportContent } from '#lib/domain/form/report-content.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { judge } from '#lib/server/store/report/report-judgement.ts';

/** When and by whom a version was handed in, and under which receipt. */
export interface SubmittedVersion {
	readonly no: number;
	readonly submittedAt: Date;
	readonly submittedByName: string;
	readonly receiptNo: string;
	readonly contentHash: string;
	readonly lateReasonCode: string | null;
	readonly lateReason: string | null;
}

export interface SubmittedColumns {
	no: number;
	submitted_at: Date;
	submitted_by_name: string;
	receipt_no: string;
	content_hash: string;
	late_reason_code: string | null;
	late_reason: string | null;
}

export function submittedVersionOf(row: SubmittedColumns): SubmittedVersion {
	return {
		no: row.no,
		submittedAt: row.submitted_at,
		submittedByName: row.submitted_by_name,
		receiptNo: row.receipt_no,
		contentHash: row.content_hash,
		lateReasonCode: row.late_reason_code,
		lateReason: row.late_reason
	};
}

/** What a version states, judged by the rules of its year. The content is masked: it was judged before. */
export interface JudgedVersion {
	readonly content: ReportContent;
	readonly checks: readonly Check[];
	readonly findings: readonly CriterionFinding[];
	readonly figures: readonly FigureLine[];
	readonly derived: readonly DerivedValue[];
}

export async function judgedVersion(db: Db, report: LockedReport, form: AnnualReportForm, content: ReportContent): Promise<JudgedVersion> {
	const { channelKind } = report.case;
	const { year } = report.case.year;
	// What was judged keeps the policy it was judged by.
	const { policyVersion } = content;
	const answers = draftOf(content);
	const { designationId } = report;
	const judged = await judge(db, { designationId, channelKind, year, policyVersion, form, answers, attachments: content.attachments });
	return {
		content: maskContent(content),
		checks: judged.checks,
		findings: judged.findings,
		figures: figureLines(form, year, judged.read.rows, judged.history),
		derived: judged.read.derived
	};
}

/** What a version says otherwise than an earlier one, answer by answer and file by file. */
export function changesSince(form: AnnualReportForm, earlier: ReportContent, content: ReportContent): readonly Difference[] {
	const side = (one: ReportContent) => ({ answers: draftOf(one), attachments: one.attachments });
	return maskDifferences(content, compareAnswers(form, side(earlier), side(content)));
}

/** Whose report a page is about, and where it stands. */
export type ReportHead = Pick<LockedReport, 'id' | 'enterpriseId' | 'enterpriseName' | 'creditCode' | 'category'> &
	Pick<ReportCase, 'state' | 'currentVersion' | 'channelKind'>;

export function reportHead(report: LockedReport): ReportHead {
	return {
		id: report.id,
		enterpriseId: report.enterpriseId,
		enterpriseName: report.enterpriseName,
		creditCode: report.creditCode,
		category: report.category,
		state: report.case.state,
		currentVersion: report.case.currentVersion,
		channelKind: report.case.channelKind
	};
}
