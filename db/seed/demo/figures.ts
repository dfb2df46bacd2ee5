import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { chanceOf, type Chance } from './random.ts';

/** Where a firm is heading. */
export const COURSES = ['steady', 'improving', 'slipping', 'uneven', 'shrinking', 'thin'] as const;
export type Course = (typeof COURSES)[number];

/** What a firm's books say of one year, whole numbers: money in hundredths of 万元, people and things as they are. */
export type TrueYear = Readonly<Partial<Record<NumericFieldId, number>>>;

const MONEY: ReadonlySet<NumericFieldId> = new Set([
	'total_assets',
	'total_liabilities',
	'revenue',
	'profit',
	'rd_spending',
	'informatisation',
	'ito_executed',
	'manufacturing_revenue'
]);

/** A whole number as a person types it into the box. */
export function typedFigure(field: NumericFieldId, value: number): string {
	if (!MONEY.has(field)) return String(value);
	const sign = value < 0 ? '-' : '';
	const units = Math.abs(value);
	return `${sign}${Math.trunc(units / 100)}.${String(units % 100).padStart(2, '0')}`;
}

export function isMoney(field: NumericFieldId): boolean {
	return MONEY.has(field);
}

/** Weights: most firms are steady, as firms are. */
export function courseOf(designationId: number): Course {
	const drawn = chanceOf(`course/${designationId}`).next();
	if (drawn < 0.4) return 'steady';
	if (drawn < 0.62) return 'improving';
	if (drawn < 0.78) return 'slipping';
	if (drawn < 0.88) return 'uneven';
	return drawn < 0.95 ? 'shrinking' : 'thin';
}

const GROWTH: Readonly<Record<Course, readonly [number, number]>> = {
	steady: [0.01, 0.09],
	improving: [0.06, 0.2],
	slipping: [-0.04, 0.06],
	uneven: [-0.38, 0.62],
	shrinking: [-0.22, -0.04],
	thin: [-0.02, 0.06]
};

/** The books from 2021 to `throughYear`, year by year. The same for every year asked, so later starts only add. */
export function trueYears(designationId: number, category: Category, throughYear: number): ReadonlyMap<number, TrueYear> {
	const chance = chanceOf(`figures/${designationId}`);
	const course = courseOf(designationId);
	const years = new Map<number, TrueYear>();
	const thin = course === 'thin';
	let revenue =
		category === 'manufacturing'
			? thin
				? chance.between(42_000, 56_000)
				: bigger(chance, 62_000, 900_000)
			: thin
				? chance.between(7_000, 11_000)
				: bigger(chance, 13_000, 160_000);
	const traits = traitsOf(chance, category, course);
	for (let year = 2021; year <= throughYear; year += 1) {
		const step = year - 2021;
		const [least, most] = GROWTH[course];
		if (step > 0) revenue *= 1 + chance.between(least, most);
		years.set(year, category === 'manufacturing' ? manufacturingYear(chance, traits, revenue, step) : itYear(chance, traits, revenue, step));
	}
	return years;
}

interface Traits {
	readonly course: Course;
	/** 万元 of revenue per head. */
	readonly perHead: number;
	readonly bachelor: number;
	readonly title: number;
	readonly assets: number;
	readonly liabilities: number;
	readonly margin: number;
	readonly research: number;
	/** Informatisation share, networking rate, share of manufacturing revenue, ITO share: at the beginning and per year. */
	readonly main: readonly [number, number];
	readonly second: readonly [number, number];
	readonly stock: number;
}

