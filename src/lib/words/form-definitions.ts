/**
 * What is to be filled into each box, why each slot is asked for, and the formula of each computed figure. Long texts: a page that needs a few
 * gets them with its data instead of sending all of them to the browser.
 */
import type { DerivedId } from '#lib/domain/form/derived-figure.ts';
import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

const fieldDefinitions = {
	enterprise_name: m.domain_define_enterprise_name,
	credit_code: m.domain_define_credit_code,
	address: m.domain_define_address,
	postcode: m.domain_define_postcode,
	legal_representative: m.domain_define_legal_representative,
	ownership: m.domain_define_ownership,
	contact1_name: m.domain_define_contact1_name,
	contact1_phone: m.domain_define_contact1_phone,
	contact1_email: m.domain_define_contact1_email,
	contact2_name: m.domain_define_contact2_name,
	contact2_phone: m.domain_define_contact2_phone,
	contact2_email: m.domain_define_contact2_email,
	identity_changed: m.domain_define_identity_changed,
	identity_change: m.domain_define_identity_change,
	employees: m.domain_define_employees,
	bachelor_or_above: m.domain_define_bachelor_or_above,
	intermediate_title_or_above: m.domain_define_intermediate_title_or_above,
	total_assets: m.domain_define_total_assets,
	total_liabilities: m.domain_define_total_liabilities,
	revenue: m.domain_define_revenue,
	profit: m.domain_define_profit,
	bank_credit: m.domain_define_bank_credit,
	tax_credit: m.domain_define_tax_credit,
	rd_spending: m.domain_define_rd_spending,
	informatisation: m.domain_define_informatisation,
	equipment_total: m.domain_define_equipment_total,
	equipment_networked: m.domain_define_equipment_networked,
	ito_executed: m.domain_define_ito_executed,
	manufacturing_customers: m.domain_define_manufacturing_customers,
	manufacturing_revenue: m.domain_define_manufacturing_revenue,
	patents_invention: m.domain_define_patents_invention,
	patents_utility: m.domain_define_patents_utility,
	patents_design: m.domain_define_patents_design,
	software_copyrights: m.domain_define_software_copyrights,
	export_app_registered: m.domain_define_export_app_registered,
	export_app_filing: m.domain_define_export_app_filing,
	transformation_plan: m.domain_define_transformation_plan,
	outsourcing_application: m.domain_define_outsourcing_application,
	industry_position: m.domain_define_industry_position,
	networking_status: m.domain_define_networking_status,
	digital_processes_products: m.domain_define_digital_processes_products,
	digital_team: m.domain_define_digital_team,
	business_and_plan: m.domain_define_business_and_plan,
	core_products: m.domain_define_core_products,
	mature_cases: m.domain_define_mature_cases,
	customers_and_fields: m.domain_define_customers_and_fields,
	ito_three_years: m.domain_define_ito_three_years,
	intellectual_property: m.domain_define_intellectual_property,
	competitiveness: m.domain_define_competitiveness,
	staff_capability: m.domain_define_staff_capability,
	support_wanted: m.domain_define_support_wanted,
	problems_met: m.domain_define_problems_met,
	content_is_true: m.domain_define_content_is_true,
	declared_by: m.domain_define_declared_by,
	declared_by_position: m.domain_define_declared_by_position
} satisfies Record<NumericFieldId, Word> & Record<string, Word>;

const slotReasons = {
	audited_statements: m.domain_slotwhy_audited_statements,
	tax_credit_certificate: m.domain_slotwhy_tax_credit_certificate,
	evidence_5_1: m.domain_slotwhy_evidence_5_1,
	evidence_5_2_1: m.domain_slotwhy_evidence_5_2_1,
	evidence_5_2_2: m.domain_slotwhy_evidence_5_2_2,
	evidence_5_2_3: m.domain_slotwhy_evidence_5_2_3,
	evidence_5_2_4: m.domain_slotwhy_evidence_5_2_4,
	evidence_5_2_5: m.domain_slotwhy_evidence_5_2_5,
	evidence_5_2_6: m.domain_slotwhy_evidence_5_2_6,
	evidence_5_2_7: m.domain_slotwhy_evidence_5_2_7,
	evidence_5_3_1: m.domain_slotwhy_evidence_5_3_1,
	evidence_5_3_2: m.domain_slotwhy_evidence_5_3_2,
	evidence_5_3_3: m.domain_slotwhy_evidence_5_3_3,
	evidence_5_3_4: m.domain_slotwhy_evidence_5_3_4,
	evidence_5_3_5: m.domain_slotwhy_evidence_5_3_5,
	evidence_5_3_6: m.domain_slotwhy_evidence_5_3_6,
	evidence_5_3_7: m.domain_slotwhy_evidence_5_3_7,
	sealed_page: m.domain_slotwhy_sealed_page
} satisfies Record<string, Word>;

const derivedFormulas = {
	debt_ratio: m.domain_formula_debt_ratio,
	revenue_growth: m.domain_formula_revenue_growth,
	profit_growth: m.domain_formula_profit_growth,
	profitable_three_years: m.domain_formula_profitable_three_years,
	informatisation_share: m.domain_formula_informatisation_share,
	networking_rate: m.domain_formula_networking_rate,
	manufacturing_share: m.domain_formula_manufacturing_share,
	patents_total: m.domain_formula_patents_total
} satisfies Record<DerivedId, Word>;

const DEFINITIONS: ReadonlyMap<string, Word> = new Map(Object.entries({ ...fieldDefinitions, ...derivedFormulas, ...slotReasons }));

/** What is to be filled in, or the formula of a computed figure; empty for an id no version of the form has. */
export function fieldDefinition(id: string): string {
	return DEFINITIONS.get(id)?.() ?? '';
}

/** Why a slot is asked for and what goes into it. */
export const slotReason = (id: string): string => fieldDefinition(id);
