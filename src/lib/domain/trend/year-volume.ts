/** A year's reports bound in one volume (汇总): what came, what they state and what they were found to be (方案第十一条; the statistics are 非方案规定). */
import type { Day } from '#lib/domain/day.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { isExpected } from '#lib/domain/report/duty.ts';
import { progressOf, totalOf, type CameCount, type ProgressCounts, type StandingCount } from '#lib/domain/report/progress.ts';
import { effectiveDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { criterionCounts, type CriterionCount, type JudgedReport } from './criterion-counts.ts';
import { metricsOf, type TrendMetric } from './trend-metric.ts';
import { pointOf, type Member, type Point } from './trend-point.ts';

/** One report of the year, with what the version that spoke last states. */
export interface VolumeReport {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly category: Category;
	readonly channelId: string;
	readonly state: ReportState;
	readonly voluntary: boolean;
	readonly extensionOn: Day | null;
	readonly owedOn: Day | null;
	readonly excusePending: boolean;
	/** The year is closed for it. */
	readonly closed: boolean;
	readonly submittedOn: Day | null;
	readonly forwardedOn: Day | null;
	readonly corrected: boolean;
	/** By which it was judged, else the year's. */
	readonly policyVersion: string;
	readonly verdicts: JudgedReport['verdicts'];
	/** What it states itself, and nothing another year's report states. */
	readonly history: HistoryFigures;
}

export interface VolumePoint {
	readonly category: Category;
	readonly metric: TrendMetric;
	readonly point: Point;
}

export interface YearVolume {
	readonly total: ProgressCounts;
	readonly byCategory: ReadonlyMap<string, ProgressCounts>;
	readonly byChannel: ReadonlyMap<string, ProgressCounts>;
	/** Of each category's metrics: last year as it was audited, this year as it is forecast. */
	readonly points: readonly VolumePoint[];
	readonly criteria: readonly (CriterionCount & { readonly category: Category })[];
}

/**
 * The volume of some reports of one year, all of them the reader's to see (方案第十一条). Only what these reports state is in it, so that a later year's correction
 * is in that year's volume.
 */
export function yearVolume(
	reports: readonly VolumeReport[],
	year: ReportingYear,
	asOf: Day,
	policyOf: (year: number) => Policy,
	policies: ReadonlyMap<string, Policy>
): YearVolume {
	const countsBy = (keyOf: (report: VolumeReport) => string): ReadonlyMap<string, ProgressCounts> =>
		progressOf(
			reports.map((report): StandingCount => ({ ...report, key: keyOf(report), everForwarded: report.forwardedOn !== null, n: 1 })),
			reports.filter(isExpected).flatMap((report) => cameOf(report, keyOf(report), year, asOf)),
			year,
			asOf
		);
	const byCategory = countsBy(({ category }) => category);
	return {
		total: totalOf(byCategory.values()),
		byCategory,
		byChannel: countsBy(({ channelId }) => channelId),
		points: CATEGORIES.flatMap((category) => pointsOf(category, reports, year, asOf, policyOf)),
		criteria: CATEGORIES.flatMap((category) =>
			criterionCounts(
				reports.filter((report) => isExpected(report) || report.forwardedOn !== null).map((report): JudgedReport => ({ ...report, year: year.year })),
				category,
				(version) => policies.get(version) ?? null
			).map((count) => ({ ...count, category }))
		)
	};
}

function cameOf({ submittedOn, forwardedOn, extensionOn, owedOn }: VolumeReport, key: string, year: ReportingYear, asOf: Day): readonly CameCount[] {
	const came = (kind: CameCount['kind'], on: Day | null): CameCount[] =>
		on === null || on > asOf ? [] : [{ key, kind, extensionOn, owedOn, late: kind === 'forwarded' && on > effectiveDueOn(year, extensionOn, owedOn), n: 1 }];
	return [...came('submitted', submittedOn), ...came('forwarded', forwardedOn)];
}

function pointsOf(category: Category, reports: readonly VolumeReport[], year: ReportingYear, asOf: Day, policyOf: (year: number) => Policy): VolumePoint[] {
	const members = reports.filter((report) => report.category === category).map((report): Member => memberOf(report, year.year));
	if (members.length === 0) return [];
	const frame = { category, channels: null, policyOf, definitionBreaks: [], closedThrough: year.closedAt === null ? null : year.year, asOf };
	const told: readonly (readonly [of: number, basis: FigureBasis])[] = [
		[year.year - 1, 'final'],
		[year.year, 'forecast']
	];
	return metricsOf(category).flatMap((metric) => told.map(([of, basis]) => ({ category, metric, point: pointOf(members, metric, of, basis, frame) })));
}

function memberOf(report: VolumeReport, year: number): Member {
	const { designationId, enterpriseId, category, channelId, corrected, history } = report;
	const standing = { owed: isExpected(report), forwarded: report.forwardedOn !== null, corrected, channelId };
	return { designationId, enterpriseId, category, history, reports: new Map([[year, standing]]) };
}
