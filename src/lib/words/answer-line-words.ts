/** What a line of a report's answers is called, on paper and in files alike. */
import { earlierOf } from '#lib/domain/form/annual-report-fields.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldLabel } from './form-words.ts';
import { industryLabel } from './industry-words.ts';

/** The label of a line: a row of the table of manufacturing fields by its field, an earlier year by its year. */
export function lineLabel(line: { readonly fieldId: string; readonly industry: string | null; readonly forYear: number | null }): string {
	if (line.industry !== null) return m.report_field_revenue({ industry: industryLabel(line.industry) });
	const earlier = earlierOf(line.fieldId);
	if (earlier === null || line.forYear === null) return fieldLabel(line.fieldId);
	return m.form_field_earlier_year({ figure: fieldLabel(earlier.of), year: line.forYear });
}
