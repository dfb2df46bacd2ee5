/** The closed lists people choose from or are refused by, in words. */
import type { BANK_CREDIT_RATINGS, OWNERSHIPS, TAX_CREDIT_RATINGS } from '#lib/domain/form/annual-report-fields.ts';
import type { NumberRefusal, TextRefusal } from '#lib/domain/form/number-reading.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export const ownershipWords = {
	central: m.form_ownership_central,
	local_state_collective: m.form_ownership_local_state_collective,
	foreign: m.form_ownership_foreign,
	private: m.form_ownership_private,
	other: m.form_ownership_other
} satisfies Record<(typeof OWNERSHIPS)[number], Word>;

export const bankCreditWords = {
	aaa: m.form_bank_aaa,
	aa_plus: m.form_bank_aa_plus,
	aa: m.form_bank_aa,
	aa_minus: m.form_bank_aa_minus,
	a_plus: m.form_bank_a_plus,
	a: m.form_bank_a,
	a_minus: m.form_bank_a_minus,
	bbb: m.form_bank_bbb,
	lower: m.form_bank_lower,
	unrated: m.form_bank_unrated
} satisfies Record<(typeof BANK_CREDIT_RATINGS)[number], Word>;

export const taxCreditWords = {
	a: m.form_tax_a,
	b: m.form_tax_b,
	m: m.form_tax_m,
	c: m.form_tax_c,
	d: m.form_tax_d,
	unrated: m.form_tax_unrated
} satisfies Record<(typeof TAX_CREDIT_RATINGS)[number], Word>;

export const answerWords = {
	yes: m.form_answer_yes,
	no: m.form_answer_no
} satisfies Record<'yes' | 'no', Word>;

export const criterionWords = {
	M4: m.check_criterion_m4,
	M5: m.check_criterion_m5,
	M6: m.check_criterion_m6,
	S1: m.check_criterion_s1,
	S2: m.check_criterion_s2,
	S4: m.check_criterion_s4,
	S5: m.check_criterion_s5
} satisfies Record<CriterionId, Word>;

export const numberRefusalWords = {
	nul: m.check_number_nul,
	bidi_mark: m.check_number_bidi_mark,
	invisible_character: m.check_number_invisible_character,
	text_too_long: m.check_number_text_too_long,
	unit_in_text: m.check_number_unit_in_text,
	accounting: m.check_number_accounting,
	percent_in_text: m.check_number_percent_in_text,
	exponent: m.check_number_exponent,
	negative_zero: m.check_number_negative_zero,
	negative_not_allowed: m.check_number_negative_not_allowed,
	wrong_grouping: m.check_number_wrong_grouping,
	too_many_decimals: m.check_number_too_many_decimals,
	not_whole: m.check_number_not_whole,
	too_large: m.check_number_too_large,
	not_a_number: m.check_number_not_a_number
} satisfies Record<NumberRefusal, Word>;

export const textRefusalWords = {
	nul: m.check_text_nul,
	bidi_mark: m.check_text_bidi_mark,
	control_character: m.check_text_control_character,
	broken_character: m.check_text_broken_character,
	text_too_long: m.check_text_text_too_long
} satisfies Record<TextRefusal, Word>;

export const formatWords = {
	postcode: m.check_format_postcode,
	phone: m.check_format_phone,
	email: m.check_format_email,
	credit_code: m.check_format_credit_code
} satisfies Record<'postcode' | 'phone' | 'email' | 'credit_code', Word>;
