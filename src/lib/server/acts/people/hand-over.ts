import { dayInBeijing } from '#lib/domain/day.ts';
import { endRoleRefusal, ownApproverRefusal, strongerDuty } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { countContacts, endRole, findOffice, lockMembers, passContactOn, tellDuty } from '#lib/server/store/people/office.ts';
import { loadPolicyInForce } from '#lib/server/store/report/policy.ts';
import { invite } from './invite-person.ts';

export type Successor = { readonly personId: string } | { readonly name: string; readonly email: string };

/**
 * Hands a role over to a successor, without help from outside: at once to somebody of the office, or by invitation to somebody new, and
 * then the old role ends when the invitation is accepted. An enterprise must have as many contacts as the policy asks for (domain.md 1).
 */
export function handOver(
	actor: Actor,
	{ orgId, personId, successor }: { orgId: string; personId: string; successor: Successor }
): Promise<Decision<{ invited: boolean }>> {
	return asOffice(actor, 'handOver', async (db, now) => {
		const office = await findOffice(db, orgId);
		if (!office) return refuse({ code: 'not_found' });
		const refusal = endRoleRefusal(actor, office);
		if (refusal) return refuse(refusal);
		const members = await lockMembers(db, orgId);
		const leaving = members.find((one) => one.personId === personId);
		if (!leaving) return refuse({ code: 'not_found' });
		const refused = ownApproverRefusal(actor, office, leaving.duty);
		if (refused) return refuse(refused);
		if (office.enterpriseId !== null) {
			const contacts = await countContacts(db, office.enterpriseId);
			const required = (await loadPolicyInForce(db, dayInBeijing(now))).requiredContacts.value;
			if (contacts < required) return refuse({ code: 'contacts_missing', required, actual: contacts });
		}
		if (!('personId' in successor)) {
			const invited = await invite(
				db,
				{ orgId, name: successor.name, email: successor.email, duty: leaving.duty },
				{ personId: leaving.personId, name: leaving.name }
			);
			return invited.ok ? { ok: true, invited: true } : invited;
		}
		const next = members.find((one) => one.personId === successor.personId && !one.disabled);
		if (!next) return refuse({ code: 'not_found' });
		if (next.personId === leaving.personId) return refuse({ code: 'same_person' });
		const duty = strongerDuty(next.duty, leaving.duty);
		if (duty !== next.duty) {
			await db.sql`update membership set duty = ${duty} where org_id = ${orgId}::bigint and person_id = ${next.personId} and ended_at is null`;
			await writeJournal(db, {
				act: 'hand-over',
				objectKind: 'membership',
				objectId: `${orgId}/${next.personId}`,
				article: null,
				before: { duty: next.duty },
				after: { duty, from: leaving.personId }
			});
			await tellDuty(db, office, next, duty);
		}
		if (office.enterpriseId !== null) await passContactOn(db, office.enterpriseId, leaving, next);
		await endRole(db, office, leaving, { act: 'hand-over', successorName: next.name });
		return { ok: true, invited: false };
	});
}
