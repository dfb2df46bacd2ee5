/** What the enterprise's workbench is given. */
import type { ArticleId } from '#lib/domain/notice.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { CriterionPart } from '#lib/domain/check/criteria.ts';
import type { Day } from '#lib/domain/day.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category, Department, DesignationStatus } from '#lib/domain/parties.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import type { YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { DepartmentOffice } from './filing-data.ts';

import type { DutyNote } from '#lib/domain/report/duty.ts';
import type { DutyStep } from '#lib/domain/report/duty-step.ts';

/** A signed opinion on the current version. */
export interface Signed {
	readonly department: Department;
	readonly byName: string;
	readonly at: Date;
}

/** One duty with a date: a report that is open, or the last one that was done. */
export interface DutyCard {
	readonly year: number;
	readonly category: Category;
	readonly path: string;
	readonly state: ReportState;
	readonly court: Court;
	readonly opensOn: Day;
	readonly dueOn: Day;
	readonly ownDueOn: Day;
	/** What this person does next with it: an approver who was asked, or whose colleagues have filled in everything, checks and submits. */
	readonly next: DutyStep;
	/** Who asked the approvers last, about what stands here now. */
	readonly askedBy: { readonly name: string; readonly at: Date } | null;
	readonly closed: boolean;
	/** Filed though not owed: neither expected nor late. */
	readonly voluntary: boolean;
	/** The day it came to be owed in a year that had begun. */
	readonly owedOn: Day | null;
	readonly filled: number;
	readonly asked: number;
	readonly submittedAt: Date | null;
	readonly submittedByName: string | null;
	readonly signed: readonly Signed[];
	readonly forwardedAt: Date | null;
	readonly receivedAt: Date | null;
	readonly channelName: string;
	readonly channelNameEn: string;
	readonly offices: readonly DepartmentOffice[];
	/** The standing return: by when, and how many remarks still want an answer. */
	readonly returned: { readonly correctByOn: Day; readonly left: number } | null;
}

/** The condition with the least room, and how it went. */
export interface ClosestCriterion {
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	readonly part: CriterionPart;
	readonly years: readonly { readonly year: number; readonly value: string | null; readonly basis: FigureBasis | null }[];
}

/** How a year went, judged by the first forwarding. */
export interface PastYear {
	readonly year: number;
	readonly outcome: YearOutcome;
	readonly href: string;
}

export interface DesignationCard {
	readonly category: Category;
	readonly cohortYear: number;
	readonly status: DesignationStatus;
	/** 自确定次年起: the first report year. */
	readonly firstYear: number;
	readonly duties: readonly DutyCard[];
	/** Oldest first, five at most. */
	readonly dots: readonly PastYear[];
	readonly closest: ClosestCriterion | null;
	/** What closed years are said to be beside the announcement date. */
	readonly notes: readonly { readonly year: number; readonly note: DutyNote }[];
}
