import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

/** Shuts an account, or opens it again. Shut, it is gone on the person's next request; the record of what was done stays. */
export function disablePerson(actor: Actor, personId: string, disabled: boolean): Promise<Decision<object>> {
	return asOffice(actor, 'disablePerson', async (db) => {
		if (personId === actor.personId) return refuse({ code: 'same_person' });
		const [person] = await db.sql<{ disabled: boolean }[]>`select disabled_at is not null as disabled from person where id = ${personId} for update`;
		if (!person) return refuse({ code: 'not_found' });
		if (person.disabled === disabled) return refuse({ code: 'already_done' });
		await db.sql`update person set disabled_at = case when ${disabled} then app_now() end where id = ${personId}`;
		if (disabled) await db.sql<{ ended: number | null }[]>`select session_end(${personId}, null, null)::int as ended`;
		await writeJournal(db, {
			act: 'disable-person',
			objectKind: 'person',
			objectId: personId,
			article: null,
			before: { disabled: person.disabled },
			after: { disabled }
		});
		return { ok: true };
	});
}
