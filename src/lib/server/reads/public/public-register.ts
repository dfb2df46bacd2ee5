import type { Day } from '#lib/domain/day.ts';
import { asVisitor, type Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { channelChoices } from '#lib/server/reads/office/channel-choices.ts';
import {
	afterName,
	designationLineOf,
	ofKnownChannel,
	registerMatching,
	type DesignationColumns,
	type DesignationLine,
	type RegisterList,
	type RegisterQuery
} from '#lib/server/reads/office/register-list.ts';
import { LONG_PAGE_SIZE, pageOf } from '#lib/server/reads/page.ts';
import { findsEnterprise } from '#lib/server/store/register/clauses.ts';

/** One designation as it was published (方案第十条); no contact and no figure stands here. */
export interface RegisterRow extends DesignationLine {
	readonly announcedOn: Day;
	readonly announcementNo: string;
	readonly endedOn: Day | null;
}

export type RegisterPage = RegisterList<RegisterRow>;

/** Powers /enterprises. Three queries. */
export function publicRegister(given: RegisterQuery): Promise<RegisterPage> {
	return asVisitor(async (db) => {
		const { sql } = db;
		const channels = await channelChoices(db);
		const query = ofKnownChannel(given, channels);
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
		const seek = afterName(db, query.after);
		const rows = await sql<(DesignationColumns & { announced_on: string; announcement_no: string; ended_on: string | null })[]>`
			select d.id, e.name, e.former_names, d.category, c.short_zh as channel_name, d.cohort_year, d.announced_on, d.announcement_no, d.status, d.ended_on
			from enterprise e
			join designation d on d.enterprise_id = e.id
			join channel c on c.id = e.channel_id
			where ${asked} and ${seek}
			order by e.name, d.id
			limit ${LONG_PAGE_SIZE + 1}`;
		const page = pageOf(rows, { after: query.after, before: null }, (row) => ({ key: row.name, id: row.id }), LONG_PAGE_SIZE);
		return {
			rows: page.rows.map((row) => ({
				...designationLineOf(row),
				announcedOn: row.announced_on as Day,
				announcementNo: row.announcement_no,
				endedOn: row.ended_on as Day | null
			})),
			total: counts.reduce((sum, { count }) => sum + count, 0),
			cohorts: counts.map(({ cohort_year }) => cohort_year),
			channels,
			next: page.next
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

function matching(db: Pick<Db, 'sql'>, query: RegisterQuery): Clause {
	return registerMatching(db, query, findsEnterprise(db, query.q, 'name'));
}
