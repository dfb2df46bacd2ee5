import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { Answers } from '#lib/domain/form/answer-key.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { blocking } from '#lib/domain/check/checks.ts';
import { judgeAnswers, type Judged } from '#lib/domain/check/judgement.ts';
import { differsFrom, draftOf } from '#lib/domain/form/report-content.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Submission } from '#lib/domain/report/annual-report.ts';
import { explainedWarnings } from '#lib/domain/report/report-version.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Db } from '#lib/server/db/door.ts';
import { loadHistory } from './annual-figure.ts';
import type { LockedReport } from './annual-report.ts';
import { loadAttachments } from './attachment.ts';
import { answersOf, formOf, loadContent, loadDraft } from './draft.ts';
import { loadPolicy } from './policy.ts';
import { loadFar } from '#lib/server/store/trend/filer-limits.ts';

export interface Judgement extends Judged {
	readonly history: HistoryFigures;
	readonly policy: Policy;
}

/** Figures, checks and criteria of one set of answers: the same rules the browser runs, on what the database knows. */
export async function judge(
	db: Db,
	report: {
		readonly designationId: string;
		readonly channelKind: ChannelKind;
		readonly year: number;
		readonly policyVersion: string;
		readonly form: AnnualReportForm;
		readonly answers: Answers;
		readonly attachments: readonly AttachmentFact[];
	}
): Promise<Judgement> {
	const { form, year, channelKind, answers, attachments } = report;
	const [policy, history] = await Promise.all([loadPolicy(db, report.policyVersion), loadHistory(db, report.designationId, year)]);
	const far = await loadFar(db, { form, year, answers, history });
	return { ...judgeAnswers({ form, year, channelKind, answers, history, attachments, policy, far }), history, policy };
}

/**
 * The draft as it would be handed in now: what it says, what the rules say of it, and what submitting asks about it. A returned report nobody has
 * touched has no draft yet: it still says what was sent back.
 */
export async function judgeDraft(db: Db, report: LockedReport) {
	const form = formOf(report);
	const before = report.case.currentVersion > 0 ? await loadContent(db, report.id, report.case.currentVersion) : undefined;
	// What does not wait for each other travels together: one round trip instead of many while the row is locked.
	const [answers, attachments, answeredComments] = await Promise.all([
		report.case.draftBasedOn === null && before !== undefined ? draftOf(before) : loadDraft(db, report.id).then(answersOf),
		loadAttachments(db, report.id),
		countAnswered(db, report)
	]);
	const { year, policyVersion } = report.case.year;
	const { designationId } = report;
	const { channelKind } = report.case;
	const judged = await judge(db, { designationId, channelKind, year, policyVersion, form, answers, attachments });
	const explained = explainedWarnings(judged.checks, answers);
	const submission: Omit<Submission, 'lateReasonCode'> = {
		blockingChecks: [...new Set(blocking(judged.checks).map((check) => check.key))],
		changedSinceReturn: before === undefined || differsFrom(before, form, answers, attachments, explained),
		answeredComments
	};
	return { form, answers, attachments, judged, explained, submission, before };
}

async function countAnswered({ sql }: Db, report: LockedReport): Promise<number> {
	if (report.case.return === null || report.case.return.undoneAt !== null) return 0;
	const [row] = await sql<{ answered: number }[]>`
		select count(*)::int as answered from return_comment where return_id = ${report.case.return.id}::bigint and btrim(answer) <> ''`;
	return row?.answered ?? 0;
}
