import { owedSince } from '#lib/domain/report/duty.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/door.ts';
import { isOwedFromYear } from './clauses.ts';
import { loadPolicy } from './policy.ts';
import { loadReportingYears } from './reporting-year.ts';

/**
 * Adds the reports of a year that designations owe and that do not exist yet; returns how many. The rule is `owes` of the domain
 * (方案第十一条: from the year after the announcement, if active on the ministries' date), asked of all designations at once; a test holds the two together.
 * Each report keeps the name and channel the enterprise has now: the year stays with them (domain.md 1). In a year that has begun it is owed from today.
 *
 * @param designationIds these alone; null = whoever owes
 */
export async function addOwedReports(db: Db, year: number, today: Day, designationIds: readonly string[] | null = null): Promise<number> {
	const known = (await loadReportingYears(db)).find((one) => one.year === year);
	if (!known || known.closedAt !== null) return 0;
	const policy = await loadPolicy(db, known.policyVersion);
	const added = await db.sql`
		insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code, owed_on)
		select d.id, e.id, y.year, d.category, d.cohort_year, c.id, c.kind, e.name, e.credit_code, ${owedSince(known, today)}::date
		from reporting_year y
		join designation d on ${isOwedFromYear(db, policy)} and (d.status = 'active' or d.ended_on > y.ministry_due_on)
		join enterprise e on e.id = d.enterprise_id
		join channel c on c.id = e.channel_id
		where y.year = ${year} and y.closed_at is null and (${designationIds as string[] | null}::bigint[] is null
			or d.id = any(${designationIds as string[] | null}::bigint[]))
		on conflict (designation_id, year) do nothing`;
	return added.count;
}
