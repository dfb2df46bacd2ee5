import { isDay, type Day } from '#lib/domain/day.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import type { Category, ChannelKind, Department, Ministry } from '#lib/domain/parties.ts';
import { isClosed, type ReportCase, type ReportReturn } from '#lib/domain/report/report-case.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import { reportingYearOf, type YearColumns } from './reporting-year.ts';

/** A report as an act changes it: who it belongs to, and its case for the rules. Its row is locked until the transaction ends. */
export interface LockedReport {
	readonly id: string;
	readonly rowVersion: number;
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly creditCode: string;
	readonly channelId: string;
	readonly category: Category;
	readonly case: ReportCase;
}

interface ReportRow extends YearColumns {
	id: string;
	row_version: number;
	designation_id: string;
	enterprise_id: string;
	enterprise_name: string;
	credit_code: string;
	channel_id: string;
	channel_kind: string;
	category: string;
	state: string;
	current_version: number;
	draft_based_on: number | null;
	commerce_version: number | null;
	industry_version: number | null;
	group_version: number | null;
	commerce_approved_at: Date | null;
	industry_approved_at: Date | null;
	group_approved_at: Date | null;
	commerce_opened_at: Date | null;
	industry_opened_at: Date | null;
	group_opened_at: Date | null;
	mofcom_received_version: number | null;
	miit_received_version: number | null;
	first_submitted_at: Date | null;
	submitted_at: Date | null;
	withdrawn_at: Date | null;
	forwarded_at: Date | null;
	first_forwarded_at: Date | null;
	received_at: Date | null;
	extension_on: string | null;
	owed_on: string | null;
	voluntary: boolean;
	reopened_at: Date | null;
	excuse_pending: boolean;
	return_id: string | null;
	returned_at: Date | null;
	returned_by: string | null;
	returned_from: string | null;
	correct_by_on: string | null;
	touched_at: Date | null;
	undone_at: Date | null;
	comments_unanswered: number | null;
}

/**
 * Locks one report the actor may reach, or undefined: strangers and missing rows look the same.
 * Rows are always locked in id order, so that two acts on several reports cannot wait for each other in a ring.
 */
export async function lockReports(db: Db, reportIds: readonly string[]): Promise<LockedReport[]> {
	const { sql, within } = db;
	// Locked by a statement of its own: what a waiting statement joins to the locked row is as it was when the waiting began, so draft and
	// return of a report that somebody just changed would be stale.
	const locked = await sql<{ id: string }[]>`
		select r.id from annual_report r where r.id = any(${reportIds as string[]}::bigint[]) and ${within.report} order by r.id for update`;
	return locked.length === 0
		? []
		: viewReports(
				db,
				locked.map(({ id }) => id)
			);
}

/** Reports to look at, in id order, with their cases for the rules; nothing is locked. */
export async function viewReports({ sql, within }: Db, reportIds: readonly string[]): Promise<LockedReport[]> {
	const rows = await sql<ReportRow[]>`
		select r.id, r.row_version, r.designation_id, r.enterprise_id, r.enterprise_name, r.credit_code, r.channel_id, r.channel_kind, r.category,
			r.state, r.current_version, d.based_on_version as draft_based_on,
			r.commerce_version, r.industry_version, r.group_version,
			r.commerce_approved_at, r.industry_approved_at, r.group_approved_at,
			r.commerce_opened_at, r.industry_opened_at, r.group_opened_at,
			r.mofcom_received_version, r.miit_received_version,
			r.first_submitted_at, r.submitted_at, r.withdrawn_at, r.forwarded_at, r.first_forwarded_at, r.received_at,
			r.extension_on, r.owed_on, r.voluntary, r.reopened_at, r.excuse_pending,
			y.year, y.opens_on, y.channel_due_on, y.ministry_due_on, y.accepted_late_until_on, y.corrections_until_on,
			y.form_version, y.policy_version, y.closed_at, y.departure_no,
			(select t.id) as return_id, t.returned_at, t.returned_by, t.returned_from, t.correct_by_on, t.touched_at, t.undone_at,
			coalesce(t.comments_unanswered, 0) as comments_unanswered
		from annual_report r
		join reporting_year y on y.year = r.year
		left join annual_report_draft d on d.report_id = r.id
		left join lateral (
			select t.id, t.returned_at, t.returned_by, t.returned_from, t.correct_by_on, t.touched_at, t.undone_at,
				(select count(*)::int from return_comment c where c.return_id = t.id and coalesce(btrim(c.answer), '') = '') as comments_unanswered
			from report_return t where t.report_id = r.id order by t.id desc limit 1
		) t on true
		where r.id = any(${reportIds as string[]}::bigint[]) and ${within.report}
		order by r.id`;
	return rows.map(lockedOf);
}

/** One report to look at. Undefined when there is none for this actor. */
export async function viewReport(db: Db, reportId: string): Promise<LockedReport | undefined> {
	const [report] = await viewReports(db, [reportId]);
	return report;
}

/** Locks one report; undefined when there is none for this actor. */
export async function lockReport(db: Db, reportId: string): Promise<LockedReport | undefined> {
	const [report] = await lockReports(db, [reportId]);
	return report;
}

/** Somebody else saved in between although the row was locked: only possible if a caller kept a report over two transactions. */
export class LostReport extends Error {
	override name = 'LostReport';
}

