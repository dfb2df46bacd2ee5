import { addDays, daysBetween, type Day } from '#lib/domain/day.ts';
import { CATEGORIES, type Category, type ChannelKind } from '#lib/domain/parties.ts';
import { curvesOf, progressOf, totalOf, type CameCount, type StandingCount, type YearCurve } from '#lib/domain/report/progress.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { tileChart, type TileChart } from '#lib/domain/trend/channel-tiles.ts';
import { cohortFigures, type CohortFigure } from '#lib/domain/trend/cohort-figures.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import * as clauses from '#lib/server/store/report/clauses.ts';
import type { TieredChannel, TrendScope } from '#lib/server/store/trend/trend-scope.ts';

/** A channel with its place in the tile picture; null for groups and the Corps. */
export interface TrendChannel extends TieredChannel {
	readonly kind: ChannelKind;
	readonly name: string;
	readonly tile: { readonly column: number; readonly row: number } | null;
}

/** Provinces in their order, then groups. */
export async function trendChannels({ sql }: Pick<ActorDb, 'sql'>): Promise<TrendChannel[]> {
	const rows = await sql<{ id: string; kind: string; short_zh: string; gdp_tier: string | null; tile_column: number | null; tile_row: number | null }[]>`
		select id, kind, short_zh, gdp_tier, tile_column, tile_row from channel order by kind desc, id`;
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind as ChannelKind,
		name: row.short_zh,
		tier: row.gdp_tier,
		tile: row.tile_column === null || row.tile_row === null ? null : { column: row.tile_column, row: row.tile_row }
	}));
}

export interface CohortHead {
	readonly figures: readonly CohortFigure[];
	readonly tiles: TileChart;
	/** This year's first, then the three before it. */
	readonly curves: readonly YearCurve[];
	/** All there are, so that a filter can be taken off again. */
	readonly cohorts: readonly number[];
}

const EARLIER_YEARS = 3;

interface Asked {
	readonly years: readonly ReportingYear[];
	readonly year: ReportingYear;
	readonly asOf: Day;
	readonly scope: TrendScope;
	readonly filter: Pick<TrendFilter, 'category'>;
	readonly channels: readonly TrendChannel[];
}

/** How far the year is beside the years before it: two questions of kept counts, counted by `progressOf` alone. */
export async function headOf(db: ActorDb, { years, year, asOf, scope, filter, channels }: Asked): Promise<CohortHead> {
	const drawn = years.filter((one) => one.year <= year.year).slice(0, 1 + EARLIER_YEARS);
	const lastYear = drawn.find((one) => one.year === year.year - 1) ?? null;
	/** As far from its own date as this day from this year's. */
	const thatDay = lastYear === null ? asOf : addDays(lastYear.ministryDueOn, daysBetween(year.ministryDueOn, asOf));
	const categories = filter.category === null ? CATEGORIES : [filter.category];
	const [{ standing, cohorts }, came] = await Promise.all([standingOf(db, drawn, scope, categories), cameBy(db, drawn, scope, categories)]);
	const countsOf = (of: ReportingYear, until: Day, keyOf: (row: { readonly channelId: string }) => string) =>
		progressOf(
			standing.filter((row) => row.year === of.year).map((row): StandingCount => ({ ...row, key: keyOf(row) })),
			came.filter((row) => row.year === of.year && row.onDay <= until).map((row): CameCount => ({ ...row, key: keyOf(row) })),
			of,
			until
		);
	const byChannel = countsOf(year, asOf, ({ channelId }) => channelId);
	const wholeOf = (of: ReportingYear, until: Day) => totalOf(countsOf(of, until, () => '').values());
	return {
		figures: cohortFigures(
			{ counts: totalOf(byChannel.values()), year, asOf },
			lastYear === null ? null : { counts: wholeOf(lastYear, thatDay), year: lastYear, asOf: thatDay }
		),
		tiles: tileChart(
			channels.filter(({ id, kind }) => kind === 'province' || byChannel.has(id)).map(({ id }) => id),
			byChannel,
			year,
			asOf
		),
		// An earlier year is drawn as far as it went; one may want to see how it ended.
		curves: curvesOf(
			came.filter(({ kind }) => kind === 'forwarded').map((row) => ({ year: row.year, onDay: row.onDay, n: row.n })),
			drawn.map((one) => ({
				year: one.year,
				ministryDueOn: one.ministryDueOn,
				expected: wholeOf(one, asOf).expected,
				until: one.year === year.year ? asOf : addDays(one.ministryDueOn, 60)
			}))
		).map(perDay),
		cohorts
	};
}

/** One point for each day: the counts of a day come by channel and due day. */
function perDay(curve: YearCurve): YearCurve {
	return { ...curve, points: curve.points.filter(({ offset }, index) => curve.points[index + 1]?.offset !== offset) };
}

