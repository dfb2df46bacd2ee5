import type { Check } from '#lib/domain/check/check.ts';
import { compareAnswers, type Difference } from '#lib/domain/form/compare-answers.ts';
import { courtOf, type Court } from '#lib/domain/report/court.ts';
import type { CriterionFinding } from '#lib/domain/check/criteria.ts';
import type { Day } from '#lib/domain/day.ts';
import { figureLines, type FigureLine } from '#lib/domain/form/figure-line.ts';
import type { DerivedValue } from '#lib/domain/form/figures.ts';
import type { Lateness } from '#lib/domain/report/lateness.ts';
import { latenessOf } from '#lib/domain/report/lateness.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { actionsOpen, type ReportMove } from '#lib/domain/report/report-actions.ts';
import { draftOf, readContent, type ReportContent } from '#lib/domain/form/report-content.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import { yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { viewReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { formOf } from '#lib/server/store/report/draft.ts';
import { judge } from '#lib/server/store/report/report-judgement.ts';
import { transitionsOf } from '#lib/server/store/report/report-transitions.ts';
import { reportRecords, type ReportRecords } from '#lib/server/reads/office/report-records.ts';

export interface ForwardedVersion {
	readonly no: number;
	readonly submittedAt: Date;
	readonly submittedByName: string;
	readonly forwardedAt: Date;
	readonly receiptNo: string;
	readonly contentHash: string;
	readonly lateReasonCode: string | null;
	readonly lateReason: string | null;
}

export interface MinistryReport {
	readonly report: Pick<LockedReport, 'id' | 'enterpriseId' | 'enterpriseName' | 'creditCode' | 'category' | 'channelId'> &
		Pick<ReportCase, 'state' | 'currentVersion' | 'channelKind' | 'mofcomReceivedVersion' | 'miitReceivedVersion'>;
	readonly year: number;
	readonly court: Court;
	readonly dueOn: Day;
	readonly correctionsUntilOn: Day;
	readonly lateness: Lateness;
	readonly outcome: YearOutcome;
	readonly moves: readonly ReportMove[];
	/** Those that came through the channel; the ministries know of no other. */
	readonly versions: readonly ForwardedVersion[];
	readonly shown: {
		readonly version: ForwardedVersion;
		readonly content: ReportContent;
		readonly checks: readonly Check[];
		readonly findings: readonly CriterionFinding[];
		readonly figures: readonly FigureLine[];
		readonly derived: readonly DerivedValue[];
		readonly changes: { readonly from: number; readonly list: readonly Difference[] } | null;
	} | null;
	readonly records: ReportRecords;
	readonly formVersion: string;
}

/** Powers /ministry/reports/[id]. Undefined when there is none. Six queries. `versionNo` null shows the last version that was forwarded. */
export function ministryReport(actor: Actor, reportId: string, versionNo: number | null, now: Date): Promise<MinistryReport | undefined> {
	return asActor(
		actor,
		async (db) => {
			const report = await viewReport(db, reportId);
			if (!report || !isMinistry(actor.orgKind)) return undefined;
			const { case: at } = report;
			const rows = await versionsOf(db, report.id);
			const chosen = rows.find((row) => row.no === versionNo) ?? rows[0];
			const before = chosen && rows.find((row) => row.no < chosen.no);
			const records = await reportRecords(db, report, chosen?.no ?? 0);
			const form = formOf(report);
			return {
				report: {
					id: report.id,
					enterpriseId: report.enterpriseId,
					enterpriseName: report.enterpriseName,
					creditCode: report.creditCode,
					category: report.category,
					channelId: report.channelId,
					state: at.state,
					currentVersion: at.currentVersion,
					channelKind: at.channelKind,
					mofcomReceivedVersion: at.mofcomReceivedVersion,
					miitReceivedVersion: at.miitReceivedVersion
				},
				year: at.year.year,
				court: courtOf(at),
				dueOn: effectiveDueOn(at.year, at.extensionOn),
				outcome: yearOutcome(at, now),
				correctionsUntilOn: at.year.correctionsUntilOn,
				lateness: latenessOf(
					{
						dueOn: effectiveDueOn(at.year, at.extensionOn),
						enterpriseDueOn: enterpriseDueOn(at.year, records.channelOwnOn, at.extensionOn),
						firstSubmittedAt: at.firstSubmittedAt,
						firstOpinionAt: at.opinionAt,
						firstForwardedAt: at.firstForwardedAt,
						receivedAt: at.receivedAt,
						transitions: (await transitionsOf(db, [report.id])).get(report.id) ?? [],
						closedAt: at.year.closedAt
					},
					now
				),
				moves: chosen && chosen.no === at.currentVersion ? actionsOpen(at, { kind: actor.orgKind, duty: actor.duty }, now) : [],
				versions: rows.map(versionOf),
				shown: chosen ? await shownOf(db, report, form, chosen, before) : null,
				records,
				formVersion: chosen ? readContent(chosen.content).formVersion : form.version
			};
		},
		{ readOnly: true }
	);
}

interface VersionRow {
	no: number;
	submitted_at: Date;
	submitted_by_name: string;
	forwarded_at: Date;
	receipt_no: string;
	content_hash: string;
	late_reason_code: string | null;
	late_reason: string | null;
	content: string;
}

/** A report has few forwarded versions; the second lock lets no other through. */
function versionsOf({ sql }: ActorDb, reportId: string): Promise<VersionRow[]> {
	return sql<VersionRow[]>`
		select v.no, v.submitted_at, v.submitted_by_name, v.forwarded_at, v.receipt_no, v.content_hash, v.late_reason_code, v.late_reason, v.content
		from annual_report_version v where v.report_id = ${reportId}::bigint and v.forwarded_at is not null order by v.no desc`;
}

async function shownOf(
	db: ActorDb,
	report: LockedReport,
	form: ReturnType<typeof formOf>,
	row: VersionRow,
	before: VersionRow | undefined
): Promise<MinistryReport['shown']> {
	const content = readContent(row.content);
	const answers = draftOf(content);
	const { year } = report.case.year;
	// What was judged keeps the policy it was judged by.
	const { policyVersion } = content;
	const judged = await judge(db, { designationId: report.designationId, year, policyVersion, form, answers, attachments: content.attachments });
	const previous = before ? readContent(before.content) : null;
	return {
		version: versionOf(row),
		content,
		checks: judged.checks,
		findings: judged.findings,
		figures: figureLines(form, year, judged.read.rows, judged.history),
		derived: judged.read.derived,
		changes:
			previous && before
				? {
						from: before.no,
						list: compareAnswers(form, { answers: draftOf(previous), attachments: previous.attachments }, { answers, attachments: content.attachments })
					}
				: null
	};
}

function versionOf(row: VersionRow): ForwardedVersion {
	return {
		no: row.no,
		submittedAt: row.submitted_at,
		submittedByName: row.submitted_by_name,
		forwardedAt: row.forwarded_at,
		receiptNo: row.receipt_no,
		contentHash: row.content_hash,
		lateReasonCode: row.late_reason_code,
		lateReason: row.late_reason
	};
}
