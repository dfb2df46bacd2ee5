import { answerAt, answerKey, type AnswerKey, type Answers } from './answer-key.ts';
import type { FormField } from './annual-report-fields.ts';
import { fieldById, yearOfBasis, type AnnualReportForm } from './annual-report-form.ts';
import type { DerivedFormula, DerivedId } from './derived-figure.ts';
import { absolute, add, compare, decimal, decimalText, divide, isZero, multiply, subtract, ZERO } from '#lib/domain/decimal.ts';
import { METRICS, metricOfField, type FigureBasis, type FigureRow, type Metric } from './figure-metric.ts';
import { readNumber, type NumberRefusal } from './number-reading.ts';

/** Places of a computed rate: 0.051234 is 5.1234 %. */
export const RATE_SCALE = 6;

/** A number with what one must know to compare it. `value` is decimal text in the metric's unit. */
export interface Figure {
	readonly metric: Metric;
	readonly fieldId: string;
	readonly forYear: number;
	readonly basis: FigureBasis;
	readonly value: string;
}

/** One year on one basis as one report stated it: a row of annual_figure. */
export interface HistoryRow {
	readonly forYear: number;
	readonly basis: FigureBasis;
	/** The report year whose (latest received) report stated it. */
	readonly reportYear: number;
	readonly row: FigureRow;
}

/** What earlier reports stated, in any order. */
export type HistoryFigures = readonly HistoryRow[];

/** A figure out of several statements, with who stated it. */
export interface StatedFigure {
	readonly forYear: number;
	readonly basis: FigureBasis;
	readonly reportYear: number;
	readonly value: string;
}

/** A computed figure. `value` null means a part is unknown: never a zero. `mixed`: it sets a final figure against a forecast. */
export interface DerivedValue {
	readonly id: DerivedId;
	readonly forYear: number;
	readonly basis: FigureBasis;
	readonly unit: 'rate' | 'count' | 'yesno';
	/** Decimal text, for `yesno` 'yes' or 'no'. */
	readonly value: string | null;
	readonly mixed: boolean;
}

export interface ReadFigures {
	readonly figures: readonly Figure[];
	readonly derived: readonly DerivedValue[];
	/** The two rows of annual_figure this report states. */
	readonly rows: { readonly final: FigureRow; readonly forecast: FigureRow };
	/** Audited years before last year's, as far as no earlier report states them: stored beside the two rows. */
	readonly earlier: HistoryFigures;
	/** Boxes whose text is no number; their figures are missing. */
	readonly unreadable: readonly {
		readonly key: AnswerKey;
		readonly fieldId: string;
		readonly basis: FigureBasis;
		readonly code: NumberRefusal;
		readonly offers: readonly string[];
	}[];
}

/** Reads every number of a report's answers; `history` lets growth and the profitable years look back. */
export function readFigures(
	form: AnnualReportForm,
	year: number,
	answers: Answers,
	history: HistoryFigures = [],
	limits: ReadonlyMap<string, string> = new Map()
): ReadFigures {
	const figures: Figure[] = [];
	const unreadable: ReadFigures['unreadable'][number][] = [];
	const rows = { final: emptyRow(), forecast: emptyRow() };
	for (const { metric, fieldId } of METRICS) {
		const field = fieldById(form, fieldId);
		if (field === null || (field.kind !== 'money' && field.kind !== 'count')) continue;
		for (const basis of field.bases) {
			const key = answerKey(fieldId, basis);
			const reading = readNumber(answerAt(answers, key), field.kind, { negative: field.negative });
			if (!reading.ok) unreadable.push({ key, fieldId, basis, code: reading.code, offers: reading.offers });
			else if (reading.value !== null) {
				rows[basis][metric] = reading.value;
				figures.push({ metric, fieldId, forYear: yearOfBasis(year, basis), basis, value: reading.value });
			}
		}
	}
	const before = earlierYears(form, year, answers, history);
	const known = withReport(history, year, rows, before);
	const derived = form.derived.flatMap((formula) =>
		(['final', 'forecast'] as const).map((basis) => derive(formula, known, yearOfBasis(year, basis), basis, limits.get(formula.id) ?? null))
	);
	return { figures, derived, rows, earlier: before, unreadable };
}

