import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { lockView, ownViewNames } from '#lib/server/store/views/saved-view.ts';

/** Calls one's own view something else. @returns refusals: not_found, view_name_taken */
export function renameView(actor: Actor, id: string, name: string): Promise<Decision<object>> {
	return asOffice(actor, 'keepView', async (db) => {
		const view = await lockView(db, id);
		if (view?.personId !== actor.personId) return refuse({ code: 'not_found' });
		if (view.name === name) return { ok: true };
		if ((await ownViewNames(db, view.page)).includes(name)) return refuse({ code: 'view_name_taken' });
		await db.sql`update saved_view set name = ${name} where id = ${id}::bigint`;
		const change = { before: { name: view.name }, after: { name } };
		await writeJournal(db, { act: 'rename-view', objectKind: 'saved_view', objectId: id, article: null, ...change });
		return { ok: true };
	});
}
