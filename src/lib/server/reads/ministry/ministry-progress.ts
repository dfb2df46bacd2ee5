import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { addDays, dayInBeijing, daysBetween, type Day } from '#lib/domain/day.ts';
import { departmentsOf, type Category, type ChannelKind, type Department } from '#lib/domain/parties.ts';
import {
	curvesOf,
	progressOf,
	rateOf,
	totalOf,
	type CameCount,
	type ProgressBy,
	type ProgressCounts,
	type ProgressRate,
	type YearCurve
} from '#lib/domain/report/progress.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import * as clauses from '#lib/server/store/report/clauses.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

export interface ProgressQuery {
	readonly year: number | null;
	readonly by: ProgressBy;
	/** The end of this day; null = now. */
	readonly asOf: Day | null;
	readonly category: Category | null;
	readonly cohort: number | null;
	/** Whose curve is drawn: first submitted to the channel, or first forwarded to the ministries. */
	readonly curve: 'submitted' | 'forwarded';
}

export interface ProgressChannel {
	readonly id: string;
	readonly kind: ChannelKind;
	readonly name: string;
	/** Of the tile chart; null for groups and the Corps. */
	readonly tile: { readonly column: number; readonly row: number } | null;
}

export interface ProgressGroup {
	/** Channel, category or cohort. */
	readonly key: string;
	readonly counts: ProgressCounts;
	readonly rate: ProgressRate;
}

/** A department with its channel's figures and what waits for it now. */
export interface ProgressDepartment extends ProgressGroup {
	readonly channelId: string;
	readonly department: Department;
	readonly waiting: number;
	/** Since when the oldest of them waits. */
	readonly oldestOn: Day | null;
}

export interface MinistryProgress {
	readonly years: readonly number[];
	readonly year: ReportingYear | null;
	/** The day the figures of the day are told of. */
	readonly asOf: Day;
	/** A day that has not come, or lies before the year: left out, and said. */
	readonly asOfIgnored: boolean;
	readonly channels: readonly ProgressChannel[];
	readonly cohorts: readonly number[];
	readonly total: ProgressCounts;
	readonly rate: ProgressRate;
	readonly groups: readonly ProgressGroup[];
	/** Filled when the table is by department. */
	readonly departments: readonly ProgressDepartment[];
	/** Reports that lie with a channel or its enterprises now, by channel: what a ministry can remind it of. */
	readonly held: Readonly<Record<string, number>>;
	/** By channel, whatever the table is by: the tiles. */
	readonly byChannel: readonly ProgressGroup[];
	/** This year's first, then the three before it. */
	readonly curves: readonly YearCurve[];
}

const EARLIER_YEARS = 3;

/** Powers /ministry/progress. Six queries, all of kept counts: none looks at a report. */
export function ministryProgress(actor: Actor, query: ProgressQuery, now: Date): Promise<MinistryProgress> {
	return asActor(
		actor,
		async (db) => {
			const years = await ministryYears(db);
			const channels = await progressChannels(db);
			const year = yearShown(years, query.year, now);
			const today = dayInBeijing(now);
			const empty = totalOf([]);
			if (year === null)
				return {
					years: [],
					year,
					asOf: today,
					asOfIgnored: false,
					channels,
					cohorts: [],
					total: empty,
					rate: rateOf(empty, { ministryDueOn: today }, today),
					groups: [],
					departments: [],
					held: {},
					byChannel: [],
					curves: []
				};
			const asOfIgnored = query.asOf !== null && (query.asOf > today || query.asOf < year.opensOn);
			const asOf = query.asOf === null || asOfIgnored ? today : query.asOf;
			const { standing, cohorts } = await standingOf(db, year, query);
			const came = await cameBy(db, year, asOf, query);
			const ofChannels = groupsOf(standing, came, ({ channelId }) => channelId, year, asOf);
			const groups =
				query.by === 'category'
					? groupsOf(standing, came, ({ category }) => category, year, asOf)
					: query.by === 'cohort'
						? groupsOf(standing, came, ({ cohortYear }) => String(cohortYear), year, asOf)
						: ofChannels;
			const total = totalOf(ofChannels.map(({ counts }) => counts));
			return {
				years: years.map((one) => one.year),
				year,
				asOf,
				asOfIgnored,
				channels,
				cohorts,
				total,
				rate: rateOf(total, year, asOf),
				groups,
				departments: query.by === 'department' ? departmentsFor(channels, ofChannels, standing) : [],
				held: heldBy(standing),
				byChannel: ofChannels,
				curves: await curvesFor(db, years, year, asOf, query)
			};
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

/** Channels with their places in the tile chart: provinces in their order, then groups. */
export async function progressChannels({ sql }: Pick<ActorDb, 'sql'>): Promise<ProgressChannel[]> {
	const rows = await sql<{ id: string; kind: string; short_zh: string; tile_column: number | null; tile_row: number | null }[]>`
		select id, kind, short_zh, tile_column, tile_row from channel order by kind desc, id`;
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind as ChannelKind,
		name: row.short_zh,
		tile: row.tile_column === null || row.tile_row === null ? null : { column: row.tile_column, row: row.tile_row }
	}));
}

