import type { Day } from '#lib/domain/day.ts';
import type { Department, Ministry } from '#lib/domain/parties.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { LateReasonOwner, Transition } from '#lib/domain/report/lateness.ts';
import type { ReturnReason } from '#lib/domain/policy.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { isFiled } from '#lib/server/store/report/clauses.ts';

/** An opinion as it was signed; a withdrawn one stays on record. */
export interface SignedOpinion {
	readonly versionNo: number;
	readonly department: Department;
	readonly remark: string;
	readonly personName: string;
	readonly signedAt: Date;
	readonly withdrawnAt: Date | null;
}

/** What one department thinks of one explanation. */
export interface ExplanationMark {
	readonly checkKey: string;
	readonly department: Department;
	readonly verdict: 'accepted' | 'queried';
	readonly remark: string | null;
	readonly personName: string;
	readonly markedAt: Date;
}

export interface ReturnOnRecord {
	readonly id: string;
	readonly versionNo: number;
	readonly returnedBy: Department | Ministry;
	readonly reasonCode: ReturnReason;
	readonly remark: string;
	readonly correctByOn: Day;
	readonly personName: string;
	readonly returnedAt: Date;
	readonly undoneAt: Date | null;
	readonly touchedAt: Date | null;
	readonly answeredAt: Date | null;
	readonly comments: readonly { readonly id: string; readonly answerKey: string | null; readonly remark: string; readonly answer: string | null }[];
}

export interface ReportEvent {
	readonly id: string;
	readonly at: Date;
	readonly act: string;
	readonly byKind: string;
	readonly personName: string | null;
	readonly versionNo: number | null;
	readonly state: ReportState;
	readonly court: Court;
}

export interface SentForwarding {
	readonly id: string;
	readonly versionNo: number;
	readonly letterNo: string;
	readonly letterOn: Day;
	readonly forwardedAt: Date;
}

export interface ReceptionOnRecord {
	readonly versionNo: number;
	readonly ministry: Ministry;
	readonly receivedAt: Date;
	readonly personName: string;
}

/** Why late days were late, as one of those whose days they were said it. */
export interface LateReasonOnRecord {
	readonly owner: LateReasonOwner;
	readonly reasonCode: string;
	readonly reason: string;
	/** The last of their days it speaks of; null for an enterprise: all until it submitted. */
	readonly untilOn: Day | null;
	readonly personName: string;
	readonly givenAt: Date;
}

/** Everything that was done with a report, and its neighbours in the channel's list by name. */
export interface ReportRecords {
	readonly opinions: readonly SignedOpinion[];
	readonly marks: readonly ExplanationMark[];
	readonly returns: readonly ReturnOnRecord[];
	readonly events: readonly ReportEvent[];
	readonly forwardings: readonly SentForwarding[];
	readonly receptions: readonly ReceptionOnRecord[];
	/** Of the enterprise by version, then of the offices, oldest first. */
	readonly lateReasons: readonly LateReasonOnRecord[];
	readonly previousId: string | null;
	readonly nextId: string | null;
	readonly channelOwnOn: Day | null;
}

