import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The years that were opened, newest first. */
export async function ministryYears({ sql }: Pick<Db, 'sql'>): Promise<ReportingYear[]> {
	const rows = await sql<
		{
			year: number;
			opens_on: string;
			channel_due_on: string;
			ministry_due_on: string;
			accepted_late_until_on: string;
			corrections_until_on: string;
			form_version: string;
			policy_version: string;
			closed_at: Date | null;
		}[]
	>`
		select year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version, closed_at
		from reporting_year order by year desc`;
	return rows.map((row) => ({
		year: row.year,
		opensOn: row.opens_on as Day,
		channelDueOn: row.channel_due_on as Day,
		ministryDueOn: row.ministry_due_on as Day,
		acceptedLateUntilOn: row.accepted_late_until_on as Day,
		correctionsUntilOn: row.corrections_until_on as Day,
		formVersion: row.form_version,
		policyVersion: row.policy_version,
		closedAt: row.closed_at
	}));
}

/** The year asked for, else the newest that has begun: one opened ahead of its time is not yet what the day is about. */
export function yearShown(years: readonly ReportingYear[], asked: number | null, now: Date): ReportingYear | null {
	const today = dayInBeijing(now);
	return years.find(({ year }) => year === asked) ?? years.find(({ opensOn }) => opensOn <= today) ?? years[0] ?? null;
}
