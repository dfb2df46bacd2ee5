import type { NumericFieldId } from './figure-metric.ts';
import type { SectionId } from './annual-report-fields.ts';
import type { Basis as Source } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';

/** A figure that is computed and never typed, with its formula as data so that the screen can print it. */
export type DerivedFormula = {
	readonly id: DerivedId;
	readonly section: SectionId;
	readonly article: Source;
	readonly category: Category | 'both';
} & (
	| { readonly kind: 'share'; readonly numerator: NumericFieldId; readonly denominator: NumericFieldId }
	| { readonly kind: 'growth'; readonly of: NumericFieldId }
	| { readonly kind: 'sum'; readonly parts: readonly NumericFieldId[] }
	| { readonly kind: 'positive_years'; readonly of: NumericFieldId; readonly years: number }
);

export type DerivedId =
	| 'debt_ratio'
	| 'revenue_growth'
	| 'profit_growth'
	| 'profitable_three_years'
	| 'informatisation_share'
	| 'networking_rate'
	| 'manufacturing_share'
	| 'patents_total';

export const DERIVED_2026_1: readonly DerivedFormula[] = [
	{ id: 'debt_ratio', kind: 'share', numerator: 'total_liabilities', denominator: 'total_assets', section: 'economics', article: 'annex2', category: 'both' },
	{ id: 'revenue_growth', kind: 'growth', of: 'revenue', section: 'economics', article: 'annex2', category: 'both' },
	{ id: 'profit_growth', kind: 'growth', of: 'profit', section: 'economics', article: 'annex2', category: 'both' },
	{ id: 'profitable_three_years', kind: 'positive_years', of: 'profit', years: 3, section: 'economics', article: 'annex2', category: 'both' },
	{
		id: 'informatisation_share',
		kind: 'share',
		numerator: 'informatisation',
		denominator: 'revenue',
		section: 'manufacturing',
		article: '5.2.4',
		category: 'manufacturing'
	},
	{
		id: 'networking_rate',
		kind: 'share',
		numerator: 'equipment_networked',
		denominator: 'equipment_total',
		section: 'manufacturing',
		article: 'note.1',
		category: 'manufacturing'
	},
	{
		id: 'manufacturing_share',
		kind: 'share',
		numerator: 'manufacturing_revenue',
		denominator: 'revenue',
		section: 'it_outsourcing',
		article: '5.3.5',
		category: 'it_outsourcing'
	},
	{
		id: 'patents_total',
		kind: 'sum',
		parts: ['patents_invention', 'patents_utility', 'patents_design'],
		section: 'it_outsourcing',
		article: 'annex2',
		category: 'it_outsourcing'
	}
];
