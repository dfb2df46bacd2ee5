/** One report as one reminder speaks of it: what a letter is written from, and what is kept of it. */
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { effectiveDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { ChosenReminder } from './reminder-choice.ts';
import type { Audience, RemindedReport, Step } from './reminder-ladder.ts';
import type { ReminderRecipient } from './reminder-recipients.ts';

export interface ReminderItem {
	readonly reportId: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly year: number;
	/** The enterprise's only report of that year: decides its address. */
	readonly alone: boolean;
	readonly state: ReportState;
	readonly court: Court;
	readonly audience: Audience;
	readonly step: Step;
	/** The date of whoever holds it, not always the ministries'. */
	readonly partyDueOn: Day;
	/** The date it must be at the ministries by, with any extension: what is late is judged by it. */
	readonly reportDueOn: Day;
	/** The year's date at the ministries, and the document where it is not the notice's. */
	readonly ministryDueOn: Day;
	readonly departureNo: string | null;
	/** Since when its present holder has it; null while the enterprise does. */
	readonly heldSinceOn: Day | null;
}

/** A report with what a letter calls it by. */
export interface NamedReport {
	readonly id: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly alone: boolean;
	readonly reminded: RemindedReport;
	readonly year: Pick<ReportingYear, 'year' | 'ministryDueOn' | 'departureNo'>;
}

export interface PlannedReminder {
	readonly item: ReminderItem;
	readonly recipient: ReminderRecipient;
}

/** What a reminder of the report to that audience says of it. */
export function itemOf(
	report: NamedReport,
	{ audience, step, dueOn }: { readonly audience: Audience; readonly step: Step; readonly dueOn: Day }
): ReminderItem {
	const { court, state, courtSince, extensionOn, owedOn } = report.reminded;
	return {
		reportId: report.id,
		enterpriseName: report.enterpriseName,
		category: report.category,
		year: report.year.year,
		alone: report.alone,
		state,
		court,
		audience,
		step,
		partyDueOn: dueOn,
		reportDueOn: effectiveDueOn(report.year, extensionOn, owedOn),
		ministryDueOn: report.year.ministryDueOn,
		departureNo: report.year.departureNo,
		heldSinceOn: court === 'enterprise' || courtSince === null ? null : dayInBeijing(courtSince)
	};
}

/** What the chosen reminders say, to whom. */
export function planned(chosen: readonly ChosenReminder<NamedReport>[]): readonly PlannedReminder[] {
	return chosen.map((one) => ({ item: itemOf(one.report, one), recipient: one.recipient }));
}
