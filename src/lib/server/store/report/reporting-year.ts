import { day } from '#lib/domain/day.ts';
import type { ReportingYear, YearDates } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';

/** The five dates of a stored year, as the database sends them. */
export interface YearDateColumns {
	opens_on: string;
	channel_due_on: string;
	ministry_due_on: string;
	accepted_late_until_on: string;
	corrections_until_on: string;
}

/** A stored row of reporting_year, as a statement that joins it selects it. */
export interface YearColumns extends YearDateColumns {
	year: number;
	form_version: string;
	policy_version: string;
	closed_at: Date | null;
	departure_no: string | null;
}

/** Columns → dates, one by one: a renamed column must not compile into a silent undefined. */
export function yearDatesOf(row: YearDateColumns): YearDates {
	return {
		opensOn: day(row.opens_on),
		channelDueOn: day(row.channel_due_on),
		ministryDueOn: day(row.ministry_due_on),
		acceptedLateUntilOn: day(row.accepted_late_until_on),
		correctionsUntilOn: day(row.corrections_until_on)
	};
}

export function reportingYearOf(row: YearColumns): ReportingYear {
	return {
		...yearDatesOf(row),
		year: row.year,
		formVersion: row.form_version,
		policyVersion: row.policy_version,
		closedAt: row.closed_at,
		departureNo: row.departure_no
	};
}

/** The years that were opened, newest first. */
export async function loadReportingYears({ sql }: Pick<Db, 'sql'>): Promise<ReportingYear[]> {
	const rows = await sql<YearColumns[]>`
		select year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version, closed_at, departure_no
		from reporting_year order by year desc`;
	return rows.map(reportingYearOf);
}

/** Locks one year; undefined when it was never opened. */
export async function lockReportingYear({ sql }: Pick<Db, 'sql'>, year: number): Promise<ReportingYear | undefined> {
	const [row] = await sql<YearColumns[]>`
		select year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version, closed_at, departure_no
		from reporting_year where year = ${year} for update`;
	return row && reportingYearOf(row);
}