/** One statement for what would be nine: a report has few of each, and a page stays within its six. */
export async function reportRecords(db: Db, report: LockedReport, versionNo: number): Promise<ReportRecords> {
	const { sql, within } = db;
	const [row] = await sql<
		{
			opinions: string | null;
			marks: string | null;
			returns: string | null;
			events: string | null;
			forwardings: string | null;
			receptions: string | null;
			late_reasons: string | null;
			previous_id: string | null;
			next_id: string | null;
			channel_own_on: string | null;
		}[]
	>`
		select
			(select jsonb_agg(jsonb_build_object('versionNo', o.version_no, 'department', o.department, 'remark', o.remark, 'personName', o.person_name,
				'signedAt', o.signed_at, 'withdrawnAt', o.withdrawn_at) order by o.id) from opinion o where o.report_id = ${report.id}::bigint)::text as opinions,
			(select jsonb_agg(jsonb_build_object('checkKey', x.check_key, 'department', x.department, 'verdict', x.verdict, 'remark', x.remark, 'personName',
				x.person_name,
				'markedAt', x.marked_at) order by x.marked_at) from explanation_mark x where x.report_id = ${report.id}::bigint and x.version_no = ${versionNo})::text
					as marks,
			(select jsonb_agg(jsonb_build_object('id', t.id::text, 'versionNo', t.version_no, 'returnedBy', t.returned_by, 'reasonCode', t.reason_code, 'remark',
				t.remark,
				'correctByOn', t.correct_by_on, 'personName', t.person_name, 'returnedAt', t.returned_at, 'undoneAt', t.undone_at, 'touchedAt', t.touched_at,
					'answeredAt', t.answered_at,
				'comments', coalesce((select jsonb_agg(jsonb_build_object('id', c.id::text, 'answerKey', c.answer_key, 'remark', c.remark, 'answer', c.answer)
					order by c.id)
					from return_comment c where c.return_id = t.id), '[]')) order by t.id desc) from report_return t where t.report_id = ${report.id}::bigint)::text
						as returns,
			(select jsonb_agg(jsonb_build_object('id', v.id::text, 'at', v.at, 'act', v.act, 'byKind', v.by_kind, 'personName', v.person_name, 'versionNo',
				v.version_no,
				'state', v.state, 'court', v.court) order by v.id desc) from report_event v where v.report_id = ${report.id}::bigint)::text as events,
			(select jsonb_agg(jsonb_build_object('id', f.id::text, 'versionNo', i.version_no, 'letterNo', f.letter_no, 'letterOn', f.letter_on, 'forwardedAt',
				f.forwarded_at) order by f.id desc)
				from forwarding_item i join forwarding f on f.id = i.forwarding_id where i.report_id = ${report.id}::bigint)::text as forwardings,
			(select jsonb_agg(jsonb_build_object('versionNo', n.version_no, 'ministry', n.ministry, 'receivedAt', n.received_at, 'personName', n.person_name)
				order by n.received_at)
				from reception n where n.report_id = ${report.id}::bigint)::text as receptions,
			(select jsonb_agg(jsonb_build_object('owner', l.owner, 'reasonCode', l.reason_code, 'reason', l.reason, 'untilOn', l.until_on, 'personName',
				l.person_name, 'givenAt', l.given_at) order by l.given_at) from late_reasons_of(${report.id}::bigint) l)::text as late_reasons,
			(select r.id from annual_report r where r.year = ${report.case.year.year} and ${isFiled(db)} and ${within.report}
				and (r.enterprise_name, r.id) < (${report.enterpriseName}, ${report.id}::bigint) order by r.enterprise_name desc, r.id desc limit 1) as previous_id,
			(select r.id from annual_report r where r.year = ${report.case.year.year} and ${isFiled(db)} and ${within.report}
				and (r.enterprise_name, r.id) > (${report.enterpriseName}, ${report.id}::bigint) order by r.enterprise_name, r.id limit 1) as next_id,
			(select c.due_on from channel_year c where c.channel_id = ${report.channelId} and c.year = ${report.case.year.year}) as channel_own_on`;
	if (!row) throw new Error('a select without from gave no row');
	return {
		opinions: listOf<SignedOpinion>(row.opinions, ['signedAt', 'withdrawnAt']),
		marks: listOf<ExplanationMark>(row.marks, ['markedAt']),
		returns: listOf<ReturnOnRecord>(row.returns, ['returnedAt', 'undoneAt', 'touchedAt', 'answeredAt']),
		events: listOf<ReportEvent>(row.events, ['at']),
		forwardings: listOf<SentForwarding>(row.forwardings, ['forwardedAt']),
		receptions: listOf<ReceptionOnRecord>(row.receptions, ['receivedAt']),
		lateReasons: listOf<LateReasonOnRecord>(row.late_reasons, ['givenAt']),
		previousId: row.previous_id,
		nextId: row.next_id,
		channelOwnOn: row.channel_own_on as Day | null
	};
}

/** A list the database wrote as JSON, its instants made instants again. The statement above says what stands in it. */
function listOf<T>(json: string | null, instants: readonly (keyof T & string)[]): readonly T[] {
	const list = JSON.parse(json ?? '[]') as readonly Record<string, unknown>[];
	return list.map((entry) => {
		const read = { ...entry };
		for (const name of instants) read[name] = typeof entry[name] === 'string' ? new Date(entry[name]) : null;
		return read as T;
	});
}

/** The changes of hands in a report's history, oldest first. */
export function transitionsIn({ events }: Pick<ReportRecords, 'events'>): readonly Transition[] {
	return events.map(({ at, court }) => ({ at, court })).reverse();
}
