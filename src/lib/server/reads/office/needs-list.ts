import type { NeedKind, NeedOffice, NeedState } from '#lib/domain/need-state.ts';
import { needOffice } from '#lib/domain/report/need.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { PAGE_SIZE, instantKey, pageOf, seekOf, type Page, type Place, type Turn } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';
import { channelChoices, type ChannelChoice } from './channel-choices.ts';

/** Nobody's, one office's, or what the asking person has themselves. */
export const NEED_OWNERS = ['none', 'mofcom', 'miit', 'channel', 'me'] as const;
export type NeedOwner = (typeof NEED_OWNERS)[number];

export interface NeedsQuery extends Turn {
	readonly q: string;
	/** 'mine': with the asking office and not answered. */
	readonly state: NeedState | 'mine' | null;
	readonly kind: NeedKind | null;
	readonly year: number | null;
	readonly category: Category | null;
	readonly channelId: string | null;
	readonly owner: NeedOwner | null;
}

/** One thing asked for, in a list. */
export interface ListedNeed {
	readonly id: string;
	readonly enterpriseName: string;
	readonly channelName: string;
	readonly category: Category;
	readonly year: number;
	readonly kind: NeedKind;
	readonly text: string;
	readonly saidAt: Date;
	readonly state: NeedState;
	readonly office: NeedOffice | null;
	readonly personName: string | null;
	/** Since when it stands as it does. */
	readonly sinceAt: Date;
	/** The newest answer to this text. */
	readonly answer: string | null;
}

/** How many of a kind stand how, under the filters but for the state. */
export interface NeedCount {
	readonly kind: NeedKind;
	readonly state: NeedState;
	readonly count: number;
	/** Of them, those with the asking office and not answered. */
	readonly mine: number;
}

export interface NeedsList extends Page<ListedNeed> {
	readonly years: readonly number[];
	readonly channels: readonly ChannelChoice[];
	readonly counts: readonly NeedCount[];
	readonly total: number;
}

/** As many rows as a workbook is still opened with. */
const EXPORT_LIMIT = 50_000;
/** Of a long text, what a list shows. */
const EXCERPT = 160;
/** The longest answer the form takes. */
const WHOLE = 20_000;

/** Powers /ministry/needs and /channel/needs. Five queries; pages are found by key, counts read off an index that holds all they ask. */
export function needsList(actor: Actor, asked: NeedsQuery): Promise<NeedsList> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels] = await Promise.all([loadReportingYears(db), channelChoices(db)]);
			const query = known(asked, channels);
			const [counts, places] = await Promise.all([countNeeds(db, query), placesOf(db, query, PAGE_SIZE + 1)]);
			const page = pageOf(places, query, (place) => place);
			const rows = await needRows(
				db,
				page.rows.map(({ id }) => id),
				EXCERPT
			);
			const total = counts
				.filter(({ state }) => query.state === null || query.state === 'mine' || state === query.state)
				.reduce((sum, { count, mine }) => sum + (query.state === 'mine' ? mine : count), 0);
			return { ...page, rows, years: years.map(({ year }) => year), channels, counts, total };
		},
		{ readOnly: true }
	);
}

/** Powers the export of both lists: the same filters and order, every page, whole texts, one snapshot. */
export function needsForExport(
	actor: Actor,
	asked: NeedsQuery,
	most = EXPORT_LIMIT
): Promise<Pick<NeedsList, 'rows' | 'years' | 'channels'> & { readonly more: boolean }> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels] = await Promise.all([loadReportingYears(db), channelChoices(db)]);
			const places = await placesOf(db, { ...known(asked, channels), after: null, before: null }, most + 1);
			const shown = places.slice(0, most).map(({ id }) => id);
			return { rows: await needRows(db, shown, WHOLE), years: years.map(({ year }) => year), channels, more: places.length > most };
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 60_000 }
	);
}

/** A channel there is not is no filter: the page says that it was left out. */
function known(asked: NeedsQuery, channels: readonly ChannelChoice[]): NeedsQuery {
	return { ...asked, channelId: channels.some(({ id }) => id === asked.channelId) ? asked.channelId : null };
}

