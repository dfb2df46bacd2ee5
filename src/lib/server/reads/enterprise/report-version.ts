import { readContent } from '#lib/domain/form/report-content.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import type { LateReason } from '#lib/domain/policy.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Department } from '#lib/domain/parties.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadHistory } from '#lib/server/store/report/annual-figure.ts';
import { limitsOf } from '#lib/server/store/report/policy.ts';
import { findOwnReport, type OwnReport } from './filing-report.ts';

/** What one department said of a version. */
interface SignedOpinion {
	readonly department: Department;
	readonly remark: string;
	readonly personName: string;
	readonly signedAt: Date;
}

/** A submitted version as it was frozen, with where the report stands now. */
export interface ReportVersion {
	readonly own: OwnReport;
	readonly no: number;
	readonly currentVersion: number;
	readonly receiptNo: string;
	readonly submittedAt: Date;
	readonly submittedByName: string;
	readonly contentHash: string;
	/** The frozen text itself. */
	readonly content: string;
	readonly late: { readonly reasonCode: LateReason; readonly reason: string } | null;
	readonly state: ReportState;
	readonly court: Court;
	readonly channelKind: 'province' | 'central_group';
	/** The ministries' date with any extension. */
	readonly dueOn: Day;
	/** Sent back: the day by which the correction is awaited. */
	readonly correctByOn: Day | null;
	readonly versions: readonly number[];
	/** What earlier reports state: growth and the three profitable years look back. */
	readonly history: HistoryFigures;
	/** What the criteria of the version's own policy ask of its figures. */
	readonly limits: ReadonlyMap<string, string>;
	/** Opinions signed on this version and not taken back. */
	readonly opinions: readonly SignedOpinion[];
	/** The people of one's own organisation, to send the receipt to. */
	readonly colleagues: readonly { readonly id: string; readonly name: string }[];
}

/** A version number as an address writes it; null for the current version, undefined for what is none. */
export function versionAsked(text: string | null): number | null | undefined {
	if (text === null || text === '') return null;
	return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}

/** Powers /enterprise/reports/[year]/receipt, /print and the downloads of a version. Null: no such version of one's own. */
export function readReportVersion(actor: Actor, address: string, no: number | null): Promise<ReportVersion | null> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const own = await findOwnReport(db, address);
			if (own === null) return null;
			const [row] = await sql<
				{
					no: number;
					designation_id: string;
					current_version: number;
					receipt_no: string;
					submitted_at: Date;
					submitted_by_name: string;
					content: string;
					content_hash: string;
					late_reason_code: string | null;
					late_reason: string | null;
					state: string;
					court: string;
					channel_kind: string;
					extension_on: string | null;
					owed_on: string | null;
					ministry_due_on: string;
					correct_by_on: string | null;
					versions: number[] | null;
				}[]
			>`
				select v.no, r.designation_id, r.current_version,
					v.receipt_no, v.submitted_at, v.submitted_by_name, v.content, v.content_hash, v.late_reason_code, v.late_reason,
					r.state, r.court, r.channel_kind, r.extension_on, r.owed_on, y.ministry_due_on,
					(select t.correct_by_on from report_return t where t.report_id = r.id and r.state = 'returned' and t.undone_at is null and t.answered_at is null)
						as correct_by_on,
					(select array_agg(w.no order by w.no) from annual_report_version w where w.report_id = r.id) as versions
				from annual_report r
				join reporting_year y on y.year = r.year
				join annual_report_version v on v.report_id = r.id and v.no = coalesce(${no}::int, r.current_version)
				where r.id = ${own.id}::bigint and ${within.report}`;
			if (!row) return null;
			const colleagues = await sql<{ id: string; name: string }[]>`
				select p.id, p.name from membership b join person p on p.id = b.person_id
				where b.org_id = ${actor.orgId}::bigint and b.ended_at is null and p.disabled_at is null and p.id <> ${actor.personId} order by p.name, p.id`;
			const opinions = await sql<{ department: string; remark: string; person_name: string; signed_at: Date }[]>`
				select p.department, p.remark, p.person_name, p.signed_at from opinion p
				where p.report_id = ${own.id}::bigint and p.version_no = ${row.no} and p.withdrawn_at is null order by p.department`;
			return {
				own,
				no: row.no,
				currentVersion: row.current_version,
				receiptNo: row.receipt_no,
				submittedAt: row.submitted_at,
				submittedByName: row.submitted_by_name,
				contentHash: row.content_hash,
				content: row.content,
				late: row.late_reason_code === null ? null : { reasonCode: row.late_reason_code as LateReason, reason: row.late_reason ?? '' },
				state: row.state as ReportState,
				court: row.court as Court,
				channelKind: row.channel_kind as ReportVersion['channelKind'],
				dueOn: effectiveDueOn({ ministryDueOn: row.ministry_due_on as Day }, row.extension_on as Day | null, row.owed_on as Day | null),
				correctByOn: row.correct_by_on as Day | null,
				versions: row.versions ?? [],
				history: await loadHistory(db, row.designation_id, own.year),
				limits: await limitsOf(db, readContent(row.content)),
				opinions: opinions.map((one) => ({
					department: one.department as Department,
					remark: one.remark,
					personName: one.person_name,
					signedAt: one.signed_at
				})),
				colleagues
			};
		},
		{ readOnly: true }
	);
}
