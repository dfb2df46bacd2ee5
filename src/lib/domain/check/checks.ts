import type { Answers } from '#lib/domain/form/answer-key.ts';
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { check, type Check, type CheckLevel } from './check.ts';
import { explanationNeeded, withExplanation } from './check-explanation.ts';
import { checksBetweenBoxes, checksOfAttachments, checksOfBoxes } from './checks-of-answers.ts';
import { checksOfMovement } from './checks-of-movement.ts';
import { judgeCriteria, type CriterionPart, type CriterionFinding } from './criteria.ts';
import { compare, decimal, multiply } from '#lib/domain/decimal.ts';
import { readFigures, withReport, type HistoryFigures } from '#lib/domain/form/figures.ts';
import type { Policy } from '#lib/domain/policy.ts';

export interface ChecksInput {
	readonly form: AnnualReportForm;
	/** The report year. */
	readonly year: number;
	readonly answers: Answers;
	/** What earlier reports stated. */
	readonly history: HistoryFigures;
	readonly attachments: readonly AttachmentFact[];
	readonly policy: Policy;
}

/**
 * Everything there is to say about a report: errors, then warnings, then notes, each in the order of the form. The same code runs in the
 * browser while typing and on the server at submission. Nothing here ever blocks saving.
 */
export function runChecks(input: ChecksInput): readonly Check[] {
	const { form, year, answers, history, policy } = input;
	const earlier = history.filter((stated) => stated.reportYear < year);
	const read = readFigures(form, year, answers, earlier);
	const known = withReport(earlier, year, read.rows);
	const findings = judgeCriteria({ policy, category: form.category, throughYear: year, known, answers });
	const all = [
		...checksOfBoxes(form, year, answers),
		...checksBetweenBoxes(form, year, answers, read),
		...checksOfMovement(form, year, read, earlier, policy.warnings),
		...findings.flatMap(checksOfFinding),
		...checksOfAttachments(form, input.attachments)
	];
	const minLength = policy.warnings.explanationMinLength.value;
	return inOrder(form, all).map((found) => withExplanation(found, answers, minLength));
}

/** What stands between a report and its submission: every error, and every warning without an explanation that is taken. */
export function blocking(checks: readonly Check[]): readonly Check[] {
	return checks.filter((found) => found.level === 'error' || (explanationNeeded(found) && found.explanation !== 'given'));
}

/** A criterion not met asks for an explanation; it is advisory in a yearly report (方案第五条 is a test for application). */
function checksOfFinding(finding: CriterionFinding): readonly Check[] {
	return finding.parts.flatMap((part) => {
		const head = { fieldId: part.fieldId, article: finding.article, criterion: finding.criterion, expected: part.threshold, detail: part.subject };
		const at = (verdict: CriterionPart['verdict']) => {
			const year = part.perYear.filter((entry) => entry.tested && entry.verdict === verdict).at(-1);
			return { year: year?.year ?? null, basis: year?.basis ?? null, actual: year?.actual ?? null };
		};
		if (part.verdict === 'unmet') return [check({ ...head, ...at('unmet'), code: 'criterion_unmet' })];
		if (part.verdict === 'unknown') return [check({ ...head, ...at('unknown'), code: 'criterion_unknown' })];
		return isNear(part) ? [check({ ...head, ...at('met'), actual: part.headroom, code: 'criterion_near' })] : [];
	});
}

/** Less than a twentieth of the threshold to spare (非方案规定). */
function isNear(part: CriterionPart): boolean {
	return part.headroom !== null && compare(decimal(part.headroom), multiply(decimal(part.threshold), decimal('0.05'))) < 0;
}

const LEVEL_ORDER: { readonly [L in CheckLevel]: number } = { error: 0, warning: 1, note: 2 };

function inOrder(form: AnnualReportForm, checks: readonly Check[]): readonly Check[] {
	const order = new Map([...form.fields, ...form.derived, ...form.slots].map((entry, index) => [entry.id as string, index]));
	const place = (found: Check) => order.get(found.fieldId) ?? order.size;
	// Chromium 109 has no toSorted; sort is stable, so checks of one field keep the order they were found in.
	return [...checks].sort((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || place(a) - place(b));
}
