import { endRoleRefusal } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { findOffice } from '#lib/server/store/people/office.ts';

/** Takes an invitation back; its link stops working at once. A ministry's approver may refuse a proposed role the same way. */
export function cancelInvitation(actor: Actor, invitationId: string): Promise<Decision<object>> {
	return asOffice(actor, 'cancelInvitation', async (db) => {
		const [row] = await db.sql<{ org_id: string; duty: string; open: boolean }[]>`
			select org_id, duty, accepted_at is null and cancelled_at is null as open from invitation where id = ${invitationId}::bigint for update`;
		const office = row && (await findOffice(db, row.org_id));
		if (!row || !office) return refuse({ code: 'not_found' });
		const refusal = endRoleRefusal(actor, office);
		if (refusal) return refuse(refusal);
		if (!row.open) return refuse({ code: 'link_spent' });
		await db.sql`update invitation set cancelled_at = app_now() where id = ${invitationId}::bigint`;
		await writeJournal(db, {
			act: 'cancel-invitation',
			objectKind: 'invitation',
			objectId: invitationId,
			article: null,
			before: { duty: row.duty, orgId: row.org_id },
			after: { cancelled: true }
		});
		return { ok: true };
	});
}
