/** The sum of a metric over both categories: a firm with two designations is one firm (非方案规定). */
import { compare, decimal, decimalText, type Decimal } from '#lib/domain/decimal.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { sumOf } from './quantile.ts';
import type { TrendMetric } from './trend-metric.ts';
import { cellOf, type Member } from './trend-point.ts';

export interface TotalOverBoth {
	/** Null for a ratio, which is never added up. */
	readonly total: string | null;
	/** Enterprises whose figure is in it. */
	readonly nEnterprises: number;
	/** Enterprises that reported the same figure twice and differently: the later statement counts, of two in one year the larger. */
	readonly nDiffering: number;
}

/** The total of a year over all designations; employees, revenue, assets and their like once for each legal person (非方案规定). */
export function totalOverBoth(members: readonly Member[], metric: TrendMetric, year: number, basis: FigureBasis): TotalOverBoth {
	const stated = members.flatMap((member) => {
		const cell = cellOf(member, metric, year, basis);
		return cell.kind === 'value' ? [{ enterpriseId: member.enterpriseId, ...cell.measured }] : [];
	});
	const byEnterprise = Map.groupBy(stated, ({ enterpriseId }) => enterpriseId);
	const nEnterprises = byEnterprise.size;
	if (metric.nature === 'ratio') return { total: null, nEnterprises, nDiffering: 0 };
	if (!metric.firmWide) return { total: decimalText(sumOf(stated.map(({ value }) => decimal(value)))), nEnterprises, nDiffering: 0 };
	let nDiffering = 0;
	const once = [...byEnterprise.values()].map((statements) => {
		if (new Set(statements.map(({ value }) => decimalText(decimal(value)))).size > 1) nDiffering += 1;
		const latest = Math.max(...statements.map(({ reportYear }) => reportYear));
		const values = statements.filter(({ reportYear }) => reportYear === latest).map(({ value }) => decimal(value));
		return values.reduce((larger, value) => (largerOf(larger, value) ? larger : value));
	});
	return { total: decimalText(sumOf(once)), nEnterprises, nDiffering };
}

function largerOf(a: Decimal, b: Decimal): boolean {
	return compare(a, b) >= 0;
}
