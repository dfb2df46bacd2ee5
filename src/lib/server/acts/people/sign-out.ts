import type { Person } from '#lib/server/auth/session.ts';
import { leaveTrace, type Trace } from '#lib/server/auth/trace.ts';
import { asSystem } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

/** Ends the session the person is in, on the server too: a copied cookie opens nothing afterwards. */
export function signOut(person: Person, trace: Trace): Promise<void> {
	return asSystem('sign-out', async (db) => {
		await leaveTrace(db, trace, { personId: person.id, personName: person.name });
		await db.sql<{ ended: number | null }[]>`select session_end(${person.id}, ${person.sessionId}, null)::int as ended`;
		await writeJournal(db, { act: 'sign-out', objectKind: 'session', objectId: person.sessionId, article: null });
	});
}

/** Ends another of one's own sessions, or with null all but the one the person is in. */
export function endOwnSessions(person: Person, sessionId: string | null, trace: Trace): Promise<number> {
	return asSystem('sign-out', async (db) => {
		await leaveTrace(db, trace, { personId: person.id, personName: person.name });
		const [row] = await db.sql<{ ended: number | null }[]>`select session_end(${person.id}, ${sessionId}, ${person.sessionId})::int as ended`;
		const ended = row?.ended ?? 0;
		if (ended > 0) await writeJournal(db, { act: 'sign-out', objectKind: 'person', objectId: person.id, article: null, after: { sessionsEnded: ended } });
		return ended;
	});
}
