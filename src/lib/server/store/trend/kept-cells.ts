import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { keptCellOf, type KeptBy } from '#lib/domain/trend/kept-cell.ts';
import { QUARTILE_RULE } from '#lib/domain/trend/quantile.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import type { PointTally } from '#lib/domain/trend/trend-point.ts';
import type { Db } from '#lib/server/db/door.ts';
import { tallyKey, type AskedMetrics, type Tallies, type TallyYears } from './tallies.ts';

/** By which policy each year is counted and which rule makes quantiles: what was kept by another is no answer. */
export function keptRule(years: readonly Pick<ReportingYear, 'year' | 'policyVersion'>[]): string {
	const byYear = [...years].sort((a, b) => a.year - b.year).map(({ year, policyVersion }) => `${year}:${policyVersion}`);
	return [QUARTILE_RULE, ...byYear].join(' ');
}

export interface KeptTallies {
	readonly tallies: Tallies;
	/** The oldest of the categories asked for. */
	readonly keptAt: Date;
}

/** The kept tallies that answer a filter; null where it is no kept cell, or none was kept by today's rule: then it is computed live. */
export async function loadKeptTallies(db: Db, filter: TrendFilter, asked: AskedMetrics, { from, to }: TallyYears, rule: string): Promise<KeptTallies | null> {
	const { sql } = db;
	const wanted = CATEGORIES.filter((category) => (asked[category] ?? []).length > 0);
	const cells = wanted.flatMap((category) => keptCellOf('point', { ...filter, category }) ?? []);
	if (cells.length < wanted.length || cells.length === 0) return null;
	const [{ by, key } = { by: 'nation' as KeptBy, key: '' }] = cells;
	const metrics = [...new Set(wanted.flatMap((category) => (asked[category] ?? []).map(({ id }) => id as string)))];
	const rows = await sql<{ category: string; kept_at: Date; metric: string | null; figure_year: number | null; basis: string | null; tally: string | null }[]>`
		select k.category, k.kept_at, (select c.metric) as metric, (select c.figure_year) as figure_year, (select c.basis) as basis, (select c.tally)::text as tally
		from trend_kept k
		left join trend_cell c on c.category = k.category and c.cut = ${by} and c.cut_key = ${key} and c.metric = any(${metrics}::text[])
			and c.figure_year between ${from} and ${to}
		where k.category = any(${wanted as string[]}::text[]) and k.rule = ${rule}`;
	const kept = new Map(rows.map((row) => [row.category, row.kept_at]));
	if (kept.size < wanted.length) return null;
	const tallies = rows.flatMap((row) =>
		row.metric === null || row.figure_year === null || row.basis === null || row.tally === null
			? []
			: [
					[
						tallyKey(row.category as Category, row.metric as TrendMetricId, row.figure_year, row.basis as FigureBasis),
						JSON.parse(row.tally) as PointTally
					] as const
				]
	);
	return { tallies: new Map(tallies), keptAt: new Date(Math.min(...[...kept.values()].map((at) => at.getTime()))) };
}

/** What has changed since the cells were kept, by category; and which were kept by which rule. */
export async function staleCategories({ sql }: Pick<Db, 'sql'>, rule: string): Promise<readonly Category[]> {
	const rows = await sql<{ category: string }[]>`
		select coalesce(c.category, '') as category from (values ('manufacturing'), ('it_outsourcing')) c (category)
		where exists (select from trend_change x where x.category = c.category)
			or not exists (select from trend_kept k where k.category = c.category and k.rule = ${rule})`;
	return rows.map(({ category }) => category as Category);
}

/** Replaces all that is kept of a category, and takes the changes this snapshot has seen. */
export async function replaceCells(
	{ sql }: Db,
	category: Category,
	cells: readonly { readonly cut: KeptBy; readonly key: string; readonly tallies: Tallies }[],
	rule: string
): Promise<number> {
	await sql`delete from trend_change where category = ${category}`;
	await sql`delete from trend_cell where category = ${category}`;
	let kept = 0;
	for (const { cut, key, tallies } of cells) {
		const rows = [...tallies].map(([name, tally]) => {
			const [, metric = '', year = '', basis = ''] = name.split('/');
			return { metric, figure_year: Number(year), basis, tally };
		});
		await sql`
			insert into trend_cell (category, cut, cut_key, metric, figure_year, basis, tally)
			select ${category}, ${cut}, ${key}, r.metric, r.figure_year, r.basis, r.tally
			from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) r (metric text, figure_year int, basis text, tally jsonb)`;
		kept += rows.length;
	}
	await sql`
		insert into trend_kept (category, kept_at, rule) values (${category}, app_now(), ${rule})
		on conflict (category) do update set kept_at = excluded.kept_at, rule = excluded.rule`;
	return kept;
}