function traitsOf(chance: Chance, category: Category, course: Course): Traits {
	const manufacturing = category === 'manufacturing';
	const improving = course === 'improving';
	const slipping = course === 'slipping';
	const main: readonly [number, number] = manufacturing
		? improving
			? [chance.between(0.046, 0.056), chance.between(0.002, 0.006)]
			: slipping
				? [chance.between(0.056, 0.064), -chance.between(0.0015, 0.003)]
				: [chance.between(0.0535, 0.085), chance.between(-0.0005, 0.002)]
		: improving
			? [chance.between(0.19, 0.3), chance.between(0.015, 0.045)]
			: slipping
				? [chance.between(0.26, 0.33), -chance.between(0.014, 0.028)]
				: [chance.between(0.26, 0.62), chance.between(-0.008, 0.012)];
	const second: readonly [number, number] = manufacturing
		? improving
			? [chance.between(0.55, 0.68), chance.between(0.02, 0.05)]
			: slipping
				? [chance.between(0.64, 0.72), -chance.between(0.01, 0.025)]
				: [chance.between(0.64, 0.86), chance.between(0.003, 0.02)]
		: [chance.between(0.48, 0.82), chance.between(-0.012, 0.012)];
	return {
		course,
		perHead: manufacturing ? chance.between(38, 61) : chance.between(24, 46),
		bachelor: manufacturing ? chance.between(0.22, 0.46) : chance.between(0.68, 0.9),
		title: manufacturing ? chance.between(0.08, 0.2) : chance.between(0.12, 0.3),
		assets: chance.between(0.85, 1.6),
		liabilities: chance.between(0.32, 0.66),
		margin: course === 'shrinking' ? chance.between(-0.03, 0.03) : chance.between(0.035, 0.12),
		research: chance.between(0.03, 0.075),
		main,
		second,
		stock: chance.between(0.6, 1.6)
	};
}

function manufacturingYear(chance: Chance, traits: Traits, revenue: number, step: number): TrueYear {
	const common = commonYear(chance, traits, revenue);
	const total = Math.max(120, Math.round((common.employees / 3.2) * traits.stock));
	const networking = within(traits.second[0] + traits.second[1] * step + chance.between(-0.008, 0.008), 0.4, 0.985);
	return {
		...common,
		rd_spending: hundredths(revenue * traits.research * chance.between(0.94, 1.06)),
		informatisation: hundredths(revenue * within(traits.main[0] + traits.main[1] * step + chance.between(-0.0012, 0.0012), 0.02, 0.2)),
		equipment_total: total,
		equipment_networked: Math.min(total, Math.round(total * networking))
	};
}

function itYear(chance: Chance, traits: Traits, revenue: number, step: number): TrueYear {
	const share = within(traits.main[0] + traits.main[1] * step + chance.between(-0.008, 0.008), 0.08, 0.85);
	const stock = (most: number, rate: number) => Math.round(most * traits.stock * (1 + rate * step));
	return {
		...commonYear(chance, traits, revenue),
		ito_executed: hundredths(revenue * within(traits.second[0] + traits.second[1] * step, 0.3, 0.95) * chance.between(0.97, 1.03)),
		manufacturing_customers: Math.round((traits.course === 'thin' || traits.course === 'shrinking' ? 5 : 9) + (revenue / 1_150) * share * 2 * traits.stock),
		manufacturing_revenue: hundredths(revenue * share),
		patents_invention: stock(18, 0.16),
		patents_utility: stock(12, 0.1),
		patents_design: stock(3, 0.12),
		software_copyrights: stock(64, 0.14)
	};
}

function commonYear(chance: Chance, traits: Traits, revenue: number) {
	const employees = Math.max(90, Math.round((revenue / traits.perHead) * chance.between(0.97, 1.03)));
	const assets = revenue * traits.assets * chance.between(0.96, 1.04);
	const margin = traits.course === 'uneven' ? traits.margin + chance.between(-0.09, 0.05) : traits.margin * chance.between(0.88, 1.12);
	return {
		employees,
		bachelor_or_above: Math.round(employees * traits.bachelor),
		intermediate_title_or_above: Math.round(employees * traits.title),
		total_assets: hundredths(assets),
		total_liabilities: hundredths(assets * traits.liabilities * chance.between(0.97, 1.03)),
		revenue: hundredths(revenue),
		profit: hundredths(revenue * margin)
	};
}

/** Many small, few big: the square of chance, without functions that differ between machines. */
function bigger(chance: Chance, least: number, most: number): number {
	const drawn = chance.next();
	return least + (most - least) * drawn * drawn * drawn;
}

function hundredths(wan: number): number {
	return Math.round(wan * 100);
}

function within(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
