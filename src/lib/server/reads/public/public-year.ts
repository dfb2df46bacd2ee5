import { day, type Day } from '#lib/domain/day.ts';
import { asVisitor } from '#lib/server/db/door.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';

export interface PublicYear {
	readonly year: number;
	readonly ministryDueOn: Day;
	/** The document by which both ministries departed from the notice's date. */
	readonly departureNo: string | null;
	/** How the year's policy reads the notice's date. */
	readonly reading: { readonly dayIncluded: boolean; readonly rollsOver: boolean };
}

/** Powers /guide: the date of the year that runs, which is not always the notice's. Null before the first year was opened. */
export function publicYear(): Promise<PublicYear | null> {
	return asVisitor(async (db) => {
		const [row] = await db.sql<{ year: number; ministry_due_on: string; departure_no: string | null; policy_version: string }[]>`
			select year, ministry_due_on, departure_no, policy_version from reporting_year
			order by (opens_on <= (app_now() at time zone 'Asia/Shanghai')::date) desc, year desc limit 1`;
		if (!row) return null;
		const policy = await loadPolicy(db, row.policy_version);
		return {
			year: row.year,
			ministryDueOn: day(row.ministry_due_on),
			departureNo: row.departure_no,
			reading: { dayIncluded: policy.dueDayIncluded.value, rollsOver: policy.dueRollsOver.value }
		};
	});
}
