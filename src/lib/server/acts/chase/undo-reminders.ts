import { isMinistry } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

/**
 * Takes a batch of reminders back within half a minute: no mail of it has left, none will. The batch and its reminders stay on record as not sent.
 *
 * @returns refusals: not_found, nothing_to_undo (somebody else's), already_done, undo_over.
 */
export function undoReminders(actor: Actor, batchId: string): Promise<Decision<{ mails: number }>> {
	return asOffice(actor, 'undoReminders', async (db, now) => {
		const { sql } = db;
		const [batch] = await sql<{ person_id: string; undo_until: Date; undone_at: Date | null }[]>`
			select b.person_id, b.undo_until, b.undone_at from reminder_batch b
			where b.id = ${batchId}::bigint and b.channel_id is not distinct from ${isMinistry(actor.orgKind) ? null : actor.channelId}::text
				and b.org_kind = ${actor.orgKind} for update of b`;
		if (!batch) return refuse({ code: 'not_found' });
		if (batch.undone_at !== null) return refuse({ code: 'already_done' });
		if (batch.person_id !== actor.personId) return refuse({ code: 'nothing_to_undo' });
		if (now > batch.undo_until) return refuse({ code: 'undo_over', untilAt: batch.undo_until });
		await sql`update reminder_batch set undone_at = ${now} where id = ${batchId}::bigint`;
		const [gone] = await sql<{ mails: number | null }[]>`select drop_batch_mail(${batchId}::bigint)::int as mails`;
		await sql`
			update reminder set delivery = 'dropped', delivery_at = ${now}, problem = 'undone'
			where batch_id = ${batchId}::bigint and delivery in ('queued', 'kept', 'retrying')`;
		await writeJournal(db, { act: 'undo-reminders', objectKind: 'reminder_batch', objectId: batchId, article: null, after: { mails: gone?.mails ?? 0 } });
		return { ok: true, mails: gone?.mails ?? 0 };
	});
}
