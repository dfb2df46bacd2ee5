/** Tallies worked out again from the ledger, after the definitions in domain.md 5 and in another style than the rules and the SQL. */
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { fraction, less, over, plus, quantile, read, sum, text, times, type Fraction } from '../../domain/trend/second-statistics.ts';
import type { Column, LedgerFirm, LedgerReport, LedgerVersion } from './random-record.ts';

/** What a metric is made of: one figure, part over whole, or a sum. */
export type Recipe = { readonly kind: 'one' | 'over' | 'sum'; readonly of: readonly Column[]; readonly limit?: string };

export const RECIPES: Readonly<Record<Category, Readonly<Record<string, Recipe>>>> = {
	manufacturing: {
		employees: { kind: 'one', of: ['employees'], limit: '1000' },
		revenue: { kind: 'one', of: ['revenue_wan'], limit: '50000' },
		profit: { kind: 'one', of: ['profit_wan'] },
		debt_ratio: { kind: 'over', of: ['total_liabilities_wan', 'total_assets_wan'] },
		informatisation_share: { kind: 'over', of: ['informatisation_wan', 'revenue_wan'], limit: '0.05' },
		networking_rate: { kind: 'over', of: ['equipment_networked', 'equipment_total'], limit: '0.6' }
	},
	it_outsourcing: {
		ito_executed: { kind: 'one', of: ['ito_executed_wan'], limit: '5000' },
		manufacturing_customers: { kind: 'one', of: ['manufacturing_customers'], limit: '10' },
		manufacturing_share: { kind: 'over', of: ['manufacturing_revenue_wan', 'revenue_wan'], limit: '0.2' },
		patents_total: { kind: 'sum', of: ['patents_invention', 'patents_utility', 'patents_design'] }
	}
};

export interface SecondScope {
	readonly category: Category;
	readonly cohorts?: readonly number[];
	readonly channels?: readonly string[];
	/** Before this instant; null: now. */
	readonly before: number | null;
}

/** The version that spoke last, and whether it was not the first to be forwarded. */
function spoke({ versions }: LedgerReport, before: number | null): { readonly version: LedgerVersion; readonly corrected: boolean } | null {
	const forwarded = versions.filter(({ forwardedAt }) => forwardedAt !== null && (before === null || forwardedAt < before));
	const version = forwarded.at(-1);
	return version ? { version, corrected: forwarded.length > 1 } : null;
}

const at = <T extends { readonly at: number }>(changes: readonly T[], before: number | null): T | undefined =>
	changes.filter((change) => before === null || change.at < before).at(-1);

function channelOf(firm: LedgerFirm, year: number, before: number | null): string | undefined {
	const sorted = [...firm.reports].sort((a, b) => a.year - b.year);
	const report = sorted.filter((one) => one.year <= year).at(-1) ?? sorted[0];
	return report && at(report.channels, before)?.id;
}

interface Cell {
	readonly kind: 'value' | 'not_filed' | 'not_answered' | 'not_applicable';
	readonly value?: Fraction;
	readonly shown?: string;
	readonly top?: Fraction;
	readonly bottom?: Fraction;
	readonly corrected?: boolean;
}

function cell(firm: LedgerFirm, recipe: Recipe, year: number, basis: FigureBasis, before: number | null): Cell | null {
	const own = firm.reports.find((report) => report.year === (basis === 'final' ? year + 1 : year));
	const parts = recipe.of.map((column) => {
		const told = firm.reports.flatMap((report) => {
			const speaking = spoke(report, before);
			const value = speaking?.version.said.find((said) => said.year === year && said.basis === basis)?.figures[column];
			return value === undefined ? [] : [{ value, by: report.year, corrected: speaking?.corrected ?? false }];
		});
		return told.sort((a, b) => b.by - a.by)[0] ?? null;
	});
	const latest = Math.max(...parts.map((part) => part?.by ?? 0));
	const corrected = parts.some((part) => part?.by === latest && part.corrected);
	const [first, second, third] = parts.map((part) => (part === null ? null : read(part.value)));
	if (recipe.kind === 'one' && first) return { kind: 'value', value: first, corrected };
	if (recipe.kind === 'sum' && first && second && third) return { kind: 'value', value: sum([first, second, third]), corrected };
	if (recipe.kind === 'over' && first && second && less(fraction(0n), second))
		// An enterprise's own ratio is rounded to twelve places before anything is made of it.
		return { kind: 'value', value: read(text(over(first, second), 12)), top: first, bottom: second, corrected };
	if (!own) return null;
	const filed = spoke(own, before) !== null;
	if (!filed) return at(own.owed, before)?.is ? { kind: 'not_filed' } : null;
	return { kind: recipe.kind === 'over' && first && second ? 'not_applicable' : 'not_answered' };
}

const plain = (value: Fraction): string => text(value, 40);

/** A tally in the shape of the domain's, or null where nobody is told of. */
export function secondTally(firms: readonly LedgerFirm[], scope: SecondScope, recipe: Recipe, year: number, basis: FigureBasis) {
	const cells = firms
		.filter((firm) => firm.category === scope.category && (!scope.cohorts || scope.cohorts.includes(firm.cohort)))
		.filter((firm) => !scope.channels || scope.channels.includes(channelOf(firm, year, scope.before) ?? ''))
		.flatMap((firm) => cell(firm, recipe, year, basis, scope.before) ?? []);
	if (cells.length === 0) return null;
	const known = cells.filter(({ kind }) => kind === 'value');
	const values = known.flatMap(({ value }) => value ?? []);
	const count = (kind: Cell['kind']) => cells.filter((one) => one.kind === kind).length;
	const limit = recipe.limit === undefined ? null : read(recipe.limit);
	const reaches = ({ value, top, bottom }: Cell): boolean =>
		limit !== null && value !== undefined && !less(top && bottom ? top : value, top && bottom ? times(limit, bottom) : limit);
	const at = (percent: number) => plain(quantile(values, percent));
	const zero = fraction(0n);
	return {
		nKnown: known.length,
		nOwed: cells.length,
		absent: { notFiled: count('not_filed'), notAnswered: count('not_answered'), notApplicable: count('not_applicable') },
		group: {
			n: values.length,
			dots: values.length < 5 ? [...values].sort((a, b) => (less(a, b) ? -1 : 1)).map(plain) : [],
			at: values.length < 5 ? null : { 10: at(10), 25: at(25), 50: at(50), 75: at(75), 90: at(90) }
		},
		total: recipe.kind === 'over' ? null : plain(sum(values)),
		parts:
			recipe.kind === 'over'
				? {
						numerator: plain(known.reduce((all, { top }) => plus(all, top ?? zero), zero)),
						denominator: plain(known.reduce((all, { bottom }) => plus(all, bottom ?? zero), zero))
					}
				: null,
		met: limit === null ? null : known.filter(reaches).length,
		corrected: known.some(({ corrected }) => corrected === true)
	};
}
