/**
 * The words of the form: every section, field, slot, computed figure and choice with its label. Codes come from the
 * domain; where its type is a closed union the map is checked against it, else by test/domain/form-words.test.ts.
 */
import { earlierOf, type SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { DerivedId } from '#lib/domain/form/derived-figure.ts';
import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import type { SectionState } from '#lib/domain/check/form-progress.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export const sectionWords = {
	basics: m.form_section_basics,
	people: m.form_section_people,
	economics: m.form_section_economics,
	manufacturing: m.form_section_manufacturing,
	it_outsourcing: m.form_section_it_outsourcing,
	progress: m.form_section_progress,
	needs: m.form_section_needs,
	attachments: m.form_section_attachments,
	declaration: m.form_section_declaration
} satisfies Record<SectionId, Word>;

/** Every field of every version of the form; the numeric ones are checked by type, all of them by test. */
export const fieldWords = {
	enterprise_name: m.form_field_enterprise_name,
	credit_code: m.form_field_credit_code,
	address: m.form_field_address,
	postcode: m.form_field_postcode,
	legal_representative: m.form_field_legal_representative,
	legal_representative_phone: m.form_field_legal_representative_phone,
	legal_representative_mobile: m.form_field_legal_representative_mobile,
	ownership: m.form_field_ownership,
	contact1_name: m.form_field_contact1_name,
	contact1_phone: m.form_field_contact1_phone,
	contact1_mobile: m.form_field_contact1_mobile,
	contact1_email: m.form_field_contact1_email,
	contact1_fax: m.form_field_contact1_fax,
	contact2_name: m.form_field_contact2_name,
	contact2_phone: m.form_field_contact2_phone,
	contact2_email: m.form_field_contact2_email,
	identity_changed: m.form_field_identity_changed,
	identity_change: m.form_field_identity_change,
	employees: m.form_field_employees,
	bachelor_or_above: m.form_field_bachelor_or_above,
	intermediate_title_or_above: m.form_field_intermediate_title_or_above,
	total_assets: m.form_field_total_assets,
	total_liabilities: m.form_field_total_liabilities,
	revenue: m.form_field_revenue,
	profit: m.form_field_profit,
	bank_credit: m.form_field_bank_credit,
	tax_credit: m.form_field_tax_credit,
	rd_spending: m.form_field_rd_spending,
	informatisation: m.form_field_informatisation,
	equipment_total: m.form_field_equipment_total,
	equipment_networked: m.form_field_equipment_networked,
	ito_executed: m.form_field_ito_executed,
	manufacturing_customers: m.form_field_manufacturing_customers,
	manufacturing_revenue: m.form_field_manufacturing_revenue,
	patents_invention: m.form_field_patents_invention,
	patents_utility: m.form_field_patents_utility,
	patents_design: m.form_field_patents_design,
	software_copyrights: m.form_field_software_copyrights,
	export_app_registered: m.form_field_export_app_registered,
	export_app_filing: m.form_field_export_app_filing,
	transformation_plan: m.form_field_transformation_plan,
	outsourcing_application: m.form_field_outsourcing_application,
	industry_position: m.form_field_industry_position,
	networking_status: m.form_field_networking_status,
	digital_processes_products: m.form_field_digital_processes_products,
	digital_team: m.form_field_digital_team,
	business_and_plan: m.form_field_business_and_plan,
	core_products: m.form_field_core_products,
	mature_cases: m.form_field_mature_cases,
	customers_and_fields: m.form_field_customers_and_fields,
	ito_three_years: m.form_field_ito_three_years,
	intellectual_property: m.form_field_intellectual_property,
	competitiveness: m.form_field_competitiveness,
	staff_capability: m.form_field_staff_capability,
	support_wanted: m.form_field_support_wanted,
	problems_met: m.form_field_problems_met,
	content_is_true: m.form_field_content_is_true,
	declared_by: m.form_field_declared_by,
	declared_by_position: m.form_field_declared_by_position
} satisfies Record<NumericFieldId, Word> & Record<string, Word>;

/** A box of a table row or of an earlier year: its label is made of a number and of another label. Null for every other field. */
export function composedLabel(id: string): string | null {
	const [, n, revenue] = /^mfg_field_([1-9])(_revenue)?$/.exec(id) ?? [];
	if (n !== undefined) return revenue === undefined ? m.form_field_mfg_field({ n }) : m.form_field_mfg_field_revenue({ n });
	const earlier = earlierOf(id);
	return earlier === null ? null : m.form_field_earlier({ figure: fieldWords[earlier.of](), back: earlier.back });
}

export const derivedWords = {
	debt_ratio: m.form_derived_debt_ratio,
	revenue_growth: m.form_derived_revenue_growth,
	profit_growth: m.form_derived_profit_growth,
	profitable_three_years: m.form_derived_profitable_three_years,
	informatisation_share: m.form_derived_informatisation_share,
	networking_rate: m.form_derived_networking_rate,
	manufacturing_share: m.form_derived_manufacturing_share,
	patents_total: m.form_derived_patents_total
} satisfies Record<DerivedId, Word>;

export const sectionStateWords = {
	not_started: m.form_sectionstate_not_started,
	incomplete: m.form_sectionstate_incomplete,
	filled: m.form_sectionstate_filled,
	needs_explanation: m.form_sectionstate_needs_explanation,
	has_errors: m.form_sectionstate_has_errors
} satisfies Record<SectionState, Word>;
