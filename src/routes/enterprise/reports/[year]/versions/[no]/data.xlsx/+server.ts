import { m } from '#lib/paraglide/messages.js';
import { decimal, fixedText, parseDecimal, shift } from '#lib/domain/decimal.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { readContent, statedAnswers } from '#lib/domain/form/report-content.ts';
import { notFound } from '#lib/server/access.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { answerLines } from '#lib/server/reads/enterprise/report-check.ts';
import { versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import { lineLabel } from '#lib/words/answer-line-words.ts';
import { placesBeside } from '#lib/words/beside-limit.ts';
import { choiceLabel, sectionLabel, unitOf, yearLabel } from '#lib/words/form-words.ts';
import type { RequestHandler } from './$types';

/** What a version states, one answer per row, out of its frozen text, with the computed figures of the screen. */
export const GET: RequestHandler = async (event) => {
	const { actor, report: own } = await ownReport(event);
	const version = await downloadVersion(actor, own.id, versionAsked(event.params.no) ?? 0, 'xlsx');
	if (!version.ok) notFound(event);
	const content = readContent(version.content);
	const form = formFor(content.formVersion, content.category);
	if (form === null) throw new Error(`form ${content.formVersion} does not exist`);
	const answers = statedAnswers(content);
	const year = content.reportYear;
	const rows = answerLines(form, year, answers, version.history, version.limits).flatMap(({ section, lines }) =>
		lines.flatMap((line) => {
			const of = { section: sectionLabel(section), label: lineLabel(line), unit: unitOf(line.fieldId) };
			if (line.kind === 'text') {
				const value = line.forYear === null ? choiceLabel(line.fieldId, line.text ?? '') : (line.text ?? '');
				return [{ ...of, year: line.forYear === null ? '' : yearLabel(line.forYear, 'final'), value }];
			}
			const forecastOf = yearLabel(year, 'forecast');
			return [
				{ ...of, year: yearLabel(year - 1, 'final'), value: figureValue(line, line.final) },
				{ ...of, year: line.mixed ? m.report_year_mixed({ year: forecastOf }) : forecastOf, value: figureValue(line, line.forecast) }
			];
		})
	);
	return tableDownload({
		sheet: m.report_title_year({ year: content.reportYear }),
		notes: [`${content.enterprise.name} ${content.enterprise.creditCode}`, `${m.report_receipt_no()} ${version.receiptNo}`, `SHA-256 ${version.contentHash}`],
		columns: [
			{ header: m.report_col_section(), value: (row) => row.section },
			{ header: m.report_col_metric(), width: 36, value: (row) => row.label },
			{ header: m.report_col_year(), value: (row) => row.year },
			{ header: m.report_col_value(), width: 40, number: true, value: (row) => row.value },
			{ header: m.report_col_unit(), width: 8, value: (row) => row.unit }
		],
		rows,
		fileName: `${version.receiptNo}.xlsx`
	});
};

/** A rate as the screen has it, in per cent, beside a limit with as many digits; a yes or no in words; everything else as it was stated. */
function figureValue({ fieldId, limit }: { readonly fieldId: string; readonly limit: string | null }, value: string | null): string {
	if (value === null) return '';
	if (unitOf(fieldId) === '%') return fixedText(shift(decimal(value), 2), placesBeside(value, limit, 1, true));
	return parseDecimal(value) === null ? choiceLabel(fieldId, value) : value;
}
