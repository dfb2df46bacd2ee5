/** The rows of a section's table: each figure and each computed figure with the years beside it. */
import { fieldsOf } from '#lib/domain/form/annual-report-form.ts';
import type { FormField, SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { CriterionPart, CriterionFinding } from '#lib/domain/check/criteria.ts';
import type { DerivedFormula } from '#lib/domain/form/derived-figure.ts';
import { bestStated, derive, growth, statedOn, type Growth, type HistoryFigures } from '#lib/domain/form/figures.ts';
import { metricOfField, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { FilingDesk } from './filing-desk.svelte.ts';

/** A figure with what it is; null where nothing is known. */
export interface Stated {
	readonly value: string;
	readonly basis: FigureBasis;
}

export interface MetricRow {
	readonly id: string;
	/** The field that is typed, or null for a computed row. */
	readonly field: FormField | null;
	readonly yearBefore: Stated | null;
	/** Last year as last year's report forecast it. */
	readonly forecastThen: Stated | null;
	readonly final: Stated | null;
	readonly forecast: Stated | null;
	/** Last year against the year before. */
	readonly finalChange: Growth | null;
	/** This year's forecast against last year. */
	readonly forecastChange: Growth | null;
	/** The limit a criterion sets for it: figures beside it show enough digits. */
	readonly limit: string | null;
	readonly parts: readonly { readonly finding: CriterionFinding; readonly part: CriterionPart }[];
}

export function metricRows(desk: FilingDesk, section: SectionId): readonly MetricRow[] {
	const { form } = desk;
	const figures = fieldsOf(form, section).filter((field) => field.bases.length > 0 && field.row === undefined);
	const computed = form.derived.filter((formula) => formula.section === section);
	return [...figures.map((field) => figureRow(desk, field)), ...computed.map((formula) => derivedRow(desk, formula))];
}

function partsFor(desk: FilingDesk, id: string): MetricRow['parts'] {
	return desk.findings.flatMap((finding) =>
		finding.parts.filter((part) => part.subject === id && part.unit !== 'declaration').map((part) => ({ finding, part }))
	);
}

function figureRow(desk: FilingDesk, field: FormField): MetricRow {
	const { year } = desk.data.head;
	const metric = metricOfField(field.id);
	const earlier = desk.data.history;
	const own = (basis: FigureBasis): Stated | null => {
		const value = metric === null ? null : desk.read.rows[basis][metric];
		return value === null ? null : { value, basis };
	};
	// An audited year typed in this very report counts as well as one stated before.
	const yearBefore = metric === null ? null : bestStated(desk.known, metric, year - 2);
	const forecastThen = metric === null ? null : statedOn(earlier, metric, year - 1, 'forecast');
	return rowOf(field.id, field, yearBefore, forecastThen, own('final'), own('forecast'), 'amount', partsFor(desk, field.id));
}

function derivedRow(desk: FilingDesk, formula: DerivedFormula): MetricRow {
	const { year } = desk.data.head;
	const parts = partsFor(desk, formula.id);
	const at = (known: HistoryFigures, forYear: number, basis: FigureBasis): Stated | null => {
		const { value } = derive(formula, known, forYear, basis, parts[0]?.part.threshold ?? null);
		return value === null ? null : { value, basis };
	};
	const earlier = desk.data.history;
	const yearBefore = at(desk.known, year - 2, 'final') ?? at(desk.known, year - 2, 'forecast');
	// Growth of a growth and change of a yes or no say nothing.
	const unit = formula.kind === 'share' ? 'rate' : formula.kind === 'sum' ? 'amount' : null;
	return rowOf(
		formula.id,
		null,
		yearBefore,
		at(earlier, year - 1, 'forecast'),
		at(desk.known, year - 1, 'final'),
		at(desk.known, year, 'forecast'),
		unit,
		parts
	);
}

function rowOf(
	id: string,
	field: FormField | null,
	yearBefore: Stated | null,
	forecastThen: Stated | null,
	final: Stated | null,
	forecast: Stated | null,
	unit: 'amount' | 'rate' | null,
	parts: MetricRow['parts']
): MetricRow {
	const change = (now: Stated | null, before: Stated | null) => (unit === null || now === null || before === null ? null : growth(now, before, unit));
	return {
		id,
		field,
		yearBefore,
		forecastThen,
		final,
		forecast,
		finalChange: change(final, yearBefore),
		forecastChange: change(forecast, final ?? forecastThen ?? null),
		limit: parts[0]?.part.threshold ?? null,
		parts
	};
}
