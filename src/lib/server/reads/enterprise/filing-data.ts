/** What the filing pages are given. Dates as instants or days, codes only; the words are made on the page. */
import type { JudgedFar } from '#lib/domain/check/checks-of-cohort.ts';
import type { SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { SectionProgress } from '#lib/domain/check/form-progress.ts';
import type { Category, ChannelKind, Department, Ministry } from '#lib/domain/parties.ts';
import type { DutyNote } from '#lib/domain/report/duty.ts';
import type { Policy, ReturnReason } from '#lib/domain/policy.ts';

/** A box as the server has it. Version 0: prefilled, or out of a submitted version. */
export interface ServerBox {
	readonly typed: string;
	readonly version: number;
	readonly byName: string | null;
	readonly at: Date | null;
}

/** Why nothing can be typed now, and what may be done about it. */
export type Lock =
	| { readonly kind: 'at_channel'; readonly court: Court; readonly submittedAt: Date | null; readonly withdrawable: boolean }
	| { readonly kind: 'forwarded'; readonly at: Date | null }
	| { readonly kind: 'received'; readonly at: Date | null }
	| { readonly kind: 'not_filed'; readonly submittedAt: Date | null }
	| { readonly kind: 'not_delivered' }
	| { readonly kind: 'excused' }
	| { readonly kind: 'not_owed' }
	| { readonly kind: 'year_closed' }
	| { readonly kind: 'not_open_yet'; readonly opensOn: Day }
	| { readonly kind: 'reader' };

/** One remark of the standing return. */
export interface ReturnRemark {
	readonly id: string;
	/** The box it is about; null for the report as a whole. */
	readonly key: AnswerKey | null;
	readonly section: SectionId | null;
	readonly remark: string;
	readonly answer: string;
	/** What stood in the box in the version sent back. */
	readonly oldValue: string | null;
}

export interface StandingReturn {
	readonly by: Department | Ministry;
	readonly byName: string;
	readonly at: Date;
	readonly reason: ReturnReason;
	readonly remark: string;
	readonly correctByOn: Day;
	readonly remarks: readonly ReturnRemark[];
}

export interface FilingHead {
	readonly reportId: string;
	readonly year: number;
	readonly category: Category;
	readonly channelKind: ChannelKind;
	readonly path: string;
	readonly state: ReportState;
	readonly currentVersion: number;
	readonly enterpriseName: string;
	readonly creditCode: string;
	readonly formVersion: string;
	readonly lock: Lock | null;
	/** The date everything is measured by, with any extension. */
	readonly dueOn: Day;
	/** The enterprise's own earlier date at its channel. */
	readonly ownDueOn: Day;
	readonly returned: StandingReturn | null;
}

/** What one section of the form needs; answers are those of the whole report, since checks look across sections. */
export interface FilingSectionData {
	readonly head: FilingHead;
	readonly section: SectionId;
	readonly boxes: Readonly<Record<AnswerKey, ServerBox>>;
	readonly history: HistoryFigures;
	/** What the server found far outside the category, of what was saved. */
	readonly far: readonly JudgedFar[];
	readonly policy: Policy;
	readonly attachments: readonly AttachmentFact[];
	/** What each field and computed figure of the section means, in the reader's language. */
	readonly definitions: Readonly<Record<string, string>>;
	/** Reasons for an explanation, and why one does not count yet, by their codes, in the reader's language. */
	readonly explain: { readonly reasons: Readonly<Record<string, string>>; readonly refusals: Readonly<Record<string, string>> };
	/** Whose copy is kept on the device. */
	readonly personId: string;
}

export interface Contact {
	readonly name: string;
	readonly phone: string | null;
	readonly email: string | null;
}

export interface DepartmentOffice {
	readonly kind: Department;
	readonly name: string;
	readonly nameEn: string | null;
	readonly phone: string | null;
}

export interface TaskSection extends SectionProgress {
	readonly lastByName: string | null;
	readonly lastAt: Date | null;
}

export interface FilingTasksData {
	readonly head: FilingHead;
	/** What the closed year is said to be beside the announcement date. */
	readonly notes: readonly { readonly year: number; readonly note: DutyNote }[];
	readonly sections: readonly TaskSection[];
	readonly filled: number;
	readonly asked: number;
	readonly lastSavedAt: Date | null;
	readonly contacts: readonly Contact[];
	readonly offices: readonly DepartmentOffice[];
	readonly channelName: string;
	readonly channelNameEn: string;
}
