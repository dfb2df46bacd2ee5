/**
 * The reasons an enterprise may give for what the checks asked about, and why an explanation does not count yet. Apart from the other words of the form: the
 * filing pages get them as data, in the reader's language alone.
 */
import type { ExplanationReason } from '#lib/domain/check/check-explanation.ts';
import type { ExplanationRefusal } from '#lib/domain/check/check.ts';
import { m } from '#lib/paraglide/messages.js';
import { wordOf, type Word } from './words.ts';

export const explanationReasonWords = {
	order_change: m.check_reason_order_change,
	capacity_change: m.check_reason_capacity_change,
	price_change: m.check_reason_price_change,
	investment_cycle: m.check_reason_investment_cycle,
	restructuring: m.check_reason_restructuring,
	staffing_change: m.check_reason_staffing_change,
	statistical_scope: m.check_reason_statistical_scope,
	one_off: m.check_reason_one_off,
	data_correction: m.check_reason_data_correction,
	other: m.check_reason_other,
	unit_confirmed: m.check_reason_unit_confirmed,
	market_change: m.check_reason_market_change,
	project_delay: m.check_reason_project_delay,
	audit_adjustment: m.check_reason_audit_adjustment,
	equipment_renewal: m.check_reason_equipment_renewal,
	agreed_channel: m.check_reason_agreed_channel
} satisfies Record<ExplanationReason, Word>;

export const explanationRefusalWords = {
	reason_missing: m.check_explain_reason_missing,
	reason_unknown: m.check_explain_reason_unknown,
	sentence_missing: m.check_explain_sentence_missing,
	sentence_empty_phrase: m.check_explain_sentence_empty_phrase,
	sentence_repeats: m.check_explain_sentence_repeats,
	sentence_too_short: m.check_explain_sentence_too_short,
	sentence_too_long: m.check_explain_sentence_too_long,
	sentence_unreadable: m.check_explain_sentence_unreadable
} satisfies Record<ExplanationRefusal, Word>;

export const explanationReasonLabel = (reason: string): string => wordOf(explanationReasonWords, reason) ?? reason;
export const explanationRefusalLabel = (code: string): string => wordOf(explanationRefusalWords, code) ?? code;

/** Every word of a list in the reader's language, by its code. */
export const saidAll = (words: Readonly<Record<string, Word>>): Record<string, string> =>
	Object.fromEntries(Object.entries(words).map(([code, word]) => [code, word()]));
