import type { Difference } from '#lib/domain/form/compare-answers.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import type { Court } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Lateness } from '#lib/domain/report/lateness.ts';
import { latenessOfCase } from '#lib/domain/report/late-reason.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { actionsOpen, type ReportMove } from '#lib/domain/report/report-actions.ts';
import { readContent } from '#lib/domain/form/report-content.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { outcomeOf, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { viewReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { formOf } from '#lib/server/store/report/draft.ts';
import { reportRecords, transitionsIn, type ReportRecords } from '#lib/server/reads/office/report-records.ts';
import {
	changesSince,
	judgedVersion,
	reportHead,
	submittedVersionOf,
	type JudgedVersion,
	type ReportHead,
	type SubmittedColumns,
	type SubmittedVersion
} from '#lib/server/reads/office/shown-version.ts';

export interface ForwardedVersion extends SubmittedVersion {
	readonly forwardedAt: Date;
}

/** The version on the screen with all that is computed from it. */
export interface ShownForwarded extends JudgedVersion {
	readonly version: ForwardedVersion;
	/** Against the version that was forwarded before it; null for the first. */
	readonly changes: { readonly from: number; readonly list: readonly Difference[] } | null;
}

export interface MinistryReport {
	readonly report: ReportHead & Pick<LockedReport, 'channelId'> & Pick<ReportCase, 'mofcomReceivedVersion' | 'miitReceivedVersion'>;
	readonly year: number;
	readonly court: Court;
	readonly dueOn: Day;
	readonly correctionsUntilOn: Day;
	readonly lateness: Lateness;
	readonly outcome: YearOutcome;
	readonly moves: readonly ReportMove[];
	/** Those that came through the channel; the ministries know of no other. */
	readonly versions: readonly ForwardedVersion[];
	readonly shown: ShownForwarded | null;
	readonly records: ReportRecords;
	readonly formVersion: string;
}

/** Powers /ministry/reports/[id]. Undefined when there is none. Five queries. `versionNo` null shows the last version that was forwarded. */
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
					...reportHead(report),
					channelId: report.channelId,
					mofcomReceivedVersion: at.mofcomReceivedVersion,
					miitReceivedVersion: at.miitReceivedVersion
				},
				year: at.year.year,
				court: courtOf(at),
				dueOn: effectiveDueOn(at.year, at.extensionOn, at.owedOn),
				outcome: outcomeOf(at, now),
				correctionsUntilOn: at.year.correctionsUntilOn,
				lateness: latenessOfCase(at, records.channelOwnOn, transitionsIn(records), now),
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

interface VersionRow extends SubmittedColumns {
	forwarded_at: Date;
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
): Promise<ShownForwarded> {
	const content = readContent(row.content);
	return {
		...(await judgedVersion(db, report, form, content)),
		version: versionOf(row),
		changes: before ? { from: before.no, list: changesSince(form, readContent(before.content), content) } : null
	};
}

function versionOf(row: VersionRow): ForwardedVersion {
	return { ...submittedVersionOf(row), forwardedAt: row.forwarded_at };
}
