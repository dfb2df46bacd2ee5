/**
 * The words of the form: every section, field, slot, computed figure and choice with its label and what it means. Codes come from the
 * domain; where its type is a closed union the map is checked against it, else by test/domain/form-words.test.ts.
 */
import type { SectionId } from '#lib/domain/annual-report-fields.ts';
import type { DerivedId } from '#lib/domain/derived-figure.ts';
import type { NumericFieldId } from '#lib/domain/figure-metric.ts';
import type { SectionState } from '#lib/domain/form-progress.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

/** What a box is called and how it is to be filled. */
export interface FieldWords {
	label: Word;
	define: Word;
}

export const sectionWords = {
	basics: m.domain_section_basics,
	people: m.domain_section_people,
	economics: m.domain_section_economics,
	manufacturing: m.domain_section_manufacturing,
	it_outsourcing: m.domain_section_it_outsourcing,
	progress: m.domain_section_progress,
	needs: m.domain_section_needs,
	attachments: m.domain_section_attachments,
	declaration: m.domain_section_declaration
} satisfies Record<SectionId, Word>;

/** Every field of every version of the form; the numeric ones are checked by type, all of them by test. */
export const fieldWords = {
	enterprise_name: { label: m.domain_field_enterprise_name, define: m.domain_define_enterprise_name },
	credit_code: { label: m.domain_field_credit_code, define: m.domain_define_credit_code },
	address: { label: m.domain_field_address, define: m.domain_define_address },
	postcode: { label: m.domain_field_postcode, define: m.domain_define_postcode },
	legal_representative: { label: m.domain_field_legal_representative, define: m.domain_define_legal_representative },
	ownership: { label: m.domain_field_ownership, define: m.domain_define_ownership },
	contact1_name: { label: m.domain_field_contact1_name, define: m.domain_define_contact1_name },
	contact1_phone: { label: m.domain_field_contact1_phone, define: m.domain_define_contact1_phone },
	contact1_email: { label: m.domain_field_contact1_email, define: m.domain_define_contact1_email },
	contact2_name: { label: m.domain_field_contact2_name, define: m.domain_define_contact2_name },
	contact2_phone: { label: m.domain_field_contact2_phone, define: m.domain_define_contact2_phone },
	contact2_email: { label: m.domain_field_contact2_email, define: m.domain_define_contact2_email },
	identity_changed: { label: m.domain_field_identity_changed, define: m.domain_define_identity_changed },
	identity_change: { label: m.domain_field_identity_change, define: m.domain_define_identity_change },
	employees: { label: m.domain_field_employees, define: m.domain_define_employees },
	bachelor_or_above: { label: m.domain_field_bachelor_or_above, define: m.domain_define_bachelor_or_above },
	intermediate_title_or_above: { label: m.domain_field_intermediate_title_or_above, define: m.domain_define_intermediate_title_or_above },
	total_assets: { label: m.domain_field_total_assets, define: m.domain_define_total_assets },
	total_liabilities: { label: m.domain_field_total_liabilities, define: m.domain_define_total_liabilities },
	revenue: { label: m.domain_field_revenue, define: m.domain_define_revenue },
	profit: { label: m.domain_field_profit, define: m.domain_define_profit },
	bank_credit: { label: m.domain_field_bank_credit, define: m.domain_define_bank_credit },
	tax_credit: { label: m.domain_field_tax_credit, define: m.domain_define_tax_credit },
	rd_spending: { label: m.domain_field_rd_spending, define: m.domain_define_rd_spending },
	informatisation: { label: m.domain_field_informatisation, define: m.domain_define_informatisation },
	equipment_total: { label: m.domain_field_equipment_total, define: m.domain_define_equipment_total },
	equipment_networked: { label: m.domain_field_equipment_networked, define: m.domain_define_equipment_networked },
	ito_executed: { label: m.domain_field_ito_executed, define: m.domain_define_ito_executed },
	manufacturing_customers: { label: m.domain_field_manufacturing_customers, define: m.domain_define_manufacturing_customers },
	manufacturing_revenue: { label: m.domain_field_manufacturing_revenue, define: m.domain_define_manufacturing_revenue },
	patents_invention: { label: m.domain_field_patents_invention, define: m.domain_define_patents_invention },
	patents_utility: { label: m.domain_field_patents_utility, define: m.domain_define_patents_utility },
	patents_design: { label: m.domain_field_patents_design, define: m.domain_define_patents_design },
	software_copyrights: { label: m.domain_field_software_copyrights, define: m.domain_define_software_copyrights },
	export_app_registered: { label: m.domain_field_export_app_registered, define: m.domain_define_export_app_registered },
	export_app_filing: { label: m.domain_field_export_app_filing, define: m.domain_define_export_app_filing },
	transformation_plan: { label: m.domain_field_transformation_plan, define: m.domain_define_transformation_plan },
	outsourcing_application: { label: m.domain_field_outsourcing_application, define: m.domain_define_outsourcing_application },
	industry_position: { label: m.domain_field_industry_position, define: m.domain_define_industry_position },
	networking_status: { label: m.domain_field_networking_status, define: m.domain_define_networking_status },
	digital_processes_products: { label: m.domain_field_digital_processes_products, define: m.domain_define_digital_processes_products },
	digital_team: { label: m.domain_field_digital_team, define: m.domain_define_digital_team },
	business_and_plan: { label: m.domain_field_business_and_plan, define: m.domain_define_business_and_plan },
	core_products: { label: m.domain_field_core_products, define: m.domain_define_core_products },
	mature_cases: { label: m.domain_field_mature_cases, define: m.domain_define_mature_cases },
	customers_and_fields: { label: m.domain_field_customers_and_fields, define: m.domain_define_customers_and_fields },
	ito_three_years: { label: m.domain_field_ito_three_years, define: m.domain_define_ito_three_years },
	intellectual_property: { label: m.domain_field_intellectual_property, define: m.domain_define_intellectual_property },
	competitiveness: { label: m.domain_field_competitiveness, define: m.domain_define_competitiveness },
	staff_capability: { label: m.domain_field_staff_capability, define: m.domain_define_staff_capability },
	support_wanted: { label: m.domain_field_support_wanted, define: m.domain_define_support_wanted },
	problems_met: { label: m.domain_field_problems_met, define: m.domain_define_problems_met },
	content_is_true: { label: m.domain_field_content_is_true, define: m.domain_define_content_is_true },
	declared_by: { label: m.domain_field_declared_by, define: m.domain_define_declared_by },
	declared_by_position: { label: m.domain_field_declared_by_position, define: m.domain_define_declared_by_position }
} satisfies Record<NumericFieldId, FieldWords> & Record<string, FieldWords>;

