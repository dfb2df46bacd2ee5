/**
 * What is to be filled into each box, why each slot is asked for, and the formula of each computed figure. Long texts: a page that needs a few
 * gets them with its data instead of sending all of them to the browser.
 */
import { earlierOf } from '#lib/domain/form/annual-report-fields.ts';
import type { DerivedId } from '#lib/domain/form/derived-figure.ts';
import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

const fieldDefinitions = {
	enterprise_name: m.form_define_enterprise_name,
	credit_code: m.form_define_credit_code,
	address: m.form_define_address,
	postcode: m.form_define_postcode,
	legal_representative: m.form_define_legal_representative,
	legal_representative_phone: m.form_define_legal_representative_phone,
	legal_representative_mobile: m.form_define_legal_representative_mobile,
	ownership: m.form_define_ownership,
	contact1_name: m.form_define_contact1_name,
	contact1_phone: m.form_define_contact1_phone,
	contact1_mobile: m.form_define_contact1_mobile,
	contact1_email: m.form_define_contact1_email,
	contact1_fax: m.form_define_contact1_fax,
	contact2_name: m.form_define_contact2_name,
	contact2_phone: m.form_define_contact2_phone,
	contact2_email: m.form_define_contact2_email,
	identity_changed: m.form_define_identity_changed,
	identity_change: m.form_define_identity_change,
	employees: m.form_define_employees,
	bachelor_or_above: m.form_define_bachelor_or_above,
	intermediate_title_or_above: m.form_define_intermediate_title_or_above,
	total_assets: m.form_define_total_assets,
	total_liabilities: m.form_define_total_liabilities,
	revenue: m.form_define_revenue,
	profit: m.form_define_profit,
	bank_credit: m.form_define_bank_credit,
	tax_credit: m.form_define_tax_credit,
	rd_spending: m.form_define_rd_spending,
	informatisation: m.form_define_informatisation,
	equipment_total: m.form_define_equipment_total,
	equipment_networked: m.form_define_equipment_networked,
	ito_executed: m.form_define_ito_executed,
	manufacturing_customers: m.form_define_manufacturing_customers,
	manufacturing_revenue: m.form_define_manufacturing_revenue,
	patents_invention: m.form_define_patents_invention,
	patents_utility: m.form_define_patents_utility,
	patents_design: m.form_define_patents_design,
	software_copyrights: m.form_define_software_copyrights,
	export_app_registered: m.form_define_export_app_registered,
	export_app_filing: m.form_define_export_app_filing,
	transformation_plan: m.form_define_transformation_plan,
	outsourcing_application: m.form_define_outsourcing_application,
	industry_position: m.form_define_industry_position,
	networking_status: m.form_define_networking_status,
	digital_processes_products: m.form_define_digital_processes_products,
	digital_team: m.form_define_digital_team,
	business_and_plan: m.form_define_business_and_plan,
	core_products: m.form_define_core_products,
	mature_cases: m.form_define_mature_cases,
	customers_and_fields: m.form_define_customers_and_fields,
	ito_three_years: m.form_define_ito_three_years,
	intellectual_property: m.form_define_intellectual_property,
	competitiveness: m.form_define_competitiveness,
	staff_capability: m.form_define_staff_capability,
	support_wanted: m.form_define_support_wanted,
	problems_met: m.form_define_problems_met,
	content_is_true: m.form_define_content_is_true,
	declared_by: m.form_define_declared_by,
	declared_by_position: m.form_define_declared_by_position
} satisfies Record<NumericFieldId, Word> & Record<string, Word>;

const slotReasons = {
	audited_statements: m.form_slotwhy_audited_statements,
	tax_credit_certificate: m.form_slotwhy_tax_credit_certificate,
	credit_code_certificate: m.form_slotwhy_credit_code_certificate,
	competitiveness_proof: m.form_slotwhy_competitiveness_proof,
	evidence_5_1: m.form_slotwhy_evidence_5_1,
	evidence_5_2_1: m.form_slotwhy_evidence_5_2_1,
	evidence_5_2_2: m.form_slotwhy_evidence_5_2_2,
	evidence_5_2_3: m.form_slotwhy_evidence_5_2_3,
	evidence_5_2_4: m.form_slotwhy_evidence_5_2_4,
	evidence_5_2_5: m.form_slotwhy_evidence_5_2_5,
	evidence_5_2_6: m.form_slotwhy_evidence_5_2_6,
	evidence_5_2_7: m.form_slotwhy_evidence_5_2_7,
	evidence_5_3_1: m.form_slotwhy_evidence_5_3_1,
	evidence_5_3_2: m.form_slotwhy_evidence_5_3_2,
	evidence_5_3_3: m.form_slotwhy_evidence_5_3_3,
	evidence_5_3_4: m.form_slotwhy_evidence_5_3_4,
	evidence_5_3_5: m.form_slotwhy_evidence_5_3_5,
	evidence_5_3_6: m.form_slotwhy_evidence_5_3_6,
	evidence_5_3_7: m.form_slotwhy_evidence_5_3_7,
	sealed_page: m.form_slotwhy_sealed_page
} satisfies Record<string, Word>;

const derivedFormulas = {
	debt_ratio: m.form_formula_debt_ratio,
	revenue_growth: m.form_formula_revenue_growth,
	profit_growth: m.form_formula_profit_growth,
	profitable_three_years: m.form_formula_profitable_three_years,
	informatisation_share: m.form_formula_informatisation_share,
	networking_rate: m.form_formula_networking_rate,
	manufacturing_share: m.form_formula_manufacturing_share,
	patents_total: m.form_formula_patents_total
} satisfies Record<DerivedId, Word>;

const DEFINITIONS: ReadonlyMap<string, Word> = new Map(Object.entries({ ...fieldDefinitions, ...derivedFormulas, ...slotReasons }));

function composedDefinition(id: string): string {
	if (earlierOf(id) !== null) return m.form_define_earlier();
	if (!/^mfg_field_[1-9](_revenue)?$/.test(id)) return '';
	return id.endsWith('_revenue') ? m.form_define_mfg_field_revenue() : m.form_define_mfg_field();
}

/** What is to be filled in, or the formula of a computed figure; empty for an id no version of the form has. */
export function fieldDefinition(id: string): string {
	return DEFINITIONS.get(id)?.() ?? composedDefinition(id);
}

/** Why a slot is asked for and what goes into it. */
export const slotReason = (id: string): string => fieldDefinition(id);
