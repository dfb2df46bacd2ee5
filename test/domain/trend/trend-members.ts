/** Groups of designations for the tests of trends: short to write, whole as the rules read them. */
import type { FigureBasis, FigureRow } from '#lib/domain/form/figure-metric.ts';
import type { HistoryRow } from '#lib/domain/form/figures.ts';
import { day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import { trendMetric, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { reportYearOf, type Member, type ReportStanding, type TrendFrame } from '#lib/domain/trend/trend-point.ts';
import { stated } from '../form/filing-examples.ts';

export function metricCalled(id: string): TrendMetric {
	const found = trendMetric(id);
	if (!found) throw new RangeError(`no metric ${id}`);
	return found;
}

/** `2025f` is the forecast of 2025, `2025` what was audited of it. */
export type Told = Readonly<Record<string, Partial<FigureRow>>>;

function read(key: string): readonly [year: number, basis: FigureBasis] {
	return [Number(key.slice(0, 4)), key.endsWith('f') ? 'forecast' : 'final'];
}

/** One designation that forwarded a report for each year it tells of; `reports` lays others over. */
export function member(
	id: string,
	told: Told,
	more: { category?: Category; enterpriseId?: string; reports?: Record<number, Partial<ReportStanding>> } = {}
): Member {
	const history: HistoryRow[] = Object.entries(told).map(([key, row]) => stated(...read(key), row));
	const reports = new Map<number, ReportStanding>();
	for (const { reportYear } of history) reports.set(reportYear, { owed: true, forwarded: true, corrected: false, channelId: '320000' });
	for (const [year, standing] of Object.entries(more.reports ?? {}))
		reports.set(Number(year), { owed: true, forwarded: false, corrected: false, channelId: '320000', ...reports.get(Number(year)), ...standing });
	return { designationId: id, enterpriseId: more.enterpriseId ?? `e-${id}`, category: more.category ?? 'manufacturing', history, reports };
}

/** A group that tells one figure each, in the order of the values; null owes the report and has not filed it. */
export function groupOf(
	values: readonly (string | null)[],
	key: string,
	field: keyof FigureRow = 'revenueWan',
	category: Category = 'manufacturing'
): Member[] {
	return values.map((value, index) =>
		value === null
			? member(`d${String(index)}`, {}, { category, reports: { [reportYearOf(...read(key))]: { owed: true } } })
			: member(`d${String(index)}`, { [key]: { [field]: value } }, { category })
	);
}

export function frameOf(changes: Partial<TrendFrame> = {}): TrendFrame {
	return {
		category: 'manufacturing',
		channels: null,
		policyOf: () => DEFAULT_POLICY,
		definitionBreaks: [],
		closedThrough: 2025,
		asOf: day('2026-11-30'),
		...changes
	};
}

/** The policy with another threshold for the share of informatisation. */
export function policyAt(minRate: string): Policy {
	return { ...DEFAULT_POLICY, version: `test-${minRate}`, criteria: { ...DEFAULT_POLICY.criteria, M4: { ...DEFAULT_POLICY.criteria.M4, minRate } } };
}