/** Only the conditions that were asked for stand in the statement. `r` is report_need, which has the columns the scope asks. */
function conditions(db: ActorDb, query: NeedsQuery, { state }: { readonly state: boolean }): Clause {
	const { sql: clause, actor } = db;
	const found: Clause[] = [];
	if (state && query.state === 'mine') found.push(mineClause(db));
	else if (state && query.state !== null) found.push(clause`r.state = ${query.state}`);
	if (query.kind !== null) found.push(clause`r.kind = ${query.kind}`);
	if (query.year !== null) found.push(clause`r.year = ${query.year}`);
	if (query.category !== null) found.push(clause`r.category = ${query.category}`);
	if (query.channelId !== null) found.push(clause`r.channel_id = ${query.channelId}`);
	if (query.owner === 'none') found.push(clause`r.office is null`);
	else if (query.owner === 'me') found.push(clause`r.person_id = ${actor.personId}`);
	else if (query.owner !== null) found.push(clause`r.office = ${query.owner}`);
	if (query.q !== '') found.push(clause`r.enterprise_id in (select e.id from enterprise e where ${findsEnterprise(db, query.q, 'enterprise')})`);
	return found.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}

/** With the asking office and not answered. */
function mineClause({ sql: clause, actor }: ActorDb): Clause {
	return clause`(r.office = ${needOffice(actor.orgKind)} and r.state in ('taken_up', 'passed_on'))`;
}

async function countNeeds(db: ActorDb, query: NeedsQuery): Promise<NeedCount[]> {
	const { sql, within } = db;
	const rows = await sql<{ kind: string; state: string; count: number; mine: number }[]>`
		select r.kind, r.state, count(*)::int as count, count(*) filter (where ${mineClause(db)})::int as mine
		from report_need r where ${within.report} and ${conditions(db, query, { state: false })} group by r.kind, r.state`;
	return rows.map((row) => ({ ...row, kind: row.kind as NeedKind, state: row.state as NeedState }));
}

/** The keys of one page, newest first. Each direction is a statement of its own. */
async function placesOf(db: ActorDb, query: NeedsQuery, limit: number): Promise<Place[]> {
	const { sql, within } = db;
	const clause = sql;
	const { from, down } = seekOf(query, true);
	const at = from && instantKey(from.key);
	const asked = conditions(db, query, { state: true });
	const seek: Clause =
		!from || at === null
			? clause`true`
			: down
				? clause`(r.said_at, r.id) < (${at}::text::timestamptz, ${from.id}::bigint)`
				: clause`(r.said_at, r.id) > (${at}::text::timestamptz, ${from.id}::bigint)`;
	const rows = down
		? await sql<{ id: string; key: string }[]>`select r.id, r.said_at::text as key from report_need r where ${within.report} and ${asked} and ${seek}
				order by r.said_at desc, r.id desc limit ${limit}`
		: await sql<{ id: string; key: string }[]>`select r.id, r.said_at::text as key from report_need r where ${within.report} and ${asked} and ${seek}
				order by r.said_at, r.id limit ${limit}`;
	return rows.map(({ id, key }) => ({ id, key }));
}

/** The rows behind these ids, in their order; of a text at most so many characters. */
async function needRows({ sql, within }: ActorDb, ids: readonly string[], excerpt: number): Promise<ListedNeed[]> {
	if (ids.length === 0) return [];
	const rows = await sql<
		{
			id: string;
			kind: string;
			year: number;
			category: string;
			text: string;
			said_at: Date;
			state: string;
			office: string | null;
			person_name: string | null;
			since_at: Date;
			enterprise_name: string;
			channel_name: string;
			answer: string | null;
		}[]
	>`
		select r.id, r.kind, r.year, r.category, left(r.text, ${excerpt}::int)::text as text, r.said_at, r.state, r.office, r.person_name, r.since_at,
			a.enterprise_name, c.short_zh as channel_name,
			(select left(x.text, ${excerpt}::int)::text from report_need_answer x where x.need_id = r.id and x.version_no = r.version_no
				order by x.id desc limit 1) as answer
		from report_need r join annual_report a on a.id = r.report_id join channel c on c.id = r.channel_id
		where r.id = any(${ids as string[]}::bigint[]) and ${within.report}`;
	const found = new Map(
		rows.map((row): [string, ListedNeed] => [
			row.id,
			{
				id: row.id,
				enterpriseName: row.enterprise_name,
				channelName: row.channel_name,
				category: row.category as Category,
				year: row.year,
				kind: row.kind as NeedKind,
				text: row.text,
				saidAt: row.said_at,
				state: row.state as NeedState,
				office: row.office as NeedOffice | null,
				personName: row.person_name,
				sinceAt: row.since_at,
				answer: row.answer
			}
		])
	);
	return ids.flatMap((id) => found.get(id) ?? []);
}
