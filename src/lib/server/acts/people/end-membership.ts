import { endRoleRefusal, lastOneRefusal, ownApproverRefusal } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { endRole, findOffice, lockMembers } from '#lib/server/store/people/office.ts';

/**
 * Ends a person's role in an office, from their next request on. The last one who can act for an office is not let go except by an
 * administrator: somebody must be left to hand over.
 */
export function endMembership(actor: Actor, { orgId, personId }: { orgId: string; personId: string }): Promise<Decision<object>> {
	return asOffice(actor, 'endMembership', async (db) => {
		const office = await findOffice(db, orgId);
		if (!office) return refuse({ code: 'not_found' });
		const refusal = endRoleRefusal(actor, office);
		if (refusal) return refuse(refusal);
		const members = await lockMembers(db, orgId);
		const member = members.find((one) => one.personId === personId);
		if (!member) return refuse({ code: 'not_found' });
		const refused = ownApproverRefusal(actor, office, member.duty) ?? lastOneRefusal(actor, members, member);
		if (refused) return refuse(refused);
		await endRole(db, office, member, { act: 'end-membership' });
		return { ok: true };
	});
}
