/** What is frozen when a report is submitted, beside the moves themselves: the content of the version, and what is counted in it. */
import type { Check } from '#lib/domain/check/check.ts';
import { outlookOf, type CriterionFinding } from '#lib/domain/check/criteria.ts';
import { answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import { explanationsOf, frozenAnswers, type ReportContent } from '#lib/domain/form/report-content.ts';

/** What was said to each warning, with the rule that raised it. */
export function explainedWarnings(checks: readonly Pick<Check, 'level' | 'key' | 'article'>[], answers: Answers): ReportContent['explained'] {
	// Both years of a field share a key; the first says by which rule.
	const articleOf = new Map<string, string>();
	for (const { level, key, article } of checks) if (level === 'warning' && !articleOf.has(key)) articleOf.set(key, article);
	return explanationsOf(answers, [...articleOf.keys()]).map((one) => ({ ...one, basis: articleOf.get(one.checkKey) ?? 'system' }));
}

/** The text of a version before it is written down: a form's answers, files and explanations as they stood at one instant. */
export function versionContent(
	report: Pick<ReportContent, 'reportYear' | 'enterprise' | 'channel'>,
	submitted: Pick<ReportContent, 'version' | 'policyVersion' | 'attachments' | 'explained' | 'late'> & {
		readonly form: AnnualReportForm;
		readonly answers: Answers;
		/** Declares where the form names nobody. */
		readonly personName: string;
		readonly at: Date;
	}
): ReportContent {
	const { form, answers } = submitted;
	return {
		layout: 1,
		reportYear: report.reportYear,
		version: submitted.version,
		formVersion: form.version,
		policyVersion: submitted.policyVersion,
		category: form.category,
		enterprise: { name: report.enterprise.name, creditCode: report.enterprise.creditCode },
		channel: { id: report.channel.id, name: report.channel.name },
		answers: frozenAnswers(form, answers),
		attachments: submitted.attachments.map(({ id, slotId, name, sha256, sizeBytes, contentType }) => ({ id, slotId, name, sha256, sizeBytes, contentType })),
		explained: submitted.explained,
		declaration: { personName: answerAt(answers, 'declared_by').trim() || submitted.personName, declaredAt: submitted.at.toISOString() },
		late: submitted.late
	};
}

/** What the filer was told when the version was frozen; never counted again. */
export interface VersionCounts {
	readonly warnings: number;
	readonly criteriaUnmet: number;
	readonly criteriaUnknown: number;
}

/** Counts what was found in a version, as it is kept beside it. */
export function versionCounts(checks: readonly Pick<Check, 'level'>[], findings: readonly Pick<CriterionFinding, 'verdict'>[]): VersionCounts {
	const count = (verdict: CriterionFinding['verdict']) => findings.filter((finding) => finding.verdict === verdict).length;
	return { warnings: checks.filter(({ level }) => level === 'warning').length, criteriaUnmet: count('unmet'), criteriaUnknown: count('unknown') };
}

/** Criteria by id: what is kept of a version for lists and filters, on audited years, with what the forecast would say. */
export interface KeptVerdict {
	readonly unmet: readonly CriterionId[];
	readonly unknown: readonly CriterionId[];
	/** Never counted as not met (方案第六条). */
	readonly outlookUnmet: readonly CriterionId[];
}

export function keptVerdictOf(findings: readonly Pick<CriterionFinding, 'criterion' | 'verdict' | 'parts'>[]): KeptVerdict {
	const having = (verdict: CriterionFinding['verdict']) => findings.filter((finding) => finding.verdict === verdict).map(({ criterion }) => criterion);
	return {
		unmet: having('unmet'),
		unknown: having('unknown'),
		outlookUnmet: findings.filter((finding) => outlookOf(finding) === 'unmet').map(({ criterion }) => criterion)
	};
}
