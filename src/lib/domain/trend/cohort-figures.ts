/** The four figures at the head of the cohort, each with what it is a part of and last year's at the same day (方案第十一条); counted by `progressOf` alone. */
import { rateOf, type ProgressCounts, type ProgressRate } from '#lib/domain/report/progress.ts';
import type { Day } from '#lib/domain/day.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';

export type HeadFigure = 'expected' | 'in_time' | 'overdue' | 'not_filed';

export interface PartOfWhole {
	readonly part: number;
	readonly whole: number;
}

export interface CohortFigure {
	readonly figure: HeadFigure;
	/** 'so_far' while the date is ahead: then it is how far the year is, and no rate of being in time. Only of `in_time`. */
	readonly kind: ProgressRate['kind'] | null;
	readonly now: PartOfWhole;
	/** Null where there was no such year. */
	readonly lastYear: PartOfWhole | null;
}

export interface CountedYear {
	readonly counts: ProgressCounts;
	readonly year: Pick<ReportingYear, 'ministryDueOn'>;
	/** Last year's is the day as far from its own date as this year's from this one's. */
	readonly asOf: Day;
}

/** Expected, in time, overdue and not filed, with denominators; what was excused or extended stays counted apart (方案第十一条). */
export function cohortFigures(now: CountedYear, lastYear: CountedYear | null): readonly CohortFigure[] {
	const inTime = rateOf(now.counts, now.year, now.asOf);
	const partsOf = ({ counts, year, asOf }: CountedYear): Readonly<Record<HeadFigure, PartOfWhole>> => {
		const { part, whole } = rateOf(counts, year, asOf);
		return {
			expected: { part: counts.expected, whole: counts.expected + counts.excused },
			in_time: { part, whole },
			overdue: { part: counts.overdue, whole: counts.expected },
			not_filed: { part: counts.not_filed, whole: counts.expected }
		};
	};
	const [these, those] = [partsOf(now), lastYear === null ? null : partsOf(lastYear)];
	return (['expected', 'in_time', 'overdue', 'not_filed'] as const).map((figure) => ({
		figure,
		kind: figure === 'in_time' ? inTime.kind : null,
		now: these[figure],
		lastYear: those?.[figure] ?? null
	}));
}
