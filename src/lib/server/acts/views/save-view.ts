import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { keepViewDecision } from '#lib/domain/saved-view.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, officeRefusal } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { ownViewNames } from '#lib/server/store/views/saved-view.ts';

export interface NewView {
	/** A page that `isViewPage` knows. */
	readonly page: string;
	/** As `viewQuery` writes it. */
	readonly query: string;
	readonly name: string;
	readonly shared: boolean;
}

/** Keeps a list's address under a name, for oneself or for the office. @returns refusals: not_your_duty, view_name_taken, too_many_views */
export async function saveView(actor: Actor, { page, query, name, shared }: NewView): Promise<Decision<object>> {
	const unshared = shared ? officeRefusal(actor, 'setViewSharing') : null;
	if (unshared) return refuse(unshared);
	return asOffice(actor, 'keepView', async (db) => {
		const decision = keepViewDecision(await ownViewNames(db, page), name);
		if (!decision.ok) return decision;
		const [row] = await db.sql<{ id: string }[]>`
			insert into saved_view (org_id, person_id, person_name, page, query, name, shared)
			values (${actor.orgId}::bigint, ${actor.personId}, ${actor.personName}, ${page}, ${query}, ${name}, ${shared})
			on conflict on constraint saved_view_name_once do nothing returning id`;
		if (!row) return refuse({ code: 'view_name_taken' });
		await writeJournal(db, { act: 'save-view', objectKind: 'saved_view', objectId: row.id, article: null, after: { page, query, name, shared } });
		return { ok: true };
	});
}
