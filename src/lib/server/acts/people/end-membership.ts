import { mayEndRole } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { endRole, findOffice, lockMembers, wouldBeEmpty } from '#lib/server/store/people/office.ts';

/**
 * Ends a person's role in an office, from their next request on. The last one who can act for an office is not let go except by an
 * administrator: somebody must be left to hand over.
 */
export function endMembership(actor: Actor, { orgId, personId }: { orgId: string; personId: string }): Promise<Decision<object>> {
	return asActor(actor, async (db) => {
		const office = await findOffice(db, orgId);
		if (!office) return refuse({ code: 'not_found' });
		if (!mayEndRole(actor, office))
			return refuse(office.orgId === actor.orgId ? { code: 'not_your_duty', needed: ['handler', 'approver'] } : { code: 'not_found' });
		const members = await lockMembers(db, orgId);
		const member = members.find((one) => one.personId === personId);
		if (!member) return refuse({ code: 'not_found' });
		if (actor.orgId === orgId && member.duty === 'approver' && actor.duty !== 'approver') return refuse({ code: 'not_your_duty', needed: ['approver'] });
		if (actor.orgKind !== 'administration' && member.duty !== 'reader' && wouldBeEmpty(members, personId))
			return refuse({ code: 'invalid_input', fields: { person: 'last' } });
		await endRole(db, office, member, { act: 'end-membership' });
		return { ok: true };
	});
}
