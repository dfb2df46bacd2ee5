/** The values of a year that are far outside, for the ministries' list: by the one rule, against the category and as a step from the year before (非方案规定). */
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { outlierAgainst, outlierOfMove, referenceOf, referenceOfMoves, type Move, type OutlierAnswer } from './outlier.ts';
import type { TrendMetric } from './trend-metric.ts';
import { breakAt, cellOf, membersIn, type Member, type TrendFrame } from './trend-point.ts';

export interface OutlierRow {
	readonly designationId: string;
	readonly metric: TrendMetric['id'];
	readonly year: number;
	readonly basis: FigureBasis;
	/** The report that stated it: a question asked of a value is asked of this statement. */
	readonly reportYear: number;
	readonly value: string;
	readonly before: string | null;
	readonly inCategory: OutlierAnswer;
	/** Against the steps of all who are known in both years; null without a year before, and across a break. */
	readonly asStep: OutlierAnswer | null;
}

/**
 * Every value of a year that is far outside its category or its own way there, the further out first (非方案规定). Held against the whole category of the
 * nation; the channels of the frame narrow only who is listed.
 */
export function outlierRows(members: readonly Member[], metric: TrendMetric, year: number, basis: FigureBasis, frame: TrendFrame): readonly OutlierRow[] {
	const category = membersIn(members, year, { ...frame, channels: null });
	const listed = new Set(membersIn(members, year, frame));
	const broke = breakAt(metric, year, frame)?.of === 'definition';
	const known = category.flatMap((member) => {
		const [now, before] = [cellOf(member, metric, year, basis), cellOf(member, metric, year - 1, basis)];
		if (now.kind !== 'value') return [];
		const move: Move | null = before.kind === 'value' && !broke ? { before: before.measured.value, after: now.measured.value } : null;
		return [{ member, measured: now.measured, before: before.kind === 'value' ? before.measured.value : null, move }];
	});
	const values = referenceOf(
		known.map(({ measured }) => measured.value),
		metric.scale
	);
	const steps = referenceOfMoves(
		known.flatMap(({ move }) => move ?? []),
		metric.scale
	);
	return known
		.filter(({ member }) => listed.has(member))
		.map(({ member, measured, before, move }): OutlierRow => ({
			designationId: member.designationId,
			metric: metric.id,
			year,
			basis,
			reportYear: measured.reportYear,
			value: measured.value,
			before,
			inCategory: outlierAgainst(values, measured.value),
			asStep: move === null ? null : outlierOfMove(steps, move)
		}))
		.filter(({ inCategory, asStep }) => isFar(inCategory) || isFar(asStep))
		.sort((a, b) => distance(b) - distance(a) || (a.designationId < b.designationId ? -1 : 1));
}

function isFar(answer: OutlierAnswer | null): boolean {
	return answer !== null && answer.scored && answer.far;
}

/** Only for the order of the list; `far` was judged exactly. */
function distance({ inCategory, asStep }: OutlierRow): number {
	return Math.max(...[inCategory, asStep].map((answer) => (answer?.scored ? Math.abs(Number(answer.score)) : 0)));
}
