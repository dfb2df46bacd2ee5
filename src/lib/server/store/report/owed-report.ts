import type { Db } from '#lib/server/db/door.ts';

/**
 * Adds the reports of a year that designations owe and that do not exist yet; returns how many. The rule is `owes` of the domain
 * (方案第十一条: from the year after designation, if active on the ministries' date), asked of all designations at once; a test holds the two together.
 * Each report keeps the name and channel the enterprise has now: the year stays with them (domain.md 1).
 */
export async function addOwedReports({ sql }: Db, year: number): Promise<number> {
	const added = await sql`
		insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code)
		select d.id, e.id, y.year, d.category, d.cohort_year, c.id, c.kind, e.name, e.credit_code
		from reporting_year y
		join designation d on d.cohort_year < y.year and (d.status = 'active' or d.ended_on > y.ministry_due_on)
		join enterprise e on e.id = d.enterprise_id
		join channel c on c.id = e.channel_id
		where y.year = ${year} and y.closed_at is null
		on conflict (designation_id, year) do nothing`;
	return added.count;
}
