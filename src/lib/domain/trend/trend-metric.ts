/** What can be followed over the years: every number of the report and every share computed from two of them, each with what it is (方案第十一条; 附件2). */
import { compare, decimal, decimalText, divide, multiply, ZERO } from '#lib/domain/decimal.ts';
import { judgeCriteria } from '#lib/domain/check/criteria.ts';
import { FORM_VERSIONS } from '#lib/domain/form/annual-report-form.ts';
import type { DerivedFormula, DerivedId } from '#lib/domain/form/derived-figure.ts';
import { METRICS, metricOfField, type FigureBasis, type Metric, type NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import { derive, statedOn, statedShare, type HistoryFigures } from '#lib/domain/form/figures.ts';
import type { ArticleId, Basis } from '#lib/domain/notice.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { CriterionId, Policy } from '#lib/domain/policy.ts';
import type { Unit } from './quantile.ts';

export type TrendMetricId =
	NumericFieldId | Extract<DerivedId, 'debt_ratio' | 'informatisation_share' | 'networking_rate' | 'manufacturing_share' | 'patents_total'>;

/** A stock is counted on a day, a flow over a year; a ratio is neither and is never added up. */
export type Nature = 'stock' | 'flow' | 'ratio';

export interface TrendMetric {
	readonly id: TrendMetricId;
	readonly unit: Unit;
	readonly nature: Nature;
	readonly categories: readonly Category[];
	/** Where the notice asks for it. */
	readonly article: Basis;
	/** The boxes it is read from; numerator and denominator of a share. */
	readonly fields: readonly NumericFieldId[];
	readonly formula: DerivedFormula | null;
	/** The legal person's, whichever designation reports it: counted once in a total over both categories. */
	readonly firmWide: boolean;
	/** Amounts and counts spread by factors, shares and profit by differences: how outliers are looked for. */
	readonly scale: 'log' | 'linear';
}

const FLOWS: ReadonlySet<NumericFieldId> = new Set(['revenue', 'profit', 'rd_spending', 'informatisation', 'ito_executed', 'manufacturing_revenue']);
const FIRM_WIDE: ReadonlySet<NumericFieldId> = new Set([
	'employees',
	'bachelor_or_above',
	'intermediate_title_or_above',
	'total_assets',
	'total_liabilities',
	'revenue',
	'profit'
]);

const NEWEST = FORM_VERSIONS.at(-1);

function statedMetric({ fieldId, kind }: (typeof METRICS)[number]): TrendMetric {
	const field = NEWEST?.fields.find(({ id }) => id === fieldId);
	if (!field) throw new RangeError(`no form asks for ${fieldId}`);
	return {
		id: fieldId,
		unit: kind === 'money' ? 'wan' : 'count',
		nature: FLOWS.has(fieldId) ? 'flow' : 'stock',
		categories: CATEGORIES.filter((category) => field.category === 'both' || field.category === category),
		article: field.article,
		fields: [fieldId],
		formula: null,
		firmWide: FIRM_WIDE.has(fieldId),
		scale: field.negative ? 'linear' : 'log'
	};
}

/** Growth and profitable years compare years themselves: a trend of them would compare twice. */
function derivedMetric(formula: DerivedFormula): readonly TrendMetric[] {
	if (formula.kind !== 'share' && formula.kind !== 'sum') return [];
	return [
		{
			id: formula.id as TrendMetricId,
			unit: formula.kind === 'share' ? 'rate' : 'count',
			nature: formula.kind === 'share' ? 'ratio' : 'stock',
			categories: CATEGORIES.filter((category) => formula.category === 'both' || formula.category === category),
			article: formula.article,
			fields: formula.kind === 'share' ? [formula.numerator, formula.denominator] : formula.parts,
			formula,
			firmWide: false,
			scale: formula.kind === 'share' ? 'linear' : 'log'
		}
	];
}

/** Every metric, what is typed first (附件2). */
export const TREND_METRICS: readonly TrendMetric[] = [...METRICS.map(statedMetric), ...(NEWEST?.derived ?? []).flatMap(derivedMetric)];

/** The metric of an id out of an address or a row; null for any other text (附件2). */
export function trendMetric(id: string): TrendMetric | null {
	return TREND_METRICS.find((metric) => metric.id === id) ?? null;
}

/** The metrics of a category, in order: categories never share an axis (非方案规定). */
export function metricsOf(category: Category): readonly TrendMetric[] {
	return TREND_METRICS.filter(({ categories }) => categories.includes(category));
}

/** Places of one enterprise's own ratio before any statistic is made of it; what is shown of it has fewer. */
export const OWN_RATIO_PLACES = 12;

/** One figure of one designation, of one year and on one basis. */
export interface Measured {
	/** Decimal text; a ratio with {@link OWN_RATIO_PLACES}. */
	readonly value: string;
	/** Of a ratio: what it is a ratio of, as stated. */
	readonly parts: { readonly numerator: string; readonly denominator: string } | null;
	/** The report that stated it last. */
	readonly reportYear: number;
}

/** A figure that is there, or why it is not: unanswered, or without a meaning because its whole is zero. */
export type Reading = Measured | 'not_answered' | 'not_applicable';

/** What is known of a metric in a year on one basis: the latest statement of it (方案第六条: never one basis for the other). */
export function readingOf(metric: TrendMetric, stated: HistoryFigures, year: number, basis: FigureBasis): Reading {
	const { formula } = metric;
	const history = statementsOf(stated, year, basis);
	const sources = metric.fields.map((field) => statedOn(history, propertyOf(field), year, basis));
	const reportYear = Math.max(...sources.map((source) => source?.reportYear ?? 0));
	if (formula === null) return sources[0] ? { value: sources[0].value, parts: null, reportYear } : 'not_answered';
	if (formula.kind !== 'share') {
		const value = derive(formula, history, year, basis).value;
		return value === null ? 'not_answered' : { value, parts: null, reportYear };
	}
	const share = statedShare(history, propertyOf(formula.numerator), propertyOf(formula.denominator), year, [basis]);
	if (share === null) return sources.every((source) => source !== null) ? 'not_applicable' : 'not_answered';
	const ratio = divide(decimal(share.numerator), decimal(share.denominator), OWN_RATIO_PLACES) ?? ZERO;
	return { value: decimalText(ratio), parts: { numerator: share.numerator, denominator: share.denominator }, reportYear };
}

const PARTED = new WeakMap<HistoryFigures, ReadonlyMap<string, HistoryFigures>>();

/** The statements of one year on one basis, parted once: a dashboard reads each history some hundred times. */
function statementsOf(history: HistoryFigures, year: number, basis: FigureBasis): HistoryFigures {
	const parted = PARTED.get(history) ?? Map.groupBy(history, (stated) => `${stated.forYear}${stated.basis}`);
	PARTED.set(history, parted);
	return parted.get(`${year}${basis}`) ?? [];
}

/** Whether there is a figure: a zero is one (附件2). */
export function isMeasured(reading: Reading): reading is Measured {
	return typeof reading !== 'string';
}

/** The limit a criterion sets for a metric, as `domain/check` judges it. */
export interface MetricLimit {
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	readonly threshold: string;
	readonly policyVersion: string;
}

/** Limits of a policy, found once: a dashboard asks for the same ones some thousand times. A policy is never changed, so nothing here grows old. */
const LIMITS = new WeakMap<Policy, Map<Category, ReadonlyMap<string, MetricLimit>>>();

/** The limit of 方案第五条 on a metric under a policy; null where the notice sets none. */
export function limitOf(metric: Pick<TrendMetric, 'id'>, category: Category, policy: Policy): MetricLimit | null {
	const ofPolicy = LIMITS.get(policy) ?? new Map<Category, ReadonlyMap<string, MetricLimit>>();
	LIMITS.set(policy, ofPolicy);
	const limits = ofPolicy.get(category) ?? limitsOf(category, policy);
	ofPolicy.set(category, limits);
	return limits.get(metric.id) ?? null;
}

function limitsOf(category: Category, policy: Policy): ReadonlyMap<string, MetricLimit> {
	const findings = judgeCriteria({ policy, category, runningYear: 0, known: [], answers: {} });
	return new Map(
		findings.flatMap(({ criterion, article, policyVersion, parts }) =>
			parts.filter(({ unit }) => unit !== 'declaration').map(({ subject, threshold }) => [subject, { criterion, article, threshold, policyVersion }] as const)
		)
	);
}

/** Whether a figure reaches a threshold, on what was stated and never on a rounded ratio; 不低于 and 以上 include the figure itself (方案第五条). */
export function reaches({ value, parts }: Measured, threshold: string): boolean {
	if (parts === null) return compare(decimal(value), decimal(threshold)) >= 0;
	return compare(decimal(parts.numerator), multiply(decimal(threshold), decimal(parts.denominator))) >= 0;
}

function propertyOf(fieldId: NumericFieldId): Metric {
	const property = metricOfField(fieldId);
	if (property === null) throw new RangeError(`not a numeric field: ${fieldId}`);
	return property;
}
