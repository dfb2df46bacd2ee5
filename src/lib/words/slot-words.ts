/** What the slots for files are called. Apart from the boxes' labels: the page where boxes are filled shows no slot, and counts its bytes. */
import type { Check } from '#lib/domain/check/check.ts';
import { m } from '#lib/paraglide/messages.js';
import { checkFact } from './form-words.ts';
import { wordOf, type Word } from './words.ts';

export const slotWords = {
	audited_statements: m.form_slot_audited_statements,
	tax_credit_certificate: m.form_slot_tax_credit_certificate,
	credit_code_certificate: m.form_slot_credit_code_certificate,
	evidence_5_1: m.form_slot_evidence_5_1,
	evidence_5_2_1: m.form_slot_evidence_5_2_1,
	evidence_5_2_2: m.form_slot_evidence_5_2_2,
	evidence_5_2_3: m.form_slot_evidence_5_2_3,
	evidence_5_2_4: m.form_slot_evidence_5_2_4,
	evidence_5_2_5: m.form_slot_evidence_5_2_5,
	evidence_5_2_6: m.form_slot_evidence_5_2_6,
	evidence_5_2_7: m.form_slot_evidence_5_2_7,
	evidence_5_3_1: m.form_slot_evidence_5_3_1,
	evidence_5_3_2: m.form_slot_evidence_5_3_2,
	evidence_5_3_3: m.form_slot_evidence_5_3_3,
	evidence_5_3_4: m.form_slot_evidence_5_3_4,
	evidence_5_3_5: m.form_slot_evidence_5_3_5,
	evidence_5_3_6: m.form_slot_evidence_5_3_6,
	evidence_5_3_7: m.form_slot_evidence_5_3_7,
	sealed_page: m.form_slot_sealed_page,
	competitiveness_proof: m.form_slot_competitiveness_proof
} satisfies Record<string, Word>;

/** The label of a slot; the id itself for one no version of the form has. */
export const slotLabel = (id: string): string => wordOf(slotWords, id) ?? id;

/** A finding of a whole report: like {@link checkFact}, and what is said of a slot as well. */
export function reportCheckFact(found: Check): string {
	const subject = slotLabel(found.fieldId);
	if (found.code === 'missing_attachment') return m.check_said_missing_attachment({ subject });
	return found.code === 'attachment_advised' ? m.check_said_attachment_advised({ subject }) : checkFact(found);
}
