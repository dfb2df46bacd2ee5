import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { FOLLOW_UP_STATES, FOLLOW_UP_UNANSWERED, followUpCourt, type FollowUpComparison, type FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { followUpDaysLate, followUpSide } from '#lib/domain/trend/follow-up.ts';
import type { TrendMetricId } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { PAGE_SIZE, instantKey, pageOf, seekOf, type Page, type Place, type Turn } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';
import { channelChoices, type ChannelChoice } from './channel-choices.ts';

export interface FollowUpsQuery extends Turn {
	readonly q: string;
	/** 'mine': with the asking side; 'overdue': unanswered past its date. */
	readonly state: FollowUpState | 'mine' | 'overdue' | null;
	readonly metric: TrendMetricId | null;
	/** The year the figure is of. */
	readonly year: number | null;
	readonly basis: FigureBasis | null;
	readonly category: Category | null;
	readonly channelId: string | null;
}

/** One question about a figure, in a list. */
export interface ListedFollowUp {
	readonly id: string;
	readonly enterpriseName: string;
	readonly channelName: string;
	readonly category: Category;
	readonly metric: string;
	readonly year: number;
	readonly basis: FigureBasis;
	readonly value: string;
	readonly comparison: FollowUpComparison;
	readonly n: number;
	readonly state: FollowUpState;
	readonly round: number;
	readonly dueOn: Day;
	readonly daysLate: number | null;
	readonly askedAt: Date;
	/** The newest question and, where the state has one, the answer to it. */
	readonly question: string;
	readonly answer: string | null;
}

export interface FollowUpsList extends Page<ListedFollowUp> {
	readonly years: readonly number[];
	readonly channels: readonly ChannelChoice[];
	readonly counts: Readonly<Record<FollowUpState, number>>;
	readonly mine: number;
	readonly overdue: number;
	readonly total: number;
}

const EXPORT_LIMIT = 50_000;
/** Of a long text, what a list shows. */
const EXCERPT = 160;
const WHOLE = 2_000;

/** Powers /ministry/follow-ups, /channel/follow-ups and /enterprise/follow-ups: the scope of who asks makes the difference. Five queries. */
export function followUpsList(actor: Actor, asked: FollowUpsQuery, now: Date): Promise<FollowUpsList> {
	return asActor(
		actor,
		async (db) => {
			const today = dayInBeijing(now);
			const channels = await channelChoices(db);
			const query = known(asked, channels);
			const [{ counts, mine, overdue }, years, places] = [await countsOf(db, query, today), await yearsOf(db), await placesOf(db, query, today, PAGE_SIZE + 1)];
			const page = pageOf(places, query, (place) => place);
			const rows = await rowsOf(
				db,
				page.rows.map(({ id }) => id),
				EXCERPT,
				today
			);
			const all = FOLLOW_UP_STATES.reduce((sum, state) => sum + counts[state], 0);
			const { state } = query;
			const total = state === null ? all : state === 'mine' ? mine : state === 'overdue' ? overdue : counts[state];
			return { ...page, rows, years, channels, counts, mine, overdue, total };
		},
		{ readOnly: true }
	);
}

/** Powers the export of the list: the same filters and order, every page, whole texts, one snapshot. */
export function followUpsForExport(
	actor: Actor,
	asked: FollowUpsQuery,
	now: Date,
	most = EXPORT_LIMIT
): Promise<Pick<FollowUpsList, 'rows' | 'years' | 'channels'> & { readonly more: boolean }> {
	return asActor(
		actor,
		async (db) => {
			const today = dayInBeijing(now);
			const [years, channels] = await Promise.all([yearsOf(db), channelChoices(db)]);
			const places = await placesOf(db, { ...known(asked, channels), after: null, before: null }, today, most + 1);
			const shown = places.slice(0, most).map(({ id }) => id);
			return { rows: await rowsOf(db, shown, WHOLE, today), years, channels, more: places.length > most };
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 60_000 }
	);
}

/** How many questions there are about an enterprise, how many wait for it, and by when the first is to be answered: its home says so. One query. */
export function followUpsWaiting(actor: Actor): Promise<{ readonly all: number; readonly count: number; readonly dueOn: Day | null }> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const [row] = await sql<{ all: number; count: number; due_on: string | null }[]>`
				select count(*)::int as all, count(*) filter (where r.state = 'passed_on')::int as count,
					min(r.due_on) filter (where r.state = 'passed_on') as due_on
				from follow_up r where ${within.report}`;
			return { all: row?.all ?? 0, count: row?.count ?? 0, dueOn: (row?.due_on ?? null) as Day | null };
		},
		{ readOnly: true }
	);
}

/** A channel there is not is no filter: the page says that it was left out. */
function known(asked: FollowUpsQuery, channels: readonly ChannelChoice[]): FollowUpsQuery {
	return { ...asked, channelId: channels.some(({ id }) => id === asked.channelId) ? asked.channelId : null };
}

/** Only the conditions that were asked for stand in the statement. `r` is follow_up, which has the columns the scope asks. */
function conditions(db: ActorDb, query: FollowUpsQuery, today: Day, { state }: { readonly state: boolean }): Clause {
	const { sql: clause } = db;
	const found: Clause[] = [];
	if (state && query.state === 'mine') found.push(mineClause(db));
	else if (state && query.state === 'overdue') found.push(overdueClause(db, today));
	else if (state && query.state !== null) found.push(clause`r.state = ${query.state}`);
	if (query.metric !== null) found.push(clause`r.metric = ${query.metric}`);
	if (query.year !== null) found.push(clause`r.year = ${query.year}`);
	if (query.basis !== null) found.push(clause`r.basis = ${query.basis}`);
	if (query.category !== null) found.push(clause`r.category = ${query.category}`);
	if (query.channelId !== null) found.push(clause`r.channel_id = ${query.channelId}`);
	if (query.q !== '') found.push(clause`r.enterprise_id in (select e.id from enterprise e where ${findsEnterprise(db, query.q, 'enterprise')})`);
	return found.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}

