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

/** Total change = stayers + entries − exits, each with its n (非方案规定). Nothing is told from one basis to the other, or across a break. */
export function sameEnterprises(from: YearGroup, to: YearGroup, metric: Described, breaks: readonly Break[] = []): SameEnterprisesAnswer {
	if (from.basis !== to.basis) return { known: false, why: 'mixed_basis' };
	if (crosses(breaks, from.year, to.year)) return { known: false, why: 'break' };
	const known = ({ values }: YearGroup): string[] => [...values.keys()];
	const of = ({ values }: YearGroup, ids: readonly string[]): Decimal[] => ids.map((id) => decimal(values.get(id) ?? '0'));
	const stay = known(from).filter((id) => to.values.has(id));
	const came = known(to).filter((id) => !from.values.has(id));
	const left = known(from).filter((id) => !to.values.has(id));
	const sums = { before: sumOf(of(from, stay)), after: sumOf(of(to, stay)), entered: sumOf(of(to, came)), gone: sumOf(of(from, left)) };
	const pair = (ids: readonly [readonly string[], readonly string[]]): MedianPair | null => medianPair(of(from, ids[0]), of(to, ids[1]), from.basis, metric);
	return {
		known: true,
		parts: {
			from: from.year,
			to: to.year,
			basis: from.basis,
			n: {
				from: from.values.size,
				to: to.values.size,
				stayers: stay.length,
				entries: came.length,
				silentBefore: came.filter((id) => from.present.has(id)).length,
				exits: left.length,
				silentNow: left.filter((id) => to.present.has(id)).length
			},
			amounts: metric.nature === 'ratio' ? null : amountsOf(sums, stay.length, from.basis, metric),
			medians: { plain: pair([known(from), known(to)]), same: pair([stay, stay]) }
		}
	};
}

function amountsOf(
	{ before, after, entered, gone }: Readonly<Record<'before' | 'after' | 'entered' | 'gone', Decimal>>,
	nStayers: number,
	basis: FigureBasis,
	{ unit }: Described
): AmountsOfChange {
	const [first, second] = [decimalText(before), decimalText(after)];
	return {
		from: decimalText(add(before, gone)),
		to: decimalText(add(after, entered)),
		total: decimalText(subtract(add(after, entered), add(before, gone))),
		stayers: decimalText(subtract(after, before)),
		entries: decimalText(entered),
		exits: decimalText(gone),
		same: {
			before: first,
			after: second,
			change: nStayers === 0 ? { known: false, why: 'unknown' } : changeOf({ value: first, basis }, { value: second, basis }, unit)
		}
	};
}

function medianPair(before: readonly Decimal[], after: readonly Decimal[], basis: FigureBasis, { unit }: Described): MedianPair | null {
	const [one, two] = [medianOf(before), medianOf(after)];
	if (before.length < QUARTILES_FROM || after.length < QUARTILES_FROM || one === null || two === null) return null;
	const [first, second] = [keptText(one, unit), keptText(two, unit)];
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
