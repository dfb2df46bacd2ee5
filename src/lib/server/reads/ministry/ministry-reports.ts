import type { Court } from '#lib/domain/report-state.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { channelChoices, type ChannelChoice } from '#lib/server/reads/office/channel-choices.ts';
import { NO_TIME, PAGE_SIZE, countKey, instantKey, pageOf, pairKey, pairText, seekOf, type Page, type Place } from '#lib/server/reads/page.ts';
import { daysLate, flagCount, inCourt, matching, type MinistryReportsQuery } from './ministry-report-filters.ts';
import { ministryReportRows, type MinistryReportRow } from './ministry-report-rows.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

export interface MinistryReports extends Page<MinistryReportRow> {
	readonly years: readonly number[];
	readonly year: ReportingYear | null;
	readonly cohorts: readonly number[];
	readonly channels: readonly ChannelChoice[];
	readonly total: number;
	/** By court under the other filters; 'mine' = waiting for this ministry's receipt. */
	readonly courts: Partial<Record<Court | 'mine', number>>;
}

/** A workbook of more rows is no longer opened by the programs people have. */
export const EXPORT_LIMIT = 50_000;
const EXPORT_CHUNK = 2_000;

/** Powers /ministry/reports. Six queries, whatever the number of rows; pages are found by key in an index of the year. */
export function ministryReports(actor: Actor, asked: MinistryReportsQuery, now: Date): Promise<MinistryReports> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels] = await Promise.all([ministryYears(db), channelChoices(db)]);
			const year = yearShown(years, asked.year, now);
			const known = { years: years.map((one) => one.year), year, channels };
			if (year === null || !isMinistry(actor.orgKind)) return { ...known, cohorts: [], rows: [], total: 0, courts: {}, next: null, previous: null };
			const ofKnownChannel = { ...asked, channelId: channels.some(({ id }) => id === asked.channelId) ? asked.channelId : null };
			const places = (query: MinistryReportsQuery, ministry: Ministry) => placesOf(db, year, query, ministry, now, PAGE_SIZE + 1);
			const counted = courtsOf(db, year, ofKnownChannel, actor.orgKind, now);
			// Only a cohort has to be known before the page can be asked for: without one both are asked at once.
			const early = ofKnownChannel.cohort === null ? places(ofKnownChannel, actor.orgKind) : null;
			const [{ courts, cohorts, query }, foundEarly] = await Promise.all([counted, early]);
			const all = Object.entries(courts).reduce((sum, [court, count]) => (court === 'mine' ? sum : sum + count), 0);
			const found = foundEarly ?? (await places(query, actor.orgKind));
			const page = pageOf(found, query, (place) => place);
			return {
				...known,
				...page,
				cohorts,
				courts,
				total: query.court === null ? all : (courts[query.court] ?? 0),
				rows: await ministryReportRows(
					db,
					page.rows.map(({ id }) => id),
					now
				)
			};
		},
		{ readOnly: true }
	);
}

/** Powers /ministry/reports/export.xlsx: the same filters and order, every page, one snapshot. @param most rows; whether there were more is said */
export function ministryReportsForExport(
	actor: Actor,
	query: MinistryReportsQuery,
	now: Date,
	most = EXPORT_LIMIT
): Promise<Pick<MinistryReports, 'year' | 'years' | 'cohorts' | 'channels' | 'rows'> & { readonly more: boolean }> {
	return asActor(
		actor,
		async (db) => {
			const years = await ministryYears(db);
			const year = yearShown(years, query.year, now);
			const known = { years: years.map((one) => one.year), year, channels: await channelChoices(db) };
			if (year === null || !isMinistry(actor.orgKind)) return { ...known, cohorts: [], rows: [], more: false };
			const asked = await withoutUnknown(db, year, query);
			const places = await placesOf(db, year, { ...asked, after: null, before: null }, actor.orgKind, now, most + 1);
			const more = places.length > most;
			places.length = Math.min(places.length, most);
			const rows: MinistryReportRow[] = [];
			for (let from = 0; from < places.length; from += EXPORT_CHUNK)
				rows.push(
					...(await ministryReportRows(
						db,
						places.slice(from, from + EXPORT_CHUNK).map(({ id }) => id),
						now
					))
				);
			// Of the cohorts only the one asked for has to be known: it is named at the head.
			return { ...known, cohorts: asked.cohort === null ? [] : [asked.cohort], rows, more };
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 60_000 }
	);
}

/** Which reports wait for this ministry's receipt under the filters, each with its version: what "select all matching" means. */
export function reportsToReceive(actor: Actor, query: MinistryReportsQuery, now: Date): Promise<readonly { readonly id: string; readonly version: number }[]> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const years = await ministryYears(db);
			const year = yearShown(years, query.year, now);
			if (!year || !isMinistry(actor.orgKind)) return [];
			const asked = sqlAnd(db, matching(db, year, await withoutUnknown(db, year, query), now), inCourt(db, query.court, actor.orgKind));
			const mine = inCourt(db, 'mine', actor.orgKind);
			const rows = await sql<{ id: string; current_version: number }[]>`
				select r.id, r.current_version from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${mine} order by r.id`;
			return rows.map((row) => ({ id: row.id, version: row.current_version }));
		},
		{ readOnly: true }
	);
}

