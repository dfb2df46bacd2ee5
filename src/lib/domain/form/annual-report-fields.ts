import type { FigureBasis, NumericFieldId } from './figure-metric.ts';
import { FIELD_REVENUE_ROWS, INDUSTRIES } from './field-revenue.ts';
import type { Basis as Source } from '#lib/domain/notice.ts';
import type { Category } from '#lib/domain/parties.ts';

export const SECTION_IDS = ['basics', 'people', 'economics', 'manufacturing', 'it_outsourcing', 'progress', 'needs', 'attachments', 'declaration'] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export type FieldKind = 'money' | 'count' | 'choice' | 'yesno' | 'text' | 'narrative';

/** One box (or pair of boxes) of the form. Labels and guide texts are messages keyed by `id`. */
export interface FormField {
	readonly id: string;
	readonly section: SectionId;
	readonly kind: FieldKind;
	/** The boxes it has: [] for a field without a year, else last year final and this year forecast. */
	readonly bases: readonly FigureBasis[];
	/** `copied`: a stable fact, prefilled and confirmed. `never`: a result, shown as last year's column and never put into the box. */
	readonly carries: 'copied' | 'never';
	readonly required: boolean;
	/** Required only when another answer has this value. */
	readonly requiredWhen?: { readonly fieldId: string; readonly equals: string };
	/** Shown from the register, not typed. */
	readonly shownOnly: boolean;
	readonly negative: boolean;
	/** Characters (code points) for text and narrative. */
	readonly max: number | null;
	readonly format?: 'postcode' | 'phone' | 'email';
	readonly choices: readonly string[];
	/** The one value that is taken, for a declaration. */
	readonly mustBe?: string;
	/** An audited year before last year's, asked of whoever stated none: which figure, and how many years before the report's. */
	readonly earlier?: { readonly of: NumericFieldId; readonly back: 2 | 3 };
	/** Its row in the table of revenue per manufacturing field. */
	readonly row?: number;
	readonly article: Source;
	readonly category: Category | 'both';
}

type Options = Partial<Omit<FormField, 'id' | 'section' | 'kind' | 'article'>>;

function field(id: string, section: SectionId, kind: FieldKind, article: Source, carries: 'copied' | 'never', options: Options = {}): FormField {
	return {
		id,
		section,
		kind,
		bases: [],
		carries,
		required: true,
		shownOnly: false,
		negative: false,
		max: kind === 'text' ? 100 : kind === 'narrative' ? 2000 : null,
		choices: kind === 'yesno' ? ['yes', 'no'] : [],
		article,
		category: 'both',
		...options
	};
}

/** A figure: last year final, this year forecast; never carried over. */
function figure(id: string, section: SectionId, kind: 'money' | 'count', article: Source, options: Options = {}): FormField {
	return field(id, section, kind, article, 'never', { bases: ['final', 'forecast'], ...options });
}

function narrative(id: string, category: Category, article: Source): FormField {
	return field(id, 'progress', 'narrative', article, 'never', { category });
}

export const OWNERSHIPS = ['central', 'local_state_collective', 'foreign', 'private', 'other'] as const;
/** No national scale exists for 银行信用等级, so this is the scale banks print on their certificates. */
export const BANK_CREDIT_RATINGS = ['aaa', 'aa_plus', 'aa', 'aa_minus', 'a_plus', 'a', 'a_minus', 'bbb', 'lower', 'unrated'] as const;
export const TAX_CREDIT_RATINGS = ['a', 'b', 'm', 'c', 'd', 'unrated'] as const;

