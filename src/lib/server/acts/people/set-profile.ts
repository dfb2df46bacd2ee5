import type { Person } from '#lib/server/auth/session.ts';
import { leaveTrace, type Trace } from '#lib/server/auth/trace.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

/** Changes one's own name and telephone. What was signed before keeps the name it was signed with. */
export function setProfile(person: Person, { name, phone }: { name: string; phone: string }, trace: Trace): Promise<void> {
	return asSystem('set-profile', async (db) => {
		const [before] = await db.sql<{ name: string; phone: string | null }[]>`select name, phone from person where id = ${person.id} for update`;
		if (!before || (before.name === name && (before.phone ?? '') === phone)) return;
		await db.sql`update person set name = ${name}, phone = ${phone === '' ? null : phone} where id = ${person.id}`;
		await leaveTrace(db, trace, { personId: person.id, personName: name });
		await writeJournal(db, {
			act: 'set-profile',
			objectKind: 'person',
			objectId: person.id,
			article: null,
			before: { name: before.name },
			after: { name, phoneChanged: (before.phone ?? '') !== phone }
		});
	});
}
