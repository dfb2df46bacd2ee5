import { dayInBeijing } from '#lib/domain/day.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Db } from '#lib/server/db/door.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';

/** The years that were opened, newest first. */
export function ministryYears(db: Pick<Db, 'sql'>): Promise<ReportingYear[]> {
	return loadReportingYears(db);
}

/** The year asked for, else the newest that has begun: one opened ahead of its time is not yet what the day is about. */
export function yearShown(years: readonly ReportingYear[], asked: number | null, now: Date): ReportingYear | null {
	const today = dayInBeijing(now);
	return years.find(({ year }) => year === asked) ?? years.find(({ opensOn }) => opensOn <= today) ?? years[0] ?? null;
}