/** What is typed for the years before last year; a year an earlier report states is that report's, whatever stands here. */
function earlierYears(form: AnnualReportForm, year: number, answers: Answers, history: HistoryFigures): HistoryFigures {
	const rows = new Map<number, Record<Metric, string | null>>();
	for (const field of form.fields) {
		if (field.earlier === undefined) continue;
		const name = metric(field.earlier.of);
		const forYear = year - field.earlier.back;
		const reading = readNumber(answerAt(answers, field.id), 'money', { negative: field.negative });
		if (!reading.ok || reading.value === null || isStatedBefore(field, year, history)) continue;
		const row = rows.get(forYear) ?? emptyRow();
		row[name] = reading.value;
		rows.set(forYear, row);
	}
	return [...rows].map(([forYear, row]) => ({ forYear, basis: 'final' as const, reportYear: year, row }));
}

/** Whether an earlier report states the audited figure a box of an earlier year asks for: then it is neither asked nor taken. */
export function isStatedBefore({ earlier }: Pick<FormField, 'earlier'>, year: number, history: HistoryFigures): boolean {
	if (earlier === undefined) return false;
	const before = history.filter((stated) => stated.reportYear < year);
	return statedOn(before, metric(earlier.of), year - earlier.back, 'final') !== null;
}

/** History with the rows of the report at hand laid over what earlier reports said. */
export function withReport(history: HistoryFigures, year: number, rows: ReadFigures['rows'], earlier: HistoryFigures = []): HistoryFigures {
	return [
		...history.filter((stated) => stated.reportYear < year),
		...earlier,
		{ forYear: year - 1, basis: 'final', reportYear: year, row: rows.final },
		{ forYear: year, basis: 'forecast', reportYear: year, row: rows.forecast }
	];
}

/** What is known of a metric in a year on one basis: the latest report that states it. */
export function statedOn(history: HistoryFigures, metric: Metric, forYear: number, basis: FigureBasis): StatedFigure | null {
	let found: StatedFigure | null = null;
	for (const stated of history) {
		const value = stated.row[metric];
		if (stated.forYear !== forYear || stated.basis !== basis || value === null) continue;
		if (found === null || stated.reportYear > found.reportYear) found = { forYear, basis, reportYear: stated.reportYear, value };
	}
	return found;
}

/** The best known figure of a year: final where known, else forecast. */
export function bestStated(history: HistoryFigures, metric: Metric, forYear: number): StatedFigure | null {
	return statedOn(history, metric, forYear, 'final') ?? statedOn(history, metric, forYear, 'forecast');
}

/**
 * Numerator and denominator of one year, both on the same basis: final if both are, else forecast. Null when a part is unknown or the whole is zero.
 *
 * @param limit where the rate stands beside one: see {@link shareOf}
 */
export function statedShare(
	history: HistoryFigures,
	numerator: Metric,
	denominator: Metric,
	forYear: number,
	bases: readonly FigureBasis[] = ['final', 'forecast'],
	limit: string | null = null
): { readonly basis: FigureBasis; readonly numerator: string; readonly denominator: string; readonly rate: string } | null {
	for (const basis of bases) {
		const part = statedOn(history, numerator, forYear, basis);
		const whole = statedOn(history, denominator, forYear, basis);
		const rate = part && whole ? shareOf(part.value, whole.value, limit) : null;
		if (part && whole && rate !== null) return { basis, numerator: part.value, denominator: whole.value, rate };
	}
	return null;
}

/**
 * part ÷ whole as a rate; null when the whole is zero or negative. Beside a limit the rate has as many places as it takes to stand on its own side of
 * it: 49,999.99 of 1,000,000 is below 5 %, and 0.050000 would say that it is not.
 */
export function shareOf(part: string, whole: string, limit: string | null = null): string | null {
	const denominator = decimal(whole);
	if (compare(denominator, ZERO) <= 0) return null;
	const side = limit === null ? 0 : compare(decimal(part), multiply(decimal(limit), denominator));
	for (let places = RATE_SCALE; ; places += 1) {
		const rate = divide(decimal(part), denominator, places);
		if (rate === null) return null;
		if (limit === null || side >= 0 || compare(rate, decimal(limit)) < 0) return decimalText(rate);
	}
}

