import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Disclosed, MaskReason } from '#lib/domain/trend/disclosure.ts';
import { keptBenchmark, type KeptBenchmark, type SeenValue } from '#lib/domain/trend/kept-benchmark.ts';
import { metricsOf, trendMetric, type TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A benchmark as whoever asks is shown it. */
export interface ShownBenchmark {
	readonly category: Category;
	readonly metric: TrendMetricId;
	readonly year: number;
	readonly basis: FigureBasis;
	readonly shown: Exclude<Disclosed, { shown: 'whole' }>;
}

/** The benchmarks of these categories, newest year first: the database's function says what of them this actor is shown. */
export async function loadBenchmarks({ sql }: Pick<Db, 'sql'>, categories: readonly Category[]): Promise<readonly ShownBenchmark[]> {
	const rows = await sql<
		{
			category: string | null;
			metric: string | null;
			figure_year: number | null;
			basis: string | null;
			n: number | null;
			lower: string | null;
			median: string | null;
			upper: string | null;
			why: string | null;
		}[]
	>`
		select b.category, b.metric, b.figure_year, b.basis, b.n, trim_scale(b.lower_quartile)::text as lower, trim_scale(b.median)::text as median,
			trim_scale(b.upper_quartile)::text as upper, b.why
		from benchmarks_shown(${categories as string[]}::text[]) b order by b.figure_year desc, b.basis, b.category, b.metric`;
	return rows.flatMap(({ category, metric, figure_year: year, basis, n, lower, median, upper, why }) => {
		const known = trendMetric(metric ?? '');
		if (known === null || year === null) return [];
		const head = { category: category as Category, metric: known.id, year, basis: basis as FigureBasis };
		const shown: ShownBenchmark['shown'] =
			n === null || lower === null || median === null || upper === null
				? { shown: 'masked', why: why as MaskReason, mayOrderBy: false }
				: { shown: 'benchmark', n, lower, median, upper, mayOrderBy: false };
		return [{ ...head, shown }];
	});
}

/** A closed year whose benchmarks have to be made, or withheld from a channel more. */
export interface UnmadeYear {
	readonly year: number;
	readonly closedAt: Date;
	readonly lastMove: string;
}

/** The closed years that were not made yet, or were before somebody moved. */
export async function unmadeYears({ sql }: Pick<Db, 'sql'>): Promise<readonly UnmadeYear[]> {
	const rows = await sql<{ year: number; closed_at: Date; last_move: string | null }[]>`
		with moved as (select coalesce(max(e.id), 0) as id from enterprise_event e where e.kind = 'moved')
		select y.year, y.closed_at, (select m.id from moved m)::text as last_move from reporting_year y
		where y.closed_at is not null and not exists (select from trend_benchmark_year b where b.report_year = y.year and b.last_move >= (select m.id from moved m))
		order by y.year`;
	return rows.map(({ year, closed_at: closedAt, last_move: lastMove }) => ({ year, closedAt, lastMove: lastMove ?? '0' }));
}

/**
 * Makes the benchmarks of a closed year from the history as it stood at the close, one category and basis after the other. What was made before keeps its
 * figures: only from whom they are withheld is told anew.
 */
export async function makeBenchmarks(db: Pick<Db, 'sql'>, { year, closedAt, lastMove }: UnmadeYear, categories: readonly Category[]): Promise<number> {
	const { sql } = db;
	let made = 0;
	for (const category of categories)
		for (const [basis, figureYear] of [
			['final', year - 1],
			['forecast', year]
		] as const) {
			const metrics = metricsOf(category);
			const figures = await figuresAtClose(
				db,
				category,
				metrics.map(({ id }) => id),
				{ basis, year: figureYear, closedAt }
			);
			const rows = metrics.map((metric) => ({ metric: metric.id, ...rowOf(keptBenchmark({ category, metric, basis }, figures.get(metric.id) ?? [])) }));
			await sql`
				insert into trend_benchmark (category, metric, figure_year, basis, report_year, n, lower_quartile, median, upper_quartile, why, hidden_channels,
					hidden_enterprises)
				select ${category}, r.metric, ${figureYear}, ${basis}, ${year}, r.n, r.lower, r.median, r.upper, r.why, r.hidden_channels, r.hidden_enterprises
				from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) r (metric text, n int, lower numeric, median numeric, upper numeric, why text,
					hidden_channels text[], hidden_enterprises bigint[])
				on conflict (category, metric, figure_year, basis) do update
					set hidden_channels = array(select unnest(trend_benchmark.hidden_channels) union select unnest(excluded.hidden_channels)),
						hidden_enterprises = array(select unnest(trend_benchmark.hidden_enterprises) union select unnest(excluded.hidden_enterprises))`;
			made += rows.length;
		}
	await sql`
		insert into trend_benchmark_year (report_year, made_at, last_move) values (${year}, app_now(), ${lastMove}::bigint)
		on conflict (report_year) do update set last_move = excluded.last_move`;
	return made;
}

function rowOf(kept: KeptBenchmark) {
	if (kept.n === null) return { n: null, lower: null, median: null, upper: null, why: kept.why, hidden_channels: [], hidden_enterprises: [] };
	const { n, lower, median, upper, hiddenChannels, hiddenEnterprises } = kept;
	return { n, lower, median, upper, why: null, hidden_channels: hiddenChannels, hidden_enterprises: hiddenEnterprises };
}

/** Every figure of a year as the close found it, with whoever sees or has seen it whole: every channel its reports and its enterprise have gone through. */
async function figuresAtClose(
	{ sql }: Pick<Db, 'sql'>,
	category: Category,
	metrics: readonly TrendMetricId[],
	{ basis, year, closedAt }: { readonly basis: FigureBasis; readonly year: number; readonly closedAt: Date }
): Promise<ReadonlyMap<string, readonly SeenValue[]>> {
	const rows = await sql<{ metric: string; firms: (string | null)[]; stated: (string | null)[]; seen_by: string | null }[]>`
		with seen as (
			select s.enterprise_id, string_agg(distinct s.channel_id, ' ') as channels
			from (
				select e.id as enterprise_id, e.channel_id from enterprise e
				union all select r.enterprise_id, r.channel_id from annual_report r
				union all select v.enterprise_id, v.before ->> 'channelId' from enterprise_event v where v.kind = 'moved'
				union all select v.enterprise_id, v.after ->> 'channelId' from enterprise_event v where v.kind = 'moved'
			) s where s.channel_id is not null group by s.enterprise_id
		)
		select coalesce(c.metric, '') as metric, coalesce(array_agg(c.enterprise_id::text order by c.designation_id), '{}') as firms,
			coalesce(array_agg(trim_scale(c.value)::text order by c.designation_id), '{}') as stated,
			array_to_string(array_agg(coalesce(s.channels, '') order by c.designation_id), ',')::text as seen_by
		from trend_cells(${closedAt}::timestamptz, array_fill(${category}::text, array[${metrics.length}::int]), ${metrics as string[]}::text[], ${year}::int,
			${year}::int) c
		left join seen s on s.enterprise_id = c.enterprise_id
		where c.kind = 'value' and c.basis = ${basis}
		group by c.metric`;
	return new Map(
		rows.map(({ metric, firms, stated, seen_by: seenBy }) => {
			const channels = (seenBy ?? '').split(',').map((one) => one.split(' ').filter((channel) => channel !== ''));
			const values = firms.map((enterpriseId, index) => ({ enterpriseId: enterpriseId ?? '', value: stated[index] ?? '0', seenBy: channels[index] ?? [] }));
			return [metric, values];
		})
	);
}
