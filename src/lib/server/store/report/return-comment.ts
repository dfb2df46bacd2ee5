import type { ReturnReason } from '#lib/domain/policy.ts';
import type { Department, Ministry } from '#lib/domain/parties.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/door.ts';

/** A remark of a return with what stood in its box when it was made. */
export interface StoredRemark {
	readonly id: string;
	readonly answerKey: string | null;
	readonly remark: string;
	readonly answer: string | null;
	readonly oldValue: string | null;
}

export interface StoredReturn {
	readonly by: Department | Ministry;
	readonly byName: string;
	readonly at: Date;
	readonly reason: ReturnReason;
	readonly remark: string;
	readonly correctByOn: Day;
	readonly remarks: readonly StoredRemark[];
}

/** The return that waits for the enterprise, with its remarks in the order they were made; null if none stands. */
export async function loadStandingReturn({ sql }: Db, reportId: string): Promise<StoredReturn | null> {
	const rows = await sql<
		{
			returned_by: string;
			person_name: string;
			returned_at: Date;
			reason_code: string;
			remark: string;
			correct_by_on: string;
			comment_id: string | null;
			answer_key: string | null;
			comment: string | null;
			answer: string | null;
			old_value: string | null;
		}[]
	>`
		select t.returned_by, t.person_name, t.returned_at, t.reason_code, t.remark, t.correct_by_on,
			c.id as comment_id, c.answer_key, c.remark as comment, c.answer, v.content::jsonb -> 'answers' ->> c.answer_key as old_value
		from report_return t
		join annual_report_version v on v.report_id = t.report_id and v.no = t.version_no
		left join return_comment c on c.return_id = t.id
		where t.report_id = ${reportId}::bigint and t.undone_at is null and t.answered_at is null
		order by t.id desc, c.id`;
	const [first] = rows;
	if (!first) return null;
	return {
		by: first.returned_by as Department | Ministry,
		byName: first.person_name,
		at: first.returned_at,
		reason: first.reason_code as ReturnReason,
		remark: first.remark,
		correctByOn: first.correct_by_on as Day,
		remarks: rows.flatMap((row) =>
			row.comment_id === null ? [] : [{ id: row.comment_id, answerKey: row.answer_key, remark: row.comment ?? '', answer: row.answer, oldValue: row.old_value }]
		)
	};
}
