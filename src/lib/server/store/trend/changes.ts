import type { Category } from '#lib/domain/parties.ts';
import type { ErrorTally } from '#lib/domain/trend/forecast-error.ts';
import { QUARTILES_FROM } from '#lib/domain/trend/quantile.ts';
import type { SameTally } from '#lib/domain/trend/same-enterprises.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { TallyYears } from './tallies.ts';
import { endOfScope, isMember, type TrendScope } from './trend-scope.ts';

/** Whose change of one metric is asked for; each category by itself. */
export interface AskedChanges {
	readonly scope: TrendScope;
	readonly metric: TrendMetric;
	readonly categories: readonly Category[];
	readonly years: TallyYears;
}

/** The key of a change in {@link loadSame}, of an error in {@link loadErrors}. */
export const changeKey = (category: Category, year: number): string => `${category}/${year}`;

/**
 * Who stayed, came and left between each audited year and the one before, counted and added up by the database in exact numeric: `sameTally`, which a
 * test holds it to. One question, however many enterprises.
 */
export async function loadSame(db: Db, { scope, metric, categories, years }: AskedChanges): Promise<ReadonlyMap<string, SameTally>> {
	const { sql, within } = db;
	const metrics = categories.map(() => metric.id as string);
	const rows = await sql<
		{
			category: string;
			year: number;
			known_before: number;
			known_now: number;
			stayers: number;
			entries: number;
			silent_before: number;
			exits: number;
			silent_now: number;
			before: string;
			after: string;
			entered: string;
			gone: string;
			plain: (string | null)[] | null;
			same: (string | null)[] | null;
		}[]
	>`
		with cell as materialized (
			select r.category, r.figure_year, r.designation_id, r.value
			from trend_cells(${endOfScope(scope)}::timestamptz, ${categories as string[]}::text[], ${metrics}::text[], ${years.from}::int, ${years.to}::int) r
			where r.basis = 'final' and ${within.report} and ${isMember(db, scope)}
		), pair as (
			select coalesce(b.category, a.category) as category, coalesce(b.figure_year, a.figure_year + 1) as year, a.value as was, b.value as is_now,
				a.designation_id is not null as present_before, b.designation_id is not null as present_now
			from cell a full join cell b on b.designation_id = a.designation_id and b.category = a.category and b.figure_year = a.figure_year + 1
		), told as (
			select p.category, p.year, count(p.was) as known_before, count(p.is_now) as known_now,
				count(*) filter (where p.was is not null and p.is_now is not null) as stayers,
				count(*) filter (where p.was is null and p.is_now is not null) as entries,
				count(*) filter (where p.was is null and p.is_now is not null and p.present_before) as silent_before,
				count(*) filter (where p.was is not null and p.is_now is null) as exits,
				count(*) filter (where p.was is not null and p.is_now is null and p.present_now) as silent_now,
				sum(p.was) filter (where p.is_now is not null) as before, sum(p.is_now) filter (where p.was is not null) as after,
				sum(p.is_now) filter (where p.was is null) as entered, sum(p.was) filter (where p.is_now is null) as gone,
				array_agg(p.was order by p.was) filter (where p.was is not null) as all_before,
				array_agg(p.is_now order by p.is_now) filter (where p.is_now is not null) as all_now,
				array_agg(p.was order by p.was) filter (where p.was is not null and p.is_now is not null) as stay_before,
				array_agg(p.is_now order by p.is_now) filter (where p.was is not null and p.is_now is not null) as stay_now
			from pair p where p.year between ${years.from + 1}::int and ${years.to}::int group by p.category, p.year
		)
		select coalesce(t.category, '') as category, coalesce(t.year, 0) as year, coalesce(t.known_before::int, 0) as known_before,
			coalesce(t.known_now::int, 0) as known_now, coalesce(t.stayers::int, 0) as stayers, coalesce(t.entries::int, 0) as entries,
			coalesce(t.silent_before::int, 0) as silent_before, coalesce(t.exits::int, 0) as exits, coalesce(t.silent_now::int, 0) as silent_now,
			coalesce(trim_scale(t.before)::text, '0') as before, coalesce(trim_scale(t.after)::text, '0') as after,
			coalesce(trim_scale(t.entered)::text, '0') as entered, coalesce(trim_scale(t.gone)::text, '0') as gone,
			case when t.known_before >= ${QUARTILES_FROM} and t.known_now >= ${QUARTILES_FROM} then array[
				trim_scale((t.all_before[(t.known_before + 1) / 2] + t.all_before[(t.known_before + 2) / 2]) * 0.5)::text,
				trim_scale((t.all_now[(t.known_now + 1) / 2] + t.all_now[(t.known_now + 2) / 2]) * 0.5)::text] end as plain,
			case when t.stayers >= ${QUARTILES_FROM} then array[
				trim_scale((t.stay_before[(t.stayers + 1) / 2] + t.stay_before[(t.stayers + 2) / 2]) * 0.5)::text,
				trim_scale((t.stay_now[(t.stayers + 1) / 2] + t.stay_now[(t.stayers + 2) / 2]) * 0.5)::text] end as same
		from told t`;
	const pair = (medians: readonly (string | null)[] | null) => {
		const [before = null, after = null] = medians ?? [];
		return before === null || after === null ? null : ([before, after] as const);
	};
	return new Map(
		rows.map((row): [string, SameTally] => [
			changeKey(row.category as Category, row.year),
			{
				n: {
					from: row.known_before,
					to: row.known_now,
					stayers: row.stayers,
					entries: row.entries,
					silentBefore: row.silent_before,
					exits: row.exits,
					silentNow: row.silent_now
				},
				sums: { before: row.before, after: row.after, entered: row.entered, gone: row.gone },
				medians: { plain: pair(row.plain), same: pair(row.same) }
			}
		])
	);
}

