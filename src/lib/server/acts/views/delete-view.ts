import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { mayRemoveView } from '#lib/domain/saved-view.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { lockView } from '#lib/server/store/views/saved-view.ts';

/** Deletes one's own view, or as an approver one that was shared with the office; the journal keeps what it was. @returns refusals: not_found */
export function deleteView(actor: Actor, id: string): Promise<Decision<object>> {
	return asOffice(actor, 'keepView', async (db) => {
		const view = await lockView(db, id);
		if (!view || !mayRemoveView(view, actor)) return refuse({ code: 'not_found' });
		await db.sql`delete from saved_view where id = ${id}::bigint`;
		const before = { page: view.page, name: view.name, shared: view.shared };
		await writeJournal(db, { act: 'delete-view', objectKind: 'saved_view', objectId: id, article: null, before });
		return { ok: true };
	});
}
