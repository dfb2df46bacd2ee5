import { isNoticeDate } from '#lib/domain/report/year-amendment.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { effectsMark, loadDutyDifferences, loadOpenSettlement, type DutyDifference, type OpenSettlement } from '#lib/server/store/report/duty-difference.ts';
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
	/** What the announcement dates change in the year while it is open, or note of it once it is closed. */
	readonly differences: readonly ShownDifference[];
	readonly differencesMark: string;
	/** What one ministry has agreed to of it; `same` = on this very preview. */
	readonly settlement: (Omit<OpenSettlement, 'personId' | 'mark'> & { readonly same: boolean }) | null;
	/** Confirmed and ended ones, newest first. */
	readonly ended: readonly ShownAmendment[];
}

export type ShownDifference = DutyDifference;

/** Who signed is said by name; the account behind it is nobody's business. */
export type ShownAmendment = Omit<StoredAmendment, 'personId'>;

/** Powers /ministry/years/[year]: the dates of one year, how they came about, and who owes it. */
export function ministryYearDates(actor: Actor, asked: number): Promise<MinistryYearDates | null> {
	return asActor(
		actor,
		async (db) => {
			const year = (await loadReportingYears(db)).find((one) => one.year === asked);
			if (!year) return null;
			const policy: Policy = await loadPolicy(db, year.policyVersion);
			const amendments = (await loadAmendments(db, asked)).map(({ personId: _, ...shown }) => shown);
			const differences = await loadDutyDifferences(db, year, policy);
			const mark = effectsMark(differences);
			const settlement = await loadOpenSettlement(db, asked);
			return {
				year,
				differences,
				differencesMark: mark,
				settlement: settlement && {
					id: settlement.id,
					ministry: settlement.ministry,
					personName: settlement.personName,
					agreedAt: settlement.agreedAt,
					same: settlement.mark === mark
				},
				reading: { dayIncluded: policy.dueDayIncluded.value, rollsOver: policy.dueRollsOver.value },
				ofNotice: isNoticeDate(year, policy),
				open: amendments.find(({ confirmedAt, withdrawnAt }) => confirmedAt === null && withdrawnAt === null) ?? null,
				ended: amendments.filter(({ confirmedAt, withdrawnAt }) => confirmedAt !== null || withdrawnAt !== null)
			};
		},
		{ readOnly: true }
	);
}