/**
 * How far forecasts of each year missed what became of them: `errorTally`. Of all together under '', and by channel or cohort beside it; then by
 * {@link changeKey}.
 */
export async function loadErrors(
	db: Db,
	by: 'channel' | 'cohort' | null,
	{ scope, metric, categories, years }: AskedChanges
): Promise<ReadonlyMap<string, ReadonlyMap<string, ErrorTally>>> {
	const { sql, within } = db;
	const metrics = categories.map(() => metric.id as string);
	const rows = await sql<
		{
			part: string;
			category: string;
			year: number;
			n: number;
			final_zero: number;
			too_high: number;
			too_low: number;
			exact: number;
			signed: string | null;
			size: string | null;
			dots: (string | null)[] | null;
		}[]
	>`
		with cell as materialized (
			select r.category, r.figure_year, r.basis, r.designation_id, r.value,
				case ${by}::text when 'channel' then r.channel_id when 'cohort' then r.cohort_year::text end as part
			from trend_cells(${endOfScope(scope)}::timestamptz, ${categories as string[]}::text[], ${metrics}::text[], ${years.from}::int, ${years.to}::int) r
			where r.value is not null and ${within.report} and ${isMember(db, scope)}
		), missed as (
			select f.part, f.category, f.figure_year, a.value - f.value as distance,
				case when f.value <> 0 then sign(a.value - f.value)
					* div(2 * abs(a.value - f.value) * 1000000000000 + abs(f.value), 2 * abs(f.value)) * 0.000000000001 end as error
			from cell f join cell a on a.designation_id = f.designation_id and a.category = f.category and a.figure_year = f.figure_year
			where f.basis = 'final' and a.basis = 'forecast'
		), told as (
			select x.part, x.category, x.figure_year, count(x.error) as n, count(*) - count(x.error) as final_zero,
				count(*) filter (where x.error is not null and x.distance > 0) as too_high,
				count(*) filter (where x.error is not null and x.distance < 0) as too_low,
				count(*) filter (where x.error is not null and x.distance = 0) as exact,
				array_agg(x.error order by x.error) filter (where x.error is not null) as errors,
				array_agg(abs(x.error) order by abs(x.error)) filter (where x.error is not null) as sizes
			from missed x group by grouping sets ((x.category, x.figure_year), (x.part, x.category, x.figure_year))
		)
		select coalesce(t.part, '') as part, coalesce(t.category, '') as category, coalesce(t.figure_year, 0) as year, coalesce(t.n::int, 0) as n,
			coalesce(t.final_zero::int, 0) as final_zero, coalesce(t.too_high::int, 0) as too_high, coalesce(t.too_low::int, 0) as too_low,
			coalesce(t.exact::int, 0) as exact,
			case when t.n >= ${QUARTILES_FROM} then trim_scale((t.errors[(t.n + 1) / 2] + t.errors[(t.n + 2) / 2]) * 0.5)::text end as signed,
			case when t.n >= ${QUARTILES_FROM} then trim_scale((t.sizes[(t.n + 1) / 2] + t.sizes[(t.n + 2) / 2]) * 0.5)::text end as size,
			case when t.n < ${QUARTILES_FROM} and t.n > 0 then (select array_agg(trim_scale(v)::text order by v) from unnest(t.errors) v) end as dots
		from told t`;
	return new Map(
		[...Map.groupBy(rows, ({ part }) => part)].map(([part, ofPart]) => [
			part,
			new Map(
				ofPart.map((row): [string, ErrorTally] => [
					changeKey(row.category as Category, row.year),
					{
						n: row.n,
						signed: row.signed,
						absolute: row.size,
						nFinalZero: row.final_zero,
						nTooHigh: row.too_high,
						nTooLow: row.too_low,
						nExact: row.exact,
						dots: (row.dots ?? []).flatMap((one) => one ?? [])
					}
				])
			)
		])
	);
}
