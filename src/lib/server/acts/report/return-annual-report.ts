import { returnReport, undoReturn as decideUndo } from '#lib/domain/report/annual-report.ts';
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import { authorityOf, isDepartment } from '#lib/domain/parties.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';
import { queueReportNotices } from '#lib/server/letters/report-notice.ts';

export interface ReturnInput {
	readonly version: number;
	readonly reasonCode: string;
	readonly remark: string;
	/** As typed. */
	readonly correctByOn: string;
	/** Anchored to a field, or to the report as a whole (null). */
	readonly comments: readonly { readonly answerKey: AnswerKey | null; readonly remark: string }[];
}

/**
 * Sends a report back with a reason, a date and comments; officials return, they never edit (domain.md 2). A department returns before
 * forwarding, a ministry after it; either way the correction comes back through the channel.
 */
export function returnAnnualReport(actor: Actor, reportId: string, input: ReturnInput): Promise<Decision<{ returnId: string }>> {
	return onReport(actor, 'returnReport', reportId, async (db, report, now) => {
		const by = authorityOf(actor.orgKind);
		const decided = returnReport(
			report.case,
			by,
			{ id: '', reasonCode: input.reasonCode, correctByOn: input.correctByOn, comments: input.comments.length, version: input.version },
			now
		);
		if (!decided.ok) return decided;
		const [row] = await db.sql<{ id: string }[]>`
			insert into report_return (report_id, version_no, returned_by, returned_from, reason_code, remark, correct_by_on, person_id, person_name, returned_at)
			values (${report.id}::bigint, ${input.version}, ${by}, ${report.case.state}, ${decided.reasonCode}, ${input.remark}, ${decided.correctByOn}::date,
				${actor.personId}, ${actor.personName}, ${now})
			returning id`;
		if (!row) throw new Error('the return was not stored');
		for (const { answerKey, remark } of input.comments) {
			await db.sql`insert into return_comment (return_id, answer_key, remark) values (${row.id}::bigint, ${answerKey}, ${remark})`;
		}
		if (decided.opinionLapsed && isDepartment(by)) {
			await db.sql`
				update opinion set withdrawn_at = ${now}
				where report_id = ${report.id}::bigint and version_no = ${input.version} and department = ${by} and withdrawn_at is null`;
		}
		await saveMove(db, report, decided.next, {
			act: 'return-annual-report',
			at: now,
			article: 'system',
			versionNo: input.version,
			detail: { by, reasonCode: decided.reasonCode, correctByOn: decided.correctByOn },
			before: { state: report.case.state, version: input.version },
			after: { state: 'returned', returnId: row.id, reasonCode: decided.reasonCode, correctByOn: decided.correctByOn, comments: input.comments.length }
		});
		await queueReportNotices(db, [report], () => ({ kind: 'returned', by, correctByOn: decided.correctByOn }));
		return { ok: true, returnId: row.id };
	});
}

/** Takes a return back until the enterprise first edits; the report is again where it was. */
export function undoReturn(actor: Actor, reportId: string): Promise<Decision<object>> {
	return onReport(actor, 'undoReturn', reportId, async (db, report, now) => {
		const by = authorityOf(actor.orgKind);
		const decided = decideUndo(report.case, by, now);
		if (!decided.ok) return decided;
		await db.sql`update report_return set undone_at = ${now} where id = ${decided.returnId}::bigint and touched_at is null`;
		await saveMove(db, report, decided.next, {
			act: 'undo-return',
			at: now,
			article: 'system',
			versionNo: report.case.currentVersion,
			detail: { by },
			before: { state: 'returned', returnId: decided.returnId },
			after: { state: decided.next.state }
		});
		await queueReportNotices(db, [report], () => ({ kind: 'return_undone', by }));
		return { ok: true };
	});
}
