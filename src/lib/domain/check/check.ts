import type { CheckKey } from '#lib/domain/form/answer-key.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Basis as Source } from '#lib/domain/notice.ts';
import type { CriterionId } from '#lib/domain/policy.ts';

/**
 * `error` cannot be right and blocks submission; `warning` may be right and needs an explanation first; `note` is worth knowing.
 * None of them ever blocks saving.
 */
export type CheckLevel = 'error' | 'warning' | 'note';

/** Every check there is, with its level. Codes are stable: explanations and statistics are kept by them. */
export const CHECK_LEVELS = {
	missing_required: 'error',
	missing_attachment: 'error',
	unreadable_number: 'error',
	unreadable_text: 'error',
	negative_count: 'error',
	negative_amount: 'error',
	part_exceeds_whole: 'error',
	bad_choice: 'error',
	bad_format: 'error',
	text_too_long: 'error',
	contacts_same: 'error',
	industry_twice: 'error',
	industries_exceed_whole: 'error',
	declaration_missing: 'error',
	unit_slip: 'warning',
	half_moved: 'warning',
	forecast_missed: 'warning',
	cohort_outlier: 'warning',
	criterion_unmet: 'warning',
	channel_mismatch: 'warning',
	criterion_unknown: 'note',
	criterion_near: 'note',
	criterion_outlook: 'note',
	liabilities_exceed_assets: 'note',
	unchanged_figure: 'note',
	attachment_advised: 'note'
} as const satisfies Record<string, CheckLevel>;

export type CheckCode = keyof typeof CHECK_LEVELS;
export type WarningCode = { [C in CheckCode]: (typeof CHECK_LEVELS)[C] extends 'warning' ? C : never }[CheckCode];

/** One thing found in a report. Numbers are decimal text in the field's unit, rates 0–1. */
export interface Check {
	readonly code: CheckCode;
	readonly level: CheckLevel;
	/** `<code>/<fieldId>`: what an explanation is kept under; the same for both years of a field. */
	readonly key: CheckKey;
	/** A field, a derived figure or an attachment slot. */
	readonly fieldId: string;
	readonly basis: FigureBasis | null;
	readonly year: number | null;
	/** What the check rests on; 'system' is shown as 非方案规定. */
	readonly article: Source;
	readonly actual: string | null;
	readonly expected: string | null;
	/** Why text was not taken: a NumberRefusal, TextRefusal or format. */
	readonly detail: string | null;
	/** Corrections to choose from; never applied unasked. */
	readonly offers: readonly string[];
	/** Size of the change that was found, as a share of the baseline. */
	readonly changeRate: string | null;
	/** What `expected` is out of, when it is another year's or another report's figure. */
	readonly baseline: { readonly year: number; readonly basis: FigureBasis; readonly reportYear: number } | null;
	/** A final figure was set against a forecast. */
	readonly mixed: boolean;
	/** Enterprises in the cohort compared with. */
	readonly n: number | null;
	readonly criterion: CriterionId | null;
	readonly explanation: ExplanationState;
	/** Why the explanation that was given is not taken. */
	readonly explanationRefusal: ExplanationRefusal | null;
}

export type ExplanationState = 'not_needed' | 'missing' | 'refused' | 'given';

export const EXPLANATION_REFUSALS = [
	'reason_missing',
	'reason_unknown',
	'sentence_missing',
	'sentence_empty_phrase',
	'sentence_repeats',
	'sentence_too_short',
	'sentence_too_long',
	'sentence_unreadable'
] as const;
export type ExplanationRefusal = (typeof EXPLANATION_REFUSALS)[number];

type Found = { readonly code: CheckCode; readonly fieldId: string; readonly article: Source } & Partial<Check>;

/** A check with everything that does not apply left empty. */
export function check(found: Found): Check {
	return {
		level: CHECK_LEVELS[found.code],
		key: checkKey(found.code, found.fieldId),
		basis: null,
		year: null,
		actual: null,
		expected: null,
		detail: null,
		offers: [],
		changeRate: null,
		baseline: null,
		mixed: false,
		n: null,
		criterion: null,
		explanation: 'not_needed',
		explanationRefusal: null,
		...found
	};
}

export function checkKey(code: CheckCode, fieldId: string): CheckKey {
	return `${code}/${fieldId}`;
}

export function parseCheckKey(key: string): { readonly code: CheckCode; readonly fieldId: string } | null {
	const slash = key.indexOf('/');
	const code = key.slice(0, slash);
	const fieldId = key.slice(slash + 1);
	if (slash < 1 || !Object.hasOwn(CHECK_LEVELS, code) || !/^[a-z][a-z0-9_]*$/.test(fieldId)) return null;
	return { code: code as CheckCode, fieldId };
}
