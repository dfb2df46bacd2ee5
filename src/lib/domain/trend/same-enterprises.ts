/** How much of a change is the same enterprises, and how much is who came and who left (非方案规定). Amounts exact, so that the parts add up to the last digit. */
import { add, decimal, decimalText, subtract, type Decimal } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { changeOf, type Change } from './change.ts';
import { keptText, medianOf, QUARTILES_FROM, sumOf } from './quantile.ts';
import type { TrendMetric } from './trend-metric.ts';
import { cellOf, crosses, type Break, type Member } from './trend-point.ts';

/** The figures of one group in one year, all on one basis, by whoever they are counted by (designation, or enterprise in a total over both categories). */
export interface YearGroup {
	readonly year: number;
	readonly basis: FigureBasis;
	readonly values: ReadonlyMap<string, string>;
	/** In the group that year, whether their figure is known or not: tells who came from who only answered. */
	readonly present: ReadonlySet<string>;
}

export interface SameEnterprises {
	readonly from: number;
	readonly to: number;
	readonly basis: FigureBasis;
	readonly n: {
		readonly from: number;
		readonly to: number;
		/** Known in both years. */
		readonly stayers: number;
		/** Known in the second year only; of them in the group before, and unknown. */
		readonly entries: number;
		readonly silentBefore: number;
		/** Known in the first year only; of them still in the group, and unknown. */
		readonly exits: number;
		readonly silentNow: number;
	};
	/** Null for a ratio, which is never added up. */
	readonly amounts: AmountsOfChange | null;
	/** The plain change of the median, all of each year, beside that of the same enterprises. Null under five. */
	readonly medians: { readonly plain: MedianPair | null; readonly same: MedianPair | null };
}

/** total = to − from = stayers + entries − exits, exactly. */
export interface AmountsOfChange {
	readonly from: string;
	readonly to: string;
	readonly total: string;
	readonly stayers: string;
	readonly entries: string;
	readonly exits: string;
	/** Of the stayers' sums: the growth that means something. */
	readonly same: { readonly before: string; readonly after: string; readonly change: Change };
}

export interface MedianPair {
	readonly before: string;
	readonly after: string;
	readonly change: Change;
}

export type SameEnterprisesAnswer =
	{ readonly known: true; readonly parts: SameEnterprises } | { readonly known: false; readonly why: 'mixed_basis' | 'break' };

type Described = Pick<TrendMetric, 'unit' | 'nature'>;

/** What a change is made from, counted and added up and not yet rounded: made of two groups here, or by a question to the record, always the same. */
export interface SameTally {
	readonly n: SameEnterprises['n'];
	/** Unrounded: the stayers' sums before and after, what entered and what is gone. */
	readonly sums: Readonly<Record<'before' | 'after' | 'entered' | 'gone', string>>;
	/** Unrounded medians before and after, of all of each year and of the stayers; null under five. */
	readonly medians: { readonly plain: ExactPair | null; readonly same: ExactPair | null };
}

export type ExactPair = readonly [before: string, after: string];

/** Counts and adds up who stayed, came and left (非方案规定). */
export function sameTally(from: YearGroup, to: YearGroup): SameTally {
	const known = ({ values }: YearGroup): string[] => [...values.keys()];
	const of = ({ values }: YearGroup, ids: readonly string[]): Decimal[] => ids.map((id) => decimal(values.get(id) ?? '0'));
	const stay = known(from).filter((id) => to.values.has(id));
	const came = known(to).filter((id) => !from.values.has(id));
	const left = known(from).filter((id) => !to.values.has(id));
	const sum = (group: YearGroup, ids: readonly string[]): string => decimalText(sumOf(of(group, ids)));
	const pair = (before: readonly string[], after: readonly string[]): ExactPair | null => exactPair(of(from, before), of(to, after));
	return {
		n: {
			from: from.values.size,
			to: to.values.size,
			stayers: stay.length,
			entries: came.length,
			silentBefore: came.filter((id) => from.present.has(id)).length,
			exits: left.length,
			silentNow: left.filter((id) => to.present.has(id)).length
		},
		sums: { before: sum(from, stay), after: sum(to, stay), entered: sum(to, came), gone: sum(from, left) },
		medians: { plain: pair(known(from), known(to)), same: pair(stay, stay) }
	};
}

/** Total change = stayers + entries − exits, each with its n (非方案规定). Nothing is told from one basis to the other, or across a break. */
export function sameEnterprises(from: YearGroup, to: YearGroup, metric: Described, breaks: readonly Break[] = []): SameEnterprisesAnswer {
	if (from.basis !== to.basis) return { known: false, why: 'mixed_basis' };
	return sameFrom(sameTally(from, to), { from: from.year, to: to.year, basis: from.basis }, metric, breaks);
}

/** The same of a tally that was asked of the record; of two years on one basis (非方案规定). */
export function sameFrom(
	{ n, sums, medians }: SameTally,
	{ from, to, basis }: Pick<SameEnterprises, 'from' | 'to' | 'basis'>,
	metric: Described,
	breaks: readonly Break[] = []
): SameEnterprisesAnswer {
	if (crosses(breaks, from, to)) return { known: false, why: 'break' };
	const pair = (exact: ExactPair | null): MedianPair | null => (exact === null ? null : medianPair(exact, basis, metric));
	return {
		known: true,
		parts: {
			from,
			to,
			basis,
			n,
			amounts: metric.nature === 'ratio' ? null : amountsOf(sums, n.stayers, basis, metric),
			medians: { plain: pair(medians.plain), same: pair(medians.same) }
		}
	};
}

function amountsOf({ before, after, entered, gone }: SameTally['sums'], nStayers: number, basis: FigureBasis, { unit }: Described): AmountsOfChange {
	const [first, second, came, left] = [decimal(before), decimal(after), decimal(entered), decimal(gone)];
	return {
		from: decimalText(add(first, left)),
		to: decimalText(add(second, came)),
		total: decimalText(subtract(add(second, came), add(first, left))),
		stayers: decimalText(subtract(second, first)),
		entries: entered,
		exits: gone,
		same: {
			before,
			after,
			change: nStayers === 0 ? { known: false, why: 'unknown' } : changeOf({ value: before, basis }, { value: after, basis }, unit)
		}
	};
}

function exactPair(before: readonly Decimal[], after: readonly Decimal[]): ExactPair | null {
	const [one, two] = [medianOf(before), medianOf(after)];
	return before.length < QUARTILES_FROM || after.length < QUARTILES_FROM || one === null || two === null ? null : [decimalText(one), decimalText(two)];
}

function medianPair([one, two]: ExactPair, basis: FigureBasis, { unit }: Described): MedianPair {
	const [first, second] = [keptText(decimal(one), unit), keptText(decimal(two), unit)];
	return { before: first, after: second, change: changeOf({ value: first, basis }, { value: second, basis }, unit) };
}

/** The figures of a year's own group (`membersIn`) on one basis, by designation: who moved leaves one group and enters another (方案第十一条). */
export function yearGroup(members: readonly Member[], metric: TrendMetric, year: number, basis: FigureBasis): YearGroup {
	const cells = members.map((member) => ({ id: member.designationId, cell: cellOf(member, metric, year, basis) }));
	return {
		year,
		basis,
		values: new Map(cells.flatMap(({ id, cell }) => (cell.kind === 'value' ? [[id, cell.measured.value] as const] : []))),
		present: new Set(cells.flatMap(({ id, cell }) => (cell.kind === 'not_owed' ? [] : [id])))
	};
}