/** Writes a decided case back. Every column of the case is written: a move that forgets one cannot exist. */
export async function saveReport({ sql }: Db, report: LockedReport, next: ReportCase): Promise<void> {
	const saved = await sql`
		update annual_report set
			state = ${next.state},
			current_version = ${next.currentVersion},
			commerce_version = ${next.opinions.commerce ?? null},
			industry_version = ${next.opinions.industry ?? null},
			group_version = ${next.opinions.group ?? null},
			commerce_approved_at = ${next.opinionAt.commerce ?? null},
			industry_approved_at = ${next.opinionAt.industry ?? null},
			group_approved_at = ${next.opinionAt.group ?? null},
			commerce_opened_at = ${next.openedAt.commerce ?? null},
			industry_opened_at = ${next.openedAt.industry ?? null},
			group_opened_at = ${next.openedAt.group ?? null},
			mofcom_received_version = ${next.mofcomReceivedVersion},
			miit_received_version = ${next.miitReceivedVersion},
			first_submitted_at = ${next.firstSubmittedAt},
			submitted_at = ${next.submittedAt},
			withdrawn_at = ${next.withdrawnAt},
			forwarded_at = ${next.forwardedAt},
			first_forwarded_at = ${next.firstForwardedAt},
			received_at = ${next.receivedAt},
			extension_on = ${next.extensionOn}::date,
			owed_on = ${next.owedOn}::date,
			voluntary = ${next.voluntary},
			closed_at = ${isClosed(next) ? next.year.closedAt : null},
			reopened_at = ${next.reopenedAt},
			excuse_pending = ${next.excusePending},
			row_version = row_version + 1
		where id = ${report.id}::bigint and row_version = ${report.rowVersion}`;
	if (saved.count !== 1) throw new LostReport(`report ${report.id} was changed by somebody else`);
}

export interface ReportStep {
	/** The act as its file is named. */
	readonly act: string;
	readonly at: Date;
	readonly versionNo?: number | null;
	readonly detail?: Readonly<Record<string, unknown>>;
}

/** Adds a dated step to the report's own history: the timeline, and whose days the late days were. */
export async function recordStep({ sql, actor }: ActorDb, report: LockedReport, next: ReportCase, step: ReportStep): Promise<void> {
	await sql`
		insert into report_event (report_id, at, act, by_kind, person_name, version_no, state, court, detail)
		values (${report.id}::bigint, ${step.at}, ${step.act}, ${actor.orgKind}, ${actor.personName}, ${step.versionNo ?? null},
			${next.state}, ${courtOf(next)}, ${JSON.stringify(step.detail ?? {})}::text::jsonb)`;
}

function lockedOf(row: ReportRow): LockedReport {
	return {
		id: row.id,
		rowVersion: row.row_version,
		designationId: row.designation_id,
		enterpriseId: row.enterprise_id,
		enterpriseName: row.enterprise_name,
		creditCode: row.credit_code,
		channelId: row.channel_id,
		category: row.category as Category,
		case: {
			channelKind: row.channel_kind as ChannelKind,
			state: row.state as ReportState,
			currentVersion: row.current_version,
			draftBasedOn: row.draft_based_on,
			opinions: known({ commerce: row.commerce_version, industry: row.industry_version, group: row.group_version }),
			opinionAt: known({ commerce: row.commerce_approved_at, industry: row.industry_approved_at, group: row.group_approved_at }),
			openedAt: known({ commerce: row.commerce_opened_at, industry: row.industry_opened_at, group: row.group_opened_at }),
			mofcomReceivedVersion: row.mofcom_received_version,
			miitReceivedVersion: row.miit_received_version,
			return: returnOf(row),
			firstSubmittedAt: row.first_submitted_at,
			submittedAt: row.submitted_at,
			withdrawnAt: row.withdrawn_at,
			firstForwardedAt: row.first_forwarded_at,
			forwardedAt: row.forwarded_at,
			receivedAt: row.received_at,
			year: reportingYearOf(row),
			extensionOn: row.extension_on === null ? null : dayOf(row.extension_on),
			owedOn: row.owed_on === null ? null : dayOf(row.owed_on),
			voluntary: row.voluntary,
			reopenedAt: row.reopened_at,
			excusePending: row.excuse_pending
		}
	};
}

function returnOf(row: ReportRow): ReportReturn | null {
	if (row.return_id === null || row.returned_at === null || row.returned_by === null || row.correct_by_on === null) return null;
	return {
		id: row.return_id,
		returnedAt: row.returned_at,
		returnedBy: row.returned_by as Department | Ministry,
		from: row.returned_from as ReportReturn['from'],
		correctByOn: dayOf(row.correct_by_on),
		commentsUnanswered: row.comments_unanswered ?? 0,
		touchedByEnterprise: row.touched_at !== null,
		undoneAt: row.undone_at
	};
}

function dayOf(text: string): Day {
	if (!isDay(text)) throw new TypeError(`the database gave ${text} for a day`);
	return text;
}

function known<T>(given: Record<Department, T | null>): Partial<Record<Department, T>> {
	const found: Partial<Record<Department, T>> = {};
	for (const [department, value] of Object.entries(given) as [Department, T | null][]) if (value !== null) found[department] = value;
	return found;
}
