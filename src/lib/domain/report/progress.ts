/**
 * How far a year's reports are, in figures with their denominators (方案第十一条; domain.md 2 and 4). What came is told of the end of any day; what is
 * expected, unable to file, not filed and not delivered is told of now, because the register keeps no day of it, and every screen says which is which.
 */
import { daysBetween, type Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { isExpected } from './duty.ts';
import { effectiveDueOn, isExtended, type ReportingYear } from './reporting-year.ts';
import { undeliveredAs } from './year-outcome.ts';

export const PROGRESS_FIGURES = [
	'expected',
	'submitted',
	'forwarded',
	'missing',
	'on_time',
	'overdue',
	'extended',
	'excused',
	'excuse_pending',
	'not_filed',
	'not_delivered'
] as const;
export type ProgressFigure = (typeof PROGRESS_FIGURES)[number];

/** Told of the end of the day asked for; the others of now. */
export const FIGURES_OF_THE_DAY: readonly ProgressFigure[] = ['submitted', 'forwarded', 'missing', 'on_time', 'overdue', 'extended'];

export type ProgressCounts = Readonly<Record<ProgressFigure, number>>;

export const PROGRESS_BY = ['channel', 'department', 'category', 'cohort'] as const;
export type ProgressBy = (typeof PROGRESS_BY)[number];

const NOTHING = Object.fromEntries(PROGRESS_FIGURES.map((figure) => [figure, 0])) as Record<ProgressFigure, number>;

/** Reports that stand alike now. */
export interface StandingCount {
	readonly key: string;
	readonly state: ReportState;
	readonly voluntary: boolean;
	readonly extensionOn: Day | null;
	readonly owedOn: Day | null;
	readonly excusePending: boolean;
	/** The year is closed for them. */
	readonly closed: boolean;
	readonly everForwarded: boolean;
	readonly n: number;
}

/** Reports that first came by the end of the day asked for; those of which nothing is expected are not among them. */
export interface CameCount {
	readonly key: string;
	readonly kind: 'submitted' | 'forwarded';
	readonly extensionOn: Day | null;
	readonly owedOn: Day | null;
	/** After the date of the report: never true of a submission here, since only the ministries' date decides. */
	readonly late: boolean;
	readonly n: number;
}

/**
 * The figures of each group at the end of a day, each report in one of them as `yearOutcome` says it. Overdue is what had not come by its own
 * date, whether it came later or not; an extension that was kept or still runs is extended and never on time; what still has time is in none.
 */
export function progressOf(
	standing: readonly StandingCount[],
	came: readonly CameCount[],
	year: Pick<ReportingYear, 'ministryDueOn'>,
	asOf: Day
): ReadonlyMap<string, ProgressCounts> {
	const groups = new Map<string, Record<ProgressFigure, number>>();
	const of = (key: string): Record<ProgressFigure, number> => {
		const known = groups.get(key) ?? { ...NOTHING };
		groups.set(key, known);
		return known;
	};
	const isOver = (extensionOn: Day | null, owedOn: Day | null): boolean => effectiveDueOn(year, extensionOn, owedOn) < asOf;
	for (const { key, state, voluntary, extensionOn, owedOn, excusePending, closed, everForwarded, n } of standing) {
		const group = of(key);
		if (state === 'excused') {
			group.excused += n;
			continue;
		}
		// Not owed, or filed though not owed: neither expected nor counted beside.
		if (!isExpected({ state, voluntary })) continue;
		group.expected += n;
		group.missing += n;
		const undelivered = undeliveredAs(state, closed, everForwarded);
		if (undelivered !== null) group[undelivered] += n;
		if (excusePending) group.excuse_pending += n;
		else if (isOver(extensionOn, owedOn)) group.overdue += n;
		else if (isExtended(year, extensionOn)) group.extended += n;
	}
	for (const { key, kind, extensionOn, owedOn, late, n } of came) {
		const group = of(key);
		group[kind] += n;
		if (kind === 'submitted') continue;
		group.missing -= n;
		if (late) continue;
		if (isOver(extensionOn, owedOn)) group.overdue -= n;
		if (!isExtended(year, extensionOn)) group.on_time += n;
		else if (isOver(extensionOn, owedOn)) group.extended += n;
	}
	return groups;
}

/**
 * What is expected and in none of the others: it still has time and has not come. With on time, extended, overdue and what waits for confirmation it makes up
 * all.
 */
export function openOf({ expected, on_time, extended, overdue, excuse_pending }: ProgressCounts): number {
	return expected - on_time - extended - overdue - excuse_pending;
}

/** The figures of all groups together. */
export function totalOf(groups: Iterable<ProgressCounts>): ProgressCounts {
	const total: Record<ProgressFigure, number> = { ...NOTHING };
	for (const group of groups) for (const figure of PROGRESS_FIGURES) total[figure] += group[figure];
	return total;
}

/** A rate with what it is a share of. null rate: a share of nothing. */
export interface ProgressRate {
	/** 'so_far': forwarded of expected, while the date is ahead; 'on_time': on time of on time and overdue, once it has passed; extensions stand apart. */
	readonly kind: 'so_far' | 'on_time';
	readonly part: number;
	readonly whole: number;
	readonly rate: number | null;
	/** The same share with those unable to file among the whole, confirmed or asked for. */
	readonly withUnable: { readonly whole: number; readonly rate: number | null };
}

/** Before the ministries' date has passed there is no rate of on time, only how far it is (screens.md M2). The day itself still counts as ahead. */
export function rateOf(counts: ProgressCounts, year: Pick<ReportingYear, 'ministryDueOn'>, asOf: Day): ProgressRate {
	const kind = asOf > year.ministryDueOn ? 'on_time' : 'so_far';
	const [part, whole] = kind === 'on_time' ? [counts.on_time, counts.on_time + counts.overdue] : [counts.forwarded, counts.expected];
	// What is asked for is expected already; of what is decided it is no part.
	const all = whole + counts.excused + (kind === 'on_time' ? counts.excuse_pending : 0);
	return { kind, part, whole, rate: shareOf(part, whole), withUnable: { whole: all, rate: shareOf(part, all) } };
}

function shareOf(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

/** How many came on a day, of one year. */
export interface DayCount {
	readonly year: number;
	readonly onDay: Day;
	readonly n: number;
}

/** One year's curve: the share that had come by so many days before (negative) or after the date. */
export interface YearCurve {
	readonly year: number;
	readonly expected: number;
	/** In order of days, one for each day on which something came. */
	readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
	/** Days from the ministries' date: −7 = a week before. */
	readonly offset: number;
	readonly count: number;
	readonly share: number;
}

/** The curves of years by days to each year's own date, latest year first; nothing after `until` belongs to its year's curve. */
export function curvesOf(
	days: readonly DayCount[],
	years: readonly { readonly year: number; readonly ministryDueOn: Day; readonly expected: number; readonly until: Day }[]
): readonly YearCurve[] {
	return years
		.map(({ year, ministryDueOn, expected, until }) => {
			let count = 0;
			const points = days
				.filter((one) => one.year === year && one.onDay <= until)
				.sort((a, b) => (a.onDay < b.onDay ? -1 : 1))
				.map(({ onDay, n }): CurvePoint => {
					count += n;
					return { offset: daysBetween(ministryDueOn, onDay), count, share: expected === 0 ? 0 : count / expected };
				});
			return { year, expected, points };
		})
		.sort((a, b) => b.year - a.year);
}

/** What a curve had reached by a distance from the date; null before anything was expected. */
export function reachedAt(curve: YearCurve, offset: number): { readonly count: number; readonly share: number } | null {
	if (curve.expected === 0) return null;
	const point = curve.points.filter((one) => one.offset <= offset).at(-1);
	return point ? { count: point.count, share: point.share } : { count: 0, share: 0 };
}