/** Change from one figure to another. `rate` is null when the base is zero or negative, where a percentage says nothing. */
export interface Growth {
	readonly delta: string;
	/** For amounts and counts: change ÷ base, 0.12 = +12 %. Null for rates, which move in points. */
	readonly rate: string | null;
	/** For rates: change in percentage points (个百分点), '1.5' = from 5 % to 6.5 %. Null for amounts. */
	readonly points: string | null;
	/** A final figure set against a forecast: must be marked wherever it is shown. */
	readonly mixed: boolean;
}

type Comparable = { readonly value: string; readonly basis: FigureBasis };

/** Growth of `current` over `previous`; `unit` 'rate' compares in percentage points. Says `mixed` when the bases differ. */
export function growth(current: Comparable, previous: Comparable, unit: 'amount' | 'rate' = 'amount'): Growth {
	const base = decimal(previous.value);
	const delta = subtract(decimal(current.value), base);
	const mixed = current.basis !== previous.basis;
	if (unit === 'rate') {
		const points = { units: delta.units * 100n, scale: delta.scale };
		return { delta: decimalText(delta), rate: null, points: decimalText(points), mixed };
	}
	const rate = compare(base, ZERO) > 0 ? divide(delta, base, RATE_SCALE) : null;
	return { delta: decimalText(delta), rate: rate === null ? null : decimalText(rate), points: null, mixed };
}

/** |current − previous| ÷ |previous|; null when previous is zero. */
export function changeRate(current: string, previous: string): string | null {
	const base = absolute(decimal(previous));
	if (isZero(base)) return null;
	const rate = divide(absolute(subtract(decimal(current), decimal(previous))), base, RATE_SCALE);
	return rate === null ? null : decimalText(rate);
}

/**
 * One computed figure of one year on one basis, from everything known.
 *
 * @param limit of a share that stands beside one: see {@link shareOf}
 */
export function derive(formula: DerivedFormula, known: HistoryFigures, forYear: number, basis: FigureBasis, limit: string | null = null): DerivedValue {
	const head = { id: formula.id, forYear, basis };
	switch (formula.kind) {
		case 'share': {
			const share = statedShare(known, metric(formula.numerator), metric(formula.denominator), forYear, [basis], limit);
			return { ...head, unit: 'rate', value: share?.rate ?? null, mixed: false };
		}
		case 'growth': {
			const current = statedOn(known, metric(formula.of), forYear, basis);
			const previous = bestStated(known, metric(formula.of), forYear - 1);
			const change = current && previous ? growth(current, previous) : null;
			return { ...head, unit: 'rate', value: change?.rate ?? null, mixed: change?.mixed ?? false };
		}
		case 'sum': {
			const parts = formula.parts.map((part) => statedOn(known, metric(part), forYear, basis)?.value ?? null);
			const total = parts.every((part) => part !== null) ? parts.reduce((sum, part) => add(sum, decimal(part)), ZERO) : null;
			return { ...head, unit: 'count', value: total === null ? null : decimalText(total), mixed: false };
		}
		case 'positive_years': {
			const current = statedOn(known, metric(formula.of), forYear, basis);
			const earlier = Array.from({ length: formula.years - 1 }, (_, back) => bestStated(known, metric(formula.of), forYear - 1 - back));
			const years = [current, ...earlier];
			// One loss settles it even when another year is unknown.
			const failed = years.some((stated) => stated !== null && compare(decimal(stated.value), ZERO) <= 0);
			const value = failed ? 'no' : years.every((stated) => stated !== null) ? 'yes' : null;
			return { ...head, unit: 'yesno', value, mixed: years.some((stated) => stated !== null && stated.basis !== basis) };
		}
	}
}

function metric(fieldId: string): Metric {
	const found = metricOfField(fieldId);
	if (found === null) throw new RangeError(`not a numeric field: ${fieldId}`);
	return found;
}

function emptyRow(): Record<Metric, string | null> {
	return Object.fromEntries(METRICS.map((entry) => [entry.metric, null])) as Record<Metric, string | null>;
}
