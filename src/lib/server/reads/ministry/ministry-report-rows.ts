import type { Day } from '#lib/domain/day.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { latenessOf, type Lateness, type LateReasonOwner, type Transition } from '#lib/domain/report/lateness.ts';
import type { ChannelKind, Department } from '#lib/domain/parties.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import { isUnableToFile, yearOutcome, type YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import { listedReportOf, type ListedColumns, type ListedReport } from '#lib/server/reads/office/listed-report.ts';
import { transitionsOf, transitionsOfEnterprise } from '#lib/server/store/report/report-transitions.ts';

/** One report in a ministry's list. */
export interface MinistryReportRow extends ListedReport {
	readonly channelId: string;
	readonly channelKind: ChannelKind;
	readonly channelName: string;
	readonly lateness: Lateness;
	readonly outcome: YearOutcome;
	/** What was said of the late days, as far as it was forwarded. */
	readonly lateReasons: readonly { readonly owner: LateReasonOwner; readonly reasonCode: string; readonly reason: string }[];
	/** Which ministry has received the current version. */
	readonly received: { readonly mofcom: boolean; readonly miit: boolean };
}

/** The rows behind these ids, in their order. Two queries whatever their number, asked together; late days are split by the report's own history. */
export async function ministryReportRows(db: ActorDb, ids: readonly string[], now: Date): Promise<MinistryReportRow[]> {
	if (ids.length === 0) return [];
	const { sql: clause } = db;
	const [rows, events] = await Promise.all([reportRows(db, clause`r.id = any(${ids as string[]}::bigint[])`), transitionsOf(db, ids)]);
	const known = new Map(rows.map((row) => [row.id, rowOf(row, events.get(row.id) ?? [], now)]));
	return ids.flatMap((id) => known.get(id) ?? []);
}

/** The rows of every report of one enterprise, by id. Two queries, asked together. */
export async function ministryReportRowsOfEnterprise(db: ActorDb, enterpriseId: string, now: Date): Promise<ReadonlyMap<string, MinistryReportRow>> {
	const { sql: clause } = db;
	const [rows, events] = await Promise.all([reportRows(db, clause`r.enterprise_id = ${enterpriseId}::bigint`), transitionsOfEnterprise(db, enterpriseId)]);
	return new Map(rows.map((row) => [row.id, rowOf(row, events.get(row.id) ?? [], now)]));
}

interface ReportRow extends ListedColumns {
	channel_id: string;
	channel_kind: string;
	channel_name: string;
	mofcom_received_version: number | null;
	miit_received_version: number | null;
	commerce_approved_at: Date | null;
	industry_approved_at: Date | null;
	group_approved_at: Date | null;
	first_submitted_at: Date | null;
	first_forwarded_at: Date | null;
	received_at: Date | null;
	closed_at: Date | null;
	excuse_pending: boolean;
	ministry_due_on: string;
	channel_due_on: string;
	own_due_on: string | null;
	late_reasons: string | null;
}

/** @param which condition on r (annual_report) */
function reportRows({ sql, within }: ActorDb, which: Clause): Promise<readonly ReportRow[]> {
	return sql<ReportRow[]>`
		select r.id, r.enterprise_id, r.enterprise_name,
			(select e.name) as name_now, (select e.former_names) as former_names,
			r.credit_code, r.category, r.cohort_year, r.channel_id, r.channel_kind, c.short_zh as channel_name,
			r.state, r.court, r.current_version, r.mofcom_received_version, r.miit_received_version,
			r.commerce_approved_at, r.industry_approved_at, r.group_approved_at,
			r.first_submitted_at, r.first_forwarded_at, r.received_at, r.extension_on, r.owed_on, r.voluntary, r.closed_at, r.excuse_pending,
			y.ministry_due_on, y.channel_due_on, (select k.due_on) as own_due_on, (select v.warnings) as warnings,
			(select j.unmet) as unmet, (select j.unknown) as unknown, (select j.outlook_unmet) as outlook_unmet,
			(select jsonb_agg(jsonb_build_object('owner', l.owner, 'reasonCode', l.reason_code, 'reason', l.reason) order by l.given_at)
				from late_reasons_of(r.id) l)::text as late_reasons
		from annual_report r
		join reporting_year y on y.year = r.year
		join channel c on c.id = r.channel_id
		left join enterprise e on e.id = r.enterprise_id
		left join channel_year k on k.channel_id = r.channel_id and k.year = r.year
		left join annual_report_version v on v.report_id = r.id and v.no = r.current_version
		left join version_verdict j on j.report_id = r.id and j.version_no = r.current_version
		where ${which} and ${within.report}`;
}

function rowOf(row: ReportRow, transitions: readonly Transition[], now: Date): MinistryReportRow {
	const year = { ministryDueOn: row.ministry_due_on as Day, channelDueOn: row.channel_due_on as Day };
	const extensionOn = row.extension_on as Day | null;
	const owedOn = row.owed_on as Day | null;
	const facts = {
		state: row.state as ReportState,
		extensionOn,
		owedOn,
		voluntary: row.voluntary,
		firstForwardedAt: row.first_forwarded_at,
		excusePending: row.excuse_pending,
		closedAt: row.closed_at,
		year
	};
	const opinions: Partial<Record<Department, Date>> = {};
	for (const [department, at] of [
		['commerce', row.commerce_approved_at],
		['industry', row.industry_approved_at],
		['group', row.group_approved_at]
	] as const)
		if (at) opinions[department] = at;
	return {
		...listedReportOf(row),
		channelId: row.channel_id,
		channelKind: row.channel_kind as ChannelKind,
		channelName: row.channel_name,
		outcome: yearOutcome(facts, now),
		lateReasons: JSON.parse(row.late_reasons ?? '[]') as MinistryReportRow['lateReasons'],
		received: {
			mofcom: row.mofcom_received_version === row.current_version && row.current_version > 0,
			miit: row.miit_received_version === row.current_version && row.current_version > 0
		},
		lateness: latenessOf(
			{
				dueOn: effectiveDueOn(year, extensionOn, owedOn),
				enterpriseDueOn: enterpriseDueOn(year, row.own_due_on as Day | null, extensionOn, owedOn),
				firstSubmittedAt: row.first_submitted_at,
				firstOpinionAt: opinions,
				firstForwardedAt: row.first_forwarded_at,
				receivedAt: row.received_at,
				transitions,
				closedAt: row.closed_at,
				// Filed though not owed is never late either.
				unableToFile: isUnableToFile(facts) || row.voluntary
			},
			now
		)
	};
}
