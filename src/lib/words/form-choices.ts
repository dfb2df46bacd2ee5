/** The closed lists people choose from or are refused by, in words. */
import type { BANK_CREDIT_RATINGS, OWNERSHIPS, TAX_CREDIT_RATINGS } from '#lib/domain/form/annual-report-fields.ts';
import type { ExplanationReason } from '#lib/domain/check/check-explanation.ts';
import type { ExplanationRefusal } from '#lib/domain/check/check.ts';
import type { PEOPLE_CRITERIA } from '#lib/domain/check/criteria.ts';
import type { NumberRefusal, TextRefusal } from '#lib/domain/form/number-reading.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export type AnyCriterion = CriterionId | (typeof PEOPLE_CRITERIA)[number]['criterion'];

export const ownershipWords = {
	central: m.domain_ownership_central,
	local_state_collective: m.domain_ownership_local_state_collective,
	foreign: m.domain_ownership_foreign,
	private: m.domain_ownership_private,
	other: m.domain_ownership_other
} satisfies Record<(typeof OWNERSHIPS)[number], Word>;

export const bankCreditWords = {
	aaa: m.domain_bank_aaa,
	aa_plus: m.domain_bank_aa_plus,
	aa: m.domain_bank_aa,
	aa_minus: m.domain_bank_aa_minus,
	a_plus: m.domain_bank_a_plus,
	a: m.domain_bank_a,
	a_minus: m.domain_bank_a_minus,
	bbb: m.domain_bank_bbb,
	lower: m.domain_bank_lower,
	unrated: m.domain_bank_unrated
} satisfies Record<(typeof BANK_CREDIT_RATINGS)[number], Word>;

export const taxCreditWords = {
	a: m.domain_tax_a,
	b: m.domain_tax_b,
	m: m.domain_tax_m,
	c: m.domain_tax_c,
	d: m.domain_tax_d,
	unrated: m.domain_tax_unrated
} satisfies Record<(typeof TAX_CREDIT_RATINGS)[number], Word>;

export const answerWords = {
	yes: m.domain_answer_yes,
	no: m.domain_answer_no
} satisfies Record<'yes' | 'no', Word>;

export const criterionWords = {
	M4: m.domain_criterion_m4,
	M5: m.domain_criterion_m5,
	M6: m.domain_criterion_m6,
	S1: m.domain_criterion_s1,
	S2: m.domain_criterion_s2,
	S4: m.domain_criterion_s4,
	S5: m.domain_criterion_s5,
	G1: m.domain_criterion_g1,
	M1: m.domain_criterion_m1,
	M2: m.domain_criterion_m2,
	M3: m.domain_criterion_m3,
	M7: m.domain_criterion_m7,
	S3: m.domain_criterion_s3,
	S6: m.domain_criterion_s6,
	S7: m.domain_criterion_s7
} satisfies Record<AnyCriterion, Word>;

export const explanationReasonWords = {
	order_change: m.domain_reason_order_change,
	capacity_change: m.domain_reason_capacity_change,
	price_change: m.domain_reason_price_change,
	investment_cycle: m.domain_reason_investment_cycle,
	restructuring: m.domain_reason_restructuring,
	staffing_change: m.domain_reason_staffing_change,
	statistical_scope: m.domain_reason_statistical_scope,
	one_off: m.domain_reason_one_off,
	data_correction: m.domain_reason_data_correction,
	other: m.domain_reason_other,
	unit_confirmed: m.domain_reason_unit_confirmed,
	market_change: m.domain_reason_market_change,
	project_delay: m.domain_reason_project_delay,
	audit_adjustment: m.domain_reason_audit_adjustment,
	business_model: m.domain_reason_business_model,
	industry_segment: m.domain_reason_industry_segment,
	scale: m.domain_reason_scale,
	equipment_renewal: m.domain_reason_equipment_renewal
} satisfies Record<ExplanationReason, Word>;

export const explanationRefusalWords = {
	reason_missing: m.domain_explain_reason_missing,
	reason_unknown: m.domain_explain_reason_unknown,
	sentence_missing: m.domain_explain_sentence_missing,
	sentence_empty_phrase: m.domain_explain_sentence_empty_phrase,
	sentence_repeats: m.domain_explain_sentence_repeats,
	sentence_too_short: m.domain_explain_sentence_too_short,
	sentence_too_long: m.domain_explain_sentence_too_long,
	sentence_unreadable: m.domain_explain_sentence_unreadable
} satisfies Record<ExplanationRefusal, Word>;

export const numberRefusalWords = {
	nul: m.domain_number_nul,
	bidi_mark: m.domain_number_bidi_mark,
	invisible_character: m.domain_number_invisible_character,
	text_too_long: m.domain_number_text_too_long,
	unit_in_text: m.domain_number_unit_in_text,
	percent_in_text: m.domain_number_percent_in_text,
	exponent: m.domain_number_exponent,
	negative_zero: m.domain_number_negative_zero,
	negative_not_allowed: m.domain_number_negative_not_allowed,
	wrong_grouping: m.domain_number_wrong_grouping,
	too_many_decimals: m.domain_number_too_many_decimals,
	not_whole: m.domain_number_not_whole,
	too_large: m.domain_number_too_large,
	not_a_number: m.domain_number_not_a_number
} satisfies Record<NumberRefusal, Word>;

export const textRefusalWords = {
	nul: m.domain_text_nul,
	bidi_mark: m.domain_text_bidi_mark,
	control_character: m.domain_text_control_character,
	broken_character: m.domain_text_broken_character,
	text_too_long: m.domain_text_text_too_long
} satisfies Record<TextRefusal, Word>;

export const formatWords = {
	postcode: m.domain_format_postcode,
	phone: m.domain_format_phone,
	email: m.domain_format_email,
	credit_code: m.domain_format_credit_code
} satisfies Record<'postcode' | 'phone' | 'email' | 'credit_code', Word>;
