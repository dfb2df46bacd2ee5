import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { lockView } from '#lib/server/store/views/saved-view.ts';

/** Lets the office have one's own view, or keeps it to oneself again. @returns refusals: not_your_duty, not_found */
export function setViewSharing(actor: Actor, id: string, shared: boolean): Promise<Decision<object>> {
	return asOffice(actor, 'setViewSharing', async (db) => {
		const view = await lockView(db, id);
		if (view?.personId !== actor.personId) return refuse({ code: 'not_found' });
		if (view.shared === shared) return { ok: true };
		await db.sql`update saved_view set shared = ${shared} where id = ${id}::bigint`;
		const change = { before: { shared: view.shared }, after: { shared } };
		await writeJournal(db, { act: 'set-view-sharing', objectKind: 'saved_view', objectId: id, article: null, ...change });
		return { ok: true };
	});
}
