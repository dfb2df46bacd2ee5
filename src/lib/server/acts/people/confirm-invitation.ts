import { approversAmong, mayConfirmRole } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { newLink } from '#lib/server/auth/link.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { findOffice, lockMembers } from '#lib/server/store/people/office.ts';
import { INVITATION_DAYS, sendInvitation } from './invite-person.ts';

/** A ministry's approver says yes to a role an administrator proposed; only now is the invitation sent (quality.md 6). */
export function confirmInvitation(actor: Actor, invitationId: string): Promise<Decision<object>> {
	return asOffice(actor, 'confirmInvitation', async (db) => {
		const [row] = await db.sql<
			{ org_id: string; name: string; email: string; duty: string; confirmation: string; invited_by: string; inviter: string | null; open: boolean }[]
		>`
			select i.org_id, i.name, i.email, i.duty, i.confirmation, i.invited_by, p.name as inviter, i.accepted_at is null and i.cancelled_at is null as open
			from invitation i left join person p on p.id = i.invited_by where i.id = ${invitationId}::bigint for update of i`;
		if (!row || row.confirmation === 'not_needed') return refuse({ code: 'not_found' });
		const office = await findOffice(db, row.org_id);
		if (!office) return refuse({ code: 'not_found' });
		if (!mayConfirmRole(actor, office, approversAmong(await lockMembers(db, office.orgId)))) return refuse({ code: 'not_found' });
		if (!row.open) return refuse({ code: 'link_spent' });
		if (row.confirmation === 'given') return refuse({ code: 'already_done' });
		if (row.invited_by === actor.personId) return refuse({ code: 'same_person' });
		const { token, tokenHash } = newLink();
		const [sent] = await db.sql<{ expires_at: Date }[]>`
			update invitation set confirmation = 'given', confirmed_by = ${actor.personId}, confirmed_at = app_now(), token_hash = ${tokenHash},
				expires_at = app_now() + ${INVITATION_DAYS} * interval '1 day'
			where id = ${invitationId}::bigint returning expires_at`;
		if (!sent) return refuse({ code: 'not_found' });
		await writeJournal(db, {
			act: 'confirm-invitation',
			objectKind: 'invitation',
			objectId: invitationId,
			article: null,
			before: { confirmation: 'awaited' },
			after: { confirmation: 'given', duty: row.duty, orgId: row.org_id }
		});
		await sendInvitation(db, {
			office,
			wish: { name: row.name, email: row.email, duty: row.duty as Duty },
			token,
			expiresAt: sent.expires_at,
			locale: 'zh-CN',
			succeedsName: null,
			inviterName: row.inviter ?? actor.personName
		});
		return { ok: true };
	});
}
