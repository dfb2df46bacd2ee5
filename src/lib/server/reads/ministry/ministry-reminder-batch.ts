import { maskEmail, maskEmailsIn } from '#lib/domain/contact-mask.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';

/** What became of one press of the button, letter by letter. */
export interface MinistryReminderBatch {
	readonly id: string;
	readonly year: number;
	readonly by: 'mofcom' | 'miit';
	readonly personName: string;
	readonly mine: boolean;
	readonly madeAt: Date;
	readonly undoUntil: Date;
	readonly undoneAt: Date | null;
	readonly remark: string | null;
	/** One row a person; more where some of his reports were dropped before the letter left. */
	readonly letters: readonly {
		readonly key: string;
		readonly channelName: string;
		readonly audience: Audience;
		readonly recipientName: string;
		readonly address: string;
		readonly reports: number;
		readonly delivery: string;
		readonly at: Date | null;
		readonly problem: string | null;
	}[];
}

/** Powers /ministry/progress/remind/[id]. Two questions. Both ministries see it: neither presses for what the other has just pressed for. */
export function ministryReminderBatch(actor: Actor, batchId: string): Promise<MinistryReminderBatch | undefined> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const [batch] = await sql<
				{
					id: string;
					year: number;
					org_kind: string;
					person_id: string;
					person_name: string;
					made_at: Date;
					undo_until: Date;
					undone_at: Date | null;
					remark: string | null;
				}[]
			>`
				select b.id, b.year, b.org_kind, b.person_id, b.person_name, b.made_at, b.undo_until, b.undone_at, b.remark from reminder_batch b
				where b.id = ${batchId}::bigint and b.channel_id is null`;
			if (!batch) return undefined;
			const rows = await sql<
				{
					key: string | null;
					short_zh: string;
					audience: string;
					recipient_name: string;
					to_address: string;
					reports: number;
					delivery: string;
					at: Date | null;
					problem: string | null;
				}[]
			>`
				select min(d.id)::text as key, c.short_zh, d.audience, d.recipient_name, d.to_address, count(*)::int
					as reports, d.delivery, max(d.delivery_at)::timestamptz as at, d.problem
				from reminder d join annual_report r on r.id = d.report_id join channel c on c.id = r.channel_id
				where d.batch_id = ${batchId}::bigint and ${within.report}
				group by c.id, c.short_zh, d.audience, d.recipient_key, d.recipient_name, d.to_address, d.delivery, d.problem
				order by c.id, d.audience, d.recipient_name, d.delivery`;
			return {
				id: batch.id,
				year: batch.year,
				by: batch.org_kind as MinistryReminderBatch['by'],
				personName: batch.person_name,
				mine: batch.person_id === actor.personId && batch.org_kind === actor.orgKind,
				madeAt: batch.made_at,
				undoUntil: batch.undo_until,
				undoneAt: batch.undone_at,
				remark: batch.remark,
				letters: rows.map((row) => ({
					key: row.key ?? '',
					channelName: row.short_zh,
					audience: row.audience as Audience,
					recipientName: row.recipient_name,
					address: maskEmail(row.to_address),
					reports: row.reports,
					delivery: row.delivery,
					at: row.at,
					problem: row.problem && maskEmailsIn(row.problem)
				}))
			};
		},
		{ readOnly: true }
	);
}
