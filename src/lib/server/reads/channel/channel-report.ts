import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { Difference } from '#lib/domain/form/compare-answers.ts';
import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import type { Court } from '#lib/domain/report-state.ts';
import { laterOf, type Day } from '#lib/domain/day.ts';
import { latenessOfCase, spanToExplain, lateDayFactsOf, type LateSpan } from '#lib/domain/report/late-reason.ts';
import type { Lateness } from '#lib/domain/report/lateness.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import { actionsOpen, type ReportMove } from '#lib/domain/report/report-actions.ts';
import { readContent } from '#lib/domain/form/report-content.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import { isDepartment, type Department } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { viewReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { formOf } from '#lib/server/store/report/draft.ts';
import { neighbourMeasures, type NeighbourMeasure } from './channel-neighbours.ts';
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

export interface VersionOnRecord extends SubmittedVersion {
	readonly warnings: number;
}

/** The version on the screen with all that is computed from it. */
export interface ShownVersion extends JudgedVersion {
	readonly version: VersionOnRecord;
	/** Against the version before it; null for the first. */
	readonly changes: readonly Difference[] | null;
	readonly neighbours: readonly NeighbourMeasure[];
}

export interface ChannelReport {
	readonly report: ReportHead & Pick<ReportCase, 'opinions' | 'opinionAt' | 'openedAt'>;
	readonly year: number;
	readonly court: Court;
	readonly courtSince: Date | null;
	/** The ministries' date with any extension. */
	readonly dueOn: Day;
	readonly enterpriseDueOn: Day;
	readonly correctionsUntilOn: Day;
	readonly firstSubmittedAt: Date | null;
	readonly firstForwardedAt: Date | null;
	readonly receivedAt: Date | null;
	readonly lateness: Lateness;
	/** Late days of my office nobody of it has said why; asked as it signs. */
	readonly lateSpan: LateSpan | null;
	readonly moves: readonly ReportMove[];
	readonly versions: readonly VersionOnRecord[];
	/** Null while nothing stands with the channel: not begun, in work, or withdrawn. */
	readonly shown: ShownVersion | null;
	readonly records: ReportRecords;
	/** Names the form to render it with, together with the category. */
	readonly formVersion: string;
}

/**
 * Powers /channel/reports/[id]. Undefined for a stranger's report. Six queries. `versionNo` null shows the version that stands; an older one
 * is shown as it was, and nothing can be done with it.
 */
export function channelReport(actor: Actor, reportId: string, versionNo: number | null, now: Date): Promise<ChannelReport | undefined> {
	return asActor(
		actor,
		async (db) => {
			const report = await viewReport(db, reportId);
			if (!report || !isDepartment(actor.orgKind)) return undefined;
			const { case: at } = report;
			const stands = at.state !== 'not_started' && at.state !== 'draft' && at.state !== 'excused' && at.currentVersion > 0;
			const rows = await versionsOf(db, report.id, stands ? (versionNo ?? at.currentVersion) : 0);
			const chosen = rows.find((row) => row.no === (versionNo ?? at.currentVersion)) ?? rows.find((row) => row.no === at.currentVersion);
			const records = await reportRecords(db, report, chosen?.no ?? 0);
			const form = formOf(report);
			const transitions = transitionsIn(records);
			return {
				report: { ...reportHead(report), opinions: at.opinions, opinionAt: at.opinionAt, openedAt: at.openedAt },
				year: at.year.year,
				court: courtOf(at),
				courtSince: courtSince(at),
				dueOn: effectiveDueOn(at.year, at.extensionOn, at.owedOn),
				enterpriseDueOn: enterpriseDueOn(at.year, records.channelOwnOn, at.extensionOn, at.owedOn),
				correctionsUntilOn: at.year.correctionsUntilOn,
				firstSubmittedAt: at.firstSubmittedAt,
				firstForwardedAt: at.firstForwardedAt,
				receivedAt: at.receivedAt,
				lateness: latenessOfCase(at, records.channelOwnOn, transitions, now),
				lateSpan: spanToExplain(lateDayFactsOf(at, transitions), actor.orgKind, explainedUntil(records, actor.orgKind), now),
				moves: chosen && chosen.no === at.currentVersion ? actionsOpen(at, { kind: actor.orgKind, duty: actor.duty }, now) : [],
				versions: rows.map(versionOf),
				shown: stands && chosen?.content ? await shownVersion(db, report, form, chosen, rows.find((row) => row.no === chosen.no - 1) ?? null) : null,
				records,
				formVersion: chosen?.content ? readContent(chosen.content).formVersion : form.version
			};
		},
		{ readOnly: true }
	);
}

/** The last day this office has spoken of already. */
function explainedUntil({ lateReasons }: ReportRecords, me: Department): Day | null {
	return lateReasons.reduce<Day | null>(
		(last, { owner, untilOn }) => (owner === me && untilOn !== null ? (last === null ? untilOn : laterOf(last, untilOn)) : last),
		null
	);
}

interface VersionRow extends SubmittedColumns {
	warnings: number;
	content: string | null;
}

/** All versions; the content only of the one shown and the one before it. */
function versionsOf({ sql }: ActorDb, reportId: string, shown: number): Promise<VersionRow[]> {
	return sql<VersionRow[]>`
		select v.no, v.submitted_at, v.submitted_by_name, v.receipt_no, v.content_hash, v.warnings, v.late_reason_code, v.late_reason,
			case when v.no in (${shown}, ${shown - 1}) then v.content end as content
		from annual_report_version v where v.report_id = ${reportId}::bigint order by v.no desc`;
}

async function shownVersion(db: ActorDb, report: LockedReport, form: AnnualReportForm, row: VersionRow, before: VersionRow | null): Promise<ShownVersion> {
	const content = readContent(row.content ?? '');
	return {
		...(await judgedVersion(db, report, form, content)),
		version: versionOf(row),
		changes: before?.content ? changesSince(form, readContent(before.content), content) : null,
		neighbours: await neighbourMeasures(db, report)
	};
}

function versionOf(row: VersionRow): VersionOnRecord {
	return { ...submittedVersionOf(row), warnings: row.warnings };
}
