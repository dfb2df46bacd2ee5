/**
 * What the rules of the annual report say, said again in SQL, once each: a clause bears the name of its domain function, and a test asks both the same.
 * Every clause assumes r (annual_report, or kept counts that have its columns).
 */
import { endOf as endOfDay } from '#lib/domain/day.ts';
import { channelDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause, DayClause, InstantClause } from '#lib/server/db/scope.ts';

type Sql = Pick<Db, 'sql'>;
type MinistryDate = Pick<ReportingYear, 'ministryDueOn'>;

/** Mirrors `isExtended`; false where there is no extension. Without a year it is the joined one's, y (reporting_year). */
export function isExtended({ sql: clause }: Sql, year: MinistryDate | null): Clause {
	return year === null ? clause`coalesce(r.extension_on > y.ministry_due_on, false)` : clause`coalesce(r.extension_on > ${year.ministryDueOn}::date, false)`;
}

/** Mirrors `effectiveDueOn`. Without a year it is the joined one's, y (reporting_year). */
export function effectiveDueOn({ sql: clause }: Sql, year: MinistryDate | null): DayClause {
	return year === null
		? clause`greatest(y.ministry_due_on, r.extension_on, r.owed_on)`
		: clause`greatest(${year.ministryDueOn}::date, r.extension_on, r.owed_on)`;
}

/** The end of `effectiveDueOn` in Beijing: from this instant on it is past. The year's own is computed once, not per row. */
export function endOfEffectiveDueOn(sql: Sql, year: MinistryDate): InstantClause {
	const { sql: clause } = sql;
	return clause`case when ${isExtended(sql, year)} or r.owed_on > ${year.ministryDueOn}::date then ${endOf(sql, clause`greatest(r.extension_on, r.owed_on)`)}
		else ${endOfDay(year.ministryDueOn)}::timestamptz end`;
}

/** The end of `enterpriseDueOn` in Beijing. */
export function endOfEnterpriseDueOn(sql: Sql, year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>): InstantClause {
	const { sql: clause } = sql;
	const atChannel = clause`coalesce(
		(select least(k.due_on, ${year.ministryDueOn}::date) from channel_year k where k.channel_id = r.channel_id and k.year = r.year),
		${channelDueOn(year, null)}::date)`;
	return clause`case when ${isExtended(sql, year)} or r.owed_on >= ${atChannel} then ${endOf(sql, clause`(${effectiveDueOn(sql, year)})`)}
		else ${endOf(sql, atChannel)} end`;
}

/** Mirrors `onTime`: null while it was never forwarded and the date is ahead. */
export function onTime(sql: Sql, year: MinistryDate, now: Date): Clause {
	const { sql: clause } = sql;
	const end = endOfEffectiveDueOn(sql, year);
	return clause`(case when coalesce(r.first_forwarded_at, ${now}::timestamptz) >= ${end} then false when r.first_forwarded_at is not null then true end)`;
}

/** Mirrors `isUnableToFile`; of kept counts too. */
export function isUnableToFile({ sql: clause }: Sql): Clause {
	return clause`(r.state = 'excused' or r.excuse_pending)`;
}

/** Mirrors `undeliveredAs`. */
export function undeliveredAs({ sql: clause }: Sql): Clause {
	return clause`(case when r.closed_at is not null or r.state in ('not_filed', 'not_delivered') then ${undeliveredAtClose({ sql: clause })} end)`;
}

/** The same as if its year were closed. */
export function undeliveredAtClose({ sql: clause }: Sql): Clause {
	return clause`(case when r.state in ('not_filed', 'not_delivered') then r.state
		when r.first_forwarded_at is not null or r.state in ('excused', 'not_owed') then null
		when r.state = 'submitted' then 'not_delivered' else 'not_filed' end)`;
}

/** Whether the close of its year made it this, or, `now` as if it were closed, would make it. */
export function isUndelivered(sql: Sql, which: 'not_filed' | 'not_delivered', when: 'closed' | 'now'): Clause {
	const { sql: clause } = sql;
	return clause`coalesce(${when === 'now' ? undeliveredAtClose(sql) : undeliveredAs(sql)} = ${which}, false)`;
}

/** Mirrors `yearOutcome`. */
export function yearOutcome(sql: Sql, year: MinistryDate, now: Date): Clause {
	const { sql: clause } = sql;
	const inTime = onTime(sql, year, now);
	const undelivered = undeliveredAs(sql);
	return clause`(case when r.voluntary and ${isFiled(sql)} then 'voluntary' when r.voluntary then 'not_owed'
		when r.state in ('excused', 'not_owed') then r.state
		when ${undelivered} is not null then ${undelivered}
		when r.excuse_pending then 'excuse_pending' when ${inTime} is false then 'late'
		when ${isExtended(sql, year)} then 'extended' when ${inTime} then 'on_time' else 'open' end)`;
}

/** Whether `yearOutcome` is one of these. */
export function hasOutcome(sql: Sql, year: MinistryDate, now: Date, outcomes: readonly YearOutcome[]): Clause {
	const { sql: clause } = sql;
	return clause`${yearOutcome(sql, year, now)} = any(${outcomes as string[]}::text[])`;
}

/** Mirrors the `daysLate` of `latenessOf`. */
export function daysLate(sql: Sql, year: MinistryDate, now: Date): Clause {
	const { sql: clause } = sql;
	const until = clause`(coalesce(r.first_forwarded_at, least(r.closed_at, ${now}::timestamptz)) at time zone 'Asia/Shanghai')::date`;
	return clause`case when ${isUnableToFile(sql)} then 0 else greatest(0, ${until} - ${effectiveDueOn(sql, year)}) end`;
}

/** Mirrors `heldSince`; the kept counts keep its day (migration 0016), and the test asks them too. */
export function heldSince({ sql: clause }: Sql): InstantClause {
	return clause`case
		when r.court = 'channel' then greatest(r.commerce_approved_at, r.industry_approved_at, r.group_approved_at)
		when r.court in ('commerce', 'industry', 'departments', 'group') then r.submitted_at end`;
}

/** Mirrors `firstOwedYear` for d (designation) in the year y: the year of the announcement counts, not the cohort's name. */
export function isOwedFromYear({ sql: clause }: Sql, policy: Pick<Policy, 'owedFromYearsAfter'>): Clause {
	return clause`extract(year from d.announced_on)::int + ${policy.owedFromYearsAfter.value}::int <= y.year`;
}

/** Mirrors `isExpected`; also of the kept counts. */
export function isExpected({ sql: clause }: Sql): Clause {
	return clause`(r.state not in ('excused', 'not_owed') and not r.voluntary)`;
}

/** Mirrors `isFiled`. */
export function isFiled({ sql: clause }: Sql): Clause {
	return clause`r.state in ('submitted', 'returned', 'forwarded', 'received', 'not_delivered')`;
}

function endOf({ sql: clause }: Sql, on: Clause): InstantClause {
	return clause`((${on} + 1)::timestamp at time zone 'Asia/Shanghai')`;
}