interface Place {
	readonly channelId: string;
	readonly category: string;
	readonly cohortYear: number;
}
type Standing = Place & {
	readonly state: ReportState;
	readonly court: Court;
	readonly voluntary: boolean;
	readonly extensionOn: Day | null;
	readonly owedOn: Day | null;
	readonly excusePending: boolean;
	readonly closed: boolean;
	readonly everForwarded: boolean;
	readonly oldestOn: Day | null;
	readonly n: number;
};
type Came = Place & Omit<CameCount, 'key'>;

function groupsOf(standing: readonly Standing[], came: readonly Came[], keyOf: (row: Place) => string, year: ReportingYear, asOf: Day): ProgressGroup[] {
	const groups = progressOf(
		standing.map((row) => ({ ...row, key: keyOf(row) })),
		came.map((row) => ({ ...row, key: keyOf(row) })),
		year,
		asOf
	);
	return [...groups]
		.filter(([, counts]) => counts.expected + counts.excused > 0)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, counts]) => ({ key, counts, rate: rateOf(counts, year, asOf) }));
}

function heldBy(standing: readonly Standing[]): Record<string, number> {
	const held: Record<string, number> = {};
	for (const { channelId, court, n } of standing) if (court !== 'ministries' && court !== 'nobody') held[channelId] = (held[channelId] ?? 0) + n;
	return held;
}

function departmentsFor(channels: readonly ProgressChannel[], groups: readonly ProgressGroup[], standing: readonly Standing[]): ProgressDepartment[] {
	return groups.flatMap((group) => {
		const kind = channels.find(({ id }) => id === group.key)?.kind ?? 'province';
		return departmentsOf(kind).map((department) => {
			const rows = standing.filter(
				({ channelId, court }) => channelId === group.key && (court === department || (court === 'departments' && department !== 'group'))
			);
			const days = rows.flatMap(({ oldestOn }) => oldestOn ?? []).sort();
			return {
				...group,
				key: `${group.key}:${department}`,
				channelId: group.key,
				department,
				waiting: rows.reduce((sum, { n }) => sum + n, 0),
				oldestOn: days[0] ?? null
			};
		});
	});
}

function asked({ sql: clause }: Pick<ActorDb, 'sql'>, query: Pick<ProgressQuery, 'category' | 'cohort'>): Clause {
	if (query.category !== null && query.cohort !== null) return clause`r.category = ${query.category} and r.cohort_year = ${query.cohort}`;
	if (query.category !== null) return clause`r.category = ${query.category}`;
	if (query.cohort !== null) return clause`r.cohort_year = ${query.cohort}`;
	return clause`true`;
}