/** The names behind ids, for a result page that names what was refused. */
export function reportNames(actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const wanted = ids as string[];
			const rows = await sql<
				{ id: string; enterprise_name: string }[]
			>`select r.id, r.enterprise_name from annual_report r where r.id = any(${wanted}::bigint[]) and ${within.report}`;
			return new Map(rows.map((row) => [row.id, row.enterprise_name]));
		},
		{ readOnly: true }
	);
}

function sqlAnd({ sql: clause }: Pick<ActorDb, 'sql'>, a: Clause, b: Clause): Clause {
	return clause`${a} and ${b}`;
}

/** A channel or a cohort that does not exist is no filter: the page says that it was left out, and what goes with the page leaves it out too. */
async function withoutUnknown({ sql, within }: ActorDb, year: ReportingYear, query: MinistryReportsQuery): Promise<MinistryReportsQuery> {
	if (query.channelId === null && query.cohort === null) return query;
	const [known] = await sql<{ channel: boolean; cohort: boolean }[]>`
		select exists (select from channel c where c.id = ${query.channelId}) as channel,
			exists (select from annual_report r where r.year = ${year.year} and r.cohort_year = ${query.cohort} and ${within.report}) as cohort`;
	return { ...query, channelId: known?.channel ? query.channelId : null, cohort: known?.cohort ? query.cohort : null };
}

/**
 * Counts by court under the other filters, the cohorts there are, and the query without a cohort there is not. What the kept counts know is read off
 * them; for the other filters one pass over the year's reports, 50,000 at most.
 */
async function courtsOf(
	db: ActorDb,
	year: ReportingYear,
	asked: MinistryReportsQuery,
	ministry: Ministry,
	now: Date
): Promise<{ courts: Partial<Record<Court | 'mine', number>>; cohorts: number[]; query: MinistryReportsQuery }> {
	const { sql, within } = db;
	const ofEveryCohort = matching(db, year, { ...asked, cohort: null }, now);
	const mine = inCourt(db, 'mine', ministry);
	// The kept counts have the columns of a report that these filters look at. The inner select below keeps its rows to itself (offset 0), so that each condition
	// is asked once per row.
	const rows = isKept(asked)
		? await sql<{ court: string; cohort_year: number; matching: number; mine: number }[]>`
		select r.court, r.cohort_year, coalesce(sum(r.n) filter (where ${ofEveryCohort}), 0)::int as matching,
			coalesce(sum(r.n) filter (where ${ofEveryCohort} and r.awaits in ('both', ${ministry})), 0)::int as mine
		from report_tally r where r.year = ${year.year} and ${within.report}
		group by r.court, r.cohort_year having sum(r.n) <> 0`
		: await sql<{ court: string; cohort_year: number; matching: number; mine: number }[]>`
		select l.court, l.cohort_year, count(*) filter (where l.asked)::int as matching, count(*) filter (where l.asked and l.mine)::int as mine
		from (
			select r.court, r.cohort_year, (${ofEveryCohort}) as asked, (${mine}) as mine
			from annual_report r where r.year = ${year.year} and ${within.report} offset 0
		) l
		group by l.court, l.cohort_year`;
	const cohorts = [...new Set(rows.map((row) => row.cohort_year))].sort((a, b) => a - b);
	const query = asked.cohort !== null && cohorts.includes(asked.cohort) ? asked : { ...asked, cohort: null };
	const courts: Partial<Record<Court | 'mine', number>> = {};
	for (const row of rows) {
		if (query.cohort !== null && row.cohort_year !== query.cohort) continue;
		const court = row.court as Court;
		courts[court] = (courts[court] ?? 0) + row.matching;
		courts.mine = (courts.mine ?? 0) + row.mine;
	}
	return { courts, cohorts, query };
}

/** Whether the kept counts can tell how many match: state, category, cohort and channel are theirs; a name, a day or a check is not. */
function isKept({ q, late, flags, figure, reason, heldSince, criterion = null }: MinistryReportsQuery): boolean {
	return q === '' && criterion === null && late === null && flags === null && figure === null && reason === null && heldSince === null;
}

