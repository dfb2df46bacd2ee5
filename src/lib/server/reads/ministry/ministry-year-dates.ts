import { isNoticeDate } from '#lib/domain/report/year-amendment.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';
import { loadReportingYears } from '#lib/server/store/report/reporting-year.ts';
import { loadAmendments, type StoredAmendment } from '#lib/server/store/report/year-amendment.ts';

export interface MinistryYearDates {
	readonly year: ReportingYear;
	/** How the year's policy reads the notice's date. */
	readonly reading: { readonly dayIncluded: boolean; readonly rollsOver: boolean };
	/** The date at the ministries is the notice's own. */
	readonly ofNotice: boolean;
	/** The proposal that waits for the other ministry. */
	readonly open: ShownAmendment | null;
	/** Confirmed and ended ones, newest first. */
	readonly ended: readonly ShownAmendment[];
}

/** Who signed is said by name; the account behind it is nobody's business. */
export type ShownAmendment = Omit<StoredAmendment, 'personId'>;

/** Powers /ministry/years/[year]: the dates of one year and how they came about. */
export function ministryYearDates(actor: Actor, asked: number): Promise<MinistryYearDates | null> {
	return asActor(
		actor,
		async (db) => {
			const year = (await loadReportingYears(db)).find((one) => one.year === asked);
			if (!year) return null;
			const policy: Policy = await loadPolicy(db, year.policyVersion);
			const amendments = (await loadAmendments(db, asked)).map(({ personId: _, ...shown }) => shown);
			return {
				year,
				reading: { dayIncluded: policy.dueDayIncluded.value, rollsOver: policy.dueRollsOver.value },
				ofNotice: isNoticeDate(year, policy),
				open: amendments.find(({ confirmedAt, withdrawnAt }) => confirmedAt === null && withdrawnAt === null) ?? null,
				ended: amendments.filter(({ confirmedAt, withdrawnAt }) => confirmedAt !== null || withdrawnAt !== null)
			};
		},
		{ readOnly: true }
	);
}
