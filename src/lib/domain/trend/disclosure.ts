/**
 * What may be shown of a cohort's figures to whom (非方案规定): one function between the figures and every way out (page, data request, xlsx, csv, svg, print,
 * mail, sort order). The ministries see everything; for everybody else a cell is a benchmark or nothing.
 */
import type { Day } from '#lib/domain/day.ts';
import { decimal, decimalText, divide, multiply, round, type Decimal } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category, OrganisationKind } from '#lib/domain/parties.ts';
import { isDepartment, isMinistry } from '#lib/domain/parties.ts';
import { ascending, distributionOf, quantileOf, significant, type Distribution, type Unit } from './quantile.ts';
import type { TrendMetric } from './trend-metric.ts';

/** Enterprises a benchmark rests on at least. */
export const BENCHMARK_FROM = 10;

/** Of them not the channel's own, at least: whoever knows the rest must not be left with a few. */
export const BENCHMARK_OTHERS_FROM = 5;

/** Digits of a benchmark; shares go to half a point. */
export const BENCHMARK_DIGITS = 3;

/** Public statistics are rounded to this and left out below twice it. */
export const PUBLIC_STEP = 5;

export interface Viewer {
	/** Null: the public. */
	readonly kind: OrganisationKind | null;
	/** Of a department or group office. */
	readonly channelId: string | null;
	/** Of an enterprise. */
	readonly enterpriseId: string | null;
}

/** What is asked for. Whatever is more than category × closed year × nation is no benchmark, since two such cells differ by one enterprise. */
export interface AskedCell {
	readonly metric: Pick<TrendMetric, 'unit' | 'categories'>;
	readonly basis: FigureBasis;
	/** Null: both together. */
	readonly category: Category | null;
	/** Whether the report year that states the figure is closed, and the figures are those of its close: a later correction would be told by the difference. */
	readonly stated: 'as_closed' | 'corrected_since' | 'open';
	/** 'own': only enterprises the viewer sees whole. */
	readonly of: 'nation' | 'own';
	/** Names of filters in force beyond category and year (channel, cohort, tier, status …). */
	readonly narrowedBy: readonly string[];
	/** A past day the reader chose. */
	readonly asOf: Day | null;
}

export interface CellValue {
	readonly enterpriseId: string;
	readonly channelId: string;
	readonly value: string;
}

export type MaskReason = 'not_yours' | 'both_categories' | 'narrowed' | 'as_of' | 'open_year' | 'corrected_since' | 'few' | 'few_others';

export type Disclosed =
	| { readonly shown: 'whole'; readonly distribution: Distribution; readonly mayOrderBy: true }
	| {
			readonly shown: 'benchmark';
			/** Enterprises; for the public to the nearest five. */
			readonly n: number;
			readonly lower: string;
			readonly median: string;
			readonly upper: string;
			readonly mayOrderBy: false;
	  }
	/** 不列示: neither a figure nor n. */
	| { readonly shown: 'masked'; readonly why: MaskReason; readonly mayOrderBy: false };

/**
 * What a viewer may be shown of a cell (非方案规定). Never a minimum, maximum, mean or total; nor an order of rows by a figure that is not shown.
 */
export function disclose(viewer: Viewer, cell: AskedCell, values: readonly CellValue[]): Disclosed {
	if (seesAll(viewer)) return whole(cell, values);
	if (cell.of === 'own') {
		const strangers = values.filter((value) => !seesWhole(viewer, value));
		return strangers.length > 0 || !hasOwn(viewer) ? masked('not_yours') : whole(cell, values);
	}
	const reason = notABenchmark(viewer, cell);
	if (reason !== null) return masked(reason);
	const enterprises = new Set(values.map(({ enterpriseId }) => enterpriseId));
	if (enterprises.size < BENCHMARK_FROM) return masked('few');
	const others = values.filter((value) => !seesWhole(viewer, value));
	if (!enoughOthers(others.map(({ enterpriseId, value }) => ({ enterpriseId, coarse: decimalText(coarse(decimal(value), cell.metric.unit)) }))))
		return masked('few_others');
	const sorted = ascending(values.map(({ value }) => decimal(value)));
	const at = (percent: 25 | 50 | 75): string => decimalText(coarse(quantileOf(sorted, percent) ?? decimal('0'), cell.metric.unit));
	const n = viewer.kind === null ? publicCount(enterprises.size) : enterprises.size;
	return n === null ? masked('few') : { shown: 'benchmark', n, lower: at(25), median: at(50), upper: at(75), mayOrderBy: false };
}

/**
 * Whether enough is left when the viewer's own figures are taken away (非方案规定). Where all the others state the same, one quartile beside the viewer's own
 * figures names them all.
 */
export function enoughOthers(others: Iterable<{ readonly enterpriseId: string; readonly coarse: string }>): boolean {
	const [enterprises, figures] = [new Set<string>(), new Set<string>()];
	for (const { enterpriseId, coarse: figure } of others) {
		enterprises.add(enterpriseId);
		figures.add(figure);
		if (enterprises.size >= BENCHMARK_OTHERS_FROM && figures.size > 1) return true;
	}
	return false;
}

function notABenchmark(viewer: Viewer, cell: AskedCell): MaskReason | null {
	if (viewer.kind !== null && !hasOwn(viewer)) return 'not_yours';
	if (cell.category === null) return 'both_categories';
	if (cell.narrowedBy.length > 0) return 'narrowed';
	if (cell.asOf !== null) return 'as_of';
	if (cell.stated === 'open') return 'open_year';
	return cell.stated === 'corrected_since' ? 'corrected_since' : null;
}

/** As coarse as a benchmark is shown: three significant digits, a share to half a point (非方案规定). */
export function coarse(value: Decimal, unit: Unit): Decimal {
	if (unit !== 'rate') return significant(value, BENCHMARK_DIGITS);
	return divide(round(multiply(value, decimal('200')), 0), decimal('200'), 3) ?? value;
}

/** A count for the public: to the nearest five, and none under ten, zero included (非方案规定). Lists that are published themselves are not counted so. */
export function publicCount(n: number): number | null {
	return n < 2 * PUBLIC_STEP ? null : Math.round(n / PUBLIC_STEP) * PUBLIC_STEP;
}

/** The ministries see everything (方案第十一条: the reports are made to them). */
function seesAll({ kind }: Viewer): boolean {
	return kind !== null && isMinistry(kind);
}

/** A channel sees its own enterprises whole, an enterprise itself. */
function seesWhole(viewer: Viewer, { enterpriseId, channelId }: Pick<CellValue, 'enterpriseId' | 'channelId'>): boolean {
	if (viewer.kind === null) return false;
	if (isDepartment(viewer.kind)) return viewer.channelId !== null && viewer.channelId === channelId;
	return viewer.kind === 'enterprise' && viewer.enterpriseId !== null && viewer.enterpriseId === enterpriseId;
}

function hasOwn({ kind, channelId, enterpriseId }: Viewer): boolean {
	if (kind === null) return false;
	return isDepartment(kind) ? channelId !== null : kind === 'enterprise' && enterpriseId !== null;
}

function whole(cell: AskedCell, values: readonly CellValue[]): Disclosed {
	return {
		shown: 'whole',
		distribution: distributionOf(
			values.map(({ value }) => value),
			cell.metric.unit
		),
		mayOrderBy: true
	};
}

function masked(why: MaskReason): Disclosed {
	return { shown: 'masked', why, mayOrderBy: false };
}