/** How the reports stand now. The cohorts there are come from the same counts, so a filter can be taken off again. */
async function standingOf(db: ActorDb, year: ReportingYear, query: ProgressQuery): Promise<{ standing: Standing[]; cohorts: number[] }> {
	const { sql, within } = db;
	// Differences that cancel each other out are gone before the oldest day is looked for.
	const rows = await sql<
		{
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
			oldest_on: string | null;
			n: number;
		}[]
	>`
		select t.channel_id, t.category, t.cohort_year, t.state, t.voluntary, t.court, t.extension_on, t.owed_on, t.excuse_pending, t.ever_forwarded,
			min(t.since_on) as oldest_on, coalesce(sum(t.n), 0)::int as n
		from (
			select r.channel_id, r.category, r.cohort_year, r.state, r.voluntary, r.court, r.extension_on, r.owed_on, r.excuse_pending, r.ever_forwarded, r.since_on,
				sum(r.n) as n
			from report_tally r where r.year = ${year.year} and ${within.report}
			group by r.channel_id, r.category, r.cohort_year, r.state, r.voluntary, r.court, r.extension_on, r.owed_on, r.excuse_pending, r.ever_forwarded, r.since_on
			having sum(r.n) <> 0
		) t
		group by t.channel_id, t.category, t.cohort_year, t.state, t.voluntary, t.court, t.extension_on, t.owed_on, t.excuse_pending, t.ever_forwarded`;
	return {
		standing: rows
			.filter((row) => (query.category === null || row.category === query.category) && (query.cohort === null || row.cohort_year === query.cohort))
			.map((row) => ({
				channelId: row.channel_id,
				category: row.category,
				cohortYear: row.cohort_year,
				state: row.state as ReportState,
				court: row.court as Court,
				voluntary: row.voluntary,
				extensionOn: row.extension_on as Day | null,
				owedOn: row.owed_on as Day | null,
				excusePending: row.excuse_pending,
				// In an open year only what is done is in nobody's court: forwarded once, or excused.
				closed: row.court === 'nobody',
				everForwarded: row.ever_forwarded,
				oldestOn: row.oldest_on as Day | null,
				n: row.n
			})),
		cohorts: [...new Set(rows.map((row) => row.cohort_year))].sort((a, b) => a - b)
	};
}

/** What had come by the end of the day. Late is judged as `effectiveDueOn` judges it: by the latest of the year's date, the extension and `owed_on`. */
async function cameBy(db: ActorDb, year: ReportingYear, asOf: Day, query: ProgressQuery): Promise<Came[]> {
	const { sql, within } = db;
	const filter = asked(db, query);
	const rows = await sql<
		{ channel_id: string; category: string; cohort_year: number; kind: string; extension_on: string | null; owed_on: string | null; late: boolean; n: number }[]
	>`
		select r.channel_id, r.category, r.cohort_year, r.kind, r.extension_on, r.owed_on, r.kind = 'forwarded' and r.on_day > ${clauses.effectiveDueOn(db, year)}
			as late, coalesce(sum(r.n), 0)::int as n
		from report_flow r where r.year = ${year.year} and r.on_day <= ${asOf}::date and ${within.report} and ${filter}
		group by 1, 2, 3, 4, 5, 6, 7 having sum(r.n) <> 0`;
	return rows.map((row) => ({
		channelId: row.channel_id,
		category: row.category,
		cohortYear: row.cohort_year,
		kind: row.kind as Came['kind'],
		extensionOn: row.extension_on as Day | null,
		owedOn: row.owed_on as Day | null,
		late: row.late,
		n: row.n
	}));
}

/** This year and the three before it: how much had come by each day. */
export async function curvesFor(
	db: ActorDb,
	years: readonly ReportingYear[],
	year: ReportingYear,
	asOf: Day,
	query: Pick<ProgressQuery, 'category' | 'cohort' | 'curve'>
): Promise<readonly YearCurve[]> {
	const { sql, within } = db;
	const drawn = years.filter((one) => one.year <= year.year).slice(0, 1 + EARLIER_YEARS);
	const wanted = drawn.map((one) => one.year);
	const filter = asked(db, query);
	const days = await sql<{ year: number; on_day: string; n: number }[]>`
		select r.year, r.on_day, coalesce(sum(r.n), 0)::int as n from report_flow r
		where r.year = any(${wanted}) and r.kind = ${query.curve} and ${within.report} and ${filter}
		group by r.year, r.on_day having sum(r.n) <> 0`;
	const owed = await sql<{ year: number; n: number }[]>`
		select r.year, coalesce(sum(r.n), 0)::int as n from report_tally r
		where r.year = any(${wanted}) and ${clauses.isExpected(db)} and ${within.report} and ${filter} group by r.year`;
	// An earlier year is drawn as far as it went; one may want to see how it ended.
	return curvesOf(
		days.map((row) => ({ year: row.year, onDay: row.on_day as Day, n: row.n })),
		drawn.map((one) => ({
			year: one.year,
			ministryDueOn: one.ministryDueOn,
			expected: owed.find((row) => row.year === one.year)?.n ?? 0,
			until: one.year === year.year ? asOf : addDays(one.ministryDueOn, 60)
		}))
	);
}

/** Days from the ministries' date to the day asked for: where this year stands on the curve. */
export function offsetOf(year: Pick<ReportingYear, 'ministryDueOn'>, asOf: Day): number {
	return daysBetween(year.ministryDueOn, asOf);
}
