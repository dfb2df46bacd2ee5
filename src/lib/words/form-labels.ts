/**
 * The words of the form: every section, field, slot, computed figure and choice with its label. Codes come from the
 * domain; where its type is a closed union the map is checked against it, else by test/domain/form-words.test.ts.
 */
import type { SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { DerivedId } from '#lib/domain/form/derived-figure.ts';
import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import type { SectionState } from '#lib/domain/check/form-progress.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

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
	enterprise_name: m.domain_field_enterprise_name,
	credit_code: m.domain_field_credit_code,
	address: m.domain_field_address,
	postcode: m.domain_field_postcode,
	legal_representative: m.domain_field_legal_representative,
	ownership: m.domain_field_ownership,
	contact1_name: m.domain_field_contact1_name,
	contact1_phone: m.domain_field_contact1_phone,
	contact1_email: m.domain_field_contact1_email,
	contact2_name: m.domain_field_contact2_name,
	contact2_phone: m.domain_field_contact2_phone,
	contact2_email: m.domain_field_contact2_email,
	identity_changed: m.domain_field_identity_changed,
	identity_change: m.domain_field_identity_change,
	employees: m.domain_field_employees,
	bachelor_or_above: m.domain_field_bachelor_or_above,
	intermediate_title_or_above: m.domain_field_intermediate_title_or_above,
	total_assets: m.domain_field_total_assets,
	total_liabilities: m.domain_field_total_liabilities,
	revenue: m.domain_field_revenue,
	profit: m.domain_field_profit,
	bank_credit: m.domain_field_bank_credit,
	tax_credit: m.domain_field_tax_credit,
	rd_spending: m.domain_field_rd_spending,
	informatisation: m.domain_field_informatisation,
	equipment_total: m.domain_field_equipment_total,
	equipment_networked: m.domain_field_equipment_networked,
	ito_executed: m.domain_field_ito_executed,
	manufacturing_customers: m.domain_field_manufacturing_customers,
	manufacturing_revenue: m.domain_field_manufacturing_revenue,
	patents_invention: m.domain_field_patents_invention,
	patents_utility: m.domain_field_patents_utility,
	patents_design: m.domain_field_patents_design,
	software_copyrights: m.domain_field_software_copyrights,
	export_app_registered: m.domain_field_export_app_registered,
	export_app_filing: m.domain_field_export_app_filing,
	transformation_plan: m.domain_field_transformation_plan,
	outsourcing_application: m.domain_field_outsourcing_application,
	industry_position: m.domain_field_industry_position,
	networking_status: m.domain_field_networking_status,
	digital_processes_products: m.domain_field_digital_processes_products,
	digital_team: m.domain_field_digital_team,
	business_and_plan: m.domain_field_business_and_plan,
	core_products: m.domain_field_core_products,
	mature_cases: m.domain_field_mature_cases,
	customers_and_fields: m.domain_field_customers_and_fields,
	ito_three_years: m.domain_field_ito_three_years,
	intellectual_property: m.domain_field_intellectual_property,
	competitiveness: m.domain_field_competitiveness,
	staff_capability: m.domain_field_staff_capability,
	support_wanted: m.domain_field_support_wanted,
	problems_met: m.domain_field_problems_met,
	content_is_true: m.domain_field_content_is_true,
	declared_by: m.domain_field_declared_by,
	declared_by_position: m.domain_field_declared_by_position
} satisfies Record<NumericFieldId, Word> & Record<string, Word>;

export const slotWords = {
	audited_statements: m.domain_slot_audited_statements,
	tax_credit_certificate: m.domain_slot_tax_credit_certificate,
	evidence_5_1: m.domain_slot_evidence_5_1,
	evidence_5_2_1: m.domain_slot_evidence_5_2_1,
	evidence_5_2_2: m.domain_slot_evidence_5_2_2,
	evidence_5_2_3: m.domain_slot_evidence_5_2_3,
	evidence_5_2_4: m.domain_slot_evidence_5_2_4,
	evidence_5_2_5: m.domain_slot_evidence_5_2_5,
	evidence_5_2_6: m.domain_slot_evidence_5_2_6,
	evidence_5_2_7: m.domain_slot_evidence_5_2_7,
	evidence_5_3_1: m.domain_slot_evidence_5_3_1,
	evidence_5_3_2: m.domain_slot_evidence_5_3_2,
	evidence_5_3_3: m.domain_slot_evidence_5_3_3,
	evidence_5_3_4: m.domain_slot_evidence_5_3_4,
	evidence_5_3_5: m.domain_slot_evidence_5_3_5,
	evidence_5_3_6: m.domain_slot_evidence_5_3_6,
	evidence_5_3_7: m.domain_slot_evidence_5_3_7,
	sealed_page: m.domain_slot_sealed_page
} satisfies Record<string, Word>;

export const derivedWords = {
	debt_ratio: m.domain_derived_debt_ratio,
	revenue_growth: m.domain_derived_revenue_growth,
	profit_growth: m.domain_derived_profit_growth,
	profitable_three_years: m.domain_derived_profitable_three_years,
	informatisation_share: m.domain_derived_informatisation_share,
	networking_rate: m.domain_derived_networking_rate,
	manufacturing_share: m.domain_derived_manufacturing_share,
	patents_total: m.domain_derived_patents_total
} satisfies Record<DerivedId, Word>;

export const sectionStateWords = {
	not_started: m.domain_sectionstate_not_started,
	incomplete: m.domain_sectionstate_incomplete,
	filled: m.domain_sectionstate_filled,
	needs_explanation: m.domain_sectionstate_needs_explanation,
	has_errors: m.domain_sectionstate_has_errors
} satisfies Record<SectionState, Word>;
