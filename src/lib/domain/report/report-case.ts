/** What is known of one annual report while a move is decided: its life, without its figures. Loaded by an act, changed by `decide`. */
import type { Day } from '#lib/domain/day.ts';
import { departmentsOf, type ChannelKind, type Department, type Ministry } from '#lib/domain/parties.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { effectiveDueOn, isPast, type ReportingYear } from './reporting-year.ts';

/** A return to the enterprise: the latest one of the report. It stays after the resubmission that answers it. */
export interface ReportReturn {
	readonly id: string;
	readonly returnedAt: Date;
	readonly returnedBy: Department | Ministry;
	/** The state the report had, and has again when the return is undone. */
	readonly from: 'submitted' | 'forwarded' | 'received';
	readonly correctByOn: Day;
	/** Comments of this return without an answer. */
	readonly commentsUnanswered: number;
	/** The enterprise has edited since: undoing is no longer possible. */
	readonly touchedByEnterprise: boolean;
	readonly undoneAt: Date | null;
}

export interface ReportCase {
	readonly channelKind: ChannelKind;
	readonly state: ReportState;
	/** Number of the latest submitted version; 0 if none. */
	readonly currentVersion: number;
	/** The version the draft started from (0 = from nothing); null if there is no draft. */
	readonly draftBasedOn: number | null;
	/** The version each department approved last. Counts only if it is the current one. */
	readonly opinions: Partial<Record<Department, number>>;
	/** When each department gave that opinion. */
	readonly opinionAt: Partial<Record<Department, Date>>;
	/** When each department first opened the current version. */
	readonly openedAt: Partial<Record<Department, Date>>;
	readonly mofcomReceivedVersion: number | null;
	readonly miitReceivedVersion: number | null;
	readonly return: ReportReturn | null;
	/** The very first submission; kept when it is withdrawn. */
	readonly firstSubmittedAt: Date | null;
	/** Submission of the current version. */
	readonly submittedAt: Date | null;
	/** Latest withdrawal by the enterprise. */
	readonly withdrawnAt: Date | null;
	/** The very first forwarding: what on time is judged by, also after corrections. */
	readonly firstForwardedAt: Date | null;
	/** Forwarding of the current version; null after a resubmission until it is forwarded again. */
	readonly forwardedAt: Date | null;
	/** When both ministries had the current version. */
	readonly receivedAt: Date | null;
	readonly year: ReportingYear;
	/** Date given by the ministries instead of the year's. */
	readonly extensionOn: Day | null;
	/** The day the report came to be owed in a year that had begun; null = from the opening on. Nothing is counted from before it. */
	readonly owedOn: Day | null;
	/** Filed though not owed: it goes its way, nobody expects it and nobody is late with it. */
	readonly voluntary: boolean;
	/** When the ministries reopened the closed year for this report. */
	readonly reopenedAt: Date | null;
	/** "Unable to file" was asked for and no ministry has confirmed or refused it: state and court stay, letters to the enterprise pause. */
	readonly excusePending: boolean;
}

/** A report nobody has begun. */
export function newReportCase(channelKind: ChannelKind, year: ReportingYear, extensionOn: Day | null = null): ReportCase {
	return {
		channelKind,
		state: 'not_started',
		currentVersion: 0,
		draftBasedOn: null,
		opinions: {},
		opinionAt: {},
		openedAt: {},
		mofcomReceivedVersion: null,
		miitReceivedVersion: null,
		return: null,
		firstSubmittedAt: null,
		submittedAt: null,
		withdrawnAt: null,
		firstForwardedAt: null,
		forwardedAt: null,
		receivedAt: null,
		year,
		extensionOn,
		owedOn: null,
		voluntary: false,
		reopenedAt: null,
		excusePending: false
	};
}

/** The year is closed for this report: by the ministries, and not reopened for it since. */
export function isClosed(report: Pick<ReportCase, 'year' | 'reopenedAt'>): boolean {
	const { closedAt } = report.year;
	return closedAt !== null && (report.reopenedAt === null || report.reopenedAt.getTime() < closedAt.getTime());
}

/** The departments that have not approved the current version, commerce before industry. */
export function missingOpinions(report: Pick<ReportCase, 'channelKind' | 'opinions' | 'currentVersion'>): readonly Department[] {
	return departmentsOf(report.channelKind).filter((department) => report.currentVersion === 0 || report.opinions[department] !== report.currentVersion);
}

/** "The channel has approved": every department, the current version. Computed, never a flag. */
export function isApproved(report: Pick<ReportCase, 'channelKind' | 'opinions' | 'currentVersion'>): boolean {
	return missingOpinions(report).length === 0;
}

/** The return that waits for the enterprise or was answered by the current version; null if none or undone. */
export function standingReturn(report: Pick<ReportCase, 'return'>): ReportReturn | null {
	return report.return !== null && report.return.undoneAt === null ? report.return : null;
}

/** A submitted version stands: the report was filed, whatever has still to be corrected. A withdrawn one does not stand. */
export function isFiled(state: ReportState): boolean {
	return state === 'submitted' || state === 'returned' || state === 'forwarded' || state === 'received' || state === 'not_delivered';
}

/** Where a report of which no version stands goes on. */
export function unfiledState(report: Pick<ReportCase, 'draftBasedOn'>): 'draft' | 'not_started' {
	return report.draftBasedOn === null ? 'not_started' : 'draft';
}

/** On time = first forwarded to the ministries by the effective date (方案第十一条); null while it was never forwarded and the date is ahead. */
export function onTime(
	report: Pick<ReportCase, 'extensionOn' | 'owedOn' | 'firstForwardedAt'> & { readonly year: Pick<ReportingYear, 'ministryDueOn'> },
	now: Date
): boolean | null {
	const dueOn = effectiveDueOn(report.year, report.extensionOn, report.owedOn);
	if (report.firstForwardedAt !== null) return !isPast(dueOn, report.firstForwardedAt);
	return isPast(dueOn, now) ? false : null;
}