/** The keys of one page in the order asked for. Each order is a statement of its own, because each is an index. */
async function placesOf(db: ActorDb, year: ReportingYear, query: MinistryReportsQuery, ministry: Ministry, now: Date, limit: number): Promise<Place[]> {
	const { sql, within } = db;
	const asked = sqlAnd(db, matching(db, year, query, now), inCourt(db, query.court, ministry));
	const { from, down } = seekOf(query, query.descending);
	const clause = sql;
	switch (query.sort) {
		case 'days_late':
		case 'flags': {
			// Counted, not stored: one pass over the rows the filters leave, 50,000 at most.
			const count = query.sort === 'flags' ? flagCount(db) : daysLate(db, year, now);
			const key = from && countKey(from.key);
			const seek: Clause =
				!from || key === null
					? clause`true`
					: down
						? clause`(l.key, l.id) < (${key}::int, ${from.id}::bigint)`
						: clause`(l.key, l.id) > (${key}::int, ${from.id}::bigint)`;
			const rows = down
				? await sql<
						{ id: string; key: string | null }[]
					>`select l.id, l.key::text as key from (select r.id, (${count}) as key from annual_report r where r.year = ${year.year} and ${within.report}
						and ${asked} offset 0) l where ${seek} order by l.key desc, l.id desc limit ${limit}`
				: await sql<
						{ id: string; key: string | null }[]
					>`select l.id, l.key::text as key from (select r.id, (${count}) as key from annual_report r where r.year = ${year.year} and ${within.report}
						and ${asked} offset 0) l where ${seek} order by l.key, l.id limit ${limit}`;
			return rows.map(({ id, key: place }) => ({ id, key: place ?? '' }));
		}
		case 'name': {
			const seek: Clause = !from
				? clause`true`
				: down
					? clause`(r.enterprise_name, r.id) < (${from.key}, ${from.id}::bigint)`
					: clause`(r.enterprise_name, r.id) > (${from.key}, ${from.id}::bigint)`;
			return down
				? sql<Place[]>`select r.id, r.enterprise_name as key from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
						order by r.enterprise_name desc, r.id desc limit ${limit}`
				: sql<Place[]>`select r.id, r.enterprise_name as key from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
						order by r.enterprise_name, r.id limit ${limit}`;
		}
		case 'state': {
			const key = from && pairKey(from.key);
			const seek: Clause =
				!from || !key
					? clause`true`
					: down
						? clause`(r.state, r.enterprise_name, r.id) < (${key[0]}, ${key[1]}, ${from.id}::bigint)`
						: clause`(r.state, r.enterprise_name, r.id) > (${key[0]}, ${key[1]}, ${from.id}::bigint)`;
			const rows = down
				? await sql<
						{ id: string; state: string; name: string }[]
					>`select r.id, r.state, r.enterprise_name as name from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
						order by r.state desc, r.enterprise_name desc, r.id desc limit ${limit}`
				: await sql<
						{ id: string; state: string; name: string }[]
					>`select r.id, r.state, r.enterprise_name as name from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
						order by r.state, r.enterprise_name, r.id limit ${limit}`;
			return rows.map((row) => ({ id: row.id, key: pairText(row.state, row.name) }));
		}
		case 'submitted': {
			const at = from && instantKey(from.key);
			const seek: Clause =
				!from || at === null
					? clause`true`
					: down
						? clause`(coalesce(r.first_submitted_at, '-infinity'::timestamptz), r.id) < (${at}::text::timestamptz, ${from.id}::bigint)`
						: clause`(coalesce(r.first_submitted_at, '-infinity'::timestamptz), r.id) > (${at}::text::timestamptz, ${from.id}::bigint)`;
			return keyed(
				down
					? await sql<
							{ id: string; key: string | null }[]
						>`select r.id, r.first_submitted_at::text as key from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
							order by coalesce(r.first_submitted_at, '-infinity'::timestamptz) desc, r.id desc limit ${limit}`
					: await sql<
							{ id: string; key: string | null }[]
						>`select r.id, r.first_submitted_at::text as key from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
							order by coalesce(r.first_submitted_at, '-infinity'::timestamptz), r.id limit ${limit}`
			);
		}
		case 'forwarded': {
			const at = from && instantKey(from.key);
			const seek: Clause =
				!from || at === null
					? clause`true`
					: down
						? clause`(coalesce(r.first_forwarded_at, '-infinity'::timestamptz), r.id) < (${at}::text::timestamptz, ${from.id}::bigint)`
						: clause`(coalesce(r.first_forwarded_at, '-infinity'::timestamptz), r.id) > (${at}::text::timestamptz, ${from.id}::bigint)`;
			return keyed(
				down
					? await sql<
							{ id: string; key: string | null }[]
						>`select r.id, r.first_forwarded_at::text as key from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
							order by coalesce(r.first_forwarded_at, '-infinity'::timestamptz) desc, r.id desc limit ${limit}`
					: await sql<
							{ id: string; key: string | null }[]
						>`select r.id, r.first_forwarded_at::text as key from annual_report r where r.year = ${year.year} and ${within.report} and ${asked} and ${seek}
							order by coalesce(r.first_forwarded_at, '-infinity'::timestamptz), r.id limit ${limit}`
			);
		}
	}
}

/** What has no time yet stands before everything that has. */
function keyed(rows: readonly { id: string; key: string | null }[]): Place[] {
	return rows.map(({ id, key }) => ({ id, key: key ?? NO_TIME }));
}
