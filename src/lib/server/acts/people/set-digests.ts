import type { Person } from '#lib/server/auth/session.ts';
import { asSystem } from '#lib/server/db/door.ts';

/** Summaries by mail, on or off. What the law's date asks for is no summary and cannot be switched off. Not an administrative act: not journalled. */
export async function setDigests(person: Person, wanted: boolean): Promise<void> {
	await asSystem('set-digests', ({ sql }) => sql`update person set digests = ${wanted} where id = ${person.id}`);
}
