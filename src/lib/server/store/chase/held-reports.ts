import type { HeldReport, ReminderSlice } from '#lib/domain/chase/reminder-slices.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The reports of the years that have begun and that somebody holds, by channel: all a run looks at. */
export async function findHeldReports({ sql, within }: Db, channelIds: readonly string[], on: Day): Promise<readonly HeldReport[]> {
	const rows = await sql<{ id: string; enterprise_id: string; with_enterprise: boolean }[]>`
		select r.id, r.enterprise_id, r.court = 'enterprise' as with_enterprise from annual_report r
		where r.channel_id = any(${channelIds as string[]}::text[]) and r.year in (select y.year from reporting_year y where y.opens_on <= ${on}::date)
			and r.court in ('enterprise', 'commerce', 'industry', 'departments', 'group', 'channel') and ${within.report}
		order by r.id`;
	return rows.map((row) => ({ id: row.id, enterpriseId: row.enterprise_id, withEnterprise: row.with_enterprise }));
}

/** Those of the reports that are still held on the same side, kept as they are until the transaction ends: nobody is reminded of what he is just doing. */
export async function keepHeld({ sql, within }: Db, { reportIds, withEnterprise }: ReminderSlice): Promise<readonly string[]> {
	const rows = await sql<{ id: string }[]>`
		select r.id from annual_report r
		where r.id = any(${reportIds as string[]}::bigint[]) and r.court in ('enterprise', 'commerce', 'industry', 'departments', 'group', 'channel')
			and (r.court = 'enterprise') = ${withEnterprise}::boolean and ${within.report}
		order by r.id for share of r`;
	return rows.map(({ id }) => id);
}
