import { CATEGORIES } from '#lib/domain/parties.ts';
import { KEPT_BY, type KeptBy } from '#lib/domain/trend/kept-cell.ts';
import { metricsOf } from '#lib/domain/trend/trend-metric.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { loadPolicies } from '#lib/server/store/report/policy.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';
import { keptRule, replaceCells, staleCategories } from '#lib/server/store/trend/kept-cells.ts';
import { policyByYear } from '#lib/server/store/trend/policy-by-year.ts';
import { loadTalliesBy, type Tallies } from '#lib/server/store/trend/tallies.ts';
import { tierCalled, type TrendScope } from '#lib/server/store/trend/trend-scope.ts';

const NATION: TrendScope = { cohorts: [], channels: null, standing: null, asOf: null };

/** Audited years a first report may state before the year before it. */
export const YEARS_BEFORE = 3;

/**
 * Keeps the statistics of every cell of KEPT_CELLS whose category has changed since, by the question that answers live, each category in one snapshot.
 *
 * @param all whether anything changed or not: the rebuild by hand
 */
export async function keepTrendCells({ dry, all = false }: { readonly dry: boolean; readonly all?: boolean }): Promise<{ categories: number; cells: number }> {
	const { years, stale } = await asSystem(
		'keep trend cells',
		async (db) => {
			const known = await loadReportingYears(db);
			return { years: known, stale: all ? CATEGORIES : await staleCategories(db, keptRule(known)) };
		},
		{ readOnly: true }
	);
	const opened = years.map(({ year }) => year);
	if (dry || opened.length === 0) return { categories: opened.length === 0 ? 0 : stale.length, cells: 0 };
	let cells = 0;
	for (const category of stale)
		cells += await asSystem(
			'keep trend cells',
			async (db) => {
				const policies = await loadPolicies(
					db,
					years.map(({ policyVersion }) => policyVersion)
				);
				const span = { from: Math.min(...opened) - YEARS_BEFORE, to: Math.max(...opened) };
				const found: { cut: KeptBy; key: string; tallies: Tallies }[] = [];
				for (const cut of KEPT_BY) {
					const groups = await loadTalliesBy(db, cut, NATION, { [category]: metricsOf(category) }, span, policyByYear(years, policies));
					for (const [key, tallies] of groups) found.push({ cut, key: cut === 'tier' ? tierCalled(key === '' ? null : key) : key, tallies });
				}
				return replaceCells(db, category, found, keptRule(years));
			},
			{ isolation: 'repeatable read', retry: true, deadlineMs: 600_000 }
		);
	return { categories: stale.length, cells };
}
