import type { Day } from '#lib/domain/day.ts';
import type { Category, ChannelKind, DesignationStatus } from '#lib/domain/parties.ts';
import { asVisitor, type Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

export interface RegisterQuery {
	readonly cohort: number | null;
	readonly category: Category | null;
	readonly channelId: string | null;
	readonly status: DesignationStatus | null;
	/** Part of the name. */
	readonly q: string;
	/** The last row of the page before: name and designation. */
	readonly after: { readonly key: string; readonly id: string } | null;
}

/** One designation as it was published (方案第十条); no contact and no figure stands here. */
export interface RegisterRow {
	readonly id: string;
	readonly name: string;
	readonly category: Category;
	readonly channelName: string;
	readonly cohortYear: number;
	readonly announcedOn: Day;
	readonly announcementNo: string;
	readonly status: DesignationStatus;
	readonly endedOn: Day | null;
}

export interface RegisterPage {
	readonly rows: readonly RegisterRow[];
	readonly total: number;
	readonly cohorts: readonly number[];
	readonly channels: readonly { readonly id: string; readonly kind: ChannelKind; readonly name: string }[];
	readonly next: { readonly key: string; readonly id: string } | null;
}

export const REGISTER_PAGE_SIZE = 100;

/** Powers /enterprises. Three queries. */
export function publicRegister(given: RegisterQuery): Promise<RegisterPage> {
	return asVisitor(async (db) => {
		const { sql } = db;
		const clause = sql;
		const channels = await sql<{ id: string; kind: string; short_zh: string }[]>`select id, kind, short_zh from channel order by kind desc, id`;
		// A channel that does not exist is no filter: the page says that it was left out.
		const query = channels.some(({ id }) => id === given.channelId) ? given : { ...given, channelId: null };
		const asked = matching(db, query);
		// Without a filter nothing is asked of the enterprises, and their table is not visited 50,000 times to find that out.
		const whole = query.cohort === null && query.category === null && query.channelId === null && query.status === null && query.q === '';
		const counts = whole
			? await sql<
					{ cohort_year: number; count: number }[]
				>`select d.cohort_year, count(*)::int as count from designation d group by d.cohort_year order by d.cohort_year`
			: await sql<{ cohort_year: number; count: number }[]>`
				select d.cohort_year, count(*) filter (where ${asked})::int as count
				from designation d join enterprise e on e.id = d.enterprise_id
				group by d.cohort_year order by d.cohort_year`;
		// The name alone is what the index of names can seek; the pair settles equal names.
		// The name alone lets the index begin at the page; the pair decides among equal names.
		const seek: Clause = query.after
			? clause`(e.name >= ${query.after.key} and (e.name, d.id) > (${query.after.key}, ${query.after.id}::bigint))`
			: clause`true`;
		const rows = await sql<
			{
				id: string;
				name: string;
				category: string;
				channel_name: string;
				cohort_year: number;
				announced_on: string;
				announcement_no: string;
				status: string;
				ended_on: string | null;
			}[]
		>`
			select d.id, e.name, d.category, c.short_zh as channel_name, d.cohort_year, d.announced_on, d.announcement_no, d.status, d.ended_on
			from enterprise e
			join designation d on d.enterprise_id = e.id
			join channel c on c.id = e.channel_id
			where ${asked} and ${seek}
			order by e.name, d.id
			limit ${REGISTER_PAGE_SIZE + 1}`;
		const page = rows.slice(0, REGISTER_PAGE_SIZE);
		const last = rows.length > REGISTER_PAGE_SIZE ? page.at(-1) : undefined;
		return {
			rows: page.map((row) => ({
				id: row.id,
				name: row.name,
				category: row.category as Category,
				channelName: row.channel_name,
				cohortYear: row.cohort_year,
				announcedOn: row.announced_on as Day,
				announcementNo: row.announcement_no,
				status: row.status as DesignationStatus,
				endedOn: row.ended_on as Day | null
			})),
			total: counts.reduce((sum, { count }) => sum + count, 0),
			cohorts: counts.map(({ cohort_year }) => cohort_year),
			channels: channels.map((row) => ({ id: row.id, kind: row.kind as ChannelKind, name: row.short_zh })),
			next: last ? { key: last.name, id: last.id } : null
		};
	});
}

export interface PublicHome {
	/** Active designations by cohort and category. */
	readonly cohorts: readonly {
		readonly cohortYear: number;
		readonly manufacturing: number;
		readonly itOutsourcing: number;
		readonly announcedOn: Day;
		readonly announcementNo: string;
	}[];
	/** The newest year that has begun, else the newest that was opened; null before the first. */
	readonly year: {
		readonly year: number;
		readonly opensOn: Day;
		readonly ministryDueOn: Day;
		readonly acceptedLateUntilOn: Day;
		readonly closed: boolean;
	} | null;
}

/** Powers /. Two queries. */
export function publicHome(): Promise<PublicHome> {
	return asVisitor(async ({ sql }) => {
		const cohorts = await sql<
			{ cohort_year: number; manufacturing: number; it_outsourcing: number; announced_on: string | null; announcement_no: string | null }[]
		>`
			select d.cohort_year, count(*) filter (where d.category = 'manufacturing' and d.status = 'active')::int as manufacturing,
				count(*) filter (where d.category = 'it_outsourcing' and d.status = 'active')::int as it_outsourcing,
				max(d.announced_on) as announced_on, (mode() within group (order by d.announcement_no))::text as announcement_no
			from designation d group by d.cohort_year order by d.cohort_year desc`;
		const [year] = await sql<{ year: number; opens_on: string; ministry_due_on: string; accepted_late_until_on: string; closed_at: Date | null }[]>`
			select year, opens_on, ministry_due_on, accepted_late_until_on, closed_at from reporting_year
			order by (opens_on <= (app_now() at time zone 'Asia/Shanghai')::date) desc, year desc limit 1`;
		return {
			cohorts: cohorts.map((row) => ({
				cohortYear: row.cohort_year,
				manufacturing: row.manufacturing,
				itOutsourcing: row.it_outsourcing,
				announcedOn: row.announced_on as Day,
				announcementNo: row.announcement_no ?? ''
			})),
			year: year
				? {
						year: year.year,
						opensOn: year.opens_on as Day,
						ministryDueOn: year.ministry_due_on as Day,
						acceptedLateUntilOn: year.accepted_late_until_on as Day,
						closed: year.closed_at !== null
					}
				: null
		};
	});
}

function matching({ sql: clause }: Pick<Db, 'sql'>, query: RegisterQuery): Clause {
	const conditions: Clause[] = [];
	if (query.cohort !== null) conditions.push(clause`d.cohort_year = ${query.cohort}`);
	if (query.category) conditions.push(clause`d.category = ${query.category}`);
	if (query.channelId !== null) conditions.push(clause`e.channel_id = ${query.channelId}`);
	if (query.status) conditions.push(clause`d.status = ${query.status}`);
	if (query.q !== '') conditions.push(findsEnterprise({ sql: clause }, query.q, 'name'));
	return conditions.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}