const BASICS: readonly FormField[] = [
	field('enterprise_name', 'basics', 'text', 'annex2', 'copied', { shownOnly: true }),
	field('credit_code', 'basics', 'text', 'annex2.attachments', 'copied', { shownOnly: true, max: 18 }),
	field('address', 'basics', 'text', 'annex2', 'copied', { max: 200 }),
	field('postcode', 'basics', 'text', 'annex2', 'copied', { max: 6, format: 'postcode' }),
	field('legal_representative', 'basics', 'text', 'annex2', 'copied', { max: 50 }),
	field('ownership', 'basics', 'choice', 'annex2', 'copied', { choices: OWNERSHIPS }),
	field('contact1_name', 'basics', 'text', 'annex2', 'copied', { max: 50 }),
	field('contact1_phone', 'basics', 'text', 'annex2', 'copied', { max: 30, format: 'phone' }),
	field('contact1_email', 'basics', 'text', 'annex2', 'copied', { max: 100, format: 'email' }),
	field('contact2_name', 'basics', 'text', 'system', 'copied', { max: 50 }),
	field('contact2_phone', 'basics', 'text', 'system', 'copied', { max: 30, format: 'phone' }),
	field('contact2_email', 'basics', 'text', 'system', 'copied', { max: 100, format: 'email' }),
	field('identity_changed', 'basics', 'yesno', 'system', 'never'),
	field('identity_change', 'basics', 'text', 'system', 'never', {
		required: false,
		requiredWhen: { fieldId: 'identity_changed', equals: 'yes' },
		max: 500
	})
];

const PEOPLE: readonly FormField[] = [
	figure('employees', 'people', 'count', 'annex2'),
	figure('bachelor_or_above', 'people', 'count', 'annex2'),
	figure('intermediate_title_or_above', 'people', 'count', 'annex2')
];

const ECONOMICS: readonly FormField[] = [
	figure('total_assets', 'economics', 'money', 'annex2'),
	figure('total_liabilities', 'economics', 'money', 'annex2'),
	figure('revenue', 'economics', 'money', 'annex2'),
	figure('profit', 'economics', 'money', 'annex2', { negative: true }),
	field('bank_credit', 'economics', 'choice', 'annex2', 'never', { choices: BANK_CREDIT_RATINGS }),
	field('tax_credit', 'economics', 'choice', '5.1', 'never', { choices: TAX_CREDIT_RATINGS })
];

const MANUFACTURING: readonly FormField[] = [
	figure('rd_spending', 'manufacturing', 'money', 'annex2', { category: 'manufacturing' }),
	figure('informatisation', 'manufacturing', 'money', '5.2.4', { category: 'manufacturing' }),
	figure('equipment_total', 'manufacturing', 'count', 'note.1', { category: 'manufacturing' }),
	figure('equipment_networked', 'manufacturing', 'count', 'note.1', { category: 'manufacturing' })
];

const IT_OUTSOURCING: readonly FormField[] = [
	figure('ito_executed', 'it_outsourcing', 'money', '5.3.2', { category: 'it_outsourcing' }),
	figure('manufacturing_customers', 'it_outsourcing', 'count', '5.3.4', { category: 'it_outsourcing' }),
	figure('manufacturing_revenue', 'it_outsourcing', 'money', '5.3.5', { category: 'it_outsourcing' }),
	figure('patents_invention', 'it_outsourcing', 'count', '5.3.6', { category: 'it_outsourcing' }),
	figure('patents_utility', 'it_outsourcing', 'count', '5.3.6', { category: 'it_outsourcing' }),
	figure('patents_design', 'it_outsourcing', 'count', '5.3.6', { category: 'it_outsourcing' }),
	figure('software_copyrights', 'it_outsourcing', 'count', '5.3.6', { category: 'it_outsourcing' }),
	field('export_app_registered', 'it_outsourcing', 'yesno', '5.3.1', 'copied', { category: 'it_outsourcing' }),
	field('export_app_filing', 'it_outsourcing', 'yesno', '5.3.1', 'never', { category: 'it_outsourcing' })
];

/** 业务开展情况, annex 2, in its order; an item that rests on two articles is two answers. */
const PROGRESS: readonly FormField[] = [
	narrative('transformation_plan', 'manufacturing', '5.2.1'),
	narrative('outsourcing_application', 'manufacturing', '5.2.2'),
	narrative('industry_position', 'manufacturing', '5.2.3'),
	narrative('networking_status', 'manufacturing', '5.2.5'),
	narrative('digital_processes_products', 'manufacturing', '5.2.7'),
	narrative('digital_team', 'manufacturing', '5.2.7'),
	narrative('business_and_plan', 'it_outsourcing', '5.3.3'),
	narrative('core_products', 'it_outsourcing', '5.3.3'),
	narrative('mature_cases', 'it_outsourcing', '5.3.3'),
	narrative('customers_and_fields', 'it_outsourcing', '5.3.4'),
	narrative('ito_three_years', 'it_outsourcing', '5.3.2'),
	narrative('intellectual_property', 'it_outsourcing', '5.3.6'),
	narrative('competitiveness', 'it_outsourcing', 'annex2.it_outsourcing'),
	narrative('staff_capability', 'it_outsourcing', '5.3.7')
];