export const slotWords = {
	audited_statements: { label: m.domain_slot_audited_statements, define: m.domain_slotwhy_audited_statements },
	tax_credit_certificate: { label: m.domain_slot_tax_credit_certificate, define: m.domain_slotwhy_tax_credit_certificate },
	evidence_5_1: { label: m.domain_slot_evidence_5_1, define: m.domain_slotwhy_evidence_5_1 },
	evidence_5_2_1: { label: m.domain_slot_evidence_5_2_1, define: m.domain_slotwhy_evidence_5_2_1 },
	evidence_5_2_2: { label: m.domain_slot_evidence_5_2_2, define: m.domain_slotwhy_evidence_5_2_2 },
	evidence_5_2_3: { label: m.domain_slot_evidence_5_2_3, define: m.domain_slotwhy_evidence_5_2_3 },
	evidence_5_2_4: { label: m.domain_slot_evidence_5_2_4, define: m.domain_slotwhy_evidence_5_2_4 },
	evidence_5_2_5: { label: m.domain_slot_evidence_5_2_5, define: m.domain_slotwhy_evidence_5_2_5 },
	evidence_5_2_6: { label: m.domain_slot_evidence_5_2_6, define: m.domain_slotwhy_evidence_5_2_6 },
	evidence_5_2_7: { label: m.domain_slot_evidence_5_2_7, define: m.domain_slotwhy_evidence_5_2_7 },
	evidence_5_3_1: { label: m.domain_slot_evidence_5_3_1, define: m.domain_slotwhy_evidence_5_3_1 },
	evidence_5_3_2: { label: m.domain_slot_evidence_5_3_2, define: m.domain_slotwhy_evidence_5_3_2 },
	evidence_5_3_3: { label: m.domain_slot_evidence_5_3_3, define: m.domain_slotwhy_evidence_5_3_3 },
	evidence_5_3_4: { label: m.domain_slot_evidence_5_3_4, define: m.domain_slotwhy_evidence_5_3_4 },
	evidence_5_3_5: { label: m.domain_slot_evidence_5_3_5, define: m.domain_slotwhy_evidence_5_3_5 },
	evidence_5_3_6: { label: m.domain_slot_evidence_5_3_6, define: m.domain_slotwhy_evidence_5_3_6 },
	evidence_5_3_7: { label: m.domain_slot_evidence_5_3_7, define: m.domain_slotwhy_evidence_5_3_7 },
	sealed_page: { label: m.domain_slot_sealed_page, define: m.domain_slotwhy_sealed_page }
} satisfies Record<string, FieldWords>;

/** Computed figures; `define` is the formula in words, printed beside the figure. */
export const derivedWords = {
	debt_ratio: { label: m.domain_derived_debt_ratio, define: m.domain_formula_debt_ratio },
	revenue_growth: { label: m.domain_derived_revenue_growth, define: m.domain_formula_revenue_growth },
	profit_growth: { label: m.domain_derived_profit_growth, define: m.domain_formula_profit_growth },
	profitable_three_years: { label: m.domain_derived_profitable_three_years, define: m.domain_formula_profitable_three_years },
	informatisation_share: { label: m.domain_derived_informatisation_share, define: m.domain_formula_informatisation_share },
	networking_rate: { label: m.domain_derived_networking_rate, define: m.domain_formula_networking_rate },
	manufacturing_share: { label: m.domain_derived_manufacturing_share, define: m.domain_formula_manufacturing_share },
	patents_total: { label: m.domain_derived_patents_total, define: m.domain_formula_patents_total }
} satisfies Record<DerivedId, FieldWords>;

export const sectionStateWords = {
	not_started: m.domain_sectionstate_not_started,
	incomplete: m.domain_sectionstate_incomplete,
	filled: m.domain_sectionstate_filled,
	needs_explanation: m.domain_sectionstate_needs_explanation,
	has_errors: m.domain_sectionstate_has_errors
} satisfies Record<SectionState, Word>;
