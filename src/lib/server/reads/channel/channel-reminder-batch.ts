import { maskEmail, maskEmailsIn } from '#lib/domain/contact-mask.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';

/** What became of one press of the button. */
export interface ReminderBatch {
	readonly id: string;
	readonly year: number;
	readonly personName: string;
	readonly mine: boolean;
	readonly madeAt: Date;
	readonly undoUntil: Date;
	readonly undoneAt: Date | null;
	readonly remark: string | null;
	readonly reminders: readonly {
		readonly id: string;
		readonly enterpriseName: string;
		readonly reportId: string;
		readonly recipientName: string;
		readonly address: string;
		readonly delivery: string;
		readonly at: Date;
		readonly problem: string | null;
	}[];
}

/** Powers /channel/chase/batches/[id]. Two questions. Both departments of a province see it: neither rings whom the other has just written to. */
export function channelReminderBatch(actor: Actor, batchId: string): Promise<ReminderBatch | undefined> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const [batch] = await sql<
				{ id: string; year: number; person_id: string; person_name: string; made_at: Date; undo_until: Date; undone_at: Date | null; remark: string | null }[]
			>`
				select b.id, b.year, b.person_id, b.person_name, b.made_at, b.undo_until, b.undone_at, b.remark from reminder_batch b
				where b.id = ${batchId}::bigint and b.channel_id = ${actor.channelId}`;
			if (!batch) return undefined;
			const rows = await sql<
				{
					id: string;
					enterprise_name: string;
					report_id: string;
					recipient_name: string;
					to_address: string;
					delivery: string;
					delivery_at: Date;
					problem: string | null;
				}[]
			>`
				select d.id, r.enterprise_name, d.report_id, d.recipient_name, d.to_address, d.delivery, d.delivery_at, d.problem
				from reminder d join annual_report r on r.id = d.report_id
				where d.batch_id = ${batchId}::bigint and ${within.report} order by r.enterprise_name, d.id`;
			return {
				id: batch.id,
				year: batch.year,
				personName: batch.person_name,
				mine: batch.person_id === actor.personId,
				madeAt: batch.made_at,
				undoUntil: batch.undo_until,
				undoneAt: batch.undone_at,
				remark: batch.remark,
				reminders: rows.map((row) => ({
					id: row.id,
					enterpriseName: row.enterprise_name,
					reportId: row.report_id,
					recipientName: row.recipient_name,
					address: maskEmail(row.to_address),
					delivery: row.delivery,
					at: row.delivery_at,
					problem: row.problem && maskEmailsIn(row.problem)
				}))
			};
		},
		{ readOnly: true }
	);
}