const NEEDS: readonly FormField[] = [
	field('support_wanted', 'needs', 'narrative', '12', 'never', { required: false }),
	field('problems_met', 'needs', 'narrative', '12', 'never', { required: false })
];

const DECLARATION: readonly FormField[] = [
	field('content_is_true', 'declaration', 'yesno', 'fill.3', 'never', { mustBe: 'yes' }),
	// The notice makes the enterprise answer for the content; who signs for it is our question.
	field('declared_by', 'declaration', 'text', 'system', 'never', { max: 50 }),
	field('declared_by_position', 'declaration', 'text', 'system', 'never', { max: 50 })
];

/** Every field of version 2026-1, in the order of the form. */
export const FIELDS_2026_1: readonly FormField[] = [
	...BASICS,
	...PEOPLE,
	...ECONOMICS,
	...MANUFACTURING,
	...IT_OUTSOURCING,
	...PROGRESS,
	...NEEDS,
	...DECLARATION
];

/** 附件2: the legal representative and the contact each have a telephone and a mobile number, and there is a fax; whoever has none leaves that one empty. */
const ANNEX_2_NUMBERS: Readonly<Record<string, readonly FormField[]>> = {
	legal_representative: [
		field('legal_representative_phone', 'basics', 'text', 'annex2', 'copied', { max: 30, format: 'phone' }),
		field('legal_representative_mobile', 'basics', 'text', 'annex2', 'copied', { max: 30, format: 'phone' })
	],
	contact1_phone: [field('contact1_mobile', 'basics', 'text', 'annex2', 'copied', { max: 30, format: 'phone' })],
	contact1_email: [field('contact1_fax', 'basics', 'text', 'annex2', 'copied', { required: false, max: 30, format: 'phone' })]
};

/** What a box of an earlier year asks, read from its id alone; null for every other field. */
export function earlierOf(id: string): NonNullable<FormField['earlier']> | null {
	const [, of, back] = /^(revenue|informatisation|ito_executed)_y([23])$/.exec(id) ?? [];
	return of === undefined ? null : { of: of as NumericFieldId, back: back === '2' ? 2 : 3 };
}

function earlier(of: NumericFieldId, category: Category, article: Source): readonly FormField[] {
	return ([2, 3] as const).map((back) => field(`${of}_y${back}`, category, 'money', article, 'never', { required: false, category, earlier: { of, back } }));
}

/** 附件2 业务开展情况二: 业务覆盖的制造业行业领域，每个领域的收入情况. The first row is asked for; a row that is begun is finished (see checks). */
const FIELD_REVENUES: readonly FormField[] = Array.from({ length: FIELD_REVENUE_ROWS }, (_, index) => index + 1).flatMap((row) => {
	const options = { category: 'it_outsourcing', required: row === 1, row } as const;
	return [
		field(`mfg_field_${row}`, 'it_outsourcing', 'choice', 'annex2.it_outsourcing', 'never', { ...options, choices: INDUSTRIES }),
		figure(`mfg_field_${row}_revenue`, 'it_outsourcing', 'money', 'annex2.it_outsourcing', options)
	];
});

/** Every field of version 2027-1: what annex 2 asks and 2026-1 left out, beside all that was asked. */
export const FIELDS_2027_1: readonly FormField[] = [
	...BASICS.flatMap((one) => [one, ...(ANNEX_2_NUMBERS[one.id] ?? [])]),
	...PEOPLE,
	...ECONOMICS,
	...MANUFACTURING,
	...earlier('informatisation', 'manufacturing', '5.2.4'),
	...earlier('revenue', 'manufacturing', '5.2.4'),
	...IT_OUTSOURCING,
	...earlier('ito_executed', 'it_outsourcing', '5.3.2'),
	...FIELD_REVENUES,
	...PROGRESS,
	...NEEDS,
	...DECLARATION
];
