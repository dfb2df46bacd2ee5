import type { Answers } from '#lib/domain/form/answer-key.ts';
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { check, type Check, type CheckLevel } from './check.ts';
import { explanationNeeded, withExplanation } from './check-explanation.ts';
import { checksOfChannel } from './checks-of-channel.ts';
import { checksOfCohort, type JudgedFar } from './checks-of-cohort.ts';
import { checksBetweenBoxes, checksOfAttachments, checksOfBoxes } from './checks-of-answers.ts';
import { checksOfFieldRevenues } from './checks-of-field-revenues.ts';
import { checksOfMovement } from './checks-of-movement.ts';
import { isNear, judgeCriteria, type CriterionPart, type CriterionFinding } from './criteria.ts';
import { readFigures, withReport, type HistoryFigures } from '#lib/domain/form/figures.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';

export interface ChecksInput {
	readonly form: AnnualReportForm;
	/** The report year. */
	readonly year: number;
	/** The authority the report goes through (方案第七条). */
	readonly channelKind: ChannelKind;
	readonly answers: Answers;
	/** What earlier reports stated. */
	readonly history: HistoryFigures;
	readonly attachments: readonly AttachmentFact[];
	readonly policy: Policy;
	/** What the server found far outside the category; nothing is said of what it has not judged. */
	readonly far?: readonly JudgedFar[];
}

/**
 * Everything there is to say about a report: errors, then warnings, then notes, each in the order of the form. The same code runs in the
 * browser while typing and on the server at submission. Nothing here ever blocks saving.
 */
export function runChecks(input: ChecksInput): readonly Check[] {
	const { form, year, answers, history, policy } = input;
	const earlier = history.filter((stated) => stated.reportYear < year);
	const read = readFigures(form, year, answers, earlier);
	const known = withReport(earlier, year, read.rows, read.earlier);
	const findings = judgeCriteria({ policy, category: form.category, runningYear: year, known, answers });
	const all = [
		...checksOfBoxes(form, year, answers),
		...checksBetweenBoxes(form, year, answers, read),
		...checksOfChannel(answers, input.channelKind),
		...checksOfFieldRevenues(form, year, answers, read),
		...checksOfMovement(form, year, read, earlier, policy.warnings),
		...checksOfCohort(year, read, input.far ?? []),
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

/**
 * A criterion not met on audited years asks for an explanation; it is advisory in a yearly report (方案第五条 is a test for application). What the forecast
 * would say of this year is a note and asks nothing.
 */
function checksOfFinding(finding: CriterionFinding): readonly Check[] {
	return finding.parts.flatMap((part) => [...checksOfVerdict(finding, part), ...checksOfOutlook(finding, part)]);
}

function headOf(finding: CriterionFinding, part: CriterionPart) {
	return { fieldId: part.fieldId, article: finding.article, criterion: finding.criterion, expected: part.threshold, detail: part.subject };
}

function checksOfVerdict(finding: CriterionFinding, part: CriterionPart): readonly Check[] {
	const head = headOf(finding, part);
	const at = (verdict: CriterionPart['verdict']) => {
		const year = part.perYear.filter((entry) => entry.tested && entry.verdict === verdict).at(-1);
		return { year: year?.year ?? null, basis: year?.basis ?? null, actual: year?.actual ?? null };
	};
	if (part.verdict === 'unmet') return [check({ ...head, ...at('unmet'), code: 'criterion_unmet' })];
	if (part.verdict === 'unknown') return [check({ ...head, ...at('unknown'), code: 'criterion_unknown' })];
	// How near is near is our choice, not the notice's.
	return isNear(part) ? [check({ ...head, ...at('met'), article: 'system', actual: part.headroom, code: 'criterion_near' })] : [];
}

/** The notice judges no forecast: an outlook is ours (非方案规定). */
function checksOfOutlook(finding: CriterionFinding, part: CriterionPart): readonly Check[] {
	const { outlook } = part;
	if (outlook?.verdict !== 'unmet') return [];
	const { year, basis, actual } = outlook;
	return [check({ ...headOf(finding, part), article: 'system', year, basis, actual, code: 'criterion_outlook' })];
}

const LEVEL_ORDER: { readonly [L in CheckLevel]: number } = { error: 0, warning: 1, note: 2 };

function inOrder(form: AnnualReportForm, checks: readonly Check[]): readonly Check[] {
	const order = new Map([...form.fields, ...form.derived, ...form.slots].map((entry, index) => [entry.id as string, index]));
	const place = (found: Check) => order.get(found.fieldId) ?? order.size;
	// Chromium 109 has no toSorted; sort is stable, so checks of one field keep the order they were found in.
	return [...checks].sort((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || place(a) - place(b));
}
