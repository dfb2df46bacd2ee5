import { answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import { compare, decimal, decimalText, multiply, subtract, type Decimal } from '#lib/domain/decimal.ts';
import { statedOn, statedShare, type HistoryFigures } from '#lib/domain/form/figures.ts';
import type { FigureBasis, Metric } from '#lib/domain/form/figure-metric.ts';
import type { ArticleId } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { CriterionId, Policy } from '#lib/domain/policy.ts';

export type Verdict = 'met' | 'unmet' | 'unknown';

/** Which rule a kept verdict was made by: a new word makes every older one stale. */
export const VERDICT_RULE = 'audited-1';

/** Unit of threshold, actual and headroom. */
export type CriterionUnit = 'rate' | 'wan' | 'count' | 'declaration';

/** One year of a test. `tested`: whether the verdict rests on it, or it is only shown. */
export interface YearVerdict {
	readonly year: number;
	readonly basis: FigureBasis | null;
	readonly actual: string | null;
	readonly verdict: Verdict;
	readonly tested: boolean;
}

/** One measurable condition of a criterion; M6 has two, the others one. */
export interface CriterionPart {
	/** The field to correct or explain. */
	readonly fieldId: string;
	/** What `actual` is: a field or a derived figure. */
	readonly subject: string;
	readonly unit: CriterionUnit;
	readonly threshold: string;
	/** The three audited years, oldest first; for a declaration the year it was made. */
	readonly perYear: readonly YearVerdict[];
	readonly verdict: Verdict;
	/** What the running year's forecast says (展望): shown beside the verdict and never part of it. Null for a declaration. */
	readonly outlook: YearVerdict | null;
	/** Smallest actual − threshold over the tested years, in the unit; negative below it, null while unknown. */
	readonly headroom: string | null;
	/** Consecutive audited years met, counted back from the last one. */
	readonly yearsInARow: number;
}

/** perYear, threshold, headroom, outlook and unit repeat the part that decides: the failing one, else the unknown one, else the one with least room. */
export interface CriterionFinding extends CriterionPart {
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	readonly policyVersion: string;
	readonly parts: readonly CriterionPart[];
}

/** What people judge from narrative and attachments; listed so that a screen can say so, never computed. */
export const PEOPLE_CRITERIA = [
	{ criterion: 'G1', category: 'both', article: '5.1' },
	{ criterion: 'M1', category: 'manufacturing', article: '5.2.1' },
	{ criterion: 'M2', category: 'manufacturing', article: '5.2.2' },
	{ criterion: 'M3', category: 'manufacturing', article: '5.2.3' },
	{ criterion: 'M7', category: 'manufacturing', article: '5.2.7' },
	{ criterion: 'S3', category: 'it_outsourcing', article: '5.3.3' },
	{ criterion: 'S6', category: 'it_outsourcing', article: '5.3.6' },
	{ criterion: 'S7', category: 'it_outsourcing', article: '5.3.7' }
] as const satisfies readonly { criterion: string; category: Category | 'both'; article: ArticleId }[];

export function criteriaJudgedByPeople(category: Category): readonly (typeof PEOPLE_CRITERIA)[number][] {
	return PEOPLE_CRITERIA.filter((entry) => entry.category === 'both' || entry.category === category);
}

export const CRITERIA_OF: { readonly [C in Category]: readonly CriterionId[] } = {
	manufacturing: ['M4', 'M5', 'M6'],
	it_outsourcing: ['S1', 'S2', 'S4', 'S5']
};

export interface CriteriaInput {
	readonly policy: Policy;
	readonly category: Category;
	/** The year that still runs: the report year. Audited are the years before it. */
	readonly runningYear: number;
	/** Everything stated, the report at hand included (see withReport). */
	readonly known: HistoryFigures;
	/** For S1, which rests on a declaration. */
	readonly answers: Answers;
}

/**
 * Every computed criterion of the category (方案第五条), on audited years: 方案第六条 makes audited figures decisive, so a forecast is an outlook and never a
 * verdict. Thresholds include the figure itself; a missing figure is unknown, never a pass or a fail.
 */
export function judgeCriteria(input: CriteriaInput): readonly CriterionFinding[] {
	return CRITERIA_OF[input.category].map((criterion) => judgeCriterion(criterion, input));
}

/** The limits the criteria of a category set, by the figure or share they are set for: what is shown beside one shows enough digits. */
export function criterionLimits(policy: Policy, category: Category): ReadonlyMap<string, string> {
	const parts = judgeCriteria({ policy, category, runningYear: 0, known: [], answers: {} }).flatMap((finding) => finding.parts);
	return new Map(parts.filter(({ unit }) => unit !== 'declaration').map(({ subject, threshold }) => [subject, threshold]));
}

export function judgeCriterion(criterion: CriterionId, input: CriteriaInput): CriterionFinding {
	const parts = partsOf(criterion, input);
	const decisive = weakest(parts);
	const verdict = together(parts.map((part) => part.verdict));
	const rule = input.policy.criteria[criterion];
	const yearsInARow = Math.min(...parts.map((part) => part.yearsInARow));
	return { ...decisive, criterion, article: rule.article, policyVersion: input.policy.version, verdict, yearsInARow, parts };
}

function partsOf(criterion: CriterionId, input: CriteriaInput): readonly CriterionPart[] {
	const rules = input.policy.criteria;
	const each = rules[criterion].window === 'each_of_three_years';
	const years = (read: ReadYear, base: PartBase) => [overYears(input, read, base, each)];
	switch (criterion) {
		case 'M4':
			return years(shareReader(input, 'informatisationWan', 'revenueWan', rules.M4.minRate), {
				fieldId: 'informatisation',
				subject: 'informatisation_share',
				unit: 'rate',
				threshold: rules.M4.minRate
			});
		case 'M5':
			return years(shareReader(input, 'equipmentNetworked', 'equipmentTotal', rules.M5.minRate), {
				fieldId: 'equipment_networked',
				subject: 'networking_rate',
				unit: 'rate',
				threshold: rules.M5.minRate
			});
		case 'M6':
			return [
				...years(amountReader(input, 'employees', rules.M6.minEmployees), {
					fieldId: 'employees',
					subject: 'employees',
					unit: 'count',
					threshold: rules.M6.minEmployees
				}),
				...years(amountReader(input, 'revenueWan', rules.M6.minRevenueWan), {
					fieldId: 'revenue',
					subject: 'revenue',
					unit: 'wan',
					threshold: rules.M6.minRevenueWan
				})
			];
		case 'S1':
			return [declared(input)];
		case 'S2':
			return years(amountReader(input, 'itoExecutedWan', rules.S2.minWan), {
				fieldId: 'ito_executed',
				subject: 'ito_executed',
				unit: 'wan',
				threshold: rules.S2.minWan
			});
		case 'S4':
			return years(amountReader(input, 'manufacturingCustomers', rules.S4.minCount), {
				fieldId: 'manufacturing_customers',
				subject: 'manufacturing_customers',
				unit: 'count',
				threshold: rules.S4.minCount
			});
		case 'S5':
			return years(shareReader(input, 'manufacturingRevenueWan', 'revenueWan', rules.S5.minRate), {
				fieldId: 'manufacturing_revenue',
				subject: 'manufacturing_share',
				unit: 'rate',
				threshold: rules.S5.minRate
			});
	}
}

type PartBase = Pick<CriterionPart, 'fieldId' | 'subject' | 'unit' | 'threshold'>;
type ReadYear = (year: number, basis: FigureBasis) => { readonly actual: string; readonly met: boolean } | null;

/** Judged on the exact quotient (part ≥ threshold × whole); the rate shown stands on the same side, so that rounding can never tip a verdict. */
function shareReader(input: CriteriaInput, numerator: Metric, denominator: Metric, minRate: string): ReadYear {
	return (year, basis) => {
		const share = statedShare(input.known, numerator, denominator, year, [basis], minRate);
		if (share === null) return null;
		const met = compare(decimal(share.numerator), multiply(decimal(minRate), decimal(share.denominator))) >= 0;
		return { actual: share.rate, met };
	};
}

function amountReader(input: CriteriaInput, metric: Metric, minimum: string): ReadYear {
	return (year, basis) => {
		const stated = statedOn(input.known, metric, year, basis);
		return stated === null ? null : { actual: stated.value, met: compare(decimal(stated.value), decimal(minimum)) >= 0 };
	};
}

function overYears(input: CriteriaInput, read: ReadYear, base: PartBase, each: boolean): CriterionPart {
	const running = input.runningYear;
	const last = running - 1;
	const judged = (year: number, basis: FigureBasis, tested: boolean): YearVerdict => {
		const found = read(year, basis);
		if (found === null) return { year, basis: null, actual: null, verdict: 'unknown', tested };
		return { year, basis, actual: found.actual, verdict: found.met ? 'met' : 'unmet', tested };
	};
	const perYear = [last - 2, last - 1, last].map((year) => judged(year, 'final', each || year === last));
	const tested = perYear.filter((entry) => entry.tested);
	let yearsInARow = 0;
	while (read(last - yearsInARow, 'final')?.met === true) yearsInARow += 1;
	return {
		...base,
		perYear,
		verdict: together(tested.map((entry) => entry.verdict)),
		outlook: judged(running, 'forecast', false),
		headroom: headroomOf(tested, base.threshold),
		yearsInARow
	};
}

/** S1 is a declaration of today: registered there and filing there. */
function declared(input: CriteriaInput): CriterionPart {
	const said = ['export_app_registered', 'export_app_filing'].map((fieldId) => answerAt(input.answers, fieldId));
	const actual = said.includes('no') ? 'no' : said.every((answer) => answer === 'yes') ? 'yes' : null;
	const verdict: Verdict = actual === 'yes' ? 'met' : actual === 'no' ? 'unmet' : 'unknown';
	return {
		fieldId: said[0] === 'yes' && said[1] === 'no' ? 'export_app_filing' : 'export_app_registered',
		subject: 'export_app_registered',
		unit: 'declaration',
		threshold: 'yes',
		perYear: [{ year: input.runningYear, basis: null, actual, verdict, tested: true }],
		verdict,
		outlook: null,
		headroom: null,
		yearsInARow: actual === 'yes' ? 1 : 0
	};
}

/** All must hold: one known failure settles it, else anything unknown leaves it unknown. */
export function together(verdicts: readonly Verdict[]): Verdict {
	if (verdicts.includes('unmet')) return 'unmet';
	return verdicts.includes('unknown') ? 'unknown' : 'met';
}

function headroomOf(tested: readonly YearVerdict[], threshold: string): string | null {
	const rooms = tested.flatMap((entry) => (entry.actual === null ? [] : [subtract(decimal(entry.actual), decimal(threshold))]));
	const least = rooms.reduce<Decimal | null>((least, room) => (least === null || compare(room, least) < 0 ? room : least), null);
	return least === null ? null : decimalText(least);
}

/** What the forecast says of a criterion as a whole; null where nothing is forecast. */
export function outlookOf(finding: Pick<CriterionFinding, 'parts'>): Verdict | null {
	const looks = finding.parts.flatMap(({ outlook }) => (outlook === null ? [] : [outlook.verdict]));
	return looks.length === 0 ? null : together(looks);
}

/** Met with less than a twentieth of the limit to spare (非方案规定). */
export function isNear(part: CriterionPart): boolean {
	return part.verdict === 'met' && part.headroom !== null && compare(decimal(part.headroom), multiply(decimal(part.threshold), decimal('0.05'))) < 0;
}

const ORDER: { readonly [V in Verdict]: number } = { unmet: 0, unknown: 1, met: 2 };

function weakest(parts: readonly CriterionPart[]): CriterionPart {
	const sorted = [...parts].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict] || relativeRoom(a, b));
	const first = sorted[0];
	if (!first) throw new RangeError('a criterion has at least one part');
	return first;
}

/** Compares headroom ÷ threshold without dividing, so that people and 万元 can be set side by side. */
function relativeRoom(a: CriterionPart, b: CriterionPart): number {
	if (a.headroom === null || b.headroom === null) return 0;
	return compare(multiply(decimal(a.headroom), decimal(b.threshold)), multiply(decimal(b.headroom), decimal(a.threshold)));
}
