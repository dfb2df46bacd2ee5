import type { Day } from '#lib/domain/day.ts';
import type { Ministry } from '#lib/domain/parties.ts';
import { frozenStatuses, type FrozenPage, type FrozenStatus } from '#lib/domain/trend/frozen-view.ts';
import type { FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { instantKey, PAGE_SIZE, pageOf, seekOf, type Page, type Place, type Turn } from '#lib/server/reads/page.ts';
import { ofMinistries, sinceOf, type FrozenQuestion } from '#lib/server/store/trend/frozen-view.ts';

export interface FrozenViewsQuery extends Turn {
	/** Within the title, or the code. */
	readonly q: string;
	readonly by: Ministry | null;
	readonly page: FrozenPage | null;
}

export interface ListedFrozenView {
	readonly code: string;
	readonly title: string;
	/** In the words of whoever froze it. */
	readonly filters: FrozenDocument['filters'];
	readonly asOf: Day;
	readonly frozenAt: Date;
	readonly by: Ministry;
	readonly personName: string;
	readonly comments: number;
	/** The most serious first; never empty. */
	readonly statuses: readonly FrozenStatus[];
}

export interface FrozenViewsList extends Page<ListedFrozenView> {
	readonly total: number;
	/** Without any filter. */
	readonly all: number;
}

const EXPORT_LIMIT = 5_000;
const PATH: Readonly<Record<FrozenPage, string>> = { cohort: '/ministry/cohort', metric: '/ministry/metrics/' };

/** Powers /ministry/views. Four queries. */
export function frozenViewsList(actor: Actor, query: FrozenViewsQuery): Promise<FrozenViewsList> {
	return asActor(
		actor,
		async (db) => {
			const { sql } = db;
			const counted = await sql<{ all: number; total: number }[]>`
				select count(*)::int as all, count(*) filter (where ${conditions(db, query)})::int as total from frozen_view v where ${ofMinistries(db)}`;
			const places = await placesOf(db, query, PAGE_SIZE + 1);
			const page = pageOf(places, query, (place) => place);
			return { ...page, rows: await rowsOf(db, page.rows), total: counted[0]?.total ?? 0, all: counted[0]?.all ?? 0 };
		},
		{ readOnly: true }
	);
}

/** Powers the export of the list: the same filters and order, every page, one snapshot. */
export function frozenViewsForExport(actor: Actor, query: FrozenViewsQuery): Promise<{ readonly rows: readonly ListedFrozenView[]; readonly more: boolean }> {
	return asActor(
		actor,
		async (db) => {
			const places = await placesOf(db, { ...query, after: null, before: null }, EXPORT_LIMIT + 1);
			return { rows: await rowsOf(db, places.slice(0, EXPORT_LIMIT)), more: places.length > EXPORT_LIMIT };
		},
		{ readOnly: true, isolation: 'repeatable read', deadlineMs: 60_000 }
	);
}

function conditions({ sql: clause }: ActorDb, { q, by, page }: FrozenViewsQuery): Clause {
	const found: Clause[] = [];
	if (q !== '') found.push(clause`(strpos(lower(v.title), lower(${q}::text)) > 0 or v.code = lower(${q}::text))`);
	if (by !== null) found.push(clause`v.by_kind = ${by}`);
	if (page !== null) found.push(clause`starts_with(v.address, ${PATH[page]}::text)`);
	return found.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}

/** The keys of one page, newest first. */
async function placesOf(db: ActorDb, query: FrozenViewsQuery, limit: number): Promise<Place[]> {
	const { sql } = db;
	const clause = sql;
	const { from, down } = seekOf(query, true);
	const at = from && instantKey(from.key);
	const asked = conditions(db, query);
	const seek: Clause =
		!from || at === null
			? clause`true`
			: down
				? clause`(v.frozen_at, v.no) < (${at}::text::timestamptz, ${from.id}::bigint)`
				: clause`(v.frozen_at, v.no) > (${at}::text::timestamptz, ${from.id}::bigint)`;
	const rows = down
		? await sql<{ no: string; key: string }[]>`select v.no, v.frozen_at::text as key from frozen_view v where ${ofMinistries(db)} and ${asked} and ${seek}
				order by v.frozen_at desc, v.no desc limit ${limit}`
		: await sql<{ no: string; key: string }[]>`select v.no, v.frozen_at::text as key from frozen_view v where ${ofMinistries(db)} and ${asked} and ${seek}
				order by v.frozen_at, v.no limit ${limit}`;
	return rows.map(({ no, key }) => ({ id: no, key }));
}

/** The rows behind these places, in their order, each with what has become of it. */
async function rowsOf(db: ActorDb, places: readonly Place[]): Promise<ListedFrozenView[]> {
	if (places.length === 0) return [];
	const { sql } = db;
	const ids = places.map(({ id }) => id);
	const rows = await sql<
		{
			no: string;
			code: string;
			title: string;
			asked: string;
			rules: string[];
			statements: number;
			latest_forwarded_at: Date | null;
			frozen_at: Date;
			by_kind: string;
			person_name: string;
			comments: number | null;
		}[]
	>`
		select v.no, v.code, v.title, v.asked::text as asked, v.rules, v.statements, v.latest_forwarded_at, v.frozen_at, v.by_kind, v.person_name,
			(select count(*)::int from frozen_view_comment x where x.code = v.code) as comments
		from frozen_view v where v.no = any(${ids as string[]}::bigint[]) and ${ofMinistries(db)}`;
	const read = rows.map((row) => ({ row, document: JSON.parse(row.asked) as Omit<FrozenDocument, 'parts'> }));
	const questions = read.map(({ row, document: { reportYears, filter } }): FrozenQuestion => ({
		code: row.code,
		reportYears,
		filter,
		frozenAt: row.frozen_at,
		frozen: { rules: row.rules, statements: row.statements, latestForwardedAt: row.latest_forwarded_at }
	}));
	const since = await sinceOf(db, questions);
	const found = new Map(
		read.map(({ row, document }, index): [string, ListedFrozenView] => {
			const question = questions[index];
			const now = since.get(row.code);
			return [
				row.no,
				{
					code: row.code,
					title: row.title,
					filters: document.filters,
					asOf: document.asOf,
					frozenAt: row.frozen_at,
					by: row.by_kind as Ministry,
					personName: row.person_name,
					comments: row.comments ?? 0,
					statuses: question && now ? frozenStatuses(question.frozen, row.frozen_at, now) : ['current']
				}
			];
		})
	);
	return ids.flatMap((id) => found.get(id) ?? []);
}