type Standing = Omit<StandingCount, 'key'> & { readonly year: number; readonly channelId: string };
type Came = Omit<CameCount, 'key'> & { readonly year: number; readonly channelId: string; readonly onDay: Day };

/** How the reports of the years stand now. The cohorts there are come from the same counts, so a filter can be taken off again. */
async function standingOf(
	db: ActorDb,
	years: readonly ReportingYear[],
	{ cohorts, channels, standing }: TrendScope,
	categories: readonly Category[]
): Promise<{ readonly standing: readonly Standing[]; readonly cohorts: readonly number[] }> {
	const { sql, within } = db;
	const wanted = years.map(({ year }) => year);
	const rows = await sql<
		{
			year: number;
			channel_id: string;
			category: string;
			cohort_year: number;
			state: string;
			court: string;
			voluntary: boolean;
			extension_on: string | null;
			owed_on: string | null;
			excuse_pending: boolean;
			ever_forwarded: boolean;
			n: number;
		}[]
	>`
		select coalesce(r.year, 0) as year, coalesce(r.channel_id, '') as channel_id, coalesce(r.category, '') as category,
			coalesce(r.cohort_year, 0) as cohort_year, coalesce(r.state, '') as state, coalesce(r.court, '') as court,
			coalesce(r.voluntary, false) as voluntary, r.extension_on, r.owed_on,
			coalesce(r.excuse_pending, false) as excuse_pending, coalesce(r.ever_forwarded, false) as ever_forwarded,
			coalesce(sum(r.n), 0)::int as n
		from trend_standing(${wanted}::int[], ${standing?.year ?? null}::int, ${(standing?.states ?? null) as string[] | null}::text[]) r
		where ${within.report}
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 having sum(r.n) <> 0`;
	const asked = rows.filter(
		(row) =>
			categories.some((category) => category === row.category) &&
			(cohorts.length === 0 || cohorts.includes(row.cohort_year)) &&
			(channels === null || channels.includes(row.channel_id))
	);
	return {
		standing: asked.map((row) => ({
			year: row.year,
			channelId: row.channel_id,
			state: row.state as ReportState,
			voluntary: row.voluntary,
			extensionOn: row.extension_on as Day | null,
			owedOn: row.owed_on as Day | null,
			excusePending: row.excuse_pending,
			closed: (row.court as Court) === 'nobody',
			everForwarded: row.ever_forwarded,
			n: row.n
		})),
		cohorts: [...new Set(rows.map((row) => row.cohort_year))].sort((a, b) => a - b)
	};
}

/** What came on each day of the years. Late is judged as `effectiveDueOn` judges it: by the latest of the year's date, the extension and `owed_on`. */
async function cameBy(
	db: ActorDb,
	years: readonly ReportingYear[],
	{ cohorts, channels, standing }: TrendScope,
	categories: readonly Category[]
): Promise<readonly Came[]> {
	const { sql, within } = db;
	const wanted = years.map(({ year }) => year);
	const [newest = 0] = wanted;
	const all = { cohorts: cohorts.length === 0 ? null : cohorts, channels };
	// Only the newest year is told by channel: the days of the others are few.
	const rows = await sql<
		{
			year: number;
			channel_id: string;
			kind: string;
			on_day: string | null;
			extension_on: string | null;
			owed_on: string | null;
			late: boolean;
			n: number;
		}[]
	>`
		select y.year, coalesce((case when r.year = ${newest} then r.channel_id end)::text, '') as channel_id, coalesce(r.kind, '') as kind,
			r.on_day, r.extension_on, r.owed_on,
			coalesce(r.kind = 'forwarded' and r.on_day > ${clauses.effectiveDueOn(db, null)}, false) as late, coalesce(sum(r.n), 0)::int as n
		from trend_flow(${wanted}::int[], ${standing?.year ?? null}::int, ${(standing?.states ?? null) as string[] | null}::text[]) r
		join reporting_year y on y.year = r.year
		where ${within.report} and r.category = any(${categories as string[]}::text[])
			and (${all.cohorts as number[] | null}::int[] is null or r.cohort_year = any(${all.cohorts as number[] | null}::int[]))
			and (${all.channels as string[] | null}::text[] is null or r.channel_id = any(${all.channels as string[] | null}::text[]))
		group by 1, 2, 3, 4, 5, 6, 7 having sum(r.n) <> 0`;
	return rows
		.map((row) => ({
			year: row.year,
			channelId: row.channel_id,
			kind: row.kind as CameCount['kind'],
			onDay: row.on_day as Day,
			extensionOn: row.extension_on as Day | null,
			owedOn: row.owed_on as Day | null,
			late: row.late,
			n: row.n
		}))
		.sort((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : 0));
}