/** With the asking side: the mirror of `followUpCourt`. */
function mineClause({ sql: clause, actor }: ActorDb): Clause {
	const side = followUpSide(actor.orgKind);
	return clause`r.state = any(${FOLLOW_UP_STATES.filter((state) => followUpCourt(state) === side)}::text[])`;
}

function overdueClause({ sql: clause }: ActorDb, today: Day): Clause {
	return clause`(r.state = any(${[...FOLLOW_UP_UNANSWERED]}::text[]) and r.due_on < ${today}::date)`;
}

async function countsOf(
	db: ActorDb,
	query: FollowUpsQuery,
	today: Day
): Promise<{ readonly counts: Readonly<Record<FollowUpState, number>>; readonly mine: number; readonly overdue: number }> {
	const { sql, within } = db;
	const rows = await sql<{ state: string; count: number; mine: number; overdue: number }[]>`
		select r.state, count(*)::int as count, count(*) filter (where ${mineClause(db)})::int as mine,
			count(*) filter (where ${overdueClause(db, today)})::int as overdue
		from follow_up r where ${within.report} and ${conditions(db, query, today, { state: false })} group by r.state`;
	const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + pick(row), 0);
	const counts = Object.fromEntries(FOLLOW_UP_STATES.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]));
	return { counts: counts as Record<FollowUpState, number>, mine: sum((row) => row.mine), overdue: sum((row) => row.overdue) };
}

async function yearsOf({ sql, within }: ActorDb): Promise<readonly number[]> {
	const rows = await sql<{ year: number }[]>`select distinct r.year from follow_up r where ${within.report} order by r.year desc`;
	return rows.map(({ year }) => year);
}

/** The keys of one page, newest first. Each direction is a statement of its own. */
async function placesOf(db: ActorDb, query: FollowUpsQuery, today: Day, limit: number): Promise<Place[]> {
	const { sql, within } = db;
	const clause = sql;
	const { from, down } = seekOf(query, true);
	const at = from && instantKey(from.key);
	const asked = conditions(db, query, today, { state: true });
	const seek: Clause =
		!from || at === null
			? clause`true`
			: down
				? clause`(r.asked_at, r.id) < (${at}::text::timestamptz, ${from.id}::bigint)`
				: clause`(r.asked_at, r.id) > (${at}::text::timestamptz, ${from.id}::bigint)`;
	const rows = down
		? await sql<{ id: string; key: string }[]>`select r.id, r.asked_at::text as key from follow_up r where ${within.report} and ${asked} and ${seek}
				order by r.asked_at desc, r.id desc limit ${limit}`
		: await sql<{ id: string; key: string }[]>`select r.id, r.asked_at::text as key from follow_up r where ${within.report} and ${asked} and ${seek}
				order by r.asked_at, r.id limit ${limit}`;
	return rows.map(({ id, key }) => ({ id, key }));
}

/** The rows behind these ids, in their order; of a text at most so many characters. */
async function rowsOf({ sql, within }: ActorDb, ids: readonly string[], excerpt: number, today: Day): Promise<ListedFollowUp[]> {
	if (ids.length === 0) return [];
	const rows = await sql<
		{
			id: string;
			enterprise_name: string;
			channel_name: string;
			category: string;
			metric: string;
			year: number;
			basis: string;
			value: string;
			comparison: string;
			n: number;
			state: string;
			round: number;
			due_on: string;
			asked_at: Date;
			answered_at: Date | null;
			question: string | null;
			answer: string | null;
		}[]
	>`
		select r.id, a.enterprise_name, c.short_zh as channel_name, r.category, r.metric, r.year, r.basis, r.value, r.comparison, r.n, r.state, r.round, r.due_on,
			r.asked_at, r.answered_at,
			(select left(x.text, ${excerpt}::int)::text from follow_up_entry x where x.follow_up_id = r.id and x.kind = 'question' order by x.id desc limit 1)
				as question,
			(select left(x.text, ${excerpt}::int)::text from follow_up_entry x where x.follow_up_id = r.id and x.kind = 'answer' and x.round = r.round limit 1)
				as answer
		from follow_up r join annual_report a on a.id = r.report_id join channel c on c.id = r.channel_id
		where r.id = any(${ids as string[]}::bigint[]) and ${within.report}`;
	const found = new Map(
		rows.map((row): [string, ListedFollowUp] => [
			row.id,
			{
				id: row.id,
				enterpriseName: row.enterprise_name,
				channelName: row.channel_name,
				category: row.category as Category,
				metric: row.metric,
				year: row.year,
				basis: row.basis as FigureBasis,
				value: row.value,
				comparison: row.comparison as FollowUpComparison,
				n: row.n,
				state: row.state as FollowUpState,
				round: row.round,
				dueOn: row.due_on as Day,
				daysLate: followUpDaysLate({ state: row.state as FollowUpState, dueOn: row.due_on as Day }, row.answered_at, today),
				askedAt: row.asked_at,
				question: row.question ?? '',
				answer: row.answer
			}
		])
	);
	return ids.flatMap((id) => found.get(id) ?? []);
}
