import { changeDutyRefusal, newDutyRefusal } from '#lib/domain/people.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { findOffice, lockMembers, tellDuty } from '#lib/server/store/people/office.ts';

/** Changes what a person may do in an office. An administrator cannot do it in a ministry: that would grant a ministry's role alone. */
export function changeDuty(actor: Actor, { orgId, personId, duty }: { orgId: string; personId: string; duty: Duty }): Promise<Decision<object>> {
	return asOffice(actor, 'changeDuty', async (db) => {
		const office = await findOffice(db, orgId);
		if (!office) return refuse({ code: 'not_found' });
		const refusal = changeDutyRefusal(actor, office);
		if (refusal) return refuse(refusal);
		const members = await lockMembers(db, orgId);
		const member = members.find((one) => one.personId === personId);
		if (!member) return refuse({ code: 'not_found' });
		const refused = newDutyRefusal(actor, office, members, member, duty);
		if (refused) return refuse(refused);
		await db.sql`update membership set duty = ${duty} where org_id = ${orgId}::bigint and person_id = ${personId} and ended_at is null`;
		await writeJournal(db, {
			act: 'change-duty',
			objectKind: 'membership',
			objectId: `${orgId}/${personId}`,
			article: null,
			before: { duty: member.duty },
			after: { duty }
		});
		await tellDuty(db, office, member, duty);
		return { ok: true };
	});
}
