import { m } from '#lib/paraglide/messages.js';
import { keysOf, formFor } from '#lib/domain/form/annual-report-form.ts';
import { answerAt, parseAnswerKey } from '#lib/domain/form/answer-key.ts';
import { readFigures } from '#lib/domain/form/figures.ts';
import { readContent, statedAnswers } from '#lib/domain/form/report-content.ts';
import { notFound } from '#lib/server/access.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { tableDownload } from '#lib/server/pages/list-export.ts';
import { ownReport } from '#lib/server/pages/own-report.ts';
import { versionAsked } from '#lib/server/reads/enterprise/report-version.ts';
import { choiceLabel, fieldLabel, sectionLabel, unitOf, yearLabel } from '#lib/words/form-words.ts';
import { formatPercentFigure } from '#lib/words/format.ts';
import type { RequestHandler } from './$types';

/** What a version states, one answer per row, out of its frozen text. */
export const GET: RequestHandler = async (event) => {
	const { actor, report: own } = await ownReport(event);
	const version = await downloadVersion(actor, own.id, versionAsked(event.params.no) ?? 0, 'xlsx');
	if (!version.ok) notFound(event);
	const content = readContent(version.content);
	const form = formFor(content.formVersion, content.category);
	if (form === null) throw new Error(`form ${content.formVersion} does not exist`);
	const answers = statedAnswers(content);
	const typed = form.fields.flatMap((field) =>
		keysOf(field).map((key) => {
			const basis = parseAnswerKey(key)?.basis ?? null;
			const value = answerAt(answers, key);
			const figure = field.kind === 'money' || field.kind === 'count';
			return {
				place: field.section,
				section: sectionLabel(field.section),
				label: fieldLabel(field.id),
				year: basis === null ? '' : yearLabel(basis === 'final' ? content.reportYear - 1 : content.reportYear, basis),
				unit: unitOf(field),
				value: figure ? value : choiceLabel(field.id, value)
			};
		})
	);
	// What the rules compute from this text stands behind what was typed, section by section, as on the paper.
	const computed = readFigures(form, content.reportYear, answers, []).derived.flatMap(({ id, basis, unit: scale, value }) => {
		const formula = form.derived.find((one) => one.id === id);
		if (value === null || formula === undefined) return [];
		const year = yearLabel(basis === 'final' ? content.reportYear - 1 : content.reportYear, basis);
		return [
			{
				place: formula.section,
				section: sectionLabel(formula.section),
				label: `${fieldLabel(id)} · ${m.report_computed()}`,
				year,
				unit: unitOf(id),
				value: scale === 'rate' ? formatPercentFigure(value, 2).replaceAll(',', '') : choiceLabel(id, value)
			}
		];
	});
	const rows = form.sections.flatMap((section) => [...typed, ...computed].filter(({ place }) => place === section));
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
