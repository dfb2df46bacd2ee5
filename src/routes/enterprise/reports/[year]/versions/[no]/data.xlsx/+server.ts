import { m } from '#lib/paraglide/messages.js';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { readContent, statedAnswers } from '#lib/domain/form/report-content.ts';
import { notFound } from '#lib/server/access.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { tableDownload, type ExportedTable } from '#lib/server/pages/list-export.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { answerLines } from '#lib/server/reads/enterprise/report-check.ts';
import { versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import { AMOUNT_FORMAT, COUNT_FORMAT, figureCell, rateCell, textCell, textColumn, type SheetCell } from '#lib/server/sheets/sheet-column.ts';
import { lineLabel } from '#lib/words/answer-line-words.ts';
import { choiceLabel, kindOf, sectionLabel, unitOf, yearLabel } from '#lib/words/form-words.ts';
import type { RequestHandler } from './$types';

interface Row {
	readonly section: string;
	readonly label: string;
	readonly unit: string;
	readonly year: string;
	readonly value: SheetCell;
}

/** What a version states, one answer per row, out of its frozen text, with the computed figures of the screen. */
export const GET: RequestHandler = async (event) => {
	const { actor, report: own } = await ownReport(event);
	const no = versionAsked(event.params.no) ?? 0;
	const version = await downloadVersion(actor, own.id, no, 'xlsx');
	if (!version.ok) notFound(event);
	const content = readContent(version.content);
	const form = formFor(content.formVersion, content.category);
	if (form === null) throw new Error(`form ${content.formVersion} does not exist`);
	const answers = statedAnswers(content);
	const year = content.reportYear;
	const rows = answerLines(form, year, answers, version.history, version.limits).flatMap(({ section, lines }) =>
		lines.flatMap((line): Row[] => {
			const unit = unitOf(line.fieldId);
			// A rate carries its sign in the cell.
			const of = { section: sectionLabel(section), label: lineLabel(line), unit: unit === '%' ? '' : unit };
			if (line.kind === 'text') {
				// A figure of an earlier year is one box, not two; a postcode or a code stays what was typed.
				if (line.forYear !== null) return [{ ...of, year: yearLabel(line.forYear, 'final'), value: valueCell(line.fieldId, line.text) }];
				return [{ ...of, year: '', value: textCell(choiceLabel(line.fieldId, line.text ?? '')) }];
			}
			const forecastOf = yearLabel(year, 'forecast');
			return [
				{ ...of, year: yearLabel(year - 1, 'final'), value: valueCell(line.fieldId, line.final) },
				{ ...of, year: line.mixed ? m.report_year_mixed({ year: forecastOf }) : forecastOf, value: valueCell(line.fieldId, line.forecast) }
			];
		})
	);
	const table: ExportedTable<Row> = {
		title: `${content.enterprise.name} ${m.report_title_year({ year })}`,
		filters: [{ label: m.sheet_version(), text: m.channel_change_version({ no }) }],
		notes: [`${m.channel_column_code()} ${content.enterprise.creditCode}`, `${m.report_receipt_no()} ${version.receiptNo}`, `SHA-256 ${version.contentHash}`],
		columns: [
			textColumn(m.report_col_section(), (row) => row.section),
			textColumn(m.report_col_metric(), (row) => row.label),
			textColumn(m.report_col_year(), (row) => row.year),
			{ header: m.report_col_value(), cell: (row) => row.value },
			textColumn(m.report_col_unit(), (row) => row.unit)
		],
		rows
	};
	return tableDownload(event, table);
};

/** A rate as a percentage, money with two places, a number of things with none; a yes or no in words. */
function valueCell(fieldId: string, value: string | null): SheetCell {
	if (value === null) return null;
	const kind = kindOf(fieldId);
	if (kind === 'rate') return rateCell(value);
	if (parseDecimal(value) === null) return textCell(choiceLabel(fieldId, value));
	return figureCell(value, kind === 'money' || value.includes('.') ? AMOUNT_FORMAT : COUNT_FORMAT);
}
