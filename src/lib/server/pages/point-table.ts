/** Points as rows of a sheet: each with its n, basis, marks, threshold and version, as the picture shows it. */
import type { Category } from '#lib/domain/parties.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Point } from '#lib/domain/trend/trend-point.ts';
import { m } from '#lib/paraglide/messages.js';
import { figureFormat } from '#lib/server/sheets/figure-format.ts';
import { countColumn, figureCell, textColumn, yearColumn, type SheetColumn } from '#lib/server/sheets/sheet-column.ts';
import { articleText } from '#lib/words/article-text.ts';
import { fieldLabel, unitOf } from '#lib/words/form-words.ts';
import { bracketed, listWords } from '#lib/words/punctuation.ts';
import { marksText } from '#lib/words/trend-words.ts';
import { basisWord, categoryWord } from '#lib/words/words.ts';

export interface PointRow {
	readonly category: Category;
	readonly metric: TrendMetric;
	readonly point: Point;
}

const figureColumn = (header: string, of: (row: PointRow) => string | null | undefined): SheetColumn<PointRow> => ({
	header,
	cell: (row) => figureCell(of(row), figureFormat(row.metric.id))
});

const quartiles = ({ point: { distribution } }: PointRow) => (distribution.kind === 'quartiles' ? distribution : null);

/** The columns of a table of points; figures are typed, and shown with the places of their own unit. */
export function pointColumns(): readonly SheetColumn<PointRow>[] {
	return [
		textColumn(m.trend_column_category(), ({ category }) => categoryWord[category]()),
		textColumn(m.trend_column_metric(), ({ metric }) => {
			const unit = unitOf(metric.id);
			return unit === '' ? fieldLabel(metric.id) : `${fieldLabel(metric.id)}${bracketed(unit)}`;
		}),
		yearColumn(m.trend_column_year(), ({ point }) => point.year),
		textColumn(m.trend_column_basis(), ({ point }) => basisWord[point.basis]()),
		countColumn(m.trend_column_known(), ({ point }) => point.nKnown),
		countColumn(m.trend_column_owed(), ({ point }) => point.nOwed),
		countColumn(m.trend_column_not_filed(), ({ point }) => point.absent.notFiled),
		countColumn(m.trend_column_not_answered(), ({ point }) => point.absent.notAnswered),
		countColumn(m.trend_column_not_applicable(), ({ point }) => point.absent.notApplicable),
		figureColumn(m.trend_column_tenth_low(), (row) => quartiles(row)?.tenths?.low),
		figureColumn(m.trend_column_lower(), (row) => quartiles(row)?.lower),
		figureColumn(m.trend_column_median(), (row) => quartiles(row)?.median),
		figureColumn(m.trend_column_upper(), (row) => quartiles(row)?.upper),
		figureColumn(m.trend_column_tenth_high(), (row) => quartiles(row)?.tenths?.high),
		figureColumn(m.trend_column_total(), ({ point }) => point.total),
		figureColumn(m.trend_column_of_totals(), ({ point }) => point.ofTotals),
		figureColumn(m.trend_column_limit(), ({ point }) => point.limit?.threshold),
		textColumn(m.trend_near_criterion(), ({ point }) => (point.limit === null ? null : articleText(point.limit.article))),
		countColumn(m.trend_column_met(), ({ point }) => point.standing?.met),
		countColumn(m.trend_column_unmet(), ({ point }) => point.standing?.unmet),
		countColumn(m.trend_column_unknown(), ({ point }) => point.standing?.unknown),
		textColumn(m.trend_column_marks(), ({ point }) => marksText(point)),
		textColumn(m.trend_column_dots(), ({ point: { distribution } }) => (distribution.kind === 'dots' ? listWords(distribution.values) : null))
	];
}
